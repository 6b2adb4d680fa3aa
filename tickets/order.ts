import type { Ticket } from './event';

/** Negative when `a` is older than `b`, positive when newer, 0 when it cannot be told or they are the same. */
export function ticketOrder(
  a: Pick<Ticket, 'version' | 'updatedAt'>,
  b: Pick<Ticket, 'version' | 'updatedAt'>,
): number {
  if (isGiven(a.version) && isGiven(b.version)) {
    const order = compareVersions(a.version, b.version);
    if (order !== 0) return order;
  }
  if (!isGiven(a.updatedAt) || !isGiven(b.updatedAt)) return 0;
  return Math.sign(Date.parse(a.updatedAt) - Date.parse(b.updatedAt));
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

function compareVersions(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return Math.sign(a - b);
  if (Number.isInteger(Number(a)) && Number.isInteger(Number(b))) {
    const [left, right] = [BigInt(a), BigInt(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  }
  return Math.sign(Number(a) - Number(b));
}
