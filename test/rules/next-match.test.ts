import { compileRules, evaluate, explainRule, factsFor, type ReminderRule } from '../../rules';
import { rule, ticketEvent } from './fixtures';

const weekdays = { 1: [['09:00', '18:00']], 2: [['09:00', '18:00']], 5: [['09:00', '18:00']] } as const;
/** 2026-07-20 is a Monday. */
const calendar = { timeZone: 'Asia/Shanghai', workingHours: weekdays, holidays: ['2026-07-21'] };
const shanghai = (clock: string, date = '2026-07-20'): Date => new Date(`${date}T${clock}:00+08:00`);
const waited = { fact: 'ticket.createdAt', operator: 'olderThan', value: '10m' };
const during = (workingHours: boolean) => ({
  fact: 'calendar.workingHours',
  operator: 'equal',
  value: workingHours,
});

async function judgedAt(now: Date, conditions: object, ticket: object = {}) {
  const compiled = compileRules({ version: 1, rules: [rule(conditions as ReminderRule['conditions'])] });
  const event = ticketEvent({}, { createdAt: now.toISOString(), ...ticket });
  const [verdict] = (await evaluate(compiled, factsFor(event, { now, calendar }))).rules;
  if (!verdict) throw new Error('the rule listens');
  return verdict;
}
const againAt = async (...asked: Parameters<typeof judgedAt>): Promise<string | undefined> =>
  (await judgedAt(...asked)).checkAgainAt;

describe('a rule that waits and asks the calendar', () => {
  const atWork = { all: [waited, during(true)] };

  it('is judged by the calendar of the moment when it would match', async () => {
    expect(await againAt(shanghai('08:55'), atWork)).toBe(shanghai('09:05').toISOString());
  });

  it('waits on until the calendar agrees', async () => {
    expect(await againAt(shanghai('08:30'), atWork)).toBe(shanghai('09:00').toISOString());
    // Tuesday is a holiday, the next working day is Friday.
    expect(await againAt(shanghai('17:55'), atWork)).toBe(shanghai('09:00', '2026-07-24').toISOString());
    expect(await againAt(shanghai('09:30'), { all: [waited, during(false)] })).toBe(
      shanghai('18:00').toISOString(),
    );
  });

  it('knows the hours and days that it asks for', async () => {
    const at = (fact: string, value: unknown): object => ({
      all: [waited, { fact: `calendar.${fact}`, operator: 'equal', value }],
    });
    expect(await againAt(shanghai('10:00'), at('hour', 13))).toBe(shanghai('13:00').toISOString());
    expect(await againAt(shanghai('10:00'), at('weekday', 3))).toBe(
      shanghai('00:00', '2026-07-22').toISOString(),
    );
  });

  it('does not wait for what time does not bring', async () => {
    const urgent = { fact: 'ticket.priority', operator: 'equal', value: 'urgent' };
    expect(await againAt(shanghai('08:55'), { all: [waited, during(true), urgent] })).toBeUndefined();
  });

  it('is judged when its event happens and never again where it waits for nothing but the calendar', async () => {
    expect(await againAt(shanghai('08:55'), { all: [during(true)] })).toBeUndefined();
  });
});

test.each(['solved', 'closed', 'deleted'])(
  'of a ticket that is %s it is not promised that a rule is judged again, and why is said',
  async (statusType) => {
    const verdict = await judgedAt(shanghai('10:00'), { all: [waited] }, { statusType });
    expect(verdict).toMatchObject({ matched: false, finished: true });
    expect(verdict.checkAgainAt).toBeUndefined();
    expect(explainRule(verdict, 'en').at(-1)).toBe(
      'Only time is missing, but the ticket is finished: it is not judged again.',
    );
    expect(explainRule(verdict, 'zh').at(-1)).toBe('只是时间未到，但工单已结束，不再重新判断。');
  },
);
