/** A click on a card: is it theirs, is it valid; recorded once, handed over, answered at once. */
import { z } from 'zod';
import { askClick, overtakenClick, tellingOf, type AskedClick } from '../intake';
import { clickAnswer, NOTE_FIELD, type CardClick, type ClickAnswer, type Localized } from '../feishu';
import type { ClickAction, ClickRecord, Delivery } from '../store';
import { briefly } from './briefly';
import type { ApiPorts } from './ports';

/** As the card's buttons bring it back. */
const valueSchema = z.object({
  a: z.enum(['claim', 'acknowledge', 'snooze', 'reply', 'close']),
  d: z.string().max(100),
  t: z.string().max(200),
  n: z.string().max(100),
  m: z.number().int().min(1).max(10_080).optional(),
});
const noteSchema = z.string().trim().min(1).max(1000);

const SAY = {
  unreadable: { en: 'This button is not known.', zh: '无法识别该按钮。' },
  stranger: { en: 'This card was sent to somebody else.', zh: '该卡片不是发给您的。' },
  off: { en: 'The docking is switched off.', zh: '对接未启用。' },
  unbound: { en: 'You are not bound to this agent any more.', zh: '您与该客服账号的绑定已失效。' },
  empty: { en: 'Write a note of up to 1000 characters first.', zh: '请先填写备注（最多 1000 字）。' },
  late: {
    en: 'The ticket has changed since: look at it, and click again if you still want this.',
    zh: '工单状态已变更，请查看后如仍需要请再次点击。',
  },
  'passed-on': {
    en: 'The ticket was passed on to somebody else.',
    zh: '该工单已转交他人。',
  },
  solved: {
    en: 'The ticket is solved: there is nothing left to remind you of.',
    zh: '该工单已解决，无需再次提醒。',
  },
  closed: {
    en: 'The ticket is closed: there is nothing left to remind you of.',
    zh: '该工单已关闭，无需再次提醒。',
  },
} satisfies Record<string, Localized>;

const TAKEN: Record<ClickAction, Localized> = {
  claim: { en: 'Claiming the ticket …', zh: '正在领取工单……' },
  acknowledge: { en: 'Acknowledged.', zh: '已知晓。' },
  snooze: { en: 'You will be reminded again.', zh: '稍后将再次提醒。' },
  reply: { en: 'Adding your note …', zh: '正在添加备注……' },
  close: { en: 'Closing the ticket …', zh: '正在关闭工单……' },
};

/** By what became of the click that this one repeats. */
const BEFORE: Record<ClickRecord['state'], Localized> = {
  asked: { en: 'It is being done.', zh: '正在处理中。' },
  done: { en: 'Already done.', zh: '已处理过。' },
  refused: { en: 'It was not done; the card says why.', zh: '未完成，原因见卡片。' },
  unknown: {
    en: 'Whether it was done is not known: look at the ticket.',
    zh: '尚不确定是否已完成，请查看工单。',
  },
};

const no = (text: Localized): ClickAnswer => clickAnswer('error', text);

/** Never fails because of what was clicked: whoever clicks gets an answer. `madeAt`: by the platform's clock. */
export async function takeClick(
  ports: ApiPorts,
  dockingId: string,
  eventId: string,
  click: CardClick,
  madeAt: Date = ports.now(),
): Promise<ClickAnswer> {
  const { store, client, log, now } = ports;
  const value = valueSchema.safeParse(click.value);
  if (!value.success || value.data.d !== dockingId) return no(SAY.unreadable);
  const { a: action, t: ticketId, n: deliveryId, m } = value.data;
  const delivery = await store.deliveries.get(deliveryId);
  if (!delivery || delivery.dockingId !== dockingId || delivery.ticketId !== ticketId)
    return no(SAY.unreadable);
  if (!isTheirs(delivery, click)) return no(SAY.stranger);
  const agentId = await agentOf(ports, delivery);
  if (agentId === 'off') return no(SAY.off);
  if (agentId === null) return no(SAY.unbound);
  const overtaken = overtakenClick(delivery, action, await store.tickets.get(dockingId, ticketId));
  if (overtaken) return clickAnswer('warning', SAY[overtaken]);
  const note = action === 'reply' ? noteSchema.safeParse(click.formValue[NOTE_FIELD]) : null;
  if (note && !note.success) return no(SAY.empty);
  const text = note?.data ?? null;
  const minutes = action === 'snooze' ? (m ?? 60) : null;
  const wish = {
    ...{ dockingId, deliveryId, ticketId, employeeId: delivery.employeeId, agentId: agentId.id },
    ...{ action, text, minutes, askedAt: now() },
  };
  const asked = await askClick(store, delivery, wish, { eventId, madeAt }, now());
  if (!asked.fresh) return repeated(asked);
  if (action === 'snooze') await store.tickets.setFollowedUp(dockingId, ticketId);
  const handedOver = client.cardClicked(dockingId, ticketId, tellingOf(asked.click)).then(
    () => store.clicks.handedOver(asked.click.id),
    (error: unknown) =>
      log.warn(
        { err: error, dockingId, eventId, clickId: asked.click.id },
        'not handed over; the sweep will',
      ),
  );
  await briefly(handedOver);
  return clickAnswer('success', TAKEN[action]);
}

const repeated = ({ click, late }: AskedClick): ClickAnswer =>
  late ? clickAnswer('warning', SAY.late) : clickAnswer('info', BEFORE[click.state]);

/** Whoever sees a card can click it; forwarded copies have another message id. */
function isTheirs(delivery: Delivery, { openId, messageId }: CardClick): boolean {
  if (openId !== delivery.employeeId) return false;
  return !delivery.messageId || !messageId || delivery.messageId === messageId;
}

/** The right to act: a live docking, a binding that is active, and the very agent that the card went to. */
async function agentOf(
  { store }: ApiPorts,
  { dockingId, employeeId, agentId }: Delivery,
): Promise<{ id: string } | 'off' | null> {
  const [docking, [binding]] = await Promise.all([
    store.dockings.get(dockingId),
    store.bindings.byEmployee(dockingId, [employeeId]),
  ]);
  if (docking?.state !== 'live') return 'off';
  if (binding?.state !== 'active' || binding.agentId !== agentId) return null;
  const agent = await store.agents.get(dockingId, binding.agentId);
  return agent && agent.state !== 'active' ? null : { id: binding.agentId };
}
