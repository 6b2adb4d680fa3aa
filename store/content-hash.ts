import { createHash } from 'node:crypto';

/** Equal for equal content, whatever the order of the members; members that are undefined do not count. */
export function contentHash(record: object): string {
  const members = Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url').slice(0, 27);
}
