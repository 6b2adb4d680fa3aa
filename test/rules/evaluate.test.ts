import { compileRules, evaluate, factsFor, type ReminderRule, type Verdict } from '../../rules';
import { leaf, rule, ticketEvent } from './fixtures';

const now = new Date('2026-07-20T10:00:00.000Z');
const facts = factsFor(ticketEvent({}, { priority: 'high' }), { now });
const judge = (rules: ReminderRule[], of = facts): Promise<Verdict> =>
  evaluate(compileRules({ version: 3, rules }), of);

describe('a verdict', () => {
  it('names the version of the rules, and each rule by id, in the order of the ids', async () => {
    const deep = { all: [{ any: [{ not: { not: { all: [leaf] } } }] }] } as ReminderRule['conditions'];
    const verdict = await judge([
      rule(deep, { id: 'b' }),
      rule({ all: [leaf] }, { id: 'c' }),
      rule(deep, { id: 'a' }),
    ]);
    expect(verdict.rulesVersion).toBe(3);
    expect(verdict.rules.map(({ ruleId }) => ruleId)).toEqual(['a', 'b', 'c']);
  });

  it('leaves out rules that do not listen to the event', async () => {
    const elsewhere = rule({ all: [leaf] }, { triggers: ['ticket.closed'] });
    expect(await judge([elsewhere])).toEqual({ rulesVersion: 3, rules: [] });
    const both = rule({ all: [leaf] }, { triggers: ['ticket.closed', 'ticket.created'] });
    expect((await judge([both])).rules).toHaveLength(1);
  });

  it('says that a rule is off, without judging it', async () => {
    expect((await judge([rule({ all: [leaf] }, { enabled: false })])).rules).toEqual([
      { ruleId: 'r1', name: 'A rule', matched: false, off: true, trace: null },
    ]);
  });

  it('keeps the value seen and the value wanted of every condition, also behind the deciding one', async () => {
    const conditions = {
      any: [
        leaf,
        { fact: 'ticket.urgeCount', operator: 'greaterThan', value: 2 },
        { not: { fact: 'ticket.tags', operator: 'contains', value: 'hardware' } },
        { fact: 'ticket.assigneeId', operator: 'equal', value: { fact: 'actor.id' } },
      ],
    } as ReminderRule['conditions'];
    expect((await judge([rule(conditions)])).rules[0]?.trace).toEqual({
      any: [
        { fact: 'ticket.priority', operator: 'equal', wanted: 'high', seen: 'high', result: true },
        { fact: 'ticket.urgeCount', operator: 'greaterThan', wanted: 2, seen: null, result: false },
        {
          not: {
            fact: 'ticket.tags',
            operator: 'contains',
            wanted: 'hardware',
            seen: ['vip', 'hardware'],
            result: true,
          },
          result: false,
        },
        {
          fact: 'ticket.assigneeId',
          operator: 'equal',
          wanted: 'c-1',
          wantedFact: 'actor.id',
          seen: 'a1',
          result: false,
        },
      ],
      result: true,
    });
  });

  it("shows another rule's conditions under its id", async () => {
    const verdict = await judge([
      rule({ not: { condition: 'vip' } }, { id: 'a' }),
      rule({ all: [leaf] }, { id: 'vip', triggers: ['ticket.closed'] }),
    ]);
    expect(verdict.rules).toMatchObject([
      { matched: false, trace: { not: { condition: 'vip', is: { all: [{ result: true }] }, result: true } } },
    ]);
  });

  it('is small and harmless: long texts are cut, people and numbers masked', async () => {
    const seen = async (fact: string, ticket: object, reply: object = {}): Promise<unknown> => {
      const of = factsFor(ticketEvent({ reply }, ticket), { now });
      const { rules } = await judge([rule({ all: [{ fact, operator: 'isNotEmpty' }] })], of);
      return (rules[0]?.trace as { all: { seen: unknown }[] }).all[0]?.seen;
    };
    const long = await seen('ticket.title', { title: '😀'.repeat(500) });
    expect(long).toMatch(/^(😀)+…$/u);
    expect(String(long).length).toBeLessThanOrEqual(120);
    expect(await seen('ticket.customer.name', { customer: { name: '王小明' } })).toBe('王**');
    expect(await seen('ticket.title', { title: 'Call +86 138 0013 8000 or wang.xm@corp.example now' })).toBe(
      'Call +86**** or ***@*** now',
    );
    expect(await seen('ticket.customFields.phone', { customFields: { phone: '13800138000' } })).toBe(
      '138****',
    );
    for (const due of ['2026-11-01', '2026-11-01 00:00:00', '2026-11-01T00:00:00+08:00'])
      expect(await seen('ticket.customFields.due', { customFields: { due } })).toBe(due);
    expect(await seen('ticket.id', { id: '13800138000' })).toBe('13800138000');
    const tags = Array.from({ length: 30 }, (_, index) => `t${index}`);
    expect(await seen('ticket.tags', { tags })).toEqual([...tags.slice(0, 10), '… 20 more']);
    expect(await seen('reply.excerpt', {}, { excerpt: 'x'.repeat(2000) })).toHaveLength(120);
  });

  it('can be asked for some rules only', async () => {
    const compiled = compileRules({
      version: 1,
      rules: ['a', 'b', 'c'].map((id) => rule({ all: [leaf] }, { id })),
    });
    const verdict = await evaluate(compiled, facts, { only: new Set(['b', 'nope']) });
    expect(verdict.rules.map(({ ruleId }) => ruleId)).toEqual(['b']);
  });

  it('does not change the rules it is made of', async () => {
    const rules = [rule({ any: [leaf, { not: { condition: 'r2' } }] }), rule({ all: [leaf] }, { id: 'r2' })];
    const before = structuredClone(rules);
    const compiled = compileRules({ version: 1, rules });
    expect(await evaluate(compiled, facts)).toEqual(await evaluate(compiled, facts));
    expect(rules).toEqual(before);
  });
});

describe('runs that overlap', () => {
  it('give the same verdict at every distance of 0 to 200 microtasks', async () => {
    const conditions: ReminderRule['conditions'][] = [
      { all: [leaf] },
      { any: [{ not: { all: [{ any: [leaf] }] } }, leaf] },
      { all: [{ all: [{ all: [leaf, { any: [leaf, leaf] }] }] }] },
    ];
    const compiled = compileRules({
      version: 1,
      rules: conditions.map((tree, index) => rule(tree, { id: `r${index}` })),
    });
    const alone = await evaluate(compiled, facts);
    expect(alone.rules.map(({ matched }) => matched)).toEqual([true, true, true]);
    for (let distance = 0; distance <= 200; distance += 1) {
      const first = evaluate(compiled, facts);
      for (let tick = 0; tick < distance; tick += 1) await Promise.resolve();
      const second = evaluate(compiled, facts);
      expect(await Promise.all([first, second])).toEqual([alone, alone]);
    }
  });

  it('keep different events apart', async () => {
    const compiled = compileRules({ version: 1, rules: [rule({ all: [leaf] })] });
    const low = factsFor(ticketEvent({}, { priority: 'low' }), { now });
    const verdicts = await Promise.all(
      Array.from({ length: 50 }, (_, index) => evaluate(compiled, index % 2 ? facts : low)),
    );
    expect(verdicts.map(({ rules }) => rules[0]?.matched)).toEqual(
      verdicts.map((_, index) => index % 2 === 1),
    );
  });
});

describe('the index by trigger', () => {
  it('judges at least three times fewer rules than going through all of them', async () => {
    const types = ['created', 'closed', 'solved', 'urged', 'rated', 'merged', 'split', 'overdue'].map(
      (type) => `ticket.${type}`,
    );
    // Twenty rules over eight event types; every fifth listens to two.
    const rules = Array.from({ length: 20 }, (_, index) =>
      rule(
        { all: [leaf] },
        {
          id: `r${index}`,
          triggers: [0, ...(index % 5 ? [] : [3])].map((step) => types[(index + step) % 8] ?? ''),
        },
      ),
    );
    const compiled = compileRules({ version: 1, rules });
    const judged = await Promise.all(
      types.map(
        async (type) => (await evaluate(compiled, factsFor(ticketEvent({ type }), { now }))).rules.length,
      ),
    );
    const sum = judged.reduce((total, count) => total + count, 0);
    expect(sum).toBe(24);
    expect((rules.length * types.length) / sum).toBeGreaterThanOrEqual(3);
  });
});
