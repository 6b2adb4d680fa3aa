/** When the first response counts as given. */
import { HOUR, MINUTE, openDueDesks, type DueDesks } from './due-desk';

let desks: DueDesks;
beforeAll(async () => {
  desks = await openDueDesks();
});
beforeEach(() => desks.set(new Date('2026-11-25T08:00:00Z')));
afterAll(() => desks?.opened.end());

const created = { type: 'ticket.created' } as const;
const agent = { type: 'agent', id: 'a1' } as const;
const reply = (isPublic: boolean | null) => ({ public: isPublic, attachments: [], mentionedAgentIds: [] });
const answer = { type: 'ticket.replied_by_agent', actor: agent, reply: reply(true) } as const;
const due = () => ({ statusType: 'new' as const, firstResponseDueAt: desks.after(2 * HOUR) });
const metrics = (deadlines: readonly object[] | null) =>
  deadlines && [...new Set(deadlines.map((one) => 'metric' in one && one.metric))];

test('a public reply calls the first response off, although the status stays new, and for good', async () => {
  const at = await desks.desk();
  const ticket = { ...due(), dueAt: desks.after(5 * HOUR) };
  expect(metrics((await at.take(ticket, created)).deadlines)).toContain('first_response');
  const answered = await at.take(ticket, answer);
  expect(answered.handOver).toBe(true);
  expect(metrics(answered.deadlines)).not.toContain('first_response');
  expect(answered.deadlines).toHaveLength(3); // the solution's
  expect(await at.take(ticket)).toMatchObject({ handOver: false, deadlines: null });
  expect(await at.take(ticket, answer)).toMatchObject({ deadlines: null });
  desks.set(new Date(desks.now().getTime() + 2 * HOUR + MINUTE));
  expect(await at.take(ticket)).toMatchObject({ deadlines: null });
  expect(await at.cards()).toEqual([]);
});

test('a reply of which we hear first is remembered, also when the due time moves later', async () => {
  const at = await desks.desk();
  expect((await at.take(due(), answer)).deadlines).toEqual([]);
  const moved = { ...due(), firstResponseDueAt: desks.after(4 * HOUR) };
  expect(await at.take(moved)).toMatchObject({ handOver: false, deadlines: null });
});

test.each([
  ['an internal note', { ...answer, reply: reply(false) }],
  ['the reply of an automation', { ...answer, actor: { type: 'automation' as const } }],
  ['what the customer writes', { type: 'ticket.replied_by_customer' as const }],
])('%s is no response', async (_what, fields) => {
  const at = await desks.desk();
  await at.take(due(), created);
  expect(await at.take(due(), fields)).toMatchObject({ deadlines: null });
});

test('a ticket that has no first response to give is not handed over because of a reply', async () => {
  const at = await desks.desk();
  expect(await at.take({ statusType: 'new' }, answer)).toMatchObject({ handOver: false, deadlines: null });
});

test('a reply that comes late is the first response all the same', async () => {
  const at = await desks.desk();
  const ticket = { ...due(), version: 1 };
  await at.take(ticket, created);
  await at.take({ ...ticket, version: 3 }, { type: 'ticket.priority_changed' });
  const late = await at.take({ ...ticket, version: 2 }, answer);
  expect(late).toMatchObject({ handOver: true, deadlines: [] });
  expect(await at.take({ ...ticket, version: 4 })).toMatchObject({ deadlines: null });
});
