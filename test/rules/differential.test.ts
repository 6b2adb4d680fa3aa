import fc from 'fast-check';
import { compileRules, evaluate, factsFor, OPERATORS, validateReminders, type RuleEvent } from '../../rules';
import { outlook } from '../../rules/what-if';
import { rule } from './fixtures';
import { opinion, type RawCondition, type RawEvent } from './oracle';

/** One seed, so that a failure on one machine is a failure on every machine. */
const SEEDED = { seed: 20_260_720, numRuns: 1500 };
const NOW = Date.parse('2026-07-20T10:00:00.000Z');

const priorities = ['low', 'normal', 'high', 'urgent'];
const statuses = ['new', 'in_progress', 'waiting', 'solved', 'closed'];
const agents = ['a1', 'a2', 'a3'];
const words = ['refund', 'Refund', 'P1', 'P10', '退款', ' '];
const paths = ['After-sales', 'After-sales/Refund', 'After-sales/Refunds', 'Sales'];
const tagsKnown = ['vip', 'vip2', 'hardware'];
const amounts = [999, 1000, 1001, '1000', '1001', 'many', true];
const pick = <T>(...values: T[]) => fc.constantFrom(...values);
const orNone = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary }, { weight: 1, arbitrary: pick(null, undefined) });
const minutes = fc.integer({ min: -30, max: 30 });
const time = minutes.map((offset) => new Date(NOW + offset * 60_000).toISOString());
const text = fc.array(pick(...words), { maxLength: 3 }).map((parts) => parts.join(''));
const some = <T>(...values: T[]) => fc.uniqueArray(pick(...values), { minLength: 1, maxLength: 3 });

const event: fc.Arbitrary<RawEvent> = fc.record({
  eventId: fc.constant('e'),
  type: fc.constant('ticket.created'),
  occurredAt: time,
  actor: fc.record({
    type: pick('customer', 'agent', 'system'),
    id: orNone(pick(...agents)).map((id) => id ?? null),
  }),
  ticket: fc.record({
    id: fc.constant('t'),
    title: orNone(text),
    priority: orNone(pick(...priorities)),
    statusType: orNone(pick(...statuses)),
    assigneeId: orNone(pick(...agents)),
    categoryPath: orNone(pick(...paths)),
    customer: orNone(fc.record({ vip: orNone(fc.boolean()) })),
    urgeCount: orNone(fc.integer({ min: 0, max: 3 })),
    dueAt: orNone(time),
    source: orNone(pick('mail', 'phone', '', ' ')),
    tags: orNone(fc.uniqueArray(pick(...tagsKnown))),
    followerIds: orNone(fc.uniqueArray(pick(...agents))),
    customFields: fc.record({ amount: orNone(pick(...amounts)) }),
  }),
  reply: orNone(fc.record({ mentionedAgentIds: orNone(fc.uniqueArray(pick(...agents))) })),
  changes: fc
    .tuple(
      orNone(
        fc.record({
          field: fc.constant('priority'),
          from: orNone(pick(...priorities)),
          to: orNone(pick(...priorities)),
        }),
      ),
      orNone(
        fc.record({
          field: fc.constant('tags'),
          from: fc.uniqueArray(pick(...tagsKnown)),
          to: fc.uniqueArray(pick(...tagsKnown)),
        }),
      ),
    )
    .map((changes) =>
      changes.flatMap((change) =>
        change ? [{ ...change, from: change.from ?? null, to: change.to ?? null }] : [],
      ),
    ),
});

const leafOf = (
  fact: string,
  operators: string[],
  value: fc.Arbitrary<unknown>,
): fc.Arbitrary<RawCondition> => fc.record({ fact: fc.constant(fact), operator: pick(...operators), value });
const empty = ['isEmpty', 'isNotEmpty'];
const order = ['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'];
const range = fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 1, max: 3 }));

const leaf: fc.Arbitrary<RawCondition> = fc.oneof(
  ...['ticket.priority', 'changes.priority.from', 'changes.priority.to'].flatMap((fact) => [
    leafOf(fact, ['equal', 'notEqual', ...order], pick(...priorities)),
    leafOf(fact, ['in', 'notIn'], some(...priorities)),
    leafOf(fact, ['equal', 'notEqual'], pick(null)),
    leafOf(fact, empty, fc.boolean()),
  ]),
  leafOf('ticket.statusType', ['equal', 'notEqual'], pick(...statuses)),
  leafOf('ticket.statusType', ['in', 'notIn'], some(...statuses)),
  leafOf('ticket.assigneeId', ['equal', 'notEqual'], fc.oneof(pick(...agents), pick({ fact: 'actor.id' }))),
  leafOf(
    'ticket.assigneeId',
    ['in', 'notIn'],
    fc.oneof(some(...agents), pick({ fact: 'ticket.followerIds' })),
  ),
  leafOf('ticket.assigneeId', empty, pick(true, false, undefined)),
  leafOf(
    'ticket.title',
    ['contains', 'doesNotContain', 'startsWith', 'endsWith', 'equal', 'notEqual'],
    pick(...words),
  ),
  leafOf('ticket.title', ['regex'], pick('^refund', 'P1$', '[Rr]efund', 'P1(0|$)', '退')),
  leafOf('ticket.title', empty, fc.boolean()),
  leafOf('ticket.categoryPath', ['under', 'startsWith'], pick(...paths)),
  leafOf('ticket.customer.vip', ['equal', 'notEqual'], fc.boolean()),
  leafOf('ticket.urgeCount', ['equal', 'notEqual', ...order], fc.integer({ min: 0, max: 3 })),
  leafOf('ticket.urgeCount', ['between'], range),
  leafOf('ticket.customFields.amount', order, pick(999, 1000, 1001)),
  leafOf('ticket.customFields.amount', ['equal', 'notEqual'], pick(...amounts)),
  leafOf(
    'ticket.source',
    ['equal', 'notEqual'],
    fc.oneof(pick('mail', ' ', null), pick({ fact: 'ticket.title' })),
  ),
  leafOf('ticket.source', ['in', 'notIn'], some('mail', 'phone')),
  leafOf('ticket.source', ['contains', 'doesNotContain'], pick('mail', ' ')),
  leafOf('ticket.source', empty, fc.boolean()),
  leafOf('reply.mentionedAgentIds', ['contains', 'doesNotContain'], pick(...agents)),
  leafOf('reply.mentionedAgentIds', ['in', 'notIn'], some(...agents)),
  leafOf('reply.mentionedAgentIds', empty, fc.boolean()),
  leafOf('ticket.tags', ['contains', 'doesNotContain'], pick(...tagsKnown)),
  leafOf('ticket.tags', ['in', 'notIn'], some(...tagsKnown)),
  leafOf('ticket.tags', empty, fc.boolean()),
  leafOf('ticket.followerIds', ['contains', 'doesNotContain'], pick(...agents)),
  leafOf(
    'ticket.dueAt',
    ['withinNext', 'olderThan'],
    fc.integer({ min: 1, max: 40 }).map((count) => `${count}m`),
  ),
  leafOf('ticket.dueAt', ['equal', 'notEqual', ...order], time),
  leafOf('event.occurredAt', order, time),
  leafOf('actor.type', ['equal', 'notEqual'], pick('customer', 'agent')),
  leafOf('ticket.priority', ['changed'], pick(true, false, undefined)),
  leafOf(
    'changes.priority',
    ['changedTo', 'changedFrom'],
    fc.oneof(pick(...priorities, null), some(...priorities)),
  ),
  leafOf('changes.tags', ['changedTo', 'changedFrom'], fc.oneof(pick(...tagsKnown), some(...tagsKnown))),
);

const groupsOf = (leaves: fc.Arbitrary<RawCondition>): fc.Arbitrary<RawCondition> =>
  fc.letrec<{ group: RawCondition; node: RawCondition }>((tie) => ({
    node: fc.oneof({ maxDepth: 4, withCrossShrink: true }, leaves, leaves, tie('group')),
    group: fc.oneof(
      fc.array(tie('node'), { minLength: 1, maxLength: 4 }).map((all) => ({ all })),
      fc.array(tie('node'), { minLength: 1, maxLength: 4 }).map((any) => ({ any })),
      tie('node').map((not) => ({ not })),
    ),
  })).group;

const timed = leafOf(
  'ticket.dueAt',
  ['withinNext', 'olderThan'],
  fc.integer({ min: 1, max: 40 }).map((count) => `${count}m`),
);

describe('seeded rules and events', () => {
  it('are judged alike by the engine, by the forecast and by an independent evaluator', async () => {
    const used = new Set<string>();
    let matches = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(groupsOf(leaf), { minLength: 1, maxLength: 5 }),
        event,
        async (groups, raw) => {
          const sent = groups.map((conditions, index) => rule(conditions as never, { id: `r${index}` }));
          const checked = validateReminders({ rules: sent });
          expect(checked).toMatchObject({ ok: true });
          JSON.stringify(groups, (key, value: unknown) =>
            key === 'operator' ? (used.add(String(value)), value) : value,
          );

          const compiled = compileRules({ version: 1, rules: sent });
          const facts = factsFor(raw as unknown as RuleEvent, { now: new Date(NOW) });
          const expected = groups.map((conditions) => opinion(conditions, raw, NOW));
          const verdict = await evaluate(compiled, facts);
          expect(verdict.rules.map(({ error }) => error)).toEqual(groups.map(() => undefined));
          expect(verdict.rules.map(({ matched }) => matched)).toEqual(expected);
          expect(verdict.rules.map(({ trace }) => trace?.result)).toEqual(expected);
          expect(outlook(compiled, facts).map(({ matched }) => matched)).toEqual(expected);
          matches += expected.filter(Boolean).length;
        },
      ),
      SEEDED,
    );
    expect(matches).toBeGreaterThan(SEEDED.numRuns / 2);
    const withoutCalendar = OPERATORS.map(({ name }) => name).filter((name) => name !== 'inCalendar');
    expect([...used].sort()).toEqual(withoutCalendar.sort());
  });

  it('match at the foretold moment, and never before it', async () => {
    let foretold = 0;
    await fc.assert(
      fc.asyncProperty(groupsOf(fc.oneof(timed, timed, leaf)), event, async (conditions, raw) => {
        const compiled = compileRules({ version: 1, rules: [rule(conditions as never)] });
        const facts = factsFor(raw as unknown as RuleEvent, { now: new Date(NOW) });
        const [judged] = (await evaluate(compiled, facts)).rules;
        const at = judged?.checkAgainAt === undefined ? null : Date.parse(judged.checkAgainAt);
        if (at !== null) foretold += 1;
        // Of what is finished nothing is foretold, whatever time would make of it.
        if (['solved', 'closed'].includes(String(raw.ticket['statusType']))) return expect(at).toBe(null);
        expect(at === null || opinion(conditions, raw, at)).toBe(true);
        for (let minute = judged?.matched ? Infinity : 0; minute <= 80; minute += 1) {
          const moment = NOW + minute * 60_000;
          if (at !== null && moment >= at) break;
          expect(opinion(conditions, raw, moment)).toBe(false);
        }
      }),
      SEEDED,
    );
    expect(foretold).toBeGreaterThan(SEEDED.numRuns / 12);
  });
});
