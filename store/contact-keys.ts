/** Notation-free keys of mobiles and emails, so that the same one is found however it was written. */
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';

export type Region = CountryCode;

export interface Mobile {
  /** Such as +8613800000000. */
  e164: string;
  /** Without the country's code. */
  national: string;
}

/** Null when it cannot be a number. `defaultRegion` reads numbers without a country. */
export function readMobile(raw: string | null | undefined, defaultRegion: Region): Mobile | null {
  if (!raw) return null;
  // Full-width digits are common where Chinese is typed; 00 is how the + is dialled there.
  const text = raw
    .normalize('NFKC')
    .trim()
    .replace(/^00(?=[1-9])/, '+');
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: defaultRegion, extract: false });
  return parsed?.isPossible() ? { e164: parsed.number, national: parsed.nationalNumber } : null;
}

/** The mobile in E.164; null when it cannot be a number. */
export const mobileKey = (raw: string | null | undefined, defaultRegion: Region): string | null =>
  readMobile(raw, defaultRegion)?.e164 ?? null;

/** Case-folded; null when it is no address. Parts before the @ are folded too: no known provider tells them apart. */
export function emailKey(raw: string | null | undefined): string | null {
  const text = raw?.normalize('NFKC').trim().toLowerCase();
  return text && /^[^\s@]+@[^\s@]+$/.test(text) ? text : null;
}
