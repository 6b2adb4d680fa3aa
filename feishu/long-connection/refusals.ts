/** Why there is no connection, in words that tell a person what to look at. */
export type RefusalReason =
  /** App ID and App Secret do not belong together, or to the other brand. */
  | 'credentials'
  /** The app is not enabled, or the platform offers this app no long connection. */
  | 'not-allowed'
  /** The app has 50 connections already; every other client of the app counts. */
  | 'too-many-connections'
  /** The platform or the network is away, or answers what nobody can read. */
  | 'unavailable';

/** No address or no connection was given. Holds neither secret nor address. */
export class LongConnectionRefused extends Error {
  override readonly name = 'LongConnectionRefused';

  constructor(
    readonly reason: RefusalReason,
    /** The platform's code, where it gave one. */
    readonly code?: number,
  ) {
    super(`The platform gives no long connection: ${reason}${code === undefined ? '' : ` (${code})`}.`);
  }
}

/** Codes of the address call and of the handshake (official SDKs of Node and Go). */
const REASONS: ReadonlyMap<number, RefusalReason> = new Map([
  [403, 'not-allowed'],
  [514, 'credentials'],
  [1000040350, 'too-many-connections'],
]);

export function refusalOf(code: number): LongConnectionRefused {
  return new LongConnectionRefused(REASONS.get(code) ?? 'unavailable', code);
}

/** A refused upgrade says why in headers. 514 alone means an address that is used up: a new one may do. */
export function handshakeRefusal(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): LongConnectionRefused {
  const status = Number(headers['handshake-status']);
  const code = Number(headers['handshake-autherrcode']);
  if (code === 1000040350 || status === 403) return refusalOf(status === 403 ? 403 : code);
  return new LongConnectionRefused('unavailable', Number.isFinite(status) ? status : undefined);
}
