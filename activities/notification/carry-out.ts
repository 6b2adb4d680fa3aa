/** From a click to its effect: in the ticket system, once, and on the card. */
import { FeishuError, type CallOptions } from '../../feishu';
import { isFinished, orderOf, successorOf } from '../../intake';
import type { ClickRecord, Delivery, TicketOrder } from '../../store';
import { TicketSystemError, type Ticket, type TicketAction } from '../../tickets';
import type { ActivityPorts } from '../ports';
import { deliverOnce } from './deliver';
import { updateCard } from './living-card';
import { eventsOf, presentCard } from './present-card';

/** `noted`: an internal note was written, which ends no reminder: nobody has answered or taken the ticket. */
export type ClickOutcome = 'done' | 'noted' | 'refused' | 'unknown';

const IN_TICKET_SYSTEM = { claim: 'claim', reply: 'note', close: 'close' } as const;
const PATIENT = { pace: 'wait', maxWaitMs: 20_000 } as const;
/** That it takes longer is said on the way to the next try, which must not wait for it. */
const BRIEF = { maxWaitMs: 2_000, timeoutMs: 5_000 } as const;

/** Repeats safely: the ticket system knows the key, a settled click is only shown again. */
export async function carryOut(ports: ActivityPorts, clickId: string): Promise<ClickOutcome> {
  const { store } = ports;
  const asked = await store.clicks.get(clickId);
  if (!asked) return 'refused';
  if (asked.state === 'asked') {
    const result = await act(ports, asked).catch(async (error: unknown) => {
      await sayItTakesLonger(ports, asked);
      throw error;
    });
    // Before it is settled: a try that dies in between is made again, and repeats it.
    if (showsAtAGlance(asked, result)) {
      await store.tickets.noteActedOn(asked.dockingId, asked.ticketId, result.order ?? null);
    }
    await store.clicks.settle(clickId, result);
  }
  const click = (await store.clicks.get(clickId)) ?? asked;
  await show(ports, click, PATIENT);
  return outcomeOf(click);
}

/** The patient way gave up: it may be clicked again, and the card says so as far as it can still be changed. */
export async function giveUpClick(ports: ActivityPorts, clickId: string): Promise<ClickOutcome> {
  const { store, log } = ports;
  await store.clicks.settle(clickId, { state: 'refused', reason: 'gave-up' });
  const click = await store.clicks.get(clickId);
  if (!click) return 'refused';
  await show(ports, click, BRIEF).catch((error: unknown) => {
    log.warn({ err: error, clickId }, 'the outcome of the click could not be shown');
  });
  return outcomeOf(click);
}

/** Its card tells something that the ticket's next event may end, also when that one brings back the state of before the click. */
const showsAtAGlance = ({ action }: ClickRecord, { state }: Acted): boolean =>
  action in IN_TICKET_SYSTEM && (action !== 'reply' || state === 'refused');

function outcomeOf({ state, action }: ClickRecord): ClickOutcome {
  if (state === 'asked') return 'refused';
  return state === 'done' && action === 'reply' ? 'noted' : state;
}

/** The reason is a code: the card has the words for it. `order`: of the ticket's state after it. */
interface Acted {
  state: Exclude<ClickOutcome, 'noted'>;
  reason: string | null;
  order?: TicketOrder | null;
}

async function act(
  { store, ...ports }: ActivityPorts,
  { id, attempts, dockingId, ticketId, agentId, action, text, askedAt }: ClickRecord,
): Promise<Acted> {
  if (action === 'snooze') {
    const known = (await store.tickets.get(dockingId, ticketId))?.snapshot as Ticket | undefined;
    // Nothing is said again about a ticket that is done with, so nothing is promised.
    if (known && isFinished(known)) {
      return { state: 'refused', reason: known.statusType === 'solved' ? 'ticket-solved' : 'ticket-closed' };
    }
  }
  if (action === 'acknowledge' || action === 'snooze') return { state: 'done', reason: null };
  const wish: TicketAction = {
    kind: IN_TICKET_SYSTEM[action],
    actorAgentId: agentId,
    requestedAt: askedAt.toISOString(),
    ...(text === null ? {} : { text }),
  };
  try {
    const system = await ports.ticketSystem(dockingId);
    const result = await system.act(`${id}:${attempts}`, ticketId, wish);
    if (result.state === 'done') return { state: 'done', reason: null, order: orderOf(result.ticket) };
    return { state: result.state, reason: result.state === 'refused' ? result.code : 'unknown-outcome' };
  } catch (error) {
    if (!(error instanceof TicketSystemError) || error.retryClass !== 'never') throw error;
    return { state: 'refused', reason: error.code };
  }
}

/** Once per click; the person who clicked is not left wondering through an outage of the ticket system. */
async function sayItTakesLonger(ports: ActivityPorts, { id }: ClickRecord): Promise<void> {
  try {
    if (!(await ports.store.clicks.noteDelay(id))) return;
    const click = await ports.store.clicks.get(id);
    if (click) await show(ports, click, BRIEF);
  } catch (error) {
    ports.log.warn({ err: error, clickId: id }, 'that it takes longer could not be shown');
  }
}

/** The card tells what became of the click, beside the newest there is to say of the ticket. */
async function show(ports: ActivityPorts, click: ClickRecord, options: CallOptions): Promise<void> {
  const { store, feishu, log } = ports;
  const clicked = await store.deliveries.get(click.deliveryId);
  const messageId = clicked?.messageId;
  if (!clicked || !messageId) return;
  // Another event may have changed the card meanwhile: its text stays.
  const [shown = clicked] = await store.deliveries.onMessage(messageId, clicked.employeeId);
  const records = await eventsOf(store, shown);
  const work = await store.dockings.atWork(click.dockingId);
  if (!work || records.length === 0) return;
  const { docking, secrets } = work;
  const { model } = await presentCard(ports, docking, shown, records, { click });
  const client = feishu.for({
    appId: docking.appId,
    appSecret: secrets.appSecret,
    baseUrl: docking.platformUrl,
  });
  try {
    const updated = await updateCard(client, messageId, model, options);
    if (updated === 'ended' && click.state !== 'asked') await tellAnew(ports, clicked, click, options);
    if (updated === 'refused') log.warn({ clickId: click.id }, 'the card could not be changed');
  } catch (error) {
    if (!(error instanceof FeishuError) || error.retry !== 'never') throw error;
    log.warn({ clickId: click.id, code: error.code }, 'the outcome of the click could not be shown');
  }
}

/** A card of which the platform takes no more changes: whoever clicked on it is told in a new one. */
async function tellAnew(
  { store, ...ports }: ActivityPorts,
  card: Delivery,
  { id, attempts, state }: ClickRecord,
  options: CallOptions,
): Promise<void> {
  const next = successorOf(card, `${id} ${attempts} ${state}`, ports.now());
  await store.deliveries.plan([next]);
  await deliverOnce({ store, ...ports }, card.dockingId, next.id, options);
}
