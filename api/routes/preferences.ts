import { z } from 'zod';
import { companyZone } from '../../intake';
import { TRIGGERS } from '../../rules';
import type { Docking, PreferenceDefaults, Preferences } from '../../store';
import { authorize } from '../auth';
import { said } from '../plain-faults';
import type { ApiPorts } from '../ports';
import { refused } from '../problems';
import { timeZone } from '../time-zone';
import { dockingParams, type Routes } from './route';

const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, said({ en: 'must be HH:MM', zh: '必须是 HH:MM' }));
const eventType = z.enum([...TRIGGERS, '*'], {
  error: said({
    en: 'must be an event type, or * for all others',
    zh: '必须是事件类型，或用 * 表示其余所有',
  }),
});
const relations = z.strictObject({
  mine: z.boolean().optional(),
  group: z.boolean().optional(),
  followed: z.boolean().optional(),
});

const wishes = z.strictObject({
  quietHours: z
    .strictObject({
      from: clock,
      to: clock,
      /** 1 = Monday … 7 = Sunday: the days on which they begin. Default: every day. */
      days: z.array(z.number().int().min(1).max(7)).min(1).max(7).default([1, 2, 3, 4, 5, 6, 7]),
      /** Default: the person's, else the company's. */
      timeZone: timeZone.optional(),
    })
    .refine(({ from, to }) => from !== to, {
      path: ['to'],
      message: said({ en: 'must differ from "from"', zh: '不能与开始时间相同' }),
    })
    .nullable()
    .default(null),
  language: z.enum(['zh', 'en']).nullable().default(null),
  timeZone: timeZone.nullable().default(null),
  events: z.partialRecord(eventType, relations).default({}),
  digest: z
    .strictObject({ every: z.enum(['hour', 'day']), at: clock.nullable().default(null) })
    .nullable()
    .default(null),
});
const defaults = wishes.extend({ floor: z.array(z.enum(TRIGGERS)).max(TRIGGERS.length).default([]) });
const personParams = dockingParams.extend({ employeeId: z.string().min(1).max(200) });

const NONE: Preferences = { quietHours: null, language: null, timeZone: null, events: {}, digest: null };

/**
 * What people want to hear, when and in which language: event × mine / group / followed, quiet hours, digest. The
 * docking's defaults hold for whoever has said nothing; its floor names events that nobody can switch off.
 */
export function registerPreferences(app: Routes, { store, now }: ApiPorts): void {
  const everybody = '/v1/dockings/:id/preferences';
  const person = '/v1/dockings/:id/employees/:employeeId/preferences';

  app.get(everybody, { schema: { params: dockingParams } }, async (request) => {
    const { id } = request.params;
    authorize(request, 'read', id);
    await store.dockings.require(id);
    return (await store.preferences.defaults(id)) ?? { ...NONE, floor: [] };
  });

  app.put(everybody, { schema: { params: dockingParams, body: defaults } }, async (request) => {
    const { id } = request.params;
    const { actor } = authorize(request, 'administer', id);
    const docking = await store.dockings.require(id);
    const { floor, ...said } = request.body;
    const kept: PreferenceDefaults = { ...complete(said, docking), floor };
    await store.preferences.putDefaults(id, kept);
    await audit(id, actor, 'preferences.defaults-saved', {}, request.ip);
    return kept;
  });

  app.get(person, { schema: { params: personParams } }, async (request) => {
    const { id, employeeId } = request.params;
    authorize(request, 'read', id);
    await mustBeKnown(id, employeeId);
    return effective(id, employeeId);
  });

  app.put(person, { schema: { params: personParams, body: wishes } }, async (request) => {
    const { id, employeeId } = request.params;
    const { actor } = authorize(request, 'operate', id);
    await mustBeKnown(id, employeeId);
    const docking = await store.dockings.require(id);
    await store.preferences.put(id, employeeId, complete(request.body, docking));
    await audit(id, actor, 'preferences.saved', { employeeId }, request.ip);
    return effective(id, employeeId);
  });

  /** Back to the docking's defaults. */
  app.delete(person, { schema: { params: personParams } }, async (request) => {
    const { id, employeeId } = request.params;
    const { actor } = authorize(request, 'operate', id);
    await mustBeKnown(id, employeeId);
    await store.preferences.remove(id, employeeId);
    await audit(id, actor, 'preferences.removed', { employeeId }, request.ip);
    return effective(id, employeeId);
  });

  async function effective(id: string, employeeId: string): Promise<object> {
    return (await store.preferences.get(id, employeeId)) ?? { ...NONE, floor: [], own: false };
  }

  async function mustBeKnown(id: string, employeeId: string): Promise<void> {
    await store.dockings.require(id);
    if (await store.employees.get(id, employeeId)) return;
    throw refused('Resource.NotFound', { what: 'employee' });
  }

  async function audit(
    dockingId: string,
    actor: string,
    action: string,
    detail: Record<string, unknown>,
    from: string,
  ): Promise<void> {
    await store.audit.append({ dockingId, at: now(), actor, action, detail, from });
  }
}

function complete(said: z.output<typeof wishes>, docking: Docking): Preferences {
  const company = companyZone(docking);
  const { quietHours, events } = said;
  return {
    ...said,
    quietHours: quietHours && { ...quietHours, timeZone: quietHours.timeZone ?? said.timeZone ?? company },
    events: events as Preferences['events'],
  };
}
