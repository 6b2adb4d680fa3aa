import fastq from 'fastq';
import { z } from 'zod';
import { reminderCard } from '../../feishu';
import { cardModel, planTest, sampleEvent, sampleVerdict, simulateReminders } from '../../intake';
import { SimulationTooLong, validateReminders, type ReminderRule, type RuleDraft } from '../../rules';
import type { Docking } from '../../store';
import { authorize } from '../auth';
import type { ApiPorts } from '../ports';
import { badRequest, refused, type FieldFault } from '../problems';
import { faultsAround, ruleFaults } from '../rule-faults';
import { deliveryShape } from '../shapes';
import { dockingParams, type Routes } from './route';

const DAY_MS = 24 * 3600_000;
const simulation = z.strictObject({
  rules: z.array(z.unknown()),
  /** How far back, 1 to 90. Default 7. */
  days: z.number().int().min(1).max(90).default(7),
});
interface Simulated {
  docking: Docking;
  rules: RuleDraft[];
  since: Date;
}
const TOO_LONG = {
  en: 'The simulation takes too long: ask for fewer days, or for fewer rules that look for patterns.',
  zh: '模拟耗时过长：请减少天数，或减少使用表达式的规则',
};
const trial = z.strictObject({
  employeeId: z.string().min(1).max(200),
  /** Of the saved rules; left out = the first. */
  ruleId: z.string().min(1).max(100).optional(),
});

const preview = z.strictObject({
  /** A draft; left out = the saved rule `ruleId`, or the first one. */
  rule: z.unknown().optional(),
  ruleId: z.string().min(1).max(100).optional(),
  /** A stored event to show; left out = a made-up ticket. */
  eventId: z.string().min(1).max(200).optional(),
});

/** Trying rules out: over past events without sending, and with one real card to one person. */
export function registerReminderTrials(app: Routes, { store, client, now }: ApiPorts): void {
  // One after the other: each takes all the time that is left beside other requests.
  const simulations = fastq.promise(async ({ docking, rules, since }: Simulated) => {
    try {
      return await simulateReminders(store, docking, rules, since);
    } catch (error) {
      if (!(error instanceof SimulationTooLong)) throw error;
      throw badRequest([{ field: 'days', code: 'too-long', message: TOO_LONG }], 'rules-simulated');
    }
  }, 1);

  /** Who would get what with these rules, per person and day, beside the rules of now. Nothing is sent. */
  app.post(
    '/v1/dockings/:id/reminders::simulate',
    {
      schema: { params: dockingParams, body: simulation },
      preValidation: faultsAround(simulation, 'rules-simulated'),
    },
    async (request) => {
      const { id } = request.params;
      authorize(request, 'read', id);
      const docking = await store.dockings.require(id);
      const validated = validateReminders({ enabled: true, rules: request.body.rules });
      if (!validated.ok) {
        throw badRequest(ruleFaults(validated.faults), 'rules-simulated');
      }
      const since = new Date(now().getTime() - request.body.days * DAY_MS);
      return simulations.push({ docking, rules: validated.rules, since });
    },
  );

  /** Sends one card about a made-up ticket to one employee of the mirror. */
  app.post(
    '/v1/dockings/:id/reminders::test',
    { schema: { params: dockingParams, body: trial } },
    async (request, reply) => {
      const { id } = request.params;
      const caller = authorize(request, 'operate', id);
      const docking = await store.dockings.require(id);
      mustSend(docking);
      const { employeeId, ruleId } = request.body;
      if (!(await store.employees.get(id, employeeId))) {
        throw refused('Resource.NotFound', { what: 'employee' });
      }
      const { rules } = await store.reminders.get(id);
      const rule = ruleId === undefined ? rules[0] : rules.find((each) => each.id === ruleId);
      if (!rule) throw refused('Resource.NotFound', { what: 'rule' });
      const delivery = await planTest(store, docking, employeeId, rule, now());
      const [eventId = ''] = delivery.eventIds;
      await store.audit.append({
        dockingId: id,
        at: now(),
        actor: caller.actor,
        action: 'reminders.tested',
        detail: { deliveryId: delivery.id, ruleId: rule.id },
        from: request.ip,
      });
      await client.ticketChanged(id, delivery.ticketId, { eventId, deliveryIds: [delivery.id] });
      await store.events.markHandedOver(id, [eventId]);
      return reply.code(202).send(deliveryShape(delivery));
    },
  );

  /** The card that a rule would send, as the platform would get it. Nothing is sent or stored. */
  app.post(
    '/v1/dockings/:id/reminders::preview',
    { schema: { params: dockingParams, body: preview } },
    async (request) => {
      const { id } = request.params;
      authorize(request, 'read', id);
      const docking = await store.dockings.require(id);
      const rule = await ruleToShow(id, request.body);
      const record = await eventToShow(id, request.body.eventId, rule);
      const shown = { id: 'preview', ruleIds: [rule.id], urgency: rule.urgency };
      const card = reminderCard(cardModel(docking, shown, { records: [record] }, []));
      return { ruleId: rule.id, card, bytes: Buffer.byteLength(JSON.stringify(card)) };
    },
  );

  async function ruleToShow(
    id: string,
    { rule, ruleId }: { rule?: unknown; ruleId?: string | undefined },
  ): Promise<ReminderRule> {
    const { rules } = await store.reminders.get(id);
    if (rule !== undefined) {
      // Beside the saved ones, whose conditions it may refer to.
      const own = typeof rule === 'object' && rule !== null && 'id' in rule ? rule.id : undefined;
      const others = rules.filter((each) => each.id !== own);
      const checked = validateReminders({ rules: [rule, ...others] });
      if (!checked.ok) {
        throw badRequest(ruleFaults(checked.faults).map(asOfOneRule));
      }
      const [draft] = checked.rules;
      if (draft) return { ...draft, id: draft.id ?? 'draft' };
    }
    const found = ruleId === undefined ? rules[0] : rules.find((each) => each.id === ruleId);
    if (!found) throw refused('Resource.NotFound', { what: 'rule' });
    return found;
  }

  async function eventToShow(dockingId: string, eventId: string | undefined, rule: ReminderRule) {
    const stored = eventId === undefined ? null : await store.events.get(dockingId, eventId);
    if (eventId !== undefined && !stored) {
      throw refused('Resource.NotFound', { what: 'event', searchable: false });
    }
    // Stored events are whole ones.
    const event =
      (stored?.envelope as ReturnType<typeof sampleEvent> | undefined) ??
      sampleEvent('preview', rule.triggers[0], now());
    return { envelope: event, verdict: { rulesVersion: 0, rules: [sampleVerdict(rule, event, now())] } };
  }
}

/** The draft was checked as the first of a set; what is wrong with the set is its fault, too. */
const asOfOneRule = (fault: FieldFault): FieldFault => ({
  ...fault,
  field: fault.field.replace(/^\/rules\/0(?=\/|$)|^\/rules(\/.*)?$/, '/rule'),
});

/** A test is a real message. */
function mustSend({ state }: Docking): void {
  if (state === 'live') return;
  if (state === 'disabled') throw refused('Docking.Disabled', { reader: 'admin' });
  throw refused('Docking.NotReady', { state, wanted: 'to send a test' });
}
