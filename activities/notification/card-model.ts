/** From a delivery and its event to what the card says. */
import type { CardAction, ReminderCardModel } from '../../feishu';
import type { Delivery, Docking, EventRecord } from '../../store';
import type { TicketEvent } from '../../tickets';
import { EVENT_TITLES } from './event-titles';

export function cardModel(
  docking: Docking,
  delivery: Delivery,
  record: EventRecord,
  actions: readonly CardAction[],
): ReminderCardModel {
  const event = record.envelope as TicketEvent;
  const { ticket } = event;
  const rules = (record.verdict?.rules ?? []).filter((rule) => delivery.ruleIds.includes(rule.ruleId));
  const excerpt = event.reply?.excerpt ?? event.urge?.remark ?? ticket.contentExcerpt;
  return {
    dockingId: docking.id,
    ticketId: ticket.id,
    nonce: delivery.id,
    headline: EVENT_TITLES[event.type],
    ticketNumber: ticket.code ?? ticket.id,
    title: ticket.title ?? '',
    status: ticket.statusName ?? STATUS_WORDS[ticket.statusType ?? ''],
    priority: ticket.priority ?? undefined,
    urgency: delivery.urgency,
    customer: ticket.customer?.name ?? undefined,
    excerpt: excerpt ?? undefined,
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
