import type { ErrorClass, RetryAdvice } from './classes';

/** Code, class, meaning in English and Chinese, and the retry advice where it differs from that of the class. */
export type CodeRow = readonly [
  code: number,
  errorClass: ErrorClass,
  en: string,
  zh: string,
  retry?: RetryAdvice,
];
