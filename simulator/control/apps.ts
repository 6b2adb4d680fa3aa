import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  approveVersion,
  createVersion,
  editDraft,
  rejectVersion,
  revokeVersion,
  submitVersion,
} from '../feishu/application/lifecycle';
import { verifyRequestUrl } from '../feishu/events';
import { makeApp } from '../world/apps';
import type { App, AppDraft } from '../world/types';
import type { World } from '../world/world';
import { appFields, changeApp } from './app-changes';
import {
  ability,
  availabilityInput,
  contactRangeInput,
  readAvailability,
  readContactRange,
  readWebApp,
  webAppInput,
} from './app-fields';
import { appNamed, tenantNamed } from './lookups';
import { controlRoute, ControlError } from './route';

const draftInput = z.strictObject({
  addScopes: z.array(z.string()).optional(),
  removeScopes: z.array(z.string()).optional(),
  bot: z.boolean().optional(),
  webApp: webAppInput.optional(),
  availability: availabilityInput.optional(),
  contactRange: contactRangeInput.optional(),
  mobileDefault: ability.optional(),
  pcDefault: ability.optional(),
  subscribedEvents: z.array(z.string()).optional(),
});

const release = z.union([
  z.literal(true).transform(() => ({})),
  z.strictObject({
    version: z.string().optional(),
    remark: z.string().optional(),
    updateRemark: z.string().optional(),
  }),
]);

/** Carried out after the direct fields, in this order. */
const actions = {
  draft: draftInput.optional(),
  createVersion: release.optional(),
  submitVersion: release.optional(),
  approveVersion: z.literal(true).optional(),
  rejectVersion: z.strictObject({ reason: z.string() }).optional(),
  revokeVersion: z.literal(true).optional(),
  revokeTokens: z.literal(true).optional(),
};

function readDraft(world: World, app: App, input: z.output<typeof draftInput>): Partial<AppDraft> {
  const { webApp, availability, contactRange, ...plain } = input;
  const draft: Partial<AppDraft> = Object.fromEntries(
    Object.entries(plain).filter(([, value]) => value !== undefined),
  );
  if (webApp !== undefined) draft.webApp = readWebApp(app.webApp, webApp);
  if (availability !== undefined) draft.availability = readAvailability(world, app, availability);
  if (contactRange !== undefined) draft.contactRange = readContactRange(world, app, contactRange);
  return draft;
}

type Wanted = Omit<z.output<z.ZodObject<typeof actions>>, 'draft'>;

/** Refuses with 409 what the life-cycle would refuse half-way, before anything is changed. */
function refuseImpossible(now: readonly { status: number }[], wanted: Wanted): void {
  const statuses = now.map((version) => version.status);
  const reviewing = (): boolean => statuses.includes(3);
  const needs = (possible: boolean, message: string): void => {
    if (!possible) throw new ControlError('versions', message, 409);
  };
  const ends: [unknown, number][] = [
    [wanted.approveVersion, 1],
    [wanted.rejectVersion, 2],
    [wanted.revokeVersion, 4],
  ];
  if (wanted.createVersion) {
    needs(!reviewing(), 'a version is under review already');
    statuses.push(4);
  }
  if (wanted.submitVersion) {
    if (statuses.at(-1) !== 4) {
      needs(!reviewing(), 'a version is under review already');
      statuses.push(4);
    }
    statuses[statuses.length - 1] = 3;
  }
  for (const [step, status] of ends) {
    if (!step) continue;
    needs(reviewing(), 'no version is under review');
    statuses[statuses.lastIndexOf(3)] = status;
  }
}

function act(world: World, app: App, wanted: Wanted): void {
  if (wanted.createVersion) createVersion(world, app, wanted.createVersion);
  if (wanted.submitVersion) submitVersion(world, app, wanted.submitVersion);
  if (wanted.approveVersion) approveVersion(world, app);
  if (wanted.rejectVersion) rejectVersion(world, app, wanted.rejectVersion.reason);
  if (wanted.revokeVersion) revokeVersion(world, app);
  if (wanted.revokeTokens) world.tokens.revoke(app.appId);
}

export function registerAppControl(server: FastifyInstance, world: World): void {
  controlRoute(server, {
    method: 'GET',
    path: '/_control/apps',
    handler: () => ({ items: [...world.apps.values()] }),
  });

  controlRoute(server, {
    method: 'POST',
    path: '/_control/apps',
    status: 201,
    body: z.strictObject({ ...appFields, tenantKey: z.string().optional() }),
    handler({ body: { tenantKey, ...changes } }) {
      const app = makeApp(world, tenantNamed(world, tenantKey));
      try {
        changeApp(world, app, changes);
      } catch (error) {
        world.apps.delete(app.appId);
        throw error;
      }
      return app;
    },
  });

  controlRoute(server, {
    method: 'GET',
    path: '/_control/apps/:appId',
    handler: ({ params }) => appNamed(world, params['appId'] ?? ''),
  });

  controlRoute(server, {
    method: 'PATCH',
    path: '/_control/apps/:appId',
    body: z.strictObject({ ...appFields, ...actions }),
    async handler({ params, body }) {
      const app = appNamed(world, params['appId'] ?? '');
      const { draft, createVersion, submitVersion, approveVersion, rejectVersion, ...rest } = body;
      const { revokeVersion, revokeTokens, ...changes } = rest;
      const wanted = {
        createVersion,
        submitVersion,
        approveVersion,
        rejectVersion,
        revokeVersion,
        revokeTokens,
      };
      const edit = draft && readDraft(world, app, draft);
      refuseImpossible(changes.versions ?? app.versions, wanted);
      changeApp(world, app, changes);
      if (edit) editDraft(app, edit);
      act(world, app, wanted);
      const url = changes.eventUrl || changes.callbackUrl;
      // As the console does on saving, but without refusing: a rehearsal may set the address first.
      return url ? { ...app, urlVerification: await verifyRequestUrl(app, url) } : app;
    },
  });

  controlRoute(server, {
    method: 'DELETE',
    path: '/_control/apps/:appId',
    handler({ params }) {
      const { appId } = appNamed(world, params['appId'] ?? '');
      world.apps.delete(appId);
      world.tokens.revoke(appId);
      return {};
    },
  });
}
