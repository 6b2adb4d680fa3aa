import { isIPv4 } from 'node:net';

// Both patterns are bounded, so that hostile text costs linear time.
const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;
const DIGIT_RUN = /(?<![\p{L}\p{N}_])\+?\p{Nd}(?:[ \-.()]{0,2}\p{Nd}){6,24}(?![\p{L}_])/gu;

/** Length from which a run of digits counts as a phone or identity number. */
const SHORTEST_NUMBER = 7;

/**
 * Hides mailboxes and phone or identity numbers, for text that data-loss prevention stopped (230028) and for logs.
 * `zhang@example.com` becomes `z***@***`, `+86 138 0013 8000` becomes `+86****00`. Short numbers and IPv4 addresses stay.
 */
export function maskSensitive(text: string, shortestNumber: number = SHORTEST_NUMBER): string {
  return text
    .replace(EMAIL, (mailbox) => `${Array.from(mailbox)[0] ?? ''}***@***`)
    .replace(DIGIT_RUN, (run) => {
      const digits = Array.from(run.matchAll(/\p{Nd}/gu), ([digit]) => digit);
      if (digits.length < shortestNumber || isIPv4(run)) return run;
      return `${run.startsWith('+') ? '+' : ''}${digits.slice(0, 2).join('')}****${digits.slice(-2).join('')}`;
    });
}

/** Platform error codes have eight digits and belong into a log; phone numbers with country code have more. */
const LONGEST_CODE = 9;

/** A platform message fit for logs and people: no tokens, no mailboxes, no phone numbers, at most 300 characters. */
export function cleanPlatformMessage(message: string): string {
  const withoutTokens = message.replace(/\b[tua]-[\w.~-]{8,}/g, '…').replace(/\beyJ[\w.-]{8,}/g, '…');
  return maskSensitive(withoutTokens, LONGEST_CODE).replace(/\s+/g, ' ').trim().slice(0, 300);
}
