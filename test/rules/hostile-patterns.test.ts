/** What a pattern can cost: counted, not timed. */
import { compileRules, evaluate, factsFor } from '../../rules';
import { REGEX_INPUT_LIMIT } from '../../rules/predicates';
import { refusals, rule, ticketEvent } from './fixtures';

/** Patterns that take a backtracking engine longer than the universe is old, on the texts below. */
const HOSTILE = ['(a+)+$', '(a|aa)+$', '^(a|a?)+$', '(.*a){12}$', '^(([a-z])+.)+[A-Z]([a-z])+$'];

/** How many characters the match of one title looks at: every step of the matching machine reads one. */
async function reads(pattern: string, title: string): Promise<number> {
  const compiled = compileRules({
    version: 1,
    rules: [{ ...rule({ all: [{ fact: 'ticket.title', operator: 'regex', value: pattern }] }), id: 'r1' }],
  });
  const facts = factsFor(ticketEvent({}, { title }), { now: new Date('2026-07-20T10:00:00Z') });
  const looks = [
    jest.spyOn(String.prototype, 'codePointAt'),
    jest.spyOn(String.prototype, 'charCodeAt'),
  ] as const;
  try {
    const { rules } = await evaluate(compiled, facts);
    expect(rules[0]?.matched).toBe(false);
    return looks.reduce((sum, look) => sum + look.mock.calls.length, 0);
  } finally {
    for (const look of looks) look.mockRestore();
  }
}

describe('a hostile pattern', () => {
  it.each(HOSTILE)('is taken, and its work grows no faster than the text: %s', async (pattern) => {
    expect(refusals(rule({ all: [{ fact: 'ticket.title', operator: 'regex', value: pattern }] }))).toEqual(
      [],
    );
    const short = await reads(pattern, `${'a'.repeat(400)}!`);
    const long = await reads(pattern, `${'a'.repeat(1600)}!`);
    expect(short).toBeGreaterThan(400);
    expect(long).toBeLessThanOrEqual(4 * short + 400);
  });

  it.each(HOSTILE)('looks at the start of an endless text only: %s', async (pattern) => {
    const whole = await reads(pattern, `${'a'.repeat(REGEX_INPUT_LIMIT - 1)}!`);
    const endless = await reads(pattern, `${'a'.repeat(REGEX_INPUT_LIMIT - 1)}!${'a'.repeat(200_000)}`);
    expect(endless).toBeLessThanOrEqual(whole + 400);
  });

  it.each([
    ['longer than 200 characters', 'a'.repeat(201)],
    ['that unfolds into a large machine', '((a{30}){30})'],
  ])('%s is refused on save', (_what, pattern) => {
    const found = refusals(rule({ all: [{ fact: 'ticket.title', operator: 'regex', value: pattern }] }));
    expect(found.length).toBeGreaterThan(0);
  });
});

describe('the patterns of all rules together', () => {
  const looksFor = (value: string) => ({ fact: 'ticket.title', operator: 'regex', value });
  const heavy = looksFor('(a?b?a?b?a?){1,20}[^ab]');

  it('may be many ordinary ones', () => {
    const rules = Array.from({ length: 150 }, (_, at) =>
      rule({ all: [looksFor('(?i)refund|chargeback')] }, { id: `r${at}` }),
    );
    expect(refusals(...rules)).toEqual([]);
  });

  it('are refused once, at the rule from which on they are too much for one event', () => {
    const rules = Array.from({ length: 6 }, (_, at) =>
      rule({ any: [heavy, heavy, heavy, heavy] }, { id: `r${at}` }),
    );
    expect(refusals(...rules)).toEqual(['/rules/3/conditions too-many-patterns']);
  });

  it('count again in each rule that refers to them', () => {
    const patterns = rule({ any: [heavy, heavy, heavy, heavy] }, { id: 'patterns' });
    const referring = Array.from({ length: 3 }, (_, at) =>
      rule({ all: [{ condition: 'patterns' }] }, { id: `r${at}` }),
    );
    expect(refusals(patterns, ...referring)).toEqual(['/rules/3/conditions too-many-patterns']);
  });
});
