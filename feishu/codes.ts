import type { Localized } from './brands';
import { ACCESS_CODES } from './codes/access';
import { ERROR_CLASSES } from './codes/classes';
import type { ErrorClass, RetryAdvice } from './codes/classes';
import { CONTACT_CODES } from './codes/contact';
import { MESSAGING_CODES } from './codes/messaging';
import { OAUTH_CODES } from './codes/oauth';

export { ERROR_CLASSES } from './codes/classes';
export type { ClassPolicy, ErrorClass, RetryAdvice } from './codes/classes';
export { CARD_REASONS } from './codes/messaging';

/** What the catalogue says about one platform code. */
export interface CodeEntry {
  readonly code: number;
  readonly errorClass: ErrorClass;
  readonly retry: RetryAdvice;
  readonly meaning: Localized;
  readonly nextStep: Localized;
}

/** Every platform code the product knows, by code. Codes decide; HTTP status and `msg` never do while the code is known. */
export const CODES: ReadonlyMap<number, CodeEntry> = new Map(
  [...ACCESS_CODES, ...CONTACT_CODES, ...MESSAGING_CODES, ...OAUTH_CODES].map(
    ([code, errorClass, en, zh, retry]) => [
      code,
      {
        code,
        errorClass,
        retry: retry ?? ERROR_CLASSES[errorClass].retry,
        meaning: { en, zh },
        nextStep: ERROR_CLASSES[errorClass].nextStep,
      },
    ],
  ),
);

/** Token codes after which one retry with a fresh token makes sense. */
export const DEAD_TOKEN_CODES: ReadonlySet<number> = new Set([99991663, 99991664, 99991668, 99991671]);

/** Refusals of the app as a whole: the same call fails for everybody until an admin has mended it. */
export const DOCKING_CLASSES: ReadonlySet<ErrorClass> = new Set(['scope', 'app-state', 'network-policy']);

/** Every reason that such a refusal leaves on what was parked by it: by its code, or by its class where no code came. */
export const DOCKING_REASONS: readonly string[] = [
  ...DOCKING_CLASSES,
  ...[...CODES.values()].flatMap(({ code, errorClass }) => (DOCKING_CLASSES.has(errorClass) ? [code] : [])),
].map((reason) => `feishu:${reason}`);

/** Codes after which a card can never be updated again (recalled, older than 14 days, deleted): send a new one. */
export const CARD_FINAL_CODES: ReadonlySet<number> = new Set([230011, 230031, 230110]);

/**
 * What to make of an answer. A known code wins; for an unknown one the HTTP status tells rate (429) and server (5xx) apart
 * from everything else, which is permanent until somebody adds it here.
 */
export function classify(code: number | undefined, httpStatus?: number): Omit<CodeEntry, 'code'> {
  const known = code === undefined ? undefined : CODES.get(code);
  if (known !== undefined) return known;
  const errorClass = classOfStatus(httpStatus);
  return { errorClass, ...ERROR_CLASSES[errorClass] };
}

function classOfStatus(httpStatus: number | undefined): ErrorClass {
  if (httpStatus === undefined) return 'unknown';
  if (httpStatus === 429) return 'rate';
  return httpStatus >= 500 ? 'server' : 'unknown';
}
