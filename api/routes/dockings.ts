import { DOCKING_REASONS } from '../../feishu';
import { bringUpToDate, companyZone, replayParked, resume } from '../../intake';
import type { z } from 'zod';
import { authorize, authorizeNewDocking, type Caller } from '../auth';
import { createDocking } from '../create-docking';
import { answerIn, type Language } from '../language';
import type { ApiPorts } from '../ports';
import { refused } from '../problems';
import { carriedFrom } from '../onboarding-shape';
import { dockingShape } from '../docking-shape';
import { DEFAULT_DIRECTORY_GUARD, type DirectoryGuard, type Docking } from '../../store';
import { alertsWithoutSecret, dockingPatch, newDocking, platformUrl } from './docking-inputs';
import { dockingParams, given, pageQuery, type Routes } from './route';

export function registerDockings(app: Routes, ports: ApiPorts): void {
  const { store, client, schedules, settings, now, log } = ports;
  const shapes = async (dockings: readonly Docking[], language: Language): Promise<object[]> => {
    const connections = await store.longConnections.getMany(dockings.map(({ id }) => id));
    const of = new Map(connections.map((connection) => [connection.dockingId, connection]));
    return dockings.map((docking) =>
      dockingShape(docking, settings.publicUrl, of.get(docking.id), now(), language),
    );
  };
  const shapeOf = async (id: string, language: Language): Promise<object | undefined> =>
    (await shapes([await store.dockings.require(id)], language))[0];
  const audit = (
    caller: Caller,
    dockingId: string,
    action: string,
    detail: Record<string, unknown>,
    from: string,
  ) => store.audit.append({ dockingId, at: now(), actor: caller.actor, action, detail, from });

  app.post('/v1/dockings', { schema: { body: newDocking } }, async (request, reply) => {
    const caller = authorizeNewDocking(request);
    const { body } = request;
    const { brand, appId, appSecret, ...rest } = body;
    const app = {
      brand,
      appId,
      appSecret,
      platformUrl: platformUrl(brand, body.platformUrl, settings.allowedPlatformUrls),
    };
    const created = await createDocking(ports, caller, app, rest, {
      from: request.ip,
      language: answerIn(request, reply),
    });
    return reply.code(201).header('location', `/v1/dockings/${created.id}`).send(created);
  });

  app.get('/v1/dockings', { schema: { querystring: pageQuery } }, async (request, reply) => {
    const caller = authorize(request, 'read');
    const page = await store.dockings.list({ ids: caller.dockingIds, ...given(request.query) });
    return { items: await shapes(page.items, answerIn(request, reply)), nextCursor: page.nextCursor };
  });

  app.get('/v1/dockings/:id', { schema: { params: dockingParams } }, async (request, reply) => {
    authorize(request, 'read', request.params.id);
    return shapeOf(request.params.id, answerIn(request, reply));
  });

  app.patch(
    '/v1/dockings/:id',
    { schema: { params: dockingParams, body: dockingPatch } },
    async (request, reply) => {
      const { id } = request.params;
      const caller = authorize(request, 'administer', id);
      const { state, enabled, encryptKey, verificationToken, alerts, directoryGuard, ...rest } = request.body;
      const { ticketUrlTemplate, ...fields } = rest;
      const docking = await store.dockings.require(id);
      const wanted = state ?? (enabled === undefined ? undefined : enabled ? 'live' : 'disabled');
      if (wanted === 'live' && docking.state !== 'live') await enable(docking);
      if (wanted === 'paused') mustHaveBeenLive(docking);
      // One that the platform paused keeps its reason.
      const isPaused = wanted === 'paused' && docking.state === 'paused';
      if ((wanted === 'disabled' || wanted === 'paused') && !isPaused)
        await store.dockings.setState(id, wanted);
      // What is switched off needs no watching, and its admins no word.
      if (wanted === 'disabled') {
        await schedules.remove(id);
        await client.nudgeOnboarding(id, { eventId: `disabled:${request.id}`, type: 'disabled' });
      }
      if (wanted === 'live') await schedules.ensureNightlySync(id, companyZone(docking));
      const patch = given({
        ...fields,
        ticketSystem: ticketUrlTemplate === undefined ? undefined : linkedBy(docking, ticketUrlTemplate),
        alerts: alerts && alertsWithoutSecret(alerts),
        directoryGuard: directoryGuard === undefined ? undefined : guardOf(docking, directoryGuard),
      });
      if (Object.keys(patch).length > 0) await store.dockings.patch(id, patch);
      const secrets = given({ encryptKey, verificationToken, alertSecret: alerts?.webhookSecret });
      if (Object.keys(secrets).length > 0) await store.dockings.setSecrets(id, secrets);
      await audit(caller, id, 'docking.changed', { fields: Object.keys(request.body) }, request.ip);
      return shapeOf(id, answerIn(request, reply));
    },
  );

  app.delete('/v1/dockings/:id', { schema: { params: dockingParams } }, async (request, reply) => {
    const { id } = request.params;
    const caller = authorize(request, 'administer', id);
    await store.dockings.require(id);
    await store.dockings.setState(id, 'disabled');
    await client.stopDocking(id);
    await schedules.remove(id);
    await client.endRuns(id).catch((error: unknown) => {
      log.warn({ err: error, dockingId: id }, 'its runs end with their next timer');
    });
    await store.dockings.remove(id);
    await audit(caller, id, 'docking.deleted', {}, request.ip);
    return reply.code(204).send();
  });

  /** Live is earned through the checklist: a docking that was never live goes back to its onboarding. */
  async function enable(docking: Docking): Promise<void> {
    const [checklist, onboarding] = await Promise.all([
      store.checklists.get(docking.id),
      store.onboardings.get(docking.id),
    ]);
    const wasLive = onboarding?.state === 'live' || docking.state === 'paused';
    if (docking.state === 'disabled' && !(wasLive && checklist?.ready)) {
      await store.dockings.setState(docking.id, 'setting-up');
      await client.startOnboarding(docking.id, onboarding ? carriedFrom(onboarding) : undefined);
      await schedules.ensureDrift(docking.id);
      return;
    }
    if (docking.state === 'setting-up' || docking.state === 'in-review' || !checklist?.ready) {
      throw refused('Docking.NotReady', { dockingId: docking.id });
    }
    if (docking.state === 'paused') {
      await resume(
        store,
        (id, reasons) => replayParked(store, client, id, reasons),
        docking,
        DOCKING_REASONS,
      );
    } else {
      await store.dockings.setState(docking.id, 'live');
      // What was parked stays among the dead letters, for a person. Cards that are out show what had come before.
      await bringUpToDate(store, client, docking.id);
    }
    await schedules.ensureDrift(docking.id);
  }
}

function linkedBy({ ticketSystem }: Docking, template: string | null): Docking['ticketSystem'] {
  const { ticketUrlTemplate: _before, ...kept } = ticketSystem;
  return template === null ? kept : { ...kept, ticketUrlTemplate: template };
}

function guardOf(
  docking: Docking,
  change: Exclude<z.output<typeof dockingPatch>['directoryGuard'], undefined>,
): DirectoryGuard {
  if (change === null) return { ...DEFAULT_DIRECTORY_GUARD };
  return { ...DEFAULT_DIRECTORY_GUARD, ...docking.directoryGuard, ...given(change) };
}

/** Who resumes a paused docking makes it live: a pause must not be a way around the onboarding. */
function mustHaveBeenLive({ state }: Docking): void {
  if (state === 'live' || state === 'paused') return;
  throw refused('Docking.NotReady', { state, wanted: 'to pause' });
}
