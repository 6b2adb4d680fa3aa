/** Findings about the app itself. Pure; "not told" is `unknown`, never `passed`. */
import type { Bot, FeishuApp } from '../../feishu';
import type { Docking } from '../../store';
import { closest, difference, differenceText } from './differences';
import type { Finding } from './items';

export function appFindings(app: FeishuApp, docking: Docking): Finding[] {
  return [
    infoFinding(app),
    {
      id: 'app-type',
      state: app.kind === 'custom' ? 'passed' : app.kind === 'unknown' ? 'unknown' : 'failed',
      expected: 'custom',
      found: app.kind,
      message:
        app.kind === 'custom'
          ? 'It is a custom app.'
          : app.kind === 'unknown'
            ? 'Feishu does not tell what kind of app it is.'
            : `It is a ${app.kind} app; it must be a custom app of the company: create one.`,
    },
    redirectFinding(app, docking),
    defaultFinding('default-mobile', 'bot', app.mobileDefault),
    defaultFinding('default-desktop', 'web_app', app.desktopDefault),
  ];
}

/** Enabled, and recognisable for the people who get it. */
function infoFinding(app: FeishuApp): Finding {
  const named = { name: app.name, description: app.description, icon: app.avatarUrl };
  const empty = Object.entries(named).flatMap(([what, text]) => (text === '' ? [what] : []));
  const base = {
    id: 'app-info',
    expected: 'enabled, with name, description and icon',
    detail: {
      name: app.name ?? null,
      description: app.description ?? null,
      avatarUrl: app.avatarUrl ?? null,
      kind: app.kind,
      status: app.status,
    },
  };
  if (app.status === 'unknown') {
    return { ...base, state: 'unknown', message: 'Feishu does not tell whether the app is enabled.' };
  }
  if (app.status !== 'enabled') {
    return {
      ...base,
      state: 'failed',
      found: app.status,
      message:
        app.status === 'disabled'
          ? 'The app is disabled. The company admin enables it in the admin console.'
          : 'The app is not enabled yet: release a version and have the company admin approve it.',
    };
  }
  return empty.length === 0
    ? { ...base, state: 'passed', found: 'enabled', message: `The app is "${app.name ?? app.appId}".` }
    : {
        ...base,
        state: 'failed',
        found: `no ${empty.join(', no ')}`,
        message: `The app has no ${empty.join(', no ')}: employees would not recognise it. Fill it in and release a version.`,
      };
}

function redirectFinding(app: FeishuApp, docking: Docking): Finding {
  const wanted = docking.redirectUrl;
  const base = { id: 'redirect-url', expected: wanted };
  if (app.redirectUrls === undefined) {
    return { ...base, state: 'unknown', message: 'Feishu does not tell the redirect URLs of this app.' };
  }
  if (app.redirectUrls.includes(wanted)) {
    return { ...base, state: 'passed', found: wanted, message: 'The redirect URL is on the list.' };
  }
  const nearest = closest(wanted, app.redirectUrls);
  return {
    ...base,
    state: 'failed',
    found: app.redirectUrls.join('\n') || null,
    message: `The redirect URL is not on the list, byte for byte. ${differenceText(wanted, nearest)}`,
    detail: { found: [...app.redirectUrls], difference: nearest ? difference(wanted, nearest) : null },
  };
}

function defaultFinding(id: string, expected: string, found: string | undefined): Finding {
  if (found === undefined)
    return { id, state: 'unknown', expected, message: 'Feishu does not tell this default.' };
  return {
    id,
    state: found === expected ? 'passed' : 'failed',
    expected,
    found: found || null,
    message: found === expected ? 'As recommended.' : `Set it to ${expected}; it is ${found || 'not set'}.`,
  };
}

/** What `activate_status` means, by its number. */
const BOT_STATES = [
  'not activated',
  'disabled by the company',
  'enabled',
  'installed, waits to be enabled',
  'waits for an upgrade',
  'licence expired',
  'plan expired',
];

export function botFinding(bot: Bot): Finding {
  const { activateStatus: status } = bot;
  const on = status === 2;
  const found = status === undefined ? null : (BOT_STATES[status] ?? `status ${status}`);
  return {
    id: 'bot',
    state: on ? 'passed' : status === undefined ? 'unknown' : 'failed',
    expected: 'enabled',
    found,
    message: on
      ? 'The bot answers.'
      : status === undefined
        ? 'Feishu does not tell whether the bot is enabled.'
        : `The bot is ${found}: add it, release a version, have it approved.`,
    detail: { name: bot.name ?? null, openId: bot.openId ?? null },
  };
}

/** unverified: no page names the code for a bot that is off, so any plain refusal of this call means just that. */
export function botRefused(code: number): Finding {
  return {
    id: 'bot',
    state: 'failed',
    expected: 'enabled',
    found: `no answer, code ${code}`,
    message: `The bot does not answer (code ${code}): add the bot, release a version, have it approved.`,
  };
}
