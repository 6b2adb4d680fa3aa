import { z } from 'zod';
import { versionUnderReview } from '../../world/apps';
import type { App, AppDraft } from '../../world/types';
import { idLists, readAudience } from '../application/audiences';
import { editDraft, submitVersion } from '../application/lifecycle';
import { targetApp } from '../application/read';
import { verifyRequestUrl } from '../events/index';
import { departmentIdType, userIdType } from '../fields';
import type { Context, Platform } from '../gates';
import { PlatformError } from '../gates';

const base = '/open-apis/application/v7/applications/:app_id';
const words = z.array(z.string()).default([]);
const scopeList = z
  .array(z.object({ scope_name: z.string().min(1), token_type: z.enum(['tenant', 'user']) }))
  .default([]);
const idTypes = z.object({ user_id_type: userIdType, department_id_type: departmentIdType });
const security = z.object({ redirect_urls: words, allowed_ips: words }).prefault({});

const configBody = z.object({
  scope: z.object({ add_scopes: scopeList, remove_scopes: scopeList }).optional(),
  event: z
    .object({
      subscription_type: z.enum(['webhook', 'websocket']),
      request_url: z.url().optional(),
      add_events: words,
      remove_events: words,
    })
    .optional(),
  callback: z
    .object({
      callback_type: z.enum(['webhook', 'websocket']),
      request_url: z.url().optional(),
      add_callbacks: words,
      remove_callbacks: words,
    })
    .optional(),
  security: z.object({ add: security, remove: security }).optional(),
  visibility: z.object({ is_visible_to_all: z.boolean(), visible_list: idLists.prefault({}) }).optional(),
  contacts: z
    .object({
      contacts_range_type: z.enum(['equal_to_availability', 'some', 'all']),
      visible_list: idLists.prefault({}),
    })
    .optional(),
  event_and_callback_encrypt_strategy: z
    .object({ encryption_key: z.string().optional(), verification_token: z.string().optional() })
    .optional(),
});

type Config = z.output<typeof configBody>;
type ConfigContext = Context<z.output<typeof idTypes>, Config>;

/**
 * An app that sets itself up. Addresses, redirect URLs, the IP allow-list and review-free scopes take effect at
 * once, the rest waits in the draft for `publish` and the tenant admin's approval.
 * unverified: which editions allow it, the scopes it needs (none here) and its error codes.
 */
export function registerConfigure(platform: Platform): void {
  platform.route({
    method: 'PATCH',
    path: `${base}/base`,
    body: z.object({
      i18ns: z
        .array(
          z.object({ i18n_key: z.string(), name: z.string().optional(), description: z.string().optional() }),
        )
        .default([]),
      avatar_url: z.string().optional(),
      homepage_url: z.string().optional(),
    }),
    handler: (context) => {
      const app = ownApp(context);
      const { i18ns, avatar_url } = context.body;
      const words = i18ns.find((one) => one.i18n_key === 'en_us') ?? i18ns[0];
      app.name = words?.name ?? app.name;
      app.description = words?.description ?? app.description;
      app.avatarUrl = avatar_url ?? app.avatarUrl;
      return {};
    },
  });
  platform.route({
    method: 'PATCH',
    path: `${base}/config`,
    query: idTypes,
    body: configBody,
    handler: async (context) => {
      const app = ownApp(context);
      const edit = draftOf(context, app);
      const live = await liveOf(app, context.body);
      Object.assign(app, live);
      editDraft(app, edit);
      return {};
    },
  });
  platform.route({
    method: 'PATCH',
    path: `${base}/ability`,
    body: z.object({
      web_app: z
        .object({ enable: z.boolean(), pc_url: z.string().optional(), mobile_url: z.string().optional() })
        .optional(),
      bot: z.object({ enable: z.boolean(), message_card_callback_url: z.string().optional() }).optional(),
    }),
    handler: (context) => {
      const app = ownApp(context);
      const { web_app: webApp, bot } = context.body;
      const edit: Partial<AppDraft> = {};
      if (bot) edit.bot = bot.enable;
      if (webApp) {
        const pcUrl = webApp.pc_url ?? app.webApp?.pcUrl ?? '';
        const mobileUrl = webApp.mobile_url ?? app.webApp?.mobileUrl ?? pcUrl;
        edit.webApp = webApp.enable ? { pcUrl, mobileUrl } : null;
      }
      editDraft(app, edit);
      return {};
    },
  });
  registerPublish(platform);
}

function registerPublish(platform: Platform): void {
  const ability = z.enum(['gadget', 'web_app', 'bot']).optional();
  platform.route({
    method: 'POST',
    path: `${base}/publish`,
    body: z.object({
      remark: z.string().default(''),
      changelog: z.string().default(''),
      version: z.string().optional(),
      mobile_default_ability: ability,
      pc_default_ability: ability,
    }),
    handler: (context) => {
      const app = ownApp(context);
      const { body, world } = context;
      const version = submitVersion(world, app, {
        version: body.version,
        remark: body.remark,
        updateRemark: body.changelog,
        mobileDefault: body.mobile_default_ability,
        pcDefault: body.pc_default_ability,
      });
      return { version_id: version.versionId, version: version.version };
    },
  });
}

/** Only itself, only where the platform allows it, never while a version is under review. */
function ownApp(context: Context): App {
  const app = targetApp(context);
  if (app !== context.app) throw new PlatformError(210508, 'insufficient permission level');
  if (!context.world.switches.selfConfiguration)
    throw new PlatformError(211001, 'the app can not be configured by API');
  if (versionUnderReview(app)) throw new PlatformError(211002, 'a version of the app is under review');
  return app;
}

/** What waits for the next version. */
function draftOf({ world, body, query }: ConfigContext, app: App): Partial<AppDraft> {
  const edit: Partial<AppDraft> = {};
  if (body.scope) {
    edit.addScopes = body.scope.add_scopes.map((one) => one.scope_name);
    edit.removeScopes = body.scope.remove_scopes.map((one) => one.scope_name);
  }
  if (body.event) {
    const { add_events: add, remove_events: remove } = body.event;
    edit.subscribedEvents = changed(app.draft.subscribedEvents ?? app.subscribedEvents, add, remove);
  }
  if (body.visibility) {
    edit.availability = {
      all: body.visibility.is_visible_to_all,
      ...readAudience(world, app, body.visibility.visible_list, query),
      excluded: app.availability.excluded,
    };
  }
  if (body.contacts) {
    edit.contactRange = {
      type: body.contacts.contacts_range_type,
      ...readAudience(world, app, body.contacts.visible_list, query),
    };
  }
  return edit;
}

/** What takes effect at once; a new request URL first has to return the challenge. */
async function liveOf(app: App, body: Config): Promise<Partial<App>> {
  const live: Partial<App> = {};
  const strategy = body.event_and_callback_encrypt_strategy;
  if (strategy?.encryption_key !== undefined) live.encryptKey = strategy.encryption_key;
  if (strategy?.verification_token !== undefined) live.verificationToken = strategy.verification_token;
  if (body.security) {
    const { add, remove } = body.security;
    live.redirectUrls = changed(app.redirectUrls, add.redirect_urls, remove.redirect_urls);
    live.ipAllowList = changed(app.ipAllowList, add.allowed_ips, remove.allowed_ips);
  }
  const { event, callback } = body;
  const future: App = { ...app, ...live };
  if (event) {
    live.eventMode = event.subscription_type;
    if (event.request_url !== undefined) live.eventUrl = await verified(future, event.request_url);
  }
  if (callback) {
    live.callbackMode = callback.callback_type;
    if (callback.request_url !== undefined) live.callbackUrl = await verified(future, callback.request_url);
    live.subscribedCallbacks = changed(
      app.subscribedCallbacks,
      callback.add_callbacks,
      callback.remove_callbacks,
    );
  }
  return live;
}

async function verified(app: App, url: string): Promise<string> {
  const result = await verifyRequestUrl(app, url);
  if (!result.ok) throw new PlatformError(211003, `the request URL can not be verified: ${result.reason}`);
  return url;
}

function changed(list: readonly string[], add: readonly string[], remove: readonly string[]): string[] {
  return [...new Set([...list, ...add])].filter((one) => !remove.includes(one));
}
