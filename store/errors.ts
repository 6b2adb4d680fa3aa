/** What can go wrong in the store, as types that callers tell apart. No text carries stored values. */
import { mongo, MongooseError } from 'mongoose';

/** The record does not exist, or not any more. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
  constructor(
    readonly what: string,
    readonly id: string,
  ) {
    super(`There is no ${what} "${id}".`);
  }
}

/** The record exists already, or is not in the state that the change needs. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
}

/** The database cannot be reached or has no primary. Nothing is known about a write that was under way; try again. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** The page cursor was not made by this list. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
  constructor() {
    super('The cursor is not one that this list gave out.');
  }
}

/** The setting that holds the master key cannot be used; the text never shows it. */
export class InvalidMasterKey extends Error {
  override readonly name = 'InvalidMasterKey';
}

/** A sealed value cannot be opened: its key is missing, or the value was changed or moved. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** The server's code of a broken unique index. */
export const DUPLICATE_KEY = 11_000;
/** NotWritablePrimary, stepping down, shutting down, and the like. */
const AWAY_CODES = new Set([6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);
const SOCKET_CODES = new Set(['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT']);

export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;

/** Driver errors as ours. A duplicate key that no repository expected is a conflict; everything else stays. */
export function translated(error: unknown): unknown {
  if (isDuplicateKey(error)) return new Conflict('A record with this identity exists already.');
  return isAway(error)
    ? new StoreUnavailable('The database cannot be reached.', { cause: nameOnly(error) })
    : error;
}

function isAway(error: unknown): boolean {
  if (error instanceof mongo.MongoNetworkError || error instanceof mongo.MongoServerSelectionError)
    return true;
  if (error instanceof mongo.MongoNotConnectedError || error instanceof mongo.MongoTopologyClosedError)
    return true;
  if (error instanceof mongo.MongoClientClosedError) return true;
  // The driver passes on what a socket says whose server has just closed it.
  if (error instanceof Error && SOCKET_CODES.has((error as NodeJS.ErrnoException).code ?? '')) return true;
  if (error instanceof MongooseError && error.name === 'MongooseServerSelectionError') return true;
  return error instanceof mongo.MongoServerError && AWAY_CODES.has(Number(error.code));
}

/** Drivers name hosts and sometimes credentials in their texts. */
const nameOnly = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** The same repository whose failures are ours. Streams are covered too: they fail while being read. */
export function guarded<T extends object>(repository: T): T {
  const entries = Object.entries(repository).map(([name, member]: [string, unknown]) => [
    name,
    typeof member === 'function' ? guardedFunction(member as (...input: unknown[]) => unknown) : member,
  ]);
  return Object.fromEntries(entries) as T;
}

function guardedFunction(run: (...input: unknown[]) => unknown): (...input: unknown[]) => unknown {
  return (...input) => {
    const output = run(...input);
    // Queries of mongoose can be awaited and streamed; who returns one wants it awaited.
    if (isThenable(output)) {
      return output.then(undefined, (error: unknown) => {
        throw translated(error);
      });
    }
    return isStream(output) ? guardedStream(output) : output;
  };
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

async function* guardedStream(stream: AsyncIterable<unknown>): AsyncIterable<unknown> {
  try {
    yield* stream;
  } catch (error) {
    throw translated(error);
  }
}
