/** Keys under which an employee is found, and what a typed text is compared with. */
import { emailKey, readMobile, type Mobile, type Region } from './contact-keys';
import type { PulledEmployee } from './directory-records';

export interface EmployeeKeys {
  /** Prefixes are searched in these: lower-cased names, addresses and numbers. */
  searchKeys: string[];
  emailKeys: string[];
  mobileKey: string | null;
}

export function employeeKeys(person: Partial<PulledEmployee>, defaultRegion: Region): EmployeeKeys {
  const mobile = readMobile(person.mobile, defaultRegion);
  const emailKeys = [emailKey(person.email), emailKey(person.enterpriseEmail)].flatMap((key) => key ?? []);
  const names = [person.name, person.enName].flatMap((name) => nameKeys(name ?? ''));
  return {
    searchKeys: [...new Set([...names, ...emailKeys, ...numberKeys(person.mobile ?? '', mobile)])],
    emailKeys: [...new Set(emailKeys)],
    mobileKey: mobile?.e164 ?? null,
  };
}

/** A prefix as MongoDB matches it against `searchKeys`; null when nothing is asked. The text is never a pattern. */
export function searchPattern(typed: string | undefined): { $regex: string } | null {
  const text = folded(typed ?? '');
  if (text === '') return null;
  const asked = /^\+?[\d\s().-]+$/.test(text) ? text.replace(/[^\d+]/g, '') : text;
  return { $regex: `^${asked.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}` };
}

/** The whole name, each later word of it, and Chinese names also without the family name. */
function nameKeys(name: string): string[] {
  const whole = folded(name);
  const laterWords = [...whole.matchAll(/\s(?=\S)/g)].map(({ index }) => whole.slice(index + 1));
  const given = /^\p{Script=Han}{2,5}$/u.test(whole)
    ? [...whole].map((_, at) => [...whole].slice(at + 1).join(''))
    : [];
  return [whole, ...laterWords, ...given].filter((key) => key !== '');
}

/** As dialled abroad, as dialled at home, and as it was written. */
function numberKeys(written: string, mobile: Mobile | null): string[] {
  const digits = written.replace(/\D/g, '');
  return [mobile?.e164 ?? '', mobile?.national ?? '', digits].filter((key) => key !== '');
}

const folded = (text: string): string => text.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ');
