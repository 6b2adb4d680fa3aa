/** Answers of the contact calls that a sync handles itself instead of failing. */
import { FeishuError } from '../../feishu';

/** The tree has too many departments to be listed at once. */
export const TREE_TOO_LARGE: ReadonlySet<number> = new Set([43010, 40162]);
/** The list has to be read again from its first page. */
export const PAGE_TOKEN_EXPIRED = 40011;
/** The department was deleted while the run went on. */
export const GONE = 43007;
/** Outside the contact range of the app. */
export const OUT_OF_RANGE: ReadonlySet<number> = new Set([40004, 40014, 41050]);
/** There is no such person, not any more, or not for this app. */
export const NOBODY: ReadonlySet<number> = new Set([41012, 41050]);

/** Null for everything that is no answer of the platform. */
export function platformCode(failure: unknown): number | null {
  return failure instanceof FeishuError ? (failure.code ?? null) : null;
}
