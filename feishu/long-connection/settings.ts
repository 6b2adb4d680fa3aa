import { numberAt, type Json } from '../decode';

/** How the platform wants its clients to behave; in milliseconds. */
export interface ConnectionSettings {
  readonly pingEveryMs: number;
  /** Tries in a row before the platform wants to be left alone; below 0 = no end. */
  readonly reconnectCount: number;
  readonly reconnectEveryMs: number;
  /** A broken connection waits a random part of this before its first new try: a restart must not bring all at once. */
  readonly reconnectSpreadMs: number;
}

/** What the official clients use until they are told. */
export const DEFAULT_SETTINGS: ConnectionSettings = {
  pingEveryMs: 120_000,
  reconnectCount: -1,
  reconnectEveryMs: 120_000,
  reconnectSpreadMs: 30_000,
};

/** Reads `ClientConfig` of the address call or of a pong (seconds). What is missing or absurd stays as it was. */
export function settingsFrom(
  config: Json | undefined,
  known: ConnectionSettings = DEFAULT_SETTINGS,
): ConnectionSettings {
  const ms = (key: string, atLeast: number, otherwise: number): number => {
    const seconds = numberAt(config, key);
    return seconds === undefined || seconds < atLeast || seconds > 3_600 ? otherwise : seconds * 1_000;
  };
  return {
    pingEveryMs: ms('PingInterval', 1, known.pingEveryMs),
    reconnectCount: numberAt(config, 'ReconnectCount') ?? known.reconnectCount,
    reconnectEveryMs: ms('ReconnectInterval', 1, known.reconnectEveryMs),
    reconnectSpreadMs: ms('ReconnectNonce', 0, known.reconnectSpreadMs),
  };
}
