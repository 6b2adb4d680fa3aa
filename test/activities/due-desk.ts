/** A desk whose clock is the test's: events come in, deadlines are met, cards are planned; nothing is sent. */
import pino from 'pino';
import type { ActivityPorts } from '../../activities';
import { createNotificationActivities, type Judged } from '../../activities/notification';
import { createIntake, type Deadline, type Intake, type Taken } from '../../intake';
import { readyMadeRules } from '../../rules';
import type { Delivery, Docking, Store } from '../../store';
import type { TicketEvent } from '../../tickets';
import { openDesk, setRules, ticketEvent } from '../intake/desk';
import { openTestStore, uniqueId, type TestStore } from '../store/fixture';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export interface DueDesk {
  docking: Docking;
  ticketId: string;
  /** An event of the desk's ticket; `ticket.tag_changed`, of which nobody hears, unless changed. */
  take: (ticket: object, fields?: Partial<Omit<TicketEvent, 'ticket'>>) => Promise<Taken>;
  meet: (deadline: Deadline) => Promise<Judged>;
  /** What the ticket's workflow does with what it is told, when it is time. */
  meetAll: (taken: Pick<Taken, 'deadlines'>) => Promise<void>;
  /** Latest first. */
  cards: () => Promise<Delivery[]>;
}

export interface DueDesks {
  opened: TestStore;
  store: Store;
  intake: Intake;
  /** RFC 3339, so long after the desk's now. */
  after(ms: number): string;
  now(): Date;
  set(now: Date): void;
  /** With the ready-made rules. */
  desk(): Promise<DueDesk>;
}

export async function openDueDesks(): Promise<DueDesks> {
  const opened = await openTestStore();
  const { store } = opened;
  let now = new Date();
  const intake = createIntake(store, () => now);
  // Deadlines touch the database only; the outside world is not asked.
  const ports = { store, now: () => now, log: pino({ level: 'silent' }) } as unknown as ActivityPorts;
  const activities = createNotificationActivities(ports);

  return {
    opened,
    store,
    intake,
    after: (ms) => new Date(now.getTime() + ms).toISOString(),
    now: () => now,
    set: (next) => void (now = next),
    async desk() {
      const { docking } = await openDesk(store, [uniqueId('ou'), uniqueId('ou')]);
      await setRules(store, docking.id, readyMadeRules('en'));
      const ticketId = uniqueId('t');
      const meet = (deadline: Deadline) => activities.meetDeadline(docking.id, ticketId, deadline);
      return {
        docking,
        ticketId,
        meet,
        take: (ticket, fields = {}) =>
          intake.take(
            docking,
            ticketEvent(
              { id: ticketId, ...ticket },
              { type: 'ticket.tag_changed', occurredAt: now.toISOString(), ...fields },
            ),
            'api',
          ),
        async meetAll({ deadlines }) {
          for (const deadline of deadlines ?? []) if (deadline.at <= now.getTime()) await meet(deadline);
        },
        cards: async () => (await store.deliveries.list(docking.id, { limit: 50 })).items,
      };
    },
  };
}
