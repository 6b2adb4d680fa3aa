/**
 * A ticket that cannot be read holds up no other. It is tried again soon at first, then after a tenth of the time that it is
 * late already – a minute at least, an hour at most – and given up, on record, after a day.
 */
import { StoreUnavailable } from '../../store';
import { TicketSystemError, type TicketSystemErrorCode } from '../../tickets';

const AT_ONCE = 3;
const [SOONEST_MS, LATEST_MS] = [60_000, 3_600_000];
const GIVEN_UP_AFTER_MS = 24 * 3_600_000;
/** So many different tickets one after the other are no matter of tickets any more: the system is away. */
const TICKETS_IN_A_ROW = 3;

export interface Attempts {
  /** How often it failed; 0 when it was never tried. */
  tries: number;
  /** When it was first to be read. */
  since: Date;
}

/** When what has just failed once more is tried again; null = with the next try of the whole activity. */
export function nextTry({ tries, since }: Attempts, now: Date): { again: Date | null; isGivenUp: boolean } {
  const late = now.getTime() - since.getTime();
  const pause = Math.min(Math.max(late / 10, SOONEST_MS), LATEST_MS);
  return {
    again: tries < AT_ONCE ? null : new Date(now.getTime() + pause),
    isGivenUp: tries >= AT_ONCE && late >= GIVEN_UP_AFTER_MS,
  };
}

/** What a person has to set right first, or what all calls share. */
const OF_THE_DOCKING: readonly TicketSystemErrorCode[] = [
  'credentials-refused',
  'edition-without-api',
  'forbidden',
  'token-refused',
  'rate-limited',
];

/** `for-good`: this ticket can never be read. `for-now`: perhaps later. `docking`: nothing can be read now. */
export function concernOf(error: unknown): 'for-good' | 'for-now' | 'docking' {
  if (error instanceof StoreUnavailable) return 'docking';
  if (!(error instanceof TicketSystemError)) return 'for-now';
  if (OF_THE_DOCKING.includes(error.code)) return 'docking';
  return error.retryClass === 'never' ? 'for-good' : 'for-now';
}

export interface Streak {
  wasTaken(): void;
  /** Throws `error` when it concerns more than this ticket. */
  failed(ticketId: string, error: unknown): void;
}

/** Follows readings one after the other, to tell a ticket that cannot be read from a system that is away. */
export function followStreak(): Streak {
  const inARow = new Set<string>();
  return {
    wasTaken: () => inARow.clear(),
    failed(ticketId, error) {
      if (concernOf(error) === 'docking') throw error;
      if (concernOf(error) === 'for-now' && inARow.add(ticketId).size >= TICKETS_IN_A_ROW) throw error;
    },
  };
}

/** What the record says of a failure: a code, never a text. */
export const reasonOf = (error: unknown): string =>
  error instanceof TicketSystemError ? error.code : 'internal';
