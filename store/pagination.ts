/** Pages by sort key: stable while records come and go, as cheap on the last page as on the first. */
import type { Model, QueryFilter } from 'mongoose';
import { InvalidCursor } from './errors';

/** `limit` defaults to 50 and is at most 200. */
export interface PageQuery {
  cursor?: string | null;
  limit?: number;
}

export interface Page<T> {
  items: T[];
  /** Pass it as `cursor` for the next page; null on the last. */
  nextCursor: string | null;
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

export interface PageOf<Stored> {
  filter: QueryFilter<Stored>;
  /** Together unique, all in one direction. */
  keys: readonly (keyof Stored & string)[];
  direction: 1 | -1;
  query: PageQuery;
  /** Fields that are not read. */
  without?: readonly string[];
}

/** One page of lean documents. Fails with `InvalidCursor`. */
export async function findPage<Stored>(model: Model<Stored>, page: PageOf<Stored>): Promise<Page<Stored>> {
  const limit = Math.min(Math.max(1, Math.trunc(page.query.limit ?? DEFAULT_LIMIT)), MAX_LIMIT);
  const { keys, direction } = page;
  const filter = page.query.cursor
    ? { $and: [page.filter, after(keys, readCursor(page.query.cursor, keys.length), direction)] }
    : page.filter;
  const found = await model
    .find(filter as QueryFilter<Stored>, Object.fromEntries((page.without ?? []).map((field) => [field, 0])))
    .sort(Object.fromEntries(keys.map((key) => [key, direction])))
    .limit(limit + 1)
    .lean<Stored[]>()
    .catch((error: unknown) => {
      // A date of the cursor that is none: the filter itself is ours.
      if (page.query.cursor && error instanceof Error && error.name === 'CastError')
        throw new InvalidCursor();
      throw error;
    });
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = found.length > limit && last ? writeCursor(keys.map((key) => last[key])) : null;
  return { items, nextCursor };
}

/** The range on the first key repeats what the alternatives say, so that the index is entered at the right place. */
function after(keys: readonly string[], values: CursorValue[], direction: 1 | -1): Record<string, unknown> {
  const [beyond, from] = direction === 1 ? ['$gt', '$gte'] : ['$lt', '$lte'];
  const alternatives = keys.map((key, index) => ({
    ...Object.fromEntries(keys.slice(0, index).map((equal, at) => [equal, values[at]])),
    [key]: { [beyond]: values[index] },
  }));
  const [first] = keys;
  if (alternatives.length === 1 || !first) return alternatives[0] ?? {};
  return { [first]: { [from]: values[0] }, $or: alternatives };
}

type CursorValue = string | number | Date;

function writeCursor(values: unknown[]): string {
  const plain = values.map((value) => (value instanceof Date ? { at: value.getTime() } : value));
  return Buffer.from(JSON.stringify(plain)).toString('base64url');
}

/** Only strings, numbers and times pass: a forged cursor must not become a query operator. */
function readCursor(cursor: string, count: number): CursorValue[] {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new InvalidCursor();
  }
  if (!Array.isArray(values) || values.length !== count) throw new InvalidCursor();
  return values.map((value: unknown) => {
    if (typeof value === 'string' || typeof value === 'number') return value;
    const at = (value as { at?: unknown } | null)?.at;
    const time = new Date(typeof at === 'number' ? at : NaN);
    if (Number.isNaN(time.getTime())) throw new InvalidCursor();
    return time;
  });
}
