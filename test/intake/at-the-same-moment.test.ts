/** Two events of one ticket that are taken in side by side, as two processes do: what each saw of the ticket is old when it tells of it. */
import { createIntake, type Intake, type Taken } from '../../intake';
import type { Docking, Store } from '../../store';
import type { TicketEvent } from '../../tickets';
import { openDesk, intakeAt, rule, setRules, ticketEvent } from './desk';

const NOW = new Date('2026-11-25T08:00:00Z');
const inHours = (hours: number): string => new Date(NOW.getTime() + hours * 3_600_000).toISOString();

let store: Store;
let intake: Intake;
intakeAt(NOW, (ground) => ({ store, intake } = ground));

async function overdueDesk(): Promise<Docking> {
  const { docking } = await openDesk(store, ['ou_1']);
  await setRules(store, docking.id, [rule({ triggers: ['ticket.overdue', 'ticket.sla_breached'] })]);
  return docking;
}

const dueEvent = (version: number, hours: number): TicketEvent =>
  ticketEvent({ version, dueAt: inHours(hours) }, { occurredAt: NOW.toISOString() });

/** Takes `held` in up to the moment in which it is judged, then what is given, then the rest of `held`. */
async function around(docking: Docking, held: TicketEvent, meanwhile: () => Promise<Taken>) {
  let isJudged: () => void = () => undefined;
  let goOn: () => void = () => undefined;
  const judged = new Promise<void>((done) => (isJudged = done));
  const gate = new Promise<void>((done) => (goOn = done));
  const slow: Store = {
    ...store,
    events: {
      ...store.events,
      async insertOnce(record) {
        isJudged();
        await gate;
        return store.events.insertOnce(record);
      },
    },
  };
  const first = createIntake(slow, () => NOW).take(docking, held, 'api');
  await judged;
  const second = await meanwhile();
  goOn();
  return { held: await first, meanwhile: second };
}

const dueTimes = ({ deadlines }: Taken): string[] | null =>
  deadlines && [...new Set(deadlines.map(({ at }) => new Date(at).toISOString()))];

test('the older one, which is slower, does not bring the older due time back', async () => {
  const docking = await overdueDesk();
  const both = await around(docking, dueEvent(1, 1), () => intake.take(docking, dueEvent(2, 5), 'api'));
  expect(dueTimes(both.meanwhile)).toEqual([inHours(5)]);
  expect(dueTimes(both.held)).toBeNull();
  expect(dueTimes(await intake.take(docking, dueEvent(3, 5), 'api'))).toBeNull();
});

test('the newer one, which is slower, tells its due time in place of the older', async () => {
  const docking = await overdueDesk();
  const both = await around(docking, dueEvent(2, 5), () => intake.take(docking, dueEvent(1, 1), 'api'));
  expect(dueTimes(both.meanwhile)).toBeNull();
  expect(dueTimes(both.held)).toEqual([inHours(5)]);
});

test('an answer ends the wait for one, though the newer event that was taken in beside it did not know of it', async () => {
  const docking = await overdueDesk();
  const asked = (
    version: number,
    hours: number,
    fields: Parameters<typeof ticketEvent>[1] = {},
  ): TicketEvent =>
    ticketEvent(
      { version, firstResponseDueAt: inHours(hours) },
      { occurredAt: NOW.toISOString(), ...fields },
    );
  const answer = asked(1, 1, { type: 'ticket.replied_by_agent', actor: { type: 'agent', id: 'a1' } });
  const both = await around(docking, answer, () => intake.take(docking, asked(2, 5), 'api'));
  expect(dueTimes(both.meanwhile)).toEqual([inHours(5)]);
  expect(dueTimes(both.held)).toEqual([]);
  expect(dueTimes(await intake.take(docking, asked(3, 5), 'api'))).toBeNull();
});
