import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Engine } from 'json-rules-engine';
import { compileRules, evaluate, factsFor, type ReminderRule } from '../../rules';
import { ownProperty } from '../../rules/path';
import { leaf, refusals, rule, ticketEvent } from './fixtures';

const run = promisify(execFile);
const facts = factsFor(ticketEvent({}, { priority: 'high' }), { now: new Date('2026-07-20T10:00:00Z') });
const global_ = globalThis as Record<string, unknown>;

/** Ways known to lead a JSONPath evaluator to the Function constructor; each would set a marker, nothing else. */
const SCRIPT = 'globalThis.ruleMarker = true';
const VECTORS = [
  `$[?(''.constructor.constructor('${SCRIPT}')())]`,
  `$..[?(''['constructor']['constructor']('${SCRIPT}')())]`,
  `$..[?(f=''[['constructor']][['constructor']]('${SCRIPT}');f())]`,
  `$[(''.constructor.constructor('${SCRIPT}')())]`,
  `$..[?(@.constructor.constructor('${SCRIPT}')())]`,
  `$[?(p='${SCRIPT}';f=''[['constructor']][['constructor']](p);f())]`,
  `$[?(x=[].map.constructor('${SCRIPT}'),x())]`,
  `$..[?(([]['at']['constructor'])('${SCRIPT}')())]`,
];

describe('code in a path', () => {
  afterEach(() => {
    delete global_['ruleMarker'];
  });

  const routes: [string, (path: string) => object][] = [
    ['a condition', (path) => ({ conditions: { all: [{ ...leaf, fact: 'ticket', path }] } })],
    ['a value', (path) => ({ conditions: { all: [{ ...leaf, value: { fact: 'ticket', path } }] } })],
    ['event params', (path) => ({ event: { type: 'x', params: { a: { fact: 'ticket', path } } } })],
    ['a template', (path) => ({ template: { fields: [path], text: { en: `{${path}}` } } })],
  ];

  it.each(routes)('is refused on save in %s', (_route, part) => {
    for (const vector of VECTORS) {
      expect(refusals({ ...rule({ all: [leaf] }), ...part(vector) }).length).toBeGreaterThan(0);
    }
    expect(global_['ruleMarker']).toBeUndefined();
  });

  it.each(routes)('is inert in %s of a rule that was stored without the check', async (_route, part) => {
    for (const vector of VECTORS) {
      const stored = { ...rule({ all: [leaf] }, { id: 'bad' }), ...part(vector) };
      const { rules } = await evaluate(
        compileRules({ version: 1, rules: [stored, rule({ all: [leaf] }, { id: 'good' })] }),
        facts,
      );
      expect(rules.find(({ ruleId }) => ruleId === 'good')).toMatchObject({ matched: true });
      expect(global_['ruleMarker']).toBeUndefined();
    }
  });

  it('is inert in the engine itself, on all three ways into its path resolver', async () => {
    for (const path of VECTORS) {
      const engine = new Engine(
        [
          {
            conditions: {
              any: [
                { fact: 'ticket', operator: 'equal', value: 1, path },
                { fact: 'ticket', operator: 'equal', value: { fact: 'ticket', path } },
                { fact: 'ticket', operator: 'notEqual', value: 1 },
              ],
            },
            event: { type: 'matched', params: { seen: { fact: 'ticket', path } } },
          },
        ],
        { pathResolver: ownProperty, replaceFactsInEventParams: true },
      );
      const { events } = await engine.run({ ticket: { priority: 'high', tags: [{ a: 1 }] } });
      expect(events).toEqual([{ type: 'matched', params: { seen: undefined } }]);
      expect(global_['ruleMarker']).toBeUndefined();
    }
  });

  it('reaches own properties by plain dots, and nothing that is inherited', () => {
    const ticket = { a: { b: 1, list: [1] }, text: 'x' };
    expect(ownProperty(ticket, '$.a.b')).toBe(1);
    expect(ownProperty(ticket, '.a.b')).toBe(1);
    expect(ownProperty(ticket, 'a')).toBe(ticket.a);
    const nowhere = [
      '$',
      '$.a.c',
      '$.text.length',
      '$.constructor',
      '$.a.toString',
      '$.__proto__',
      '$..b',
      '$.a[b]',
    ];
    for (const path of nowhere) expect(ownProperty(ticket, path)).toBeUndefined();
  });
});

describe('a poisoned rule among twenty', () => {
  const frozen = Object.freeze({ ...leaf, priority: 'constructor' });
  const poisons: [string, unknown][] = [
    ['an unknown operator', { all: [{ ...leaf, operator: 'nope' }] }],
    ['an unknown fact', { all: [{ ...leaf, fact: 'nope' }] }],
    ['an inherited fact', { all: [{ ...leaf, fact: 'toString' }] }],
    ['a missing right side', { all: [{ fact: 'ticket.priority', operator: 'in' }] }],
    ['a value of the wrong type', { all: [{ ...leaf, operator: 'in', value: 'high' }] }],
    ['a broken pattern', { all: [{ fact: 'ticket.title', operator: 'regex', value: '(' }] }],
    ['a filter path', { all: [{ ...leaf, path: '$[?(@.x)]' }] }],
    ['an empty all', { all: [] }],
    ['an empty any', { any: [] }],
    ['an empty group inside', { all: [leaf, { any: [] }] }],
    ['a leaf as the root', leaf],
    ['no conditions', undefined],
    ['null', null],
    ['a text', 'all'],
    ['a group that is no list', { all: leaf }],
    ['a null child', { all: [null] }],
    ['an unknown reference', { all: [{ condition: 'nope' }] }],
    ['a reference to itself', { all: [{ condition: 'bad' }] }],
    [
      'several references to itself',
      { all: [{ condition: 'bad' }, { condition: 'bad' }, { condition: 'bad' }] },
    ],
    ['a __proto__ key as a fact', JSON.parse('{"all": [{"__proto__": {"fact": "ticket.priority"}}]}')],
    ['bottomless nesting', JSON.parse(`${'{"not":'.repeat(2000)}{}${'}'.repeat(2000)}`)],
  ];

  it.each(poisons)('is reported and harms nobody: %s', async (_what, conditions) => {
    const rules = Array.from({ length: 19 }, (_, index) => rule({ all: [leaf] }, { id: `good-${index}` }));
    const bad = { ...rule({ all: [leaf] }, { id: 'bad' }), conditions } as ReminderRule;
    const verdict = await evaluate(compileRules({ version: 7, rules: [...rules, bad] }), facts);
    expect(verdict.rulesVersion).toBe(7);
    expect(verdict.rules).toHaveLength(20);
    expect(verdict.rules.filter(({ matched }) => matched)).toHaveLength(19);
    expect(verdict.rules.filter(({ error }) => error !== undefined)).toEqual([
      { ruleId: 'bad', name: 'A rule', matched: false, error: expect.any(String) as string, trace: null },
    ]);
  });

  it('is not read at all where it asks for a priority: the frozen rule is judged and not written to', async () => {
    const rules = [rule({ all: [frozen] })];
    const verdict = await evaluate(compileRules({ version: 1, rules: Object.freeze(rules) }), facts);
    expect(verdict.rules).toMatchObject([{ matched: true }]);
  });

  it('is reported when it fails only while it runs', async () => {
    const broken = factsFor(ticketEvent({}, { priority: 'high' }), { now: new Date() });
    Object.defineProperty(broken, 'ticket.title', {
      get: () => {
        throw new Error('the title cannot be read');
      },
    });
    const title = { fact: 'ticket.title', operator: 'contains', value: 'x' };
    const rules = [rule({ all: [title] }, { id: 'bad' }), rule({ all: [leaf] }, { id: 'good' })];
    const verdict = await evaluate(compileRules({ version: 1, rules }), broken);
    expect(verdict.rules).toMatchObject([
      { ruleId: 'bad', matched: false, error: 'the title cannot be read' },
      { ruleId: 'good', matched: true },
    ]);
  });

  it('cannot listen in without a list of triggers', async () => {
    const bad = {
      ...rule({ all: [leaf] }, { id: 'bad' }),
      triggers: 'ticket.created',
    } as unknown as ReminderRule;
    const rules = [bad, rule({ all: [leaf] }, { id: 'good' })];
    const verdict = await evaluate(compileRules({ version: 1, rules }), facts);
    expect(verdict.rules.map(({ ruleId }) => ruleId)).toEqual(['good']);
  });
});

describe('conditions that go round in circles', () => {
  // An engine that follows them never gives the event loop back, so only another process can notice.
  it('are refused on save and do not hang a run, under a watchdog', async () => {
    const { stdout } = await run(process.execPath, [join(__dirname, 'circles.js')], {
      timeout: 90_000,
      killSignal: 'SIGKILL',
    });
    expect(JSON.parse(stdout)).toEqual({
      saved: [false, false, false, false],
      judged: [true, true, true, true],
    });
  });
});
