/** From a click to its effect: in the ticket system, once, and on the card. */
import { DateTime } from 'luxon';
import { FeishuError, type CardState } from '../../feishu';
import type { ClickRecord, Docking } from '../../store';
import type { TicketAction } from '../../tickets';
import type { ActivityPorts } from '../ports';
import { actionsFor } from './card-actions';
import { cardModel, companyZone } from '../../intake';
import { updateCard } from './living-card';

export type ClickOutcome = 'done' | 'refused' | 'unknown';

const SNOOZE_MINUTES = 60;
const IN_TICKET_SYSTEM = { claim: 'claim', reply: 'note', close: 'close' } as const;

/** Repeats safely: the ticket system knows the key, a settled click is only shown again. */
export async function carryOut(ports: ActivityPorts, clickId: string): Promise<ClickOutcome> {
  const { store } = ports;
  const asked = await store.clicks.get(clickId);
  if (!asked) return 'refused';
  if (asked.state === 'asked') await store.clicks.settle(clickId, await act(ports, asked));
  const click = (await store.clicks.get(clickId)) ?? asked;
  await show(ports, click);
  return click.state === 'asked' ? 'refused' : click.state;
}

async function act(
  ports: ActivityPorts,
  { id, attempts, dockingId, ticketId, agentId, action, text, askedAt }: ClickRecord,
): Promise<{ state: ClickOutcome; reason: string | null }> {
  if (action === 'acknowledge' || action === 'snooze') return { state: 'done', reason: null };
  const wish: TicketAction = {
    kind: IN_TICKET_SYSTEM[action],
    actorAgentId: agentId,
    requestedAt: askedAt.toISOString(),
    ...(text === null ? {} : { text }),
  };
  const result = await (await ports.ticketSystem(dockingId)).act(`${id}:${attempts}`, ticketId, wish);
  if (result.state === 'done') return { state: 'done', reason: null };
  return { state: result.state, reason: result.nextStep };
}

/** The card tells the outcome. A card that cannot be changed any more is no reason to do the rest again. */
async function show({ store, feishu, log, ...ports }: ActivityPorts, click: ClickRecord): Promise<void> {
  const delivery = await store.deliveries.get(click.deliveryId);
  const record = delivery && (await store.events.get(click.dockingId, delivery.eventIds[0] ?? ''));
  if (!delivery?.messageId || !record) return;
  const docking = await store.dockings.require(click.dockingId);
  const { appSecret } = await store.dockings.secrets(docking.id);
  const client = feishu.for({ appId: docking.appId, appSecret, baseUrl: docking.platformUrl });
  const actions = await actionsFor({ store, feishu, log, ...ports }, docking, delivery, record);
  const model = { ...cardModel(docking, delivery, record, actions), state: stateOf(click, docking) };
  try {
    const shown = await updateCard(client, delivery.messageId, model, { pace: 'wait', maxWaitMs: 20_000 });
    if (!shown) log.warn({ clickId: click.id }, 'the card cannot be changed any more');
  } catch (error) {
    if (!(error instanceof FeishuError) || error.retry !== 'never') throw error;
    log.warn({ clickId: click.id, code: error.code }, 'the outcome of the click could not be shown');
  }
}

function stateOf({ state, action, reason, minutes, askedAt }: ClickRecord, docking: Docking): CardState {
  if (state !== 'done') {
    return { kind: 'failed', reason: reason ?? { en: 'look at the ticket', zh: '请查看工单' } };
  }
  switch (action) {
    case 'claim':
      return { kind: 'claimed' };
    case 'acknowledge':
      return { kind: 'acknowledged' };
    case 'reply':
      return { kind: 'replied' };
    case 'close':
      return { kind: 'closed' };
    case 'snooze':
      return { kind: 'snoozed', until: clock(askedAt, minutes ?? SNOOZE_MINUTES, docking) };
  }
}

/** In the company's zone, which is where its people are. */
function clock(from: Date, minutes: number, docking: Docking): string {
  return DateTime.fromJSDate(from, { zone: companyZone(docking) })
    .plus({ minutes })
    .toFormat('MM-dd HH:mm');
}
