/** From a delivery and its event to what the card says. */
import type { ClickAction, Delivery, Docking, EventRecord } from '../store';
import type { Priority, TicketEvent } from '../tickets';
import { EVENT_TITLES } from './event-titles';

type Words = { en: string; zh: string };

/** What a card shows, before it is laid out. Texts are the ticket's own words. */
export interface CardContent {
  dockingId: string;
  ticketId: string;
  nonce: string;
  headline: Words;
  ticketNumber: string;
  title: string;
  status: string | Words | undefined;
  priority: Priority | undefined;
  urgency: Delivery['urgency'];
  customer: string | undefined;
  excerpt: string | undefined;
  facts: { label: Words; value: string | Words }[];
  why: string;
  url: string | undefined;
  actions: readonly ClickAction[];
}

/** A rule's template has the first word; of several rules with one, the first by id. */
export function cardModel(
  docking: Docking,
  delivery: Pick<Delivery, 'id' | 'ruleIds' | 'urgency'>,
  record: Pick<EventRecord, 'envelope' | 'verdict'>,
  actions: readonly ClickAction[],
): CardContent {
  const event = record.envelope as TicketEvent;
  const { ticket } = event;
  const rules = (record.verdict?.rules ?? []).filter((rule) => delivery.ruleIds.includes(rule.ruleId));
  const words = rules.find(({ card }) => card)?.card;
  const excerpt = event.reply?.excerpt ?? event.urge?.remark ?? ticket.contentExcerpt;
  return {
    dockingId: docking.id,
    ticketId: ticket.id,
    nonce: delivery.id,
    headline: words?.headline ?? EVENT_TITLES[event.type],
    ticketNumber: ticket.code ?? ticket.id,
    title: ticket.title ?? '',
    status: ticket.statusName ?? STATUS_WORDS[ticket.statusType ?? ''],
    priority: ticket.priority ?? undefined,
    urgency: delivery.urgency,
    customer: ticket.customer?.name ?? undefined,
    excerpt: excerpt ?? undefined,
    facts: [
      ...(words?.text ? [{ label: { en: 'Note', zh: '说明' }, value: words.text }] : []),
      ...(words?.fields ?? []),
    ],
    why: rules.map((rule) => rule.name).join(', '),
    url: ticket.url ?? undefined,
    actions,
  };
}

const STATUS_WORDS: Record<string, { en: string; zh: string }> = {
  new: { en: 'New', zh: '未受理' },
  in_progress: { en: 'In progress', zh: '受理中' },
  waiting: { en: 'Waiting for the customer', zh: '等待客户' },
  paused: { en: 'Paused', zh: '已暂停' },
  solved: { en: 'Solved', zh: '已解决' },
  closed: { en: 'Closed', zh: '已关闭' },
  deleted: { en: 'Deleted', zh: '已删除' },
};
