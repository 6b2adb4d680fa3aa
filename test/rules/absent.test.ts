/** What docs/rules.md says about facts that an event does not have. */
import { compileRules, evaluate, factsFor, type ReminderRule, type RuleVerdict } from '../../rules';
import { rule, ticketEvent } from './fixtures';

type Leaf = [fact: string, operator: string, value: unknown];

async function judged(
  [fact, operator, value]: Leaf,
  ticket: object,
  rest: object = {},
): Promise<RuleVerdict | undefined> {
  const conditions = { all: [{ fact, operator, value }] } as ReminderRule['conditions'];
  const facts = factsFor(ticketEvent(rest, ticket), { now: new Date('2026-07-20T10:00:00.000Z') });
  const verdict = await evaluate(compileRules({ version: 1, rules: [rule(conditions)] }), facts);
  return verdict.rules[0];
}

describe.each([
  ['not there', { source: undefined }],
  ['null', { source: null }],
  ['an empty text', { source: '' }],
])('a text that is %s', (_what, ticket) => {
  it.each<[...Leaf, boolean]>([
    ['ticket.source', 'equal', 'mail', false],
    ['ticket.source', 'notEqual', 'mail', false],
    ['ticket.source', 'notIn', ['mail'], false],
    ['ticket.source', 'doesNotContain', 'mail', false],
    ['ticket.source', 'equal', null, true],
    ['ticket.source', 'notEqual', null, false],
    ['ticket.source', 'isEmpty', true, true],
    ['ticket.source', 'isNotEmpty', false, true],
  ])('is absent: %s %s %j is %s', async (fact, operator, value, expected) => {
    expect((await judged([fact, operator, value], ticket))?.matched).toBe(expected);
  });
});

it.each<[...Leaf, boolean]>([
  ['ticket.source', 'notEqual', 'mail', true],
  ['ticket.source', 'equal', null, false],
  ['ticket.source', 'isEmpty', true, true],
])('a text of nothing but blanks is there: %s %s %j is %s', async (fact, operator, value, expected) => {
  expect((await judged([fact, operator, value], { source: '  ' }))?.matched).toBe(expected);
});

it.each(['ticket.tags', 'ticket.followerIds', 'ticket.ccAgentIds', 'reply.mentionedAgentIds'])(
  'the list %s that the event does not name is there and empty',
  async (fact) => {
    const none = { tags: undefined, followerIds: undefined, ccAgentIds: null };
    const answers: Leaf[] = [
      [fact, 'doesNotContain', 'a1'],
      [fact, 'notIn', ['a1']],
      [fact, 'isEmpty', true],
      [fact, 'contains', 'a1'],
    ];
    const verdicts = await Promise.all(answers.map((leaf) => judged(leaf, none, { reply: undefined })));
    expect(verdicts.map((verdict) => verdict?.matched)).toEqual([true, true, true, false]);
    expect(verdicts[0]?.trace).toMatchObject({ all: [{ seen: [] }] });
  },
);

it.each([
  ['equal', null],
  ['notEqual', null],
  ['equal', 'a1'],
  ['notEqual', 'a1'],
])('a value that is an absent fact makes %s false, for an assignee of %s', async (operator, assigneeId) => {
  const leaf: Leaf = ['ticket.assigneeId', operator, { fact: 'ticket.previousAssigneeId' }];
  const verdict = await judged(leaf, { assigneeId, previousAssigneeId: null });
  expect(verdict).toMatchObject({ matched: false, trace: { all: [{ wanted: null }] } });
  expect(verdict?.error).toBeUndefined();
});
