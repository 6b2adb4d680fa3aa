/** From a checklist to the changes that the platform's configuration calls can make. Pure; changes nothing. */
import type { ChecklistItem, Docking, RepairChange, RepairStep } from '../store';

const PERMISSION = 'permission:';

/** In the order in which they are made: what a version must contain comes before the version. Empty = nothing to mend this way. */
export function repairPlan(docking: Docking, items: readonly ChecklistItem[]): RepairChange[] {
  const failed = new Set(items.filter(({ state }) => state === 'failed').map(({ id }) => id));
  const failing = (...ids: string[]): string[] => ids.filter((id) => failed.has(id));
  const permissions = [...failed].filter((id) => id.startsWith(PERMISSION));
  const web = failing('web-app', 'homepage-url');
  const abilities = [...failing('bot'), ...web];
  const page = docking.homepageUrl;
  const before = [
    change('redirect-urls', failing('redirect-url'), 'at-once', {
      kind: 'redirect-urls',
      add: [docking.redirectUrl],
    }),
    change('permissions', permissions, 'new-version', {
      kind: 'permissions',
      add: permissions.map((id) => id.slice(PERMISSION.length)),
    }),
    change('abilities', abilities, 'new-version', {
      kind: 'abilities',
      bot: failed.has('bot'),
      webApp: web.length > 0 ? { pcUrl: page, mobileUrl: page } : null,
    }),
  ].filter(({ items: mended }) => mended.length > 0);
  const released = before
    .filter(({ effect }) => effect === 'new-version')
    .flatMap(({ items: mended }) => mended);
  const version = change(
    'publish',
    [...released, ...failing('version', 'default-mobile', 'default-desktop')],
    'new-version',
    {
      kind: 'publish',
      changelog: 'Set up for the ticket system: permissions, bot, web app, default features.',
      mobileDefault: 'bot',
      desktopDefault: 'web_app',
    },
  );
  return version.items.length > 0 ? [...before, version] : before;
}

function change(id: string, items: string[], effect: RepairChange['effect'], step: RepairStep): RepairChange {
  return { id, items, effect, step, outcome: 'pending', reason: null };
}
