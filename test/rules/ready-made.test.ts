import {
  compileRules,
  evaluate,
  factsFor,
  nextCheckAt,
  readyMadeRules,
  validateReminders,
} from '../../rules';
import { ticketEvent } from './fixtures';

describe('ready-made rules', () => {
  it.each(['en', 'zh'] as const)('pass the check on save, all on, in %s', (language) => {
    const rules = readyMadeRules(language);
    expect(validateReminders({ rules })).toEqual({ ok: true, rules });
    expect(rules.every((rule) => rule.enabled)).toBe(true);
  });

  const now = new Date('2026-07-20T10:00:00.000Z');
  const firing = async (event: ReturnType<typeof ticketEvent>, at = now): Promise<string[]> => {
    const compiled = compileRules({ version: 1, rules: readyMadeRules('en') });
    const verdict = await evaluate(compiled, factsFor(event, { now: at }));
    expect(verdict.rules.filter((rule) => rule.error)).toEqual([]);
    return verdict.rules.filter((rule) => rule.matched).map((rule) => rule.ruleId);
  };

  it.each([
    ['ticket.assigned_agent', { priority: 'urgent' }, ['ready-assigned-urgent']],
    ['ticket.assigned_agent', { priority: 'low' }, ['ready-assigned']],
    ['ticket.assigned_agent', { priority: null }, ['ready-assigned']],
    ['ticket.assigned_agent', { assigneeId: null }, []],
    ['ticket.assigned_group', { assigneeId: null }, ['ready-assigned-group']],
    ['ticket.assigned_group', {}, []],
    ['ticket.replied_by_customer', {}, ['ready-customer-replied']],
    ['ticket.replied_by_customer', { assigneeId: null }, []],
    ['ticket.reopened', {}, ['ready-reopened']],
    ['ticket.sla_warning', {}, ['ready-sla-warning']],
    ['ticket.sla_breached', {}, ['ready-sla-breached']],
    ['ticket.sla_breached', { statusType: 'closed' }, []],
    ['ticket.overdue', {}, ['ready-overdue']],
    ['ticket.urged', { urgeCount: 1 }, ['ready-urged']],
    ['ticket.urged', { urgeCount: 2 }, ['ready-urged', 'ready-urged-again']],
    ['ticket.rated', { rating: { score: 2 } }, ['ready-low-rating']],
    ['ticket.rated', { rating: { score: 3 } }, []],
    ['ticket.cc_added', { ccAgentIds: ['a9'] }, ['ready-copied']],
    ['ticket.escalated', {}, ['ready-escalated']],
    ['ticket.pending_reminder_due', {}, ['ready-pending-due']],
    ['ticket.closed', {}, []],
  ])('%s with %j fires %j', async (type, ticket, ids) => {
    expect(await firing(ticketEvent({ type }, ticket))).toEqual(ids);
  });

  it('tells who is mentioned in a note', async () => {
    const reply = { mentionedAgentIds: ['a7'], public: false };
    expect(await firing(ticketEvent({ type: 'ticket.note_added', reply }))).toEqual(['ready-mentioned']);
    expect(await firing(ticketEvent({ type: 'ticket.note_added', reply: { public: false } }))).toEqual([]);
  });

  it('calls a priority raised only when it was lower before', async () => {
    const raised = (from: string) =>
      ticketEvent(
        { type: 'ticket.priority_changed', changes: [{ field: 'priority', from, to: 'urgent' }] },
        { priority: 'urgent' },
      );
    expect(await firing(raised('low'))).toEqual(['ready-priority-raised']);
    expect(await firing(raised('high'))).toEqual([]);
  });

  it('waits ten minutes before it calls a ticket unassigned for too long', async () => {
    const event = ticketEvent(
      { type: 'ticket.created', occurredAt: now.toISOString() },
      { assigneeId: null },
    );
    const compiled = compileRules({ version: 1, rules: readyMadeRules('en') });
    const due = new Date('2026-07-20T10:10:00.000Z');
    const verdict = await evaluate(compiled, factsFor(event, { now }));
    expect(verdict.rules.map((rule) => rule.matched)).toEqual([false]);
    expect(nextCheckAt(verdict)).toBe(due.toISOString());
    expect(await firing(event, due)).toEqual(['ready-unassigned-too-long']);
    const taken = { ...event, ticket: { ...event.ticket, assigneeId: 'a1' } };
    expect(await firing(taken, due)).toEqual([]);
  });
});
