/** Findings about the app itself. Pure; "not told" is `unknown`, never `passed`. */
import type { FeishuApp, Localized } from '../../feishu';
import type { Docking } from '../../store';
import { closest, difference, differenceText } from './differences';
import { verbatim, type Finding } from './finding';

const KINDS: Readonly<Record<FeishuApp['kind'], Localized>> = {
  custom: { en: 'custom', zh: '企业自建应用' },
  store: { en: 'store', zh: '商店应用' },
  'personal-store': { en: 'personal-store', zh: '个人商店应用' },
  unknown: { en: 'unknown', zh: '未知' },
};
const STATUSES: Readonly<Record<FeishuApp['status'], Localized>> = {
  enabled: { en: 'enabled', zh: '已启用' },
  disabled: { en: 'disabled', zh: '已停用' },
  'not-enabled': { en: 'not-enabled', zh: '未启用' },
  unknown: { en: 'unknown', zh: '未知' },
};
const ABILITIES: Readonly<Record<string, Localized>> = {
  bot: { en: 'bot', zh: '机器人' },
  web_app: { en: 'web_app', zh: '网页应用' },
  gadget: { en: 'gadget', zh: '小程序' },
};

export function appFindings(app: FeishuApp, docking: Docking): Finding[] {
  return [
    infoFinding(app),
    kindFinding(app),
    redirectFinding(app, docking),
    defaultFinding('default-mobile', 'bot', app.mobileDefault),
    defaultFinding('default-desktop', 'web_app', app.desktopDefault),
  ];
}

function kindFinding({ kind }: FeishuApp): Finding {
  const base = { id: 'app-type', expected: KINDS.custom, found: KINDS[kind] };
  switch (kind) {
    case 'custom':
      return {
        ...base,
        state: 'passed',
        message: { en: 'It is a custom app.', zh: '是企业自建应用。' },
      };
    case 'unknown':
      return {
        ...base,
        state: 'unknown',
        message: { en: 'Feishu does not tell what kind of app it is.', zh: '飞书未返回应用类型。' },
      };
    default:
      return {
        ...base,
        state: 'failed',
        message: {
          en: `It is a ${kind} app; it must be a custom app of the company: create one.`,
          zh: `这是${KINDS[kind].zh}，必须是企业自建应用：请新建一个。`,
        },
      };
  }
}

/** Enabled, and recognisable for the people who get it. */
function infoFinding(app: FeishuApp): Finding {
  const base = {
    id: 'app-info',
    expected: { en: 'enabled, with name, description and icon', zh: '已启用，有名称、描述和图标' },
    detail: {
      name: app.name ?? null,
      description: app.description ?? null,
      avatarUrl: app.avatarUrl ?? null,
      kind: app.kind,
      status: app.status,
    },
  };
  if (app.status === 'unknown') {
    return {
      ...base,
      state: 'unknown',
      message: { en: 'Feishu does not tell whether the app is enabled.', zh: '飞书未返回应用是否启用。' },
    };
  }
  if (app.status !== 'enabled') {
    return {
      ...base,
      state: 'failed',
      found: STATUSES[app.status],
      message:
        app.status === 'disabled'
          ? {
              en: 'The app is disabled. The company admin enables it in the admin console.',
              zh: '应用已停用，请企业管理员在管理后台启用。',
            }
          : {
              en: 'The app is not enabled yet: release a version and have the company admin approve it.',
              zh: '应用尚未启用：请发布版本，并由企业管理员审核通过。',
            },
    };
  }
  const lacks = emptyOf(app);
  return lacks
    ? {
        ...base,
        state: 'failed',
        found: lacks,
        message: {
          en: `The app has ${lacks.en}: employees would not recognise it. Fill it in and release a version.`,
          zh: `应用${lacks.zh}，员工会认不出。请补全并发布版本。`,
        },
      }
    : {
        ...base,
        state: 'passed',
        found: STATUSES.enabled,
        message: {
          en: `The app is "${app.name ?? app.appId}".`,
          zh: `应用为“${app.name ?? app.appId}”。`,
        },
      };
}

/** What employees would recognise it by and is empty; null when nothing is. */
function emptyOf({ name, description, avatarUrl }: FeishuApp): Localized | null {
  const named: [string | undefined, Localized][] = [
    [name, { en: 'name', zh: '名称' }],
    [description, { en: 'description', zh: '描述' }],
    [avatarUrl, { en: 'icon', zh: '图标' }],
  ];
  const empty = named.flatMap(([text, what]) => (text === '' ? [what] : []));
  if (empty.length === 0) return null;
  return {
    en: `no ${empty.map(({ en }) => en).join(', no ')}`,
    zh: `没有${empty.map(({ zh }) => zh).join('、')}`,
  };
}

function redirectFinding(app: FeishuApp, docking: Docking): Finding {
  const wanted = docking.redirectUrl;
  const base = { id: 'redirect-url', expected: verbatim(wanted) };
  if (app.redirectUrls === undefined) {
    return {
      ...base,
      state: 'unknown',
      message: {
        en: 'Feishu does not tell the redirect URLs of this app.',
        zh: '飞书未返回此应用的重定向 URL。',
      },
    };
  }
  if (app.redirectUrls.includes(wanted)) {
    return {
      ...base,
      state: 'passed',
      found: verbatim(wanted),
      message: { en: 'The redirect URL is on the list.', zh: '重定向 URL 已在列表中。' },
    };
  }
  const listed = app.redirectUrls.join('\n');
  const nearest = closest(wanted, app.redirectUrls);
  const differs = differenceText(wanted, nearest);
  return {
    ...base,
    state: 'failed',
    found: listed === '' ? null : verbatim(listed),
    message: {
      en: `The redirect URL is not on the list, byte for byte. ${differs.en}`,
      zh: `列表中没有逐字节一致的重定向 URL。${differs.zh}`,
    },
    detail: { found: [...app.redirectUrls], difference: nearest ? difference(wanted, nearest) : null },
  };
}

function defaultFinding(id: string, expected: 'bot' | 'web_app', found: string | undefined): Finding {
  const wanted = abilityOf(expected);
  const base = { id, expected: wanted };
  if (found === undefined) {
    return {
      ...base,
      state: 'unknown',
      message: { en: 'Feishu does not tell this default.', zh: '飞书未返回此默认能力。' },
    };
  }
  if (found === expected) {
    return {
      ...base,
      state: 'passed',
      found: wanted,
      message: { en: 'As recommended.', zh: '符合建议。' },
    };
  }
  const set = found ? abilityOf(found) : null;
  return {
    ...base,
    state: 'failed',
    found: set,
    message: {
      en: `Set it to ${wanted.en}; it is ${set?.en ?? 'not set'}.`,
      zh: `请设为${wanted.zh}；目前${set ? `为${set.zh}` : '未设置'}。`,
    },
  };
}

const abilityOf = (ability: string): Localized => ABILITIES[ability] ?? verbatim(ability);
