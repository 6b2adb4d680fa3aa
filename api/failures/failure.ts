/** How a refusal of the API is written down: its status, and what is said in both languages. */
import type { Localized } from '../../feishu';

/** `Data`: what the sentences carry; void: nothing. */
export interface Failure<Data> {
  status: (data: Data) => number;
  detail: (data: Data) => Localized;
  /** What the caller can do; undefined where the sentence says it all. */
  nextStep: (data: Data) => Localized | undefined;
}

/** `detail` and `nextStep` are plain texts where they carry nothing. */
export function failure<Data = void>(
  status: number | ((data: Data) => number),
  detail: Localized | ((data: Data) => Localized),
  nextStep?: Localized | ((data: Data) => Localized | undefined),
): Failure<Data> {
  const asked = <T extends number | Localized | undefined>(
    given: T | ((data: Data) => T),
  ): ((data: Data) => T) => (typeof given === 'function' ? given : () => given);
  return { status: asked(status), detail: asked(detail), nextStep: asked(nextStep) };
}

/** What another part said already, in English. */
export interface Said {
  said: string;
}

/** English as another part said it; Chinese says the same without its particulars. */
export const saidElsewhere = (status: number, zh: string): Failure<Said> =>
  failure(status, ({ said }) => ({ en: said, zh }));
