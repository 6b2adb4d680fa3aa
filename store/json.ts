/**
 * Content that comes from outside is kept as JSON text: its keys may hold dots and dollars, which are operators to the
 * database, and nobody queries inside it. Members that are undefined are dropped.
 */
export const writeJson = (value: unknown): string => JSON.stringify(value ?? null);

export const readJson = <T>(text: string): T => JSON.parse(text) as T;

/** What JSON makes of a record: times are RFC 3339 texts. */
export type OverJson<T> = T extends Date
  ? string
  : T extends object
    ? { [Key in keyof T]: OverJson<T[Key]> }
    : T;
