/** The "why" in sentences: of an event that came, and of a card that somebody misses. */
import { REASONS, type ReasonCode } from '../intake';
import { explainVerdict, type Language } from '../rules';
import type { Delivery, EventRecord } from '../store';
import { occasionOf } from './occasions';
import { outcomeOf } from './outcomes';
import { saidOf, type Reactions } from './reactions';
import { refreshSentences } from './refreshed-cards';

export type Sentences = Record<Language, string[]>;
type Deliveries = ReadonlyMap<string, Delivery>;

/** Rules first, condition by condition with the value seen and the value wanted; then receiver by receiver. */
export function explainEvent(event: EventRecord, deliveries: Deliveries, reactions?: Reactions): Sentences {
  return {
    en: sentences(event, deliveries, 'en', reactions),
    zh: sentences(event, deliveries, 'zh', reactions),
  };
}

/** What one agent got of this event, or why they got nothing. */
export function explainForAgent(
  event: EventRecord,
  agentId: string,
  deliveries: ReadonlyMap<string, Delivery>,
): {
  outcome: string;
  reason: string | null;
  /** The card that told it, or will; absent when none does. */
  deliveryId?: string | null;
  explanation: Record<Language, string>;
} {
  const off = event.receivers.find(({ role, suppressedBy }) => role === 'all' && suppressedBy);
  const own = event.receivers.filter((receiver) => receiver.agentId === agentId || receiver === off);
  const receiver = own.find(({ deliveryId }) => deliveryId) ?? own[0];
  if (receiver) {
    const delivery = receiver.deliveryId ? deliveries.get(receiver.deliveryId) : undefined;
    return {
      outcome: outcomeOf(event, receiver, deliveries),
      reason: receiver.suppressedBy ?? delivery?.reason ?? null,
      deliveryId: delivery?.bundledInto ?? receiver.deliveryId,
      explanation: {
        en: ofReceiver(receiver, deliveries, 'en'),
        zh: ofReceiver(receiver, deliveries, 'zh'),
      },
    };
  }
  const matched = event.verdict?.rules.some((rule) => rule.matched) ?? false;
  return {
    outcome: 'not-meant',
    reason: matched ? 'no-role' : reasonOfRules(event.verdict?.rules ?? []),
    explanation: {
      en: matched
        ? `Rules matched, but agent ${agentId} has none of their roles on this ticket.`
        : sentences(event, deliveries, 'en').join(' '),
      zh: matched
        ? `规则已命中，但客服 ${agentId} 不是其接收人。`
        : sentences(event, deliveries, 'zh').join(' '),
    },
  };
}

function reasonOfRules(rules: readonly { off?: boolean }[]): string {
  if (rules.length === 0) return 'no-rule-listens';
  return rules.every(({ off }) => off) ? 'rule-off' : 'no-rule-matched';
}

type Receiver = EventRecord['receivers'][number];

function sentences(
  event: EventRecord,
  deliveries: Deliveries,
  language: Language,
  reactions?: Reactions,
): string[] {
  const off = event.receivers.find(({ role, suppressedBy }) => role === 'all' && suppressedBy);
  // With the switch off no rule was asked, which is not the same as none that listens.
  if (off || !event.verdict) return off ? [ofReceiver(off, deliveries, language)] : [];
  return [
    ...explainVerdict(event.verdict, event.type, language),
    ...event.receivers.map((receiver) => ofReceiver(receiver, deliveries, language, reactions)),
    ...refreshSentences(event, deliveries, language),
    ...linkLeftOut(event, language),
  ];
}

const LEFT_OUT: Record<Language, Record<string, string>> = {
  en: {
    'too-long': 'The link of the ticket is longer than 2,000 characters: its cards have none.',
    'no-web-address': 'The link of the ticket is no web address: its cards have none.',
  },
  zh: {
    'too-long': '工单链接超过 2000 个字符，卡片不含链接。',
    'no-web-address': '工单链接不是有效的网址，卡片不含链接。',
  },
};

function linkLeftOut({ envelope }: EventRecord, language: Language): string[] {
  const { ticket } = envelope as { ticket?: { urlLeftOut?: string | null } };
  const said = LEFT_OUT[language][ticket?.urlLeftOut ?? ''];
  return said ? [said] : [];
}

const STATES: Record<Language, Record<Delivery['state'] | 'unknown-delivery', string>> = {
  en: {
    planned: 'a card is due',
    sending: 'a card is being sent',
    sent: 'a card was sent',
    failed: 'the card could not be sent',
    unknown: 'a card was sent, but Feishu has not confirmed it yet',
    'needs-attention': 'the card waits for a person to decide',
    'unknown-delivery': 'a card is due',
  },
  zh: {
    planned: '待发送',
    sending: '发送中',
    sent: '已发送',
    failed: '发送失败',
    unknown: '已发送，尚未得到飞书确认',
    'needs-attention': '需要人工处理',
    'unknown-delivery': '待发送',
  },
};

function ofReceiver(
  receiver: Receiver,
  deliveries: Deliveries,
  language: Language,
  reactions?: Reactions,
): string {
  const { role, agentId, suppressedBy, deliveryId, detail } = receiver;
  const stop = language === 'en' ? '.' : '。';
  const occasion = occasionOf(receiver, language);
  const name = agentId === null ? role : `${role} ${agentId}`;
  const who = occasion ? (language === 'en' ? `${name} (${occasion})` : `${name}（${occasion}）`) : name;
  if (suppressedBy) {
    const reason = Object.hasOwn(REASONS, suppressedBy) ? REASONS[suppressedBy as ReasonCode] : null;
    const said = quietUntil(detail, language) ?? reason?.[language] ?? `${suppressedBy}${stop}`;
    return role === 'all' ? said : `${who}: ${said}`;
  }
  const delivery = deliveryId ? deliveries.get(deliveryId) : undefined;
  const digest = digested(delivery, language);
  if (digest) return `${who}: ${digest}${stop}`;
  const done = saidOf(delivery && reactions?.get(delivery.id), language);
  return `${who}: ${stateOf(delivery, language)}${done}${stop}`;
}

/** What became of the card of one receiver, or why there is none; without what people did with it. */
export function detailOf(receiver: Receiver, deliveries: Deliveries, language: Language): string {
  const occasion = occasionOf(receiver, language);
  const became = becameOf(receiver, deliveries, language);
  const said = occasion ? `${occasion}${language === 'en' ? ': ' : '：'}${became}` : became;
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
}

function becameOf(receiver: Receiver, deliveries: Deliveries, language: Language): string {
  const { suppressedBy, deliveryId, detail, followUp } = receiver;
  if (suppressedBy) {
    const reason = Object.hasOwn(REASONS, suppressedBy) ? REASONS[suppressedBy as ReasonCode] : null;
    const general = language === 'zh' || followUp ? reason?.[language] : undefined;
    return quietUntil(detail, language) ?? general ?? detail;
  }
  const delivery = deliveryId ? deliveries.get(deliveryId) : undefined;
  const said = digested(delivery, language) ?? stateOf(delivery, language);
  return `${said}${language === 'en' ? '.' : '。'}`;
}

function stateOf(delivery: Delivery | undefined, language: Language): string {
  const state = STATES[language][delivery?.state ?? 'unknown-delivery'];
  return `${state}${quiet(delivery, language)}${behind(delivery, language)}${because(delivery)}`;
}

/** Null when the card goes out by itself, or failed: its state says more then. */
function digested(delivery: Delivery | undefined, language: Language): string | null {
  if (!delivery?.digestId) return null;
  const { state, notBefore, bundledInto } = delivery;
  const late = delivery.after !== undefined;
  if (state === 'sent') {
    return language === 'en'
      ? `told in the digest ${bundledInto ?? delivery.digestId}`
      : `已包含在汇总提醒 ${bundledInto ?? delivery.digestId} 中`;
  }
  if (state !== 'planned') return null;
  const at = utcMinute(notBefore ?? delivery.plannedAt);
  return language === 'en'
    ? `${late ? 'came after the digest with the other events of this action was out, and ' : ''}waits for the digest of ${at} UTC`
    : `${late ? '同一操作的其他事件已汇总发出，本事件' : ''}等待 ${at} UTC 的汇总提醒`;
}

/** A follow-up that waits says until when, by the clock of who is to be told. */
function quietUntil(detail: string, language: Language): string | null {
  const clock = /quiet until (.+)$/.exec(detail)?.[1];
  if (clock === undefined) return null;
  return language === 'en' ? `quiet until ${clock}.` : `免打扰至 ${clock}。`;
}

const utcMinute = (time: Date): string => time.toISOString().slice(0, 16).replace('T', ' ');

function quiet(delivery: Delivery | undefined, language: Language): string {
  if (!delivery?.notBefore || delivery.state !== 'planned') return '';
  const until = utcMinute(delivery.notBefore);
  return language === 'en' ? `, quiet until ${until} UTC` : `，免打扰至 ${until} UTC`;
}

/** Of events that came after the card went out. */
function behind(delivery: Delivery | undefined, language: Language): string {
  if (!delivery?.behindSince) return '';
  return language === 'en'
    ? ', and shows what came later when the docking works again'
    : '，后续事件将在对接恢复后更新到卡片';
}

function because(delivery: Delivery | undefined): string {
  const explained = delivery?.reason && !(delivery.reason === 'quiet-hours' && delivery.notBefore);
  return explained && delivery.state !== 'sent' ? ` (${delivery.reason})` : '';
}
