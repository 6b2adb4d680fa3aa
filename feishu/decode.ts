/**
 * Readers for platform answers. They tell "absent" from "empty": Feishu leaves a field out, without an error, when the app
 * lacks its scope, so `undefined` means "we may not know", never "there is none".
 */
export type Json = Readonly<Record<string, unknown>>;

/** An answer whose shape nobody could work with. The transport turns it into a `FeishuError` of class `server`. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectAt(from: Json | undefined, key: string): Json | undefined {
  const value = from?.[key];
  return isObject(value) ? value : undefined;
}

export function requiredObject(from: Json | undefined, key: string): Json {
  const value = objectAt(from, key);
  if (value === undefined) throw new UnreadableAnswer(`The answer has no "${key}".`);
  return value;
}

export function textAt(from: Json | undefined, key: string): string | undefined {
  const value = from?.[key];
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

export function requiredText(from: Json | undefined, key: string): string {
  const value = textAt(from, key);
  if (value === undefined || value === '') throw new UnreadableAnswer(`The answer has no "${key}".`);
  return value;
}

/** Numbers come as numbers or as digits in a string, depending on API and age. */
export function numberAt(from: Json | undefined, key: string): number | undefined {
  const value = from?.[key];
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : undefined;
}

export function flagAt(from: Json | undefined, key: string): boolean | undefined {
  const value = from?.[key];
  if (typeof value === 'boolean') return value;
  return value === 1 || value === 0 ? value === 1 : undefined;
}

export function listAt(from: Json | undefined, key: string): readonly unknown[] | undefined {
  const value = from?.[key];
  return Array.isArray(value) ? (value as readonly unknown[]) : undefined;
}

export function textsAt(from: Json | undefined, key: string): readonly string[] | undefined {
  return listAt(from, key)?.filter((item) => typeof item === 'string');
}

export function objectsAt(from: Json | undefined, key: string): readonly Json[] | undefined {
  return listAt(from, key)?.filter(isObject);
}

/** One page of a listing. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Token of the next page; `undefined` on the last one. Opaque, can expire (40011): then start over. */
  readonly nextPageToken: string | undefined;
  /** Records of this page that had no id to know them by, and are not among the items. */
  readonly unreadable: number;
}

export interface PageRequest {
  readonly pageSize?: number;
  readonly pageToken?: string | undefined;
}

/** The page around a list. "More" without a token would end a listing early and unseen, so it is an error. */
export function pageOf<T>(data: Json | undefined, items: readonly T[], unreadable = 0): Page<T> {
  if (flagAt(data, 'has_more') !== true) return { items, nextPageToken: undefined, unreadable };
  return { items, nextPageToken: requiredText(data, 'page_token'), unreadable };
}

/** A page in which one record that cannot be read does not spoil the others: it is left out and counted. */
export function readablePage<T>(data: Json | undefined, key: string, read: (record: Json) => T): Page<T> {
  const records = objectsAt(data, key) ?? [];
  const items = records.flatMap((record) => {
    try {
      return [read(record)];
    } catch (error) {
      if (error instanceof UnreadableAnswer) return [];
      throw error;
    }
  });
  return pageOf(data, items, (listAt(data, key)?.length ?? 0) - items.length);
}
