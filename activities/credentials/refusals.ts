/** Why Feishu does not let the app in, told apart as far as its answers allow. */
import { BRANDS, setupLinks, type Brand, type FeishuError, type Localized } from '../../feishu';
import type { Docking } from '../../store';
import type { Finding } from './finding';

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

/** What is expected of App ID and App Secret. */
export const ACCEPTED_TOKEN: Localized = { en: 'a token that Feishu accepts', zh: '飞书接受的令牌' };

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
  return {
    id: 'credentials',
    state: 'failed',
    expected: ACCEPTED_TOKEN,
    found: answered(error),
    message,
    link,
    detail: { reason, logId: error.logId ?? null },
  };
}

function explain(
  reason: Refusal,
  { brand, appId, platformUrl }: Docking,
  error: FeishuError,
): { message: Localized; link: string } {
  const links = setupLinks(brand, appId);
  const address = addressIn(error);
  const here = BRANDS[brand].name;
  const there = BRANDS[otherBrand(brand)].name;
  switch (reason) {
    case 'app-id-malformed':
      return {
        message: {
          en: 'The App ID is malformed. Copy it (cli_ and 16 characters) from "Credentials & Basic Info" of the developer console.',
          zh: 'App ID 格式不正确。请从开发者后台的“凭证与基础信息”中复制（cli_ 加 16 个字符）。',
        },
        link: links.apps,
      };
    case 'app-id-unknown':
      return {
        message: {
          en: `${here.en} knows no app with the App ID ${appId}: it is mistyped, or the app belongs to the other brand, ${there.en}. Copy the App ID again; if it is right, dock it as ${there.en}.`,
          zh: `${here.zh}中没有 App ID 为 ${appId} 的应用：可能输入有误，或应用属于另一品牌（${there.zh}）。请重新复制 App ID；若确认无误，请选择品牌“${there.zh}”对接。`,
        },
        link: links.apps,
      };
    case 'secret-wrong':
      return {
        message: {
          en: `The App Secret does not fit the App ID, or the app belongs to the other brand, ${there.en}. Copy the secret again from "Credentials & Basic Info"; if it is right, dock the app as ${there.en}.`,
          zh: `App Secret 与 App ID 不匹配，或应用属于另一品牌（${there.zh}）。请从“凭证与基础信息”重新复制 App Secret；若确认无误，请选择品牌“${there.zh}”对接。`,
        },
        link: links.baseInfo,
      };
    case 'app-disabled':
      return {
        message: {
          en: 'The app is disabled. The company admin enables it in the admin console.',
          zh: '应用已停用，请企业管理员在管理后台启用。',
        },
        link: links.availability,
      };
    case 'app-not-in-use':
      return {
        message: {
          en: 'The app is not in use: it is disabled, or no version of it is released and approved. Look at its version first, then have the company admin enable it.',
          zh: '应用未启用：可能已停用，或尚无审核通过的已发布版本。请先查看版本，再请企业管理员启用。',
        },
        link: links.version,
      };
    case 'not-released':
      return {
        message: {
          en: 'The app is not installed in the company: release a version and have the company admin approve it.',
          zh: '企业尚未安装该应用：请发布版本，并由企业管理员审核通过。',
        },
        link: links.version,
      };
    case 'ip-denied':
      return {
        message: {
          en: `The app lets only listed IP addresses in, and this server's${address ? ` (${address})` : ''} is not on the list. Add it under "Security settings", or empty the list; it takes effect at once.`,
          zh: `应用只允许白名单中的 IP 访问，而本服务器的 IP${address ? `（${address}）` : ''}不在其中。请在“安全设置”中添加，或清空白名单，立即生效。`,
        },
        link: links.security,
      };
    case 'credentials-wrong':
      return {
        message: {
          en: `Feishu refuses App ID and App Secret without saying why: one of them is wrong, the app is disabled, or it belongs to the other brand, ${there.en}. Copy both again, then compare brand and state of the app.`,
          zh: `飞书拒绝了 App ID 和 App Secret，但未说明原因：可能其中之一有误、应用已停用，或应用属于另一品牌（${there.zh}）。请重新复制两者，再核对应用的品牌和状态。`,
        },
        link: links.baseInfo,
      };
    case 'not-feishu':
      return {
        message: {
          en: `${platformUrl} does not answer like ${here.en}. Compare the platform URL and the brand of the docking.`,
          zh: `${platformUrl} 的响应不像${here.zh}接口。请核对对接的平台地址和品牌。`,
        },
        link: platformUrl,
      };
    case 'refused':
      return {
        message: {
          en: `${error.meaning.en} ${error.nextStep.en}`,
          zh: `${error.meaning.zh}${error.nextStep.zh}`,
        },
        link: links.baseInfo,
      };
  }
}

const otherBrand = (brand: Brand): Brand => (brand === 'feishu' ? 'lark' : 'feishu');

const addressIn = (error: FeishuError): string | undefined =>
  /ip\s+([0-9a-f.:]{3,45})/i.exec(error.platformMessage ?? '')?.[1];

/** The platform's own words stay in its own language. */
function answered({ code, platformMessage }: FeishuError): Localized | null {
  const said = (codeText: string | null): string => [codeText, platformMessage].filter(Boolean).join(': ');
  if (code === undefined && !platformMessage) return null;
  return {
    en: said(code === undefined ? null : `code ${code}`),
    zh: said(code === undefined ? null : `错误码 ${code}`),
  };
}
