/**
 * Content that comes from outside is kept as JSON text: its keys may hold dots and dollars, which are operators to the
 * database, and nobody queries inside it. Members that are undefined are dropped.
 */
export const writeJson = (value: unknown): string => JSON.stringify(value ?? null);

export const readJson = <T>(text: string): T => JSON.parse(text) as T;
