import {
  compileRules,
  evaluate,
  explainRule,
  explainVerdict,
  factsFor,
  type Language,
  type ReminderRule,
} from '../../rules';
import { rule, ticketEvent } from './fixtures';

const now = new Date('2026-07-20T10:00:00.000Z');
const pressing = { fact: 'ticket.priority', operator: 'in', value: ['high', 'urgent'] };

async function told(language: Language, ...rules: ReminderRule[]): Promise<string[]> {
  const verdict = await evaluate(
    compileRules({ version: 1, rules }),
    factsFor(ticketEvent({}, { priority: 'low' }), { now }),
  );
  return explainVerdict(verdict, 'ticket.created', language);
}

describe('the explanation of a verdict', () => {
  const conditions = {
    all: [
      { fact: 'ticket.assigneeId', operator: 'isNotEmpty' },
      pressing,
      { any: [{ not: { fact: 'ticket.customer.vip', operator: 'equal', value: true } }] },
      { fact: 'ticket.priority', operator: 'changedTo', value: 'urgent' },
    ],
  } as ReminderRule['conditions'];

  it('says condition by condition what was seen and what was wanted', async () => {
    expect(await told('en', rule(conditions, { name: 'Pressing' }))).toEqual([
      'Rule "Pressing" did not match.',
      '  all of these – false',
      '    condition 1 true: agent id of the assignee seen a1, wanted: is not empty',
      '    condition 2 false: priority seen low, wanted: is one of [high, urgent]',
      '    any of these – true',
      '      not this – true',
      '        condition 3 false: customer is a VIP seen nothing, wanted: is yes',
      '    condition 4 false: change of priority seen nothing, wanted: changed to urgent',
    ]);
  });

  it('says it in Chinese', async () => {
    expect(await told('zh', rule({ all: [pressing] }, { name: '紧急' }))).toEqual([
      '规则“紧急”未命中。',
      '  满足全部 – 不成立',
      '    条件 1 不成立:优先级,实际为 low,要求属于 [high, urgent]',
    ]);
  });

  it('says that no rule listens, that a rule is off, and that one could not be judged', async () => {
    expect(await told('en')).toEqual(['No rule listens to ticket.created.']);
    expect(await told('zh')).toEqual(['没有规则监听事件 ticket.created。']);
    expect(await told('en', rule(conditions, { enabled: false }))).toEqual([
      'Rule "A rule" is switched off.',
    ]);
    expect(await told('en', rule({ all: [] }))).toEqual([
      'Rule "A rule" could not be judged: The rule a group is empty.',
    ]);
  });

  it('says when a rule will match, and what another fact was', async () => {
    const old = { fact: 'ticket.createdAt', operator: 'olderThan', value: '90m' };
    const mine = { fact: 'ticket.assigneeId', operator: 'notEqual', value: { fact: 'actor.id' } };
    expect(await told('en', rule({ all: [old, mine] }))).toEqual([
      'Rule "A rule" did not match.',
      '  all of these – false',
      '    condition 1 false: created at seen 2026-07-20T09:00:00.000Z, wanted: is older than 90m',
      '    condition 2 true: agent id of the assignee seen a1, wanted: is not c-1 (id of the actor)',
      'It will match at 2026-07-20T10:30:00.000Z if nothing else changes; it is judged again then.',
    ]);
  });

  it('names the rule whose conditions are used, and survives names that are gone', () => {
    const lines = explainRule(
      {
        ruleId: 'a',
        name: 'A',
        matched: true,
        trace: {
          condition: 'b',
          is: { fact: 'gone', operator: 'was', wanted: 1, seen: { from: null, to: [1] }, result: true },
          result: true,
        },
      },
      'en',
    );
    expect(lines).toEqual([
      'Rule "A" matched.',
      '  the conditions of rule b – true',
      '    condition 1 true: gone seen nothing → [1], wanted: was 1',
    ]);
  });
});
