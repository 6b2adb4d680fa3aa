/** Why a card goes out although it is not the first about its event, or not for whom it was meant. */
import type { Delivery, PlannedReceiver } from '../store';
import type { Ticket } from '../tickets';

type Words = { en: string; zh: string };

export interface Occasion {
  /** In front of the headline. */
  mark: Words;
  because: Words;
  /** Name of the assignee; null = nobody. Absent where it is the receiver, or no name is known. */
  holder?: string | null;
}

const OCCASIONS = {
  repeat: {
    mark: { en: 'Reminder again', zh: '再次提醒' },
    because: { en: 'You were reminded of this before.', zh: '此前已提醒过您，请及时处理。' },
  },
  escalate: {
    mark: { en: 'Escalation', zh: '升级提醒' },
    because: { en: 'Nobody has reacted to the reminder so far.', zh: '此前的提醒尚无人响应。' },
  },
  unread: {
    mark: { en: 'Unread reminder', zh: '提醒未读' },
    because: { en: 'The reminder that was sent has not been read.', zh: '此前发送的提醒尚未被阅读。' },
  },
  fallback: {
    mark: { en: 'In place of somebody', zh: '代为提醒' },
    because: {
      en: 'Whoever should have been reminded cannot be told in Feishu.',
      zh: '原接收人无法通过飞书接收提醒。',
    },
  },
} satisfies Record<string, Omit<Occasion, 'holder'>>;

/** Undefined for the first card about an event, to whom it is meant for. `receivers`: of the card's events. */
export function occasionOf(
  { id, after, role, agentId }: Pick<Delivery, 'id'> & Partial<Pick<Delivery, 'after' | 'role' | 'agentId'>>,
  receivers: readonly PlannedReceiver[],
  { assigneeId, assigneeName }: Ticket,
): Occasion | undefined {
  const own = receivers.find(
    ({ deliveryId, followUp }) => followUp && deliveryId !== null && [id, after].includes(deliveryId),
  );
  const kind = own?.followUp?.kind ?? (role?.startsWith('fallback:') ? 'fallback' : null);
  if (kind === null) return undefined;
  if (assigneeId && (assigneeId === agentId || !assigneeName)) return OCCASIONS[kind];
  return { ...OCCASIONS[kind], holder: assigneeId ? (assigneeName ?? null) : null };
}
