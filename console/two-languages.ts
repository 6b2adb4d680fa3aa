/** Nested sentences; those of the second language must have the same keys. */
export type Sentences = { [key: string]: string | Sentences };
type SameKeys<T> = { [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };

/** A page's words; a sentence that one language lacks does not compile. */
export const inTwoLanguages = <T extends Sentences>(en: T, zh: SameKeys<T>): { en: T; zh: SameKeys<T> } => ({
  en,
  zh,
});
