import {
  compileRules,
  simulate,
  SimulationTooLong,
  type Foresee,
  type Foreseen,
  type ForeseenCard,
  type ReminderRule,
  type RuleEvent,
  type SimulateOptions,
  type Simulation,
} from '../../rules';
import { rule, ticketEvent } from './fixtures';

const always = { all: [{ fact: 'ticket.id', operator: 'isNotEmpty' }] };
const nothing: Foreseen = { cards: [], missed: [], nobody: [] };
const cardFor = (
  personId: string,
  firing: readonly ReminderRule[],
  key: string,
  at: number,
  fields: Partial<ForeseenCard> = {},
): ForeseenCard => ({
  key: `${personId} ${key}`,
  personId,
  ruleIds: firing.map(({ id }) => id),
  plannedAt: at,
  at,
  updateWithinSeconds: 0,
  digest: null,
  ...fields,
});
const toAssignee: Foresee = (firing, { eventId, ticket: { assigneeId } }, at) =>
  assigneeId ? { ...nothing, cards: [cardFor(assigneeId, firing, eventId, at)] } : nothing;

function over(
  events: RuleEvent[],
  draft: ReminderRule[],
  options: Partial<SimulateOptions> = {},
  now: ReminderRule[] = [],
): Promise<Simulation> {
  const compiled = [now, draft].map((rules, version) => compileRules({ version, rules }));
  const [before, after] = compiled;
  if (!before || !after) throw new Error('both are there');
  return simulate(before, after, events, { foresee: toAssignee, ...options });
}
const at = (minute: number): string => new Date(Date.UTC(2026, 6, 20, 10, minute)).toISOString();
const event = (minute: number, ticket: object = {}, rest: object = {}): RuleEvent =>
  ticketEvent({ eventId: `e${minute}`, occurredAt: at(minute), ...rest }, ticket);

describe('a simulation', () => {
  it('counts per rule, per person and day, beside the rules of now', async () => {
    const vip = rule({ all: [{ fact: 'ticket.tags', operator: 'contains', value: 'vip' }] }, { id: 'vip' });
    const events = [
      event(0),
      event(1, { assigneeId: 'a2', tags: [] }),
      event(840, { assigneeId: 'a1', id: 't2' }),
    ];
    const result = await over(events, [rule(always, { id: 'all' })], { timeZone: 'Asia/Shanghai' }, [vip]);
    expect(result).toEqual({
      events: 3,
      now: {
        messages: 2,
        rules: [{ ruleId: 'vip', name: 'A rule', matched: 2, messages: 2, failed: 0, nobody: 0 }],
        days: [
          { personId: 'a1', day: '2026-07-20', messages: 1 },
          { personId: 'a1', day: '2026-07-21', messages: 1 },
        ],
        overlaps: [],
        unreachable: [],
      },
      draft: {
        messages: 3,
        rules: [{ ruleId: 'all', name: 'A rule', matched: 3, messages: 3, failed: 0, nobody: 0 }],
        days: [
          { personId: 'a1', day: '2026-07-20', messages: 1 },
          { personId: 'a2', day: '2026-07-20', messages: 1 },
          { personId: 'a1', day: '2026-07-21', messages: 1 },
        ],
        overlaps: [],
        unreachable: [],
      },
      people: [
        { personId: 'a2', now: 0, draft: 1 },
        { personId: 'a1', now: 2, draft: 2 },
      ],
    });
  });

  it('does not mind the order of the events', async () => {
    const events = [event(3, { assigneeId: null }), event(0), event(1)];
    expect(await over(events, [rule(always)])).toEqual(await over([...events].reverse(), [rule(always)]));
  });

  it('sends one card where rules overlap, and names the pair', async () => {
    const { draft } = await over(
      [event(0), event(1)],
      [rule(always, { id: 'b' }), rule(always, { id: 'a' })],
    );
    expect(draft.messages).toBe(2);
    expect(draft.overlaps).toEqual([{ ruleIds: ['a', 'b'], messages: 2 }]);
    expect(draft.rules.map(({ messages }) => messages)).toEqual([2, 2]);
  });

  it('counts cards with one key once, as one digest or one action makes them, whatever ticket they are about', async () => {
    const foresee: Foresee = (firing, { causeId }, at) => ({
      ...nothing,
      cards: [cardFor('a1', firing, causeId ?? '', at, { digest: causeId ?? '', updateWithinSeconds: 3600 })],
    });
    const events = [
      event(0, {}, { causeId: 'c' }),
      event(1, { id: 't2' }, { causeId: 'c' }),
      event(2, {}, { causeId: 'd' }),
    ];
    expect((await over(events, [rule(always)], { foresee })).draft.messages).toBe(2);
  });

  it('changes a young card of the same ticket in place, but none that still waits for the end of quiet hours', async () => {
    const updates =
      (later = 0): Foresee =>
      (firing, { eventId }, at) => ({
        ...nothing,
        cards: [
          cardFor('a1', firing, eventId, eventId === 'e0' ? at + later : at, { updateWithinSeconds: 120 }),
        ],
      });
    const close = [event(0), event(1), event(2, { id: 't2' }), event(4)];
    expect((await over(close, [rule(always)], { foresee: updates() })).draft.messages).toBe(3);
    expect((await over(close, [rule(always)], { foresee: updates(3_600_000) })).draft.messages).toBe(4);
  });

  it('counts a card on the day on which it is seen', async () => {
    const foresee: Foresee = (firing, { eventId }, at) => ({
      ...nothing,
      cards: [cardFor('a1', firing, eventId, at + 86_400_000)],
    });
    const { draft } = await over([event(0)], [rule(always)], { foresee });
    expect(draft.days).toEqual([{ personId: 'a1', day: '2026-07-21', messages: 1 }]);
  });

  it('names who is out of reach, rules that find nobody and rules that fail', async () => {
    const foresee: Foresee = () => ({
      ...nothing,
      missed: [{ personId: 'a9', reason: 'unbound' }],
      nobody: ['lonely'],
    });
    const rules = [
      rule(always, { id: 'lost' }),
      rule(always, { id: 'lonely' }),
      rule({ all: [] }, { id: 'bad' }),
    ];
    const { draft } = await over([event(0), event(1)], rules, { foresee });
    expect(draft.messages).toBe(0);
    expect(draft.unreachable).toEqual([{ personId: 'a9', reason: 'unbound', messages: 2 }]);
    expect(draft.rules).toEqual([
      { ruleId: 'bad', name: 'A rule', matched: 0, messages: 0, failed: 2, nobody: 0 },
      { ruleId: 'lonely', name: 'A rule', matched: 2, messages: 0, failed: 0, nobody: 2 },
      { ruleId: 'lost', name: 'A rule', matched: 2, messages: 0, failed: 0, nobody: 0 },
    ]);
  });

  it('leaves out what is switched off', async () => {
    expect((await over([event(0)], [rule(always, { enabled: false })])).draft.messages).toBe(0);
  });

  describe('of a rule that waits for a time', () => {
    const patient = rule(
      {
        all: [
          { fact: 'ticket.assigneeId', operator: 'isEmpty' },
          { fact: 'event.occurredAt', operator: 'olderThan', value: '10m' },
        ],
      },
      { receivers: [{ role: 'agents', agentIds: ['lead'] }] },
    );
    const toNamed: Foresee = (firing, { eventId }, at) => ({
      ...nothing,
      cards: firing.flatMap(({ receivers }) =>
        (receivers[0]?.agentIds ?? []).map((personId) => cardFor(personId, firing, eventId, at)),
      ),
    });
    const options = { foresee: toNamed };
    const later = (minute: number) => ({ ...options, until: new Date(at(minute)) });
    const orphan = event(0, { assigneeId: null });

    it('judges it again when the time comes, and not before', async () => {
      expect((await over([orphan], [patient], later(9))).draft.messages).toBe(0);
      expect((await over([orphan], [patient], later(10))).draft.messages).toBe(1);
    });

    it('judges the ticket as it is by then', async () => {
      const taken = event(5, { assigneeId: 'a1' }, { type: 'ticket.assigned_agent' });
      expect((await over([orphan, taken], [patient], later(60))).draft.messages).toBe(0);
    });

    it('says nothing about a ticket that is finished by then', async () => {
      const closed = event(5, { assigneeId: null, statusType: 'closed' }, { type: 'ticket.closed' });
      expect((await over([orphan, closed], [patient], later(60))).draft.messages).toBe(0);
    });

    it('says nothing either when it was finished in between', async () => {
      const closed = event(5, { assigneeId: null, statusType: 'closed' }, { type: 'ticket.closed' });
      const reopened = event(6, { assigneeId: null }, { type: 'ticket.reopened' });
      expect((await over([orphan, closed, reopened], [patient], later(60))).draft.messages).toBe(0);
    });

    it('counts each event whose time comes, and several of one moment once', async () => {
      const again = event(5, { assigneeId: null });
      expect((await over([orphan, again], [patient], later(14))).draft.messages).toBe(1);
      expect((await over([orphan, again], [patient], later(60))).draft.messages).toBe(2);
      const sinceCreated = rule(
        { all: [{ fact: 'ticket.createdAt', operator: 'olderThan', value: '10m' }] },
        { receivers: [{ role: 'agents', agentIds: ['lead'] }] },
      );
      const fresh = [0, 2, 5].map((minute) => event(minute, { createdAt: at(0) }));
      expect((await over(fresh, [sinceCreated], later(60))).draft.messages).toBe(1);
    });
  });

  it('does not count as due what only an event of the future is later than', async () => {
    const slow = rule(
      { all: [{ fact: 'event.occurredAt', operator: 'olderThan', value: '10m' }] },
      { triggers: ['ticket.created'] },
    );
    const future = event(500, {}, { type: 'ticket.closed' });
    const { draft } = await over([event(0), future], [slow], { until: new Date(at(5)) });
    expect(draft.messages).toBe(0);
  });

  describe('of costly patterns', () => {
    const costly = rule({
      any: Array.from({ length: 4 }, (_, index) => ({
        fact: 'ticket.title',
        operator: 'regex',
        value: `(a?b?a?b?a?){1,20}[^ab${index}]`,
      })),
    });
    const title = 'abbabaab'.repeat(250);

    it('lets others have the event loop in between', async () => {
      let turns = 0;
      const counting = setInterval(() => (turns += 1), 0);
      await over(
        Array.from({ length: 12 }, (_, index) => event(index, { title })),
        [costly],
      );
      clearInterval(counting);
      expect(turns).toBeGreaterThan(5);
    });

    it('is given up when it takes too long', async () => {
      const events = Array.from({ length: 12 }, (_, index) => event(index, { title }));
      await expect(over(events, [costly], { withinMs: 1 })).rejects.toBeInstanceOf(SimulationTooLong);
    });
  });
});
