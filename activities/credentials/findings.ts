/** From what the platform answered to findings. Pure; "not told" is `unknown`, never `passed`. */
import {
  judgePermission,
  requiredPermissions,
  type AppVersion,
  type Bot,
  type ContactsRange,
  type FeishuApp,
  type ScopeGrant,
} from '../../feishu';
import type { Docking } from '../../store';
import type { Finding } from './items';

export function appFindings(app: FeishuApp, docking: Docking): Finding[] {
  return [
    {
      id: 'app-info',
      state: app.status === 'enabled' ? 'passed' : app.status === 'unknown' ? 'unknown' : 'failed',
      expected: 'enabled',
      found: app.status,
      message:
        app.status === 'enabled' ? `The app is "${app.name ?? app.appId}".` : `The app is ${app.status}.`,
    },
    {
      id: 'app-type',
      state: app.kind === 'custom' ? 'passed' : app.kind === 'unknown' ? 'unknown' : 'failed',
      expected: 'custom',
      found: app.kind,
      message:
        app.kind === 'custom' ? 'It is a custom app.' : 'It must be a custom app of the company: create one.',
    },
    redirectFinding(app, docking),
    defaultFinding('default-mobile', 'bot', app.mobileDefault),
    defaultFinding('default-desktop', 'web_app', app.desktopDefault),
  ];
}

function redirectFinding(app: FeishuApp, docking: Docking): Finding {
  const base = { id: 'redirect-url', expected: docking.redirectUrl };
  if (app.redirectUrls === undefined) {
    return { ...base, state: 'unknown', message: 'Feishu does not tell the redirect URLs of this app.' };
  }
  const found = app.redirectUrls.join('\n') || null;
  return app.redirectUrls.includes(docking.redirectUrl)
    ? { ...base, state: 'passed', found: docking.redirectUrl, message: 'The redirect URL is on the list.' }
    : {
        ...base,
        state: 'failed',
        found,
        message: `The redirect URL is not on the list, byte for byte. ${firstDifference(docking.redirectUrl, app.redirectUrls[0])}`,
      };
}

function defaultFinding(id: string, expected: string, found: string | undefined): Finding {
  if (found === undefined)
    return { id, state: 'unknown', expected, message: 'Feishu does not tell this default.' };
  return {
    id,
    state: found === expected ? 'passed' : 'failed',
    expected,
    found,
    message: found === expected ? 'As recommended.' : `Set it to ${expected}; it is ${found || 'not set'}.`,
  };
}

/** `versions` newest first. What is in force is the newest released one. */
export function versionFindings(versions: readonly AppVersion[], docking: Docking): Finding[] {
  const released = versions.find((version) => version.status === 'released');
  const newest = versions[0];
  return [
    released
      ? {
          id: 'version',
          state: 'passed',
          expected: 'a released version',
          found: describe(released),
          message: `Version ${released.version ?? released.versionId} is released.`,
        }
      : {
          id: 'version',
          state: newest?.status === 'in-review' ? 'waiting' : 'failed',
          expected: 'a released version',
          found: newest ? describe(newest) : null,
          message: newest
            ? 'No version is released yet. Submit it, and have the company admin approve it.'
            : 'There is no version. Create one, such as 1.0.1, and submit it.',
        },
    reviewFinding(newest, released),
    ...abilityFindings(released, docking),
    availabilityFinding(released),
  ];
}

function reviewFinding(newest: AppVersion | undefined, released: AppVersion | undefined): Finding {
  const base = { id: 'review', expected: 'approved', found: newest ? newest.status : null };
  if (!newest) return { ...base, state: 'failed', message: 'Nothing was submitted for review.' };
  const name = newest.version ?? newest.versionId;
  switch (newest.status) {
    case 'released':
      return { ...base, state: 'passed', found: 'approved', message: `Version ${name} is approved.` };
    case 'in-review':
      return { ...base, state: 'waiting', message: `Version ${name} waits for the company admin.` };
    case 'rejected':
      return {
        ...base,
        state: 'failed',
        message: `Version ${name} was rejected. Mend it and submit it again.`,
      };
    case 'not-submitted':
      return released
        ? {
            ...base,
            state: 'passed',
            message: `Version ${released.version ?? ''} is in force; ${name} is a draft.`,
          }
        : { ...base, state: 'failed', message: `Version ${name} was not submitted for review.` };
    case 'unknown':
      return { ...base, state: 'unknown', message: 'Feishu does not tell the state of the review.' };
  }
}

function abilityFindings(released: AppVersion | undefined, docking: Docking): Finding[] {
  const expected = docking.homepageUrl;
  const unread = (message: string): Finding[] => [
    { id: 'web-app', state: released ? 'unknown' : 'failed', expected: 'on', message },
    { id: 'homepage-url', state: released ? 'unknown' : 'failed', expected, message },
  ];
  if (!released) return unread('No version is released, so the web app is not in force.');
  if (!released.abilities) return unread('Feishu does not tell the abilities of the version.');
  const { webApp } = released.abilities;
  if (!webApp) {
    const message = 'The web app is off in the released version. Add it and release again.';
    return [
      { id: 'web-app', state: 'failed', expected: 'on', found: 'off', message },
      { id: 'homepage-url', state: 'failed', expected, found: null, message },
    ];
  }
  const same = webApp.pcUrl === expected;
  return [
    { id: 'web-app', state: 'passed', expected: 'on', found: 'on', message: 'The web app is on.' },
    {
      id: 'homepage-url',
      state: same ? 'passed' : webApp.pcUrl === undefined ? 'unknown' : 'failed',
      expected,
      found: webApp.pcUrl ?? null,
      message: same
        ? 'The homepage URL is the expected one, byte for byte.'
        : `The homepage URL differs. ${firstDifference(expected, webApp.pcUrl)}`,
    },
  ];
}

function availabilityFinding(released: AppVersion | undefined): Finding {
  const base = { id: 'availability', expected: 'all members' };
  const visibility = released?.visibility;
  if (visibility?.everybody === undefined) {
    return { ...base, state: 'unknown', message: 'Feishu does not tell to whom the app is available.' };
  }
  if (visibility.everybody) {
    return { ...base, state: 'passed', found: 'all members', message: 'Available to all members.' };
  }
  const { openIds, departmentIds, groupIds } = visibility;
  return {
    ...base,
    state: 'failed',
    found: `${openIds.length} people, ${departmentIds.length} departments, ${groupIds.length} groups`,
    message:
      'Available to a part of the company only: others get no message. All members also saves later releases.',
  };
}

export function botFinding(bot: Bot): Finding {
  const on = bot.activateStatus === 2;
  return {
    id: 'bot',
    state: on ? 'passed' : bot.activateStatus === undefined ? 'unknown' : 'failed',
    expected: 'enabled',
    found: on ? 'enabled' : `status ${bot.activateStatus ?? 'not told'}`,
    message: on ? 'The bot answers.' : 'The bot is not enabled: add it, release a version, have it approved.',
  };
}

/** `pending` = scopes of the newest version that is not released: approved or asked for, but not in force. */
export function permissionFindings(grants: readonly ScopeGrant[], docking: Docking): Finding[] {
  return requiredPermissions(docking.brand).map((permission) => {
    const verdict = judgePermission(permission, grants);
    const base = { id: `permission:${permission.key}`, expected: permission.key };
    if (verdict.state === 'granted') {
      const stand = verdict.by === permission.key ? '' : ` through ${verdict.by ?? ''}`;
      return {
        ...base,
        state: 'passed',
        found: verdict.by ?? null,
        message: `${permission.label.en}: granted${stand}.`,
      };
    }
    return verdict.state === 'requested'
      ? {
          ...base,
          state: 'waiting',
          found: 'requested',
          message: `${permission.label.en}: requested, not in force. Release a version and have it approved.`,
        }
      : {
          ...base,
          state: 'failed',
          found: 'never requested',
          message: `${permission.label.en}: never requested. Open the link, add it, release a version.`,
        };
  });
}

export function contactRangeFinding(range: ContactsRange, everybodyAvailable: boolean | undefined): Finding {
  const base = { id: 'contact-range', expected: 'all members' };
  const found = range.kind ?? null;
  if (range.kind === 'all')
    return { ...base, state: 'passed', found: 'all', message: 'The whole company is visible.' };
  if (range.kind === 'equal_to_availability') {
    return everybodyAvailable
      ? { ...base, state: 'passed', found, message: 'As wide as the availability: all members.' }
      : {
          ...base,
          state: everybodyAvailable === undefined ? 'unknown' : 'failed',
          found,
          message: 'As wide as the availability, which is not all members.',
        };
  }
  if (range.kind === undefined)
    return { ...base, state: 'unknown', message: 'Feishu does not tell the contact range.' };
  return {
    ...base,
    state: 'failed',
    found: `${range.openIds.length} people, ${range.departmentIds.length} departments, ${range.groupIds.length} groups`,
    message: 'Only a part of the company is visible: others cannot be mirrored or bound.',
  };
}

function describe(version: AppVersion): string {
  const at = version.publishedAtMs ?? version.createdAtMs;
  const when = at === undefined ? '' : ` (${new Date(at).toISOString().slice(0, 10)})`;
  return `${version.version ?? version.versionId}, ${version.status}${when}`;
}

/** Where two URLs part, so that a slash too many is seen. */
function firstDifference(expected: string, found: string | undefined): string {
  if (found === undefined) return 'None is set.';
  let at = 0;
  while (at < expected.length && at < found.length && expected[at] === found[at]) at += 1;
  const show = (text: string): string => (at < text.length ? `"${text.slice(at, at + 20)}"` : 'the end');
  return `Character ${at + 1}: expected ${show(expected)}, found ${show(found)}.`;
}
