/** What cards about due times say, beside what every card says. */
import { cardModel } from '../../intake';
import { docking } from '../store/fixture';
import { ticketEvent } from './desk';

type Event = ReturnType<typeof ticketEvent>;

const due = { firstResponseDueAt: '2026-11-25T02:30:00Z', dueAt: '2026-11-26T17:05:00Z' };
const FIRST = { label: { en: 'First response due', zh: '首次响应截止' }, value: '11-25 10:30' };
const SOLUTION = { label: { en: 'Solution due', zh: '解决截止' }, value: '11-27 01:05' };

const factsOf = (events: Event[], at = docking()) => {
  const records = events.map((envelope) => ({ envelope, verdict: null }));
  return cardModel(at, { id: 'd1', ruleIds: ['r1'], urgency: 'routine' }, { records }, []).facts;
};
const breached = (metric: string, dueAt: string | null = null): Event =>
  ticketEvent(due, { type: 'ticket.sla_breached', sla: { metric, dueAt, state: 'breached' } });

test('two cards of one ticket name the due time that they are about, on the company’s clock', () => {
  expect(factsOf([breached('first_response', due.firstResponseDueAt)])).toEqual([FIRST]);
  expect(factsOf([breached('solution', due.dueAt)])).toEqual([SOLUTION]);
  const berlin = docking({ calendar: { timeZone: 'Europe/Berlin', workingHours: {}, holidays: [] } });
  expect(factsOf([breached('solution')], berlin)).toEqual([{ ...SOLUTION, value: '11-26 18:05' }]);
});

test('what the event leaves out is the ticket’s; overdue is the solution, and is not said twice', () => {
  const overdue = ticketEvent(due, { type: 'ticket.overdue' });
  expect(factsOf([overdue])).toEqual([SOLUTION]);
  expect(factsOf([breached('solution'), overdue])).toEqual([SOLUTION]);
  expect(factsOf([breached('solution'), breached('first_response')])).toEqual([FIRST, SOLUTION]);
});

test('another metric of a source is named as it is, also without a time', () => {
  const label = { en: 'Due (periodic_update)', zh: '截止（periodic_update）' };
  expect(factsOf([breached('periodic_update')])).toEqual([
    { label, value: { en: 'not told', zh: '未提供' } },
  ]);
  expect(factsOf([ticketEvent({}, { type: 'ticket.sla_breached' })])).toEqual([]);
});

test('cards about anything else do not speak of due times', () => {
  expect(factsOf([ticketEvent(due)])).toEqual([]);
});
