import { z } from 'zod';
import { ruleJsonSchema, validateReminders } from '../../rules';
import type { ReminderSettings } from '../../store';
import { authorize } from '../auth';
import type { ApiPorts } from '../ports';
import { badRequest, refused } from '../problems';
import { faultsAround, ruleFaults } from '../rule-faults';
import { dockingParams, type Routes } from './route';

const body = z.strictObject({
  enabled: z.boolean(),
  version: z.number().int().min(0).optional(),
  // Checked by `validateReminders`, which names every fault; the schema is for readers.
  rules: z.array(z.unknown().meta(ruleJsonSchema())),
  // Not taken over: what GET answers can be sent back as it is.
  updatedAt: z.unknown().optional(),
  updatedBy: z.unknown().optional(),
});

/** Each save that loses has lost to another that was saved. */
const SAVES_AT_MOST = 100;

/** The switch "Feishu reminder" and its rules; saved as a whole, versioned, refused with the path of each fault. */
export function registerReminders(app: Routes, { store, client, now }: ApiPorts): void {
  app.get('/v1/dockings/:id/reminders', { schema: { params: dockingParams } }, async (request, reply) => {
    authorize(request, 'read', request.params.id);
    await store.dockings.require(request.params.id);
    const settings = await store.reminders.get(request.params.id);
    return reply.header('etag', `"${settings.version}"`).send(shape(settings));
  });

  app.put(
    '/v1/dockings/:id/reminders',
    { schema: { params: dockingParams, body }, preValidation: faultsAround(body, 'rules-saved') },
    async (request, reply) => {
      const { id } = request.params;
      const caller = authorize(request, 'administer', id);
      await store.dockings.require(id);
      const { enabled, rules } = request.body;
      const validated = validateReminders({ enabled, rules });
      if (!validated.ok) {
        throw badRequest(ruleFaults(validated.faults), 'rules-saved');
      }
      const wanted = expectedVersion(request.headers['if-match'], request.body.version);
      let expected = wanted ?? (await store.reminders.get(id)).version;
      const save = () =>
        store.reminders.save(id, expected, { enabled, rules: validated.rules }, caller.actor);
      let saved = await save();
      // Whoever names no version saves over whatever is there, also over what came a moment before.
      for (let tries = 1; !saved.ok && wanted === undefined && tries < SAVES_AT_MOST; tries += 1) {
        expected = saved.version;
        saved = await save();
      }
      if (!saved.ok) {
        throw refused('Reminders.VersionMoved', { saved: saved.version, expected });
      }
      await store.audit.append({
        dockingId: id,
        at: now(),
        actor: caller.actor,
        action: 'reminders.saved',
        detail: {
          version: saved.settings.version,
          enabled: saved.settings.enabled,
          rules: saved.settings.rules.length,
        },
        from: request.ip,
      });
      await client.nudgeOnboarding(id, {
        eventId: `reminders:${saved.settings.version}`,
        type: 'reminders-saved',
      });
      return reply.header('etag', `"${saved.settings.version}"`).send(shape(saved.settings));
    },
  );
}

function shape({ enabled, version, rules, updatedAt, updatedBy }: ReminderSettings) {
  return { enabled, version, rules, updatedAt, updatedBy };
}

/** `If-Match` wins over a version in the body; neither = save over whatever is there. */
function expectedVersion(ifMatch: string | undefined, fromBody: number | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch === '*') return fromBody;
  const version = Number(ifMatch.replace(/^W\//, '').replaceAll('"', ''));
  if (!Number.isInteger(version))
    throw badRequest([
      { field: 'If-Match', message: { en: 'must be the version, in quotes', zh: '必须是带引号的版本号' } },
    ]);
  return version;
}
