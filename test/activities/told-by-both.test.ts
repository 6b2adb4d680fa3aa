import type { Deadline } from '../../intake';
import { rule, setRules } from '../intake/desk';
import { HOUR, MINUTE, openDueDesks, type DueDesk, type DueDesks } from './due-desk';

let desks: DueDesks;
beforeAll(async () => {
  desks = await openDueDesks();
});
beforeEach(() => desks.set(new Date('2026-11-25T08:00:00Z')));
afterAll(() => desks?.opened.end());

const after = (ms: number): string => desks.after(ms);
const pass = (ms: number): void => desks.set(new Date(desks.now().getTime() + ms));
const open = { statusType: 'in_progress' };
const breach = (dueAt: string) => ({
  type: 'ticket.sla_breached' as const,
  sla: { metric: 'solution', dueAt, state: 'breached' },
});
const warning = (dueAt: string) => ({
  type: 'ticket.sla_warning' as const,
  sla: { metric: 'solution', dueAt, state: 'warning' },
});
const moved = { type: 'ticket.field_changed' as const, changes: [{ field: 'dueAt', from: null, to: null }] };

const cards = async (at: DueDesk): Promise<number> => (await at.cards()).length;

describe.each<[string, { causeId?: string }]>([
  ['names no action', {}],
  ['names its action', { causeId: 'action-1' }],
])('a ticket system that %s', (_what, cause) => {
  test('and calls a ticket breached itself, long after, has nobody told twice', async () => {
    const at = await desks.desk();
    const dueAt = after(-40 * MINUTE);
    const first = await at.take({ ...open, dueAt }, { ...breach(dueAt), ...cause });
    await at.meetAll(first);
    expect(await cards(at)).toBe(1);
  });

  test('and calls a ticket breached after we did changes our card', async () => {
    const at = await desks.desk();
    const dueAt = after(-3 * HOUR);
    const action = { ...moved, ...cause };
    await at.meetAll(await at.take({ ...open, dueAt }, action));
    expect(await cards(at)).toBe(1);
    pass(20_000);
    const told = await at.take({ ...open, dueAt }, { ...breach(dueAt), ...cause });
    const all = await at.cards();
    expect(all).toHaveLength(1);
    expect(told.deliveryIds).toEqual([all[0]?.id]);
    expect(all[0]?.eventIds).toContain(told.eventId);
  });

  test('and says so once more has people reminded once more', async () => {
    const at = await desks.desk();
    const dueAt = after(-40 * MINUTE);
    await at.meetAll(await at.take({ ...open, dueAt }, { ...breach(dueAt), ...cause }));
    pass(HOUR);
    await at.take(
      { ...open, dueAt },
      { ...breach(dueAt), ...(cause.causeId ? { causeId: 'action-2' } : {}) },
    );
    expect(await cards(at)).toBe(2);
  });
});

test('a ticket system that warns where we warn at once too has nobody warned twice, whoever is faster', async () => {
  const [one, other] = [await desks.desk(), await desks.desk()];
  const ticket = { ...open, dueAt: after(5 * MINUTE) };
  await one.meetAll(await one.take(ticket, warning(ticket.dueAt)));
  expect(await cards(one)).toBe(1);
  await other.meetAll(await other.take(ticket, moved));
  await other.take(ticket, warning(ticket.dueAt));
  expect(await cards(other)).toBe(1);
});

test('a ticket system that warns long before and long after we do is told each time', async () => {
  const at = await desks.desk();
  const early = rule({ id: 'early', triggers: ['ticket.sla_warning'], timing: { warnBeforeMinutes: 120 } });
  await setRules(desks.store, at.docking.id, [early]);
  const ticket = { ...open, dueAt: after(5 * HOUR) };
  const first = await at.take(ticket, warning(ticket.dueAt));
  pass(3 * HOUR);
  await at.meetAll(first);
  pass(HOUR);
  await at.take(ticket, warning(ticket.dueAt));
  expect(await cards(at)).toBe(3);
});

test('a breach of another due time is another breach', async () => {
  const at = await desks.desk();
  const [firstResponseDueAt, dueAt] = [after(-30 * MINUTE), after(-20 * MINUTE)];
  const ticket = { statusType: 'new' as const, firstResponseDueAt, dueAt };
  const first = await at.take(ticket, breach(dueAt));
  const metrics = (deadlines: readonly Deadline[] | null) =>
    (deadlines ?? []).map((deadline) => ('metric' in deadline ? deadline.metric : 'solution'));
  expect(metrics(first.deadlines)).toEqual(['first_response']);
  await at.meetAll(first);
  expect(await cards(at)).toBe(2);
});
