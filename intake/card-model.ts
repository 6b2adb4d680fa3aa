/** From a delivery and its event to what the card says. */
import type { ClickAction, Delivery, Docking, EventRecord } from '../store';
import { ticketLink, type Priority, type Ticket, type TicketEvent } from '../tickets';
import { dueFacts } from './due-told';
import { EVENT_TITLES } from './event-titles';
import { occasionOf, type Occasion } from './occasion';
import { isFinished } from './ticket-state';
import { companyZone } from './zone';

type Words = { en: string; zh: string };

/** What a card shows, before it is laid out. Texts are the ticket's own words. */
export interface CardContent {
  dockingId: string;
  ticketId: string;
  nonce: string;
  headline: Words;
  occasion: Occasion | undefined;
  /** Headline and status in our own words. */
  stock: { headline: Words; status: Words | undefined };
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
  language: 'zh' | 'en' | undefined;
  isOver: boolean;
}

/** What the card tells of: events, oldest first and at least one, and the ticket's newest known state. */
export interface CardSubject {
  records: readonly (Pick<EventRecord, 'envelope' | 'verdict'> & Partial<Pick<EventRecord, 'receivers'>>)[];
  /** Absent = as it was after the last event. */
  present?: Ticket | undefined;
  /** Only status and priority are as they are now; the card goes on to tell what it was sent for. */
  keepsItsWords?: boolean;
}

/** More headlines than this no title can hold. */
const MOST_HEADLINES = 3;

/**
 * A rule's template has the first word; of several rules with one, the first by id. Of several events the headlines stand
 * side by side, the newest first; everything else is as the newest event that has it says.
 */
export function cardModel(
  docking: Docking,
  delivery: Pick<Delivery, 'id' | 'ruleIds' | 'urgency' | 'language'> &
    Partial<Pick<Delivery, 'role' | 'agentId' | 'after'>>,
  { records, present, keepsItsWords = false }: CardSubject,
  actions: readonly ClickAction[],
): CardContent {
  const told = records.map((record) => saidOf(record, delivery.ruleIds)).reverse();
  const [newest] = told;
  if (!newest) throw new Error(`delivery ${delivery.id} has no event to tell of`);
  const shown = present ?? newest.event.ticket;
  const ticket = keepsItsWords ? newest.event.ticket : shown;
  const words = told.find((one) => one.words)?.words;
  const said = told.map(({ event }) => event.reply?.excerpt ?? event.urge?.remark).find(isGiven);
  const excerpt = said ?? ticket.contentExcerpt;
  return {
    dockingId: docking.id,
    ticketId: ticket.id,
    nonce: delivery.id,
    headline: sideBySide(told.map(({ headline }) => headline)),
    occasion: occasionOf(
      delivery,
      records.flatMap(({ receivers = [] }) => receivers),
      shown,
    ),
    stock: {
      headline: sideBySide(told.map(({ event }) => EVENT_TITLES[event.type])),
      status: STATUS_WORDS[shown.statusType ?? ''],
    },
    ticketNumber: ticket.code ?? ticket.id,
    title: ticket.title ?? '',
    status: shown.statusName ?? STATUS_WORDS[shown.statusType ?? ''],
    priority: shown.priority ?? undefined,
    urgency: delivery.urgency,
    customer: ticket.customer?.name ?? undefined,
    excerpt: excerpt ?? undefined,
    facts: [
      ...dueFacts(
        told.map(({ event }) => event),
        companyZone(docking),
      ),
      ...(words?.text ? [{ label: { en: 'Note', zh: '说明' }, value: words.text }] : []),
      ...(words?.fields ?? []),
    ],
    why: [...new Set(records.flatMap((record) => saidOf(record, delivery.ruleIds).names))].join(', '),
    url: ticket.url ?? ticketLink(docking.ticketSystem.ticketUrlTemplate, ticket) ?? undefined,
    actions,
    language: delivery.language,
    isOver: isOver(
      told.map(({ event }) => event),
      shown,
    ),
  };
}

const ENDINGS: readonly string[] = [
  'ticket.solved',
  'ticket.closed',
  'ticket.deleted',
  'ticket.status_changed',
];

/** Ended since the card went out. What is told of a ticket that had ended before, such as a bad rating, is news all the same. */
function isOver([newest, ...before]: readonly TicketEvent[], shown: Ticket): boolean {
  if (!newest || !isFinished(shown)) return false;
  if (!isFinished(newest.ticket)) return true;
  return ENDINGS.includes(newest.type) && before.some(({ ticket }) => !isFinished(ticket));
}

/** What one event has to say by the rules of this card. */
function saidOf({ envelope, verdict }: CardSubject['records'][number], ruleIds: readonly string[]) {
  const event = envelope as TicketEvent;
  const rules = (verdict?.rules ?? []).filter(({ ruleId }) => ruleIds.includes(ruleId));
  const words = rules.find(({ card }) => card)?.card;
  return {
    event,
    words,
    headline: words?.headline ?? EVENT_TITLES[event.type],
    names: rules.map(({ name }) => name),
  };
}

function sideBySide(headlines: readonly Words[]): Words {
  const different = [...new Map(headlines.map((headline) => [headline.en, headline])).values()];
  const shown = different.slice(0, MOST_HEADLINES);
  const left = different.length > shown.length ? [`+${different.length - shown.length}`] : [];
  const joined = (tongue: keyof Words): string =>
    [...shown.map((headline) => headline[tongue]), ...left].join(' · ');
  return { en: joined('en'), zh: joined('zh') };
}

const isGiven = (text: string | null | undefined): text is string => typeof text === 'string';

const STATUS_WORDS: Record<string, { en: string; zh: string }> = {
  new: { en: 'New', zh: '未受理' },
  in_progress: { en: 'In progress', zh: '受理中' },
  waiting: { en: 'Waiting for the customer', zh: '等待客户' },
  paused: { en: 'Paused', zh: '已暂停' },
  solved: { en: 'Solved', zh: '已解决' },
  closed: { en: 'Closed', zh: '已关闭' },
  deleted: { en: 'Deleted', zh: '已删除' },
};
