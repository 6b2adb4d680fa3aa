/** Which of two states of a ticket is the newer one, asked of the database and in memory alike. */

/** `version`: as `versionText` writes it; `at`: Unix ms. A state with neither comes in the order in which it is told. */
export interface TicketOrder {
  version: string | null;
  at: number | null;
}

/**
 * A version whose texts are in order when their numbers are, however long: the number of digits before the point comes first.
 * Null for what is no version: negative or endless.
 */
export function versionText(version: string | number): string | null {
  if (typeof version === 'number' && !(version >= 0 && Number.isFinite(version))) return null;
  const plain = typeof version === 'number' ? plainNumber(version) : version;
  const [whole = '', fraction = ''] = plain.split('.');
  const digits = whole.replace(/^0+(?=\d)/, '');
  const rest = fraction.replace(/0+$/, '');
  return `${String(digits.length).padStart(3, '0')}:${digits}${rest === '' ? '' : `.${rest}`}`;
}

/** Without an exponent. */
const plainNumber = (version: number): string =>
  Number.isInteger(version) ? BigInt(version).toString() : version.toFixed(20);

/** Positive when `a` is newer: by version when both have one, otherwise by time when both have one; 0 when that tells nothing. */
export function compareOrders(a: TicketOrder | null, b: TicketOrder | null): number {
  if (!a || !b) return 0;
  if (a.version !== null && b.version !== null && a.version !== b.version)
    return a.version > b.version ? 1 : -1;
  return a.at === null || b.at === null ? 0 : Math.sign(a.at - b.at);
}

/** Filter for records whose `order` is not newer than this one; what cannot be compared is not. The same as `compareOrders`. */
export function notNewerThan(order: TicketOrder | null): Record<string, unknown> {
  const { version = null, at = null } = order ?? {};
  // Null also finds what is missing.
  const byTime = at === null ? [{}] : [{ 'order.at': null }, { 'order.at': { $lte: at } }];
  if (version === null) return at === null ? {} : { $or: byTime };
  const sameOrNone = byTime.flatMap((time) => [
    { 'order.version': version, ...time },
    { 'order.version': null, ...time },
  ]);
  return { $or: [{ 'order.version': { $lt: version } }, ...sameOrNone] };
}
