import fc from 'fast-check';
import { keysOfAgent, keysOfEmployee } from '../../activities/binding/match-keys';
import { decideMatch, type Candidate, type MatchQuestion } from '../../activities/binding/match';

const person = (employeeId: string, more: Partial<Candidate> = {}): Candidate => ({
  employeeId,
  state: 'active',
  boundTo: null,
  agentIds: ['agent'],
  ...more,
});
const question = (more: Partial<MatchQuestion>): MatchQuestion => ({
  agent: { agentId: 'agent', state: 'active' },
  boundTo: null,
  found: [],
  ...more,
});
const mobile = (...candidates: Candidate[]): MatchQuestion['found'][number] => ({ by: 'mobile', candidates });
const email = (...candidates: Candidate[]): MatchQuestion['found'][number] => ({ by: 'email', candidates });

describe('matching an agent with an employee', () => {
  test.each([
    ['one employee by mobile is bound', question({ found: [mobile(person('a'))] }), 'bound', 'by-mobile'],
    [
      'the second criterion is used when the first finds nobody',
      question({ found: [mobile(), email(person('a'))] }),
      'bound',
      'by-email',
    ],
    [
      'both criteria naming the same person is the strongest match',
      question({ found: [email(person('a')), mobile(person('a'))] }),
      'bound',
      'by-email-and-mobile',
    ],
    [
      'mobile and email naming different people is a cross match',
      question({ found: [mobile(person('a')), email(person('b'))] }),
      'cross-match',
      'mobile-and-email-name-different-people',
    ],
    [
      'a shared mailbox is left to a person, also when the mobile would decide',
      question({ found: [mobile(person('a')), email(person('a'), person('b'))] }),
      'several-matches',
      'several-employees-by-email',
    ],
    [
      'two agents of one employee are left to a person',
      question({ found: [mobile(person('a', { agentIds: ['agent', 'other'] }))] }),
      'several-matches',
      'several-agents-of-one-employee',
    ],
    [
      'a disabled agent is never bound',
      question({ agent: { agentId: 'agent', state: 'disabled' }, found: [mobile(person('a'))] }),
      'unreachable',
      'agent-disabled',
    ],
    [
      'a frozen employee is not bound',
      question({ found: [mobile(person('a', { state: 'frozen' }))] }),
      'unreachable',
      'employee-frozen',
    ],
    [
      'a number of somebody who left is no match for binding',
      question({ found: [mobile(person('a', { state: 'left' }))] }),
      'unreachable',
      'employee-left',
    ],
    [
      'a recycled number belongs to who holds it now',
      question({ found: [mobile(person('old', { state: 'left' }), person('new'))] }),
      'bound',
      'by-mobile',
    ],
    [
      'an employee whose state may not be read can be bound',
      question({ found: [mobile(person('a', { state: 'unknown' }))] }),
      'bound',
      'by-mobile',
    ],
    [
      'a bound agent stays as it is',
      question({ boundTo: 'b', found: [mobile(person('a'))] }),
      'already-bound',
      'bound-before',
    ],
    [
      'a bound employee is not taken away',
      question({ found: [mobile(person('a', { boundTo: 'other' }))] }),
      'already-bound',
      'employee-bound-to-other-agent',
    ],
    [
      'an agent without mobile and mailbox matches nobody',
      question({}),
      'no-match',
      'agent-has-no-usable-value',
    ],
    [
      'a value that nobody has matches nobody',
      question({ found: [mobile(), email()] }),
      'no-match',
      'nobody-has-this-value',
    ],
  ] as const)('%s', (_, asked, outcome, reason) => {
    expect(decideMatch(asked)).toMatchObject({ outcome, reason });
  });

  /** What is known of an employee does not depend on what led there. */
  const anyFacts = fc.record({
    state: fc.constantFrom('active', 'not-activated', 'frozen', 'left', 'unknown'),
    boundTo: fc.option(fc.constantFrom('x', 'y'), { nil: null }),
    agentIds: fc.subarray(['agent', 'x', 'y']),
  });
  const anyQuestion = fc
    .record({
      agent: fc.record({
        agentId: fc.constant('agent'),
        state: fc.constantFrom('active', 'inactive', 'disabled'),
      }),
      boundTo: fc.option(fc.constantFrom('a', 'b'), { nil: null }),
      facts: fc.record({ a: anyFacts, b: anyFacts, c: anyFacts }),
      found: fc.uniqueArray(
        fc.record({
          by: fc.constantFrom('mobile', 'email'),
          ids: fc.subarray<'a' | 'b' | 'c'>(['a', 'b', 'c']),
        }),
        { selector: (one) => one.by },
      ),
    })
    .map(({ facts, found, ...asked }) => ({
      ...asked,
      found: found.map(({ by, ids }) => ({
        by,
        candidates: ids.map((employeeId) => ({ employeeId, ...facts[employeeId] })),
      })),
    }));

  test('nobody is bound while a second employee, a second agent or an obstacle is in sight', () => {
    fc.assert(
      fc.property(anyQuestion, (asked) => {
        const answer = decideMatch(asked);
        const present = asked.found.flatMap(({ candidates }) =>
          candidates.filter((one) => one.state !== 'left'),
        );
        const people = new Set(present.map((one) => one.employeeId));
        if (answer.outcome === 'bound') {
          expect(people.size).toBe(1);
          expect(answer.employeeIds).toEqual([...people]);
          expect(asked.boundTo).toBeNull();
          expect(asked.agent.state).not.toBe('disabled');
        } else if (people.size > 1 && asked.boundTo === null && asked.agent.state !== 'disabled') {
          expect(['several-matches', 'cross-match']).toContain(answer.outcome);
          expect(new Set(answer.employeeIds)).toEqual(people);
        }
      }),
    );
  });

  test('the chosen order changes the reason, never the person', () => {
    fc.assert(
      fc.property(anyQuestion, (asked) => {
        const turned = decideMatch({ ...asked, found: [...asked.found].reverse() });
        const answer = decideMatch(asked);
        expect(turned.outcome).toBe(answer.outcome);
        expect([...turned.employeeIds].sort()).toEqual([...answer.employeeIds].sort());
      }),
    );
  });
});

describe('values that are laid beside each other', () => {
  test.each(['13800138000', '+86 138 0013 8000', '0086-138-0013-8000', '(86) 13800138000'])(
    'the number %p is the employee number +8613800138000',
    (written) => {
      expect(keysOfAgent({ mobile: written, email: null }, 'CN').mobile).toBe('+8613800138000');
    },
  );

  test('a number without a country is read as one of the chosen country', () => {
    expect(keysOfAgent({ mobile: '8123 4567', email: null }, 'SG').mobile).toBe('+6581234567');
  });

  test('case and spaces of a mailbox do not matter, the part after a plus does', () => {
    const key = (email: string): string | null => keysOfAgent({ mobile: null, email }, 'CN').email;
    expect(key(' Zhang.San@Example.COM ')).toBe(key('zhang.san@example.com'));
    expect(key('zhang+desk@example.com')).not.toBe(key('zhang@example.com'));
  });

  test('a person is found by either mailbox, and by none that is empty', () => {
    expect(keysOfEmployee({ mobile: '', email: 'A@x.cn', enterpriseEmail: 'a@corp.x.cn' }, 'CN')).toEqual({
      mobile: [],
      email: ['a@x.cn', 'a@corp.x.cn'],
    });
    expect(keysOfEmployee({ email: '' }, 'CN')).toEqual({ mobile: [], email: [] });
  });
});
