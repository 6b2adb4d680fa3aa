/** Findings about versions and their review. Pure; "not told" is `unknown`, never `passed`. */
import type { AppVersion } from '../../feishu';
import type { Docking } from '../../store';
import { difference, differenceText } from './differences';
import type { Finding } from './items';

/** What is in force: of versions with the newest first, the first that is released. */
export const inForce = (versions: readonly AppVersion[]): AppVersion | undefined =>
  versions.find((version) => version.status === 'released');

/** `versions` newest first. */
export function versionFindings(versions: readonly AppVersion[], docking: Docking): Finding[] {
  const released = inForce(versions);
  const newest = versions[0];
  return [
    versionFinding(newest, released),
    reviewFinding(newest, released, docking),
    ...abilityFindings(released, docking),
  ];
}

function versionFinding(newest: AppVersion | undefined, released: AppVersion | undefined): Finding {
  const base = {
    id: 'version',
    expected: 'a released version',
    detail: { released: released ? facts(released) : null, newest: newest ? facts(newest) : null },
  };
  if (released) {
    return {
      ...base,
      state: 'passed',
      found: describe(released),
      message: `Version ${nameOf(released)} is released.`,
    };
  }
  if (newest?.status === 'unknown') {
    return {
      ...base,
      state: 'unknown',
      found: describe(newest),
      message: 'Feishu does not tell the state of the newest version.',
    };
  }
  return {
    ...base,
    state: newest?.status === 'in-review' ? 'waiting' : 'failed',
    found: newest ? describe(newest) : null,
    message: newest
      ? 'No version is released yet. Submit it, and have the company admin approve it.'
      : 'There is no version. Create one, such as 1.0.1, and submit it.',
  };
}

function reviewFinding(
  newest: AppVersion | undefined,
  released: AppVersion | undefined,
  { lastAudit }: Docking,
): Finding {
  const base = { id: 'review', expected: 'approved', found: newest ? newest.status : null };
  if (!newest) return { ...base, state: 'failed', message: 'Nothing was submitted for review.' };
  const name = nameOf(newest);
  const detail = { ...facts(newest), rejectReason: null as string | null };
  switch (newest.status) {
    case 'released':
      return { ...base, state: 'passed', found: 'approved', message: `Version ${name} is approved.`, detail };
    case 'in-review': {
      const since = dateOf(newest.createdAtMs);
      return {
        ...base,
        state: 'waiting',
        message: `Version ${name} waits for the company admin${since ? `, created ${since}` : ''}.`,
        detail,
      };
    }
    case 'rejected': {
      // The list of versions does not hold the reviewer's words; only the review event brings them.
      const reason = lastAudit?.versionId === newest.versionId ? lastAudit.remark : null;
      return {
        ...base,
        state: 'failed',
        message: `Version ${name} was rejected${reason ? `: ${reason}` : ''}. Mend it and submit it again.`,
        detail: { ...detail, rejectReason: reason, rejected: true },
      };
    }
    case 'not-submitted':
      return released
        ? {
            ...base,
            state: 'passed',
            found: 'approved',
            message: `Version ${nameOf(released)} is in force; ${name} is a draft.`,
            detail: facts(released),
          }
        : { ...base, state: 'failed', message: `Version ${name} was not submitted for review.`, detail };
    case 'unknown':
      return {
        ...base,
        state: 'unknown',
        message: 'Feishu does not tell the state of the review.',
        detail,
      };
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
  const { pcUrl, mobileUrl } = webApp;
  const detail = { pcUrl: pcUrl ?? null, mobileUrl: mobileUrl ?? null };
  return [
    { id: 'web-app', state: 'passed', expected: 'on', found: 'on', message: 'The web app is on.', detail },
    {
      id: 'homepage-url',
      state: pcUrl === expected ? 'passed' : pcUrl === undefined ? 'unknown' : 'failed',
      expected,
      found: pcUrl ?? null,
      message:
        pcUrl === undefined
          ? 'Feishu does not tell the homepage URL.'
          : pcUrl === expected
            ? 'The homepage URL is the expected one, byte for byte.'
            : `The homepage URL differs. ${differenceText(expected, pcUrl)}`,
      detail: { ...detail, difference: pcUrl === undefined ? null : difference(expected, pcUrl) },
    },
  ];
}

const nameOf = (version: AppVersion): string => version.version ?? version.versionId;
const dateOf = (ms: number | undefined): string | null =>
  ms === undefined ? null : new Date(ms).toISOString().slice(0, 10);

function describe(version: AppVersion): string {
  const when = dateOf(version.publishedAtMs ?? version.createdAtMs);
  return `${nameOf(version)}, ${version.status}${when ? ` (${when})` : ''}`;
}

function facts(version: AppVersion): Record<string, unknown> {
  const time = (ms: number | undefined): string | null =>
    ms === undefined ? null : new Date(ms).toISOString();
  return {
    versionId: version.versionId,
    version: version.version ?? null,
    status: version.status,
    changelog: version.changelog ?? null,
    remark: version.remark ?? null,
    createdAt: time(version.createdAtMs),
    publishedAt: time(version.publishedAtMs),
  };
}
