import { z } from 'zod';
import { announceVisible } from '../feishu/application/visibility';
import { changeRange } from '../feishu/contact/range-changes';
import { versionOf } from '../world/apps';
import type { App, AppVersion } from '../world/types';
import type { World } from '../world/world';
import {
  ability,
  appStatusInput,
  availabilityInput,
  contactRangeInput,
  readAvailability,
  readContactRange,
  readWebApp,
  versionsInput,
  webAppInput,
  type VersionInput,
} from './app-fields';

const words = z.array(z.string()).max(1000);

/** Fields that `PATCH /_control/apps/{appId}` sets directly; each takes effect at once. */
export const appFields = {
  appSecret: z.string().min(1).max(200).optional(),
  /** Short for `appSecret`. */
  secret: z.string().min(1).max(200).optional(),
  brand: z.enum(['feishu', 'lark']).optional(),
  name: z.string().min(1).optional(),
  description: z.string().optional(),
  avatarUrl: z.string().optional(),
  sceneType: z.union([z.literal(0), z.literal(1), z.literal(2)]).optional(),
  status: appStatusInput.optional(),
  /** A new `requested` drops grants that are no longer requested; a new `granted` is requested as well. */
  scopes: z.strictObject({ requested: words.optional(), granted: words.optional() }).optional(),
  bot: z.boolean().optional(),
  webApp: webAppInput.optional(),
  redirectUrls: words.optional(),
  /** Replaces the list; what a version leaves out is taken from the app. */
  versions: versionsInput.optional(),
  contactRange: contactRangeInput.optional(),
  availability: availabilityInput.optional(),
  mobileDefault: ability.optional(),
  pcDefault: ability.optional(),
  /** Addresses or CIDR ranges; empty allows everybody. */
  ipAllowList: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).optional(),
  eventMode: z.enum(['webhook', 'websocket']).optional(),
  eventUrl: z.union([z.literal(''), z.url()]).optional(),
  callbackMode: z.enum(['webhook', 'websocket']).optional(),
  callbackUrl: z.union([z.literal(''), z.url()]).optional(),
  encryptKey: z.string().optional(),
  verificationToken: z.string().optional(),
  subscribedEvents: words.optional(),
  subscribedCallbacks: words.optional(),
};

export type AppChanges = z.output<z.ZodObject<typeof appFields>>;

function unique(list: string[]): string[] {
  return [...new Set(list)];
}

function readScopes(app: App, input: NonNullable<AppChanges['scopes']>): App['scopes'] {
  const requested = input.requested ?? app.scopes.requested;
  const granted = unique(input.granted ?? app.scopes.granted.filter((scope) => requested.includes(scope)));
  return { requested: unique([...requested, ...granted]), granted };
}

function readVersion(world: World, app: App, input: VersionInput): AppVersion {
  const { visibility, webApp, ...fields } = input;
  const known = app.versions.find((version) => version.versionId === input.versionId);
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const version: AppVersion = { ...versionOf(world, app), ...known, ...given };
  if (visibility !== undefined) version.visibility = readAvailability(world, app, visibility);
  if (webApp !== undefined) version.webApp = readWebApp(app.webApp, webApp);
  if (version.status === 1 && version.publishTime === 0) version.publishTime = world.clock.now();
  return version;
}

/** Sets what was given. Everything is read, and refused if wrong, before anything is changed. */
export function changeApp(world: World, app: App, changes: AppChanges): void {
  const { secret, scopes, webApp, versions, contactRange, availability, ...plain } = changes;
  const given: Partial<App> = Object.fromEntries(
    Object.entries(plain).filter(([, value]) => value !== undefined),
  );
  if (secret !== undefined) given.appSecret = secret;
  if (scopes) given.scopes = readScopes(app, scopes);
  if (webApp !== undefined) given.webApp = readWebApp(app.webApp, webApp);
  if (contactRange !== undefined) given.contactRange = readContactRange(world, app, contactRange);
  if (availability !== undefined) given.availability = readAvailability(world, app, availability);
  const future: App = { ...app, ...given };
  if (versions) given.versions = versions.map((version) => readVersion(world, future, version));
  const newSecret = given.appSecret !== undefined && given.appSecret !== app.appSecret;
  const before = app.availability.userIds;
  changeRange(world, app, () => Object.assign(app, given));
  announceVisible(
    world,
    app,
    app.availability.userIds.filter((id) => !before.includes(id)),
  );
  followInRelease(app, changes);
  if (newSecret && world.switches.secretRotationRevokesTokens) world.tokens.revoke(app.appId);
}

/** What is set live is also what the released version shows, unless the versions themselves were given. */
function followInRelease(app: App, changes: AppChanges): void {
  if (changes.versions) return;
  const released = app.versions.filter((version) => version.status === 1).at(-1);
  if (!released) return;
  if (changes.bot !== undefined) released.bot = app.bot;
  if (changes.webApp !== undefined) released.webApp = app.webApp;
  if (changes.availability !== undefined) released.visibility = app.availability;
  if (changes.mobileDefault !== undefined) released.mobileDefault = app.mobileDefault;
  if (changes.pcDefault !== undefined) released.pcDefault = app.pcDefault;
  if (changes.scopes !== undefined) released.scopes = [...app.scopes.granted];
  if (changes.subscribedEvents !== undefined) released.events = [...app.subscribedEvents];
}
