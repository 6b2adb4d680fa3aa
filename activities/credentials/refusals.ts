/** Why Feishu does not let the app in, told apart as far as its answers allow. */
import { BRANDS, setupLinks, type Brand, type FeishuError } from '../../feishu';
import type { Docking } from '../../store';
import type { Finding } from './items';

/** What is known about the refusal; stands in the item's `detail.reason`. */
export type Refusal =
  | 'app-id-malformed'
  | 'app-id-unknown'
  | 'secret-wrong'
  | 'app-disabled'
  | 'app-not-in-use'
  | 'not-released'
  | 'ip-denied'
  | 'credentials-wrong'
  | 'not-feishu'
  | 'refused';

/** Platform codes that mean one thing only. */
const BY_CODE: Readonly<Record<number, Refusal>> = {
  10003: 'app-id-malformed',
  10015: 'secret-wrong',
  99991401: 'ip-denied',
  99991543: 'credentials-wrong',
  99991662: 'app-not-in-use',
  99991673: 'app-not-in-use',
  212100: 'not-released',
};

/**
 * One code, 10014, stands for a wrong id, a wrong secret, a disabled app and a foreign brand. Its wording is the only
 * thing that tells them apart, so it refines the message and never the verdict. unverified: the wording of a disabled app.
 */
const WORDS_OF_10014: readonly (readonly [RegExp, Refusal])[] = [
  [/app.?id.*(not exist|invalid|not found)/i, 'app-id-unknown'],
  [/secret/i, 'secret-wrong'],
  [/disable|unavailable|not in use|stop/i, 'app-disabled'],
];

export function refusalOf(error: FeishuError): Refusal {
  if (error.code === 10014) {
    const words = error.platformMessage ?? '';
    return WORDS_OF_10014.find(([pattern]) => pattern.test(words))?.[1] ?? 'credentials-wrong';
  }
  if (error.errorClass === 'wrong-url') return 'not-feishu';
  return BY_CODE[error.code ?? 0] ?? 'refused';
}

export function credentialsRefused(error: FeishuError, docking: Docking): Finding {
  const reason = refusalOf(error);
  const { message, link } = explain(reason, docking, error);
  const code = error.code === undefined ? null : `code ${error.code}`;
  return {
    id: 'credentials',
    state: 'failed',
    expected: 'a token that Feishu accepts',
    found: [code, error.platformMessage].filter(Boolean).join(': ') || null,
    message,
    link,
    detail: { reason, logId: error.logId ?? null },
  };
}

function explain(
  reason: Refusal,
  { brand, appId, platformUrl }: Docking,
  error: FeishuError,
): { message: string; link: string } {
  const links = setupLinks(brand, appId);
  const here = BRANDS[brand].name.en;
  const there = BRANDS[otherBrand(brand)].name.en;
  switch (reason) {
    case 'app-id-malformed':
      return {
        message: `The App ID is malformed. Copy it (cli_ and 16 characters) from "Credentials & Basic Info" of the developer console.`,
        link: links.apps,
      };
    case 'app-id-unknown':
      return {
        message: `${here} knows no app with the App ID ${appId}: it is mistyped, or the app belongs to the other brand, ${there}. Copy the App ID again; if it is right, dock it as ${there}.`,
        link: links.apps,
      };
    case 'secret-wrong':
      return {
        message: `The App Secret does not fit the App ID, or the app belongs to the other brand, ${there}. Copy the secret again from "Credentials & Basic Info"; if it is right, dock the app as ${there}.`,
        link: links.baseInfo,
      };
    case 'app-disabled':
      return {
        message: 'The app is disabled. The company admin enables it in the admin console.',
        link: links.availability,
      };
    case 'app-not-in-use':
      return {
        message:
          'The app is not in use: it is disabled, or no version of it is released and approved. Look at its version first, then have the company admin enable it.',
        link: links.version,
      };
    case 'not-released':
      return {
        message:
          'The app is not installed in the company: release a version and have the company admin approve it.',
        link: links.version,
      };
    case 'ip-denied':
      return {
        message: `The app lets only listed IP addresses in, and this server's${addressIn(error)} is not on the list. Add it under "Security settings", or empty the list; it takes effect at once.`,
        link: links.security,
      };
    case 'credentials-wrong':
      return {
        message: `Feishu refuses App ID and App Secret without saying why: one of them is wrong, the app is disabled, or it belongs to the other brand, ${there}. Copy both again, then compare brand and state of the app.`,
        link: links.baseInfo,
      };
    case 'not-feishu':
      return {
        message: `${platformUrl} does not answer like ${here}. Compare the platform URL and the brand of the docking.`,
        link: platformUrl,
      };
    case 'refused':
      return { message: `${error.meaning.en} ${error.nextStep.en}`, link: links.baseInfo };
  }
}

const otherBrand = (brand: Brand): Brand => (brand === 'feishu' ? 'lark' : 'feishu');

function addressIn(error: FeishuError): string {
  const found = /ip\s+([0-9a-f.:]{3,45})/i.exec(error.platformMessage ?? '')?.[1];
  return found ? ` (${found})` : '';
}
