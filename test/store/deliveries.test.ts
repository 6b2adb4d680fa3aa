import { UNDECIDED, type Delivery, type Store } from '../../store';
import { delivery, openTestStore, uniqueId, type TestStore } from './fixture';

let opened: TestStore;
let deliveries: Store['deliveries'];
beforeAll(async () => {
  opened = await openTestStore();
  ({ deliveries } = opened.store);
});
afterAll(() => opened.end());

async function planned(fields: Partial<Delivery> = {}): Promise<Delivery> {
  const record = delivery(fields);
  await deliveries.plan([record]);
  return record;
}
const stateOf = async (id: string): Promise<string | undefined> => (await deliveries.get(id))?.state;

test('a planned delivery reads back as it was written', async () => {
  const record = await planned();
  expect(await deliveries.get(record.id)).toEqual(record);
  expect(await deliveries.getMany([record.id, 'x'])).toEqual([record]);
  expect(await deliveries.byUuid(record.dockingId, record.uuid)).toEqual(record);
  expect(await deliveries.byUuid('elsewhere', record.uuid)).toBeNull();
  expect(await deliveries.get('x')).toBeNull();
});

test('planning again changes nothing and tells under which id each is known', async () => {
  const first = await planned();
  await deliveries.claim(first.id);
  const repeated = { ...delivery({ uuid: first.uuid }), id: uniqueId('other') };
  const fresh = delivery();
  expect(await deliveries.plan([repeated, fresh])).toMatchObject([{ id: first.id }, { id: fresh.id }]);
  expect(await deliveries.get(repeated.id)).toBeNull();
  expect(await stateOf(first.id)).toBe('sending');
  expect(await deliveries.plan([])).toEqual([]);
});

test('the same plan many times at once makes one delivery each', async () => {
  const plan = [delivery(), delivery(), delivery()];
  const ids = plan.map(({ id }) => id);
  const answers = await Promise.all(Array.from({ length: 8 }, () => deliveries.plan(plan)));
  for (const answer of answers) expect(answer.map(({ id }) => id)).toEqual(ids);
  expect(await deliveries.getMany(ids)).toHaveLength(3);
});

test('of many who claim at once exactly one may send', async () => {
  const { id } = await planned();
  const claims = await Promise.all(Array.from({ length: 12 }, () => deliveries.claim(id)));
  const [won] = claims.filter((claim) => claim !== null);
  expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  expect(won).toMatchObject({ id, state: 'sending', attempts: 1 });
  expect(won?.firstAttemptAt).toBeInstanceOf(Date);
});

test('an outcome that is unknown or refused for now is claimed again; the first attempt keeps its time', async () => {
  const { id } = await planned();
  const first = await deliveries.claim(id);
  await deliveries.settle(id, { state: 'unknown', reason: 'answer-lost', logId: 'log-1' });
  const second = await deliveries.claim(id);
  expect(second).toMatchObject({ attempts: 2, firstAttemptAt: first?.firstAttemptAt, reason: 'answer-lost' });
  await deliveries.settle(id, { state: 'planned', reason: 'rate' });
  expect(await deliveries.claim(id)).toMatchObject({
    attempts: 3,
    firstAttemptAt: first?.firstAttemptAt,
    reason: 'rate',
  });
});

test.each(['sent', 'failed', 'needs-attention'] as const)('a delivery that is %s is over', async (state) => {
  const { id } = await planned();
  await deliveries.claim(id);
  expect(await deliveries.settle(id, { state })).toBe(true);
  expect(await deliveries.claim(id, { takeOverAfterMs: 0 })).toBeNull();
  expect(await deliveries.settle(id, { state: 'unknown' })).toBe(false);
  expect(await stateOf(id)).toBe(state);
});

test('of two outcomes told at once one is kept', async () => {
  const { id } = await planned();
  await deliveries.claim(id);
  const told = await Promise.all([
    deliveries.settle(id, { state: 'sent', messageId: 'om-1' }),
    deliveries.settle(id, { state: 'failed', reason: 'x' }),
  ]);
  expect(told.filter(Boolean)).toHaveLength(1);
});

test('what was sent keeps its proof', async () => {
  const { id } = await planned();
  await deliveries.claim(id);
  const sentAt = new Date('2026-11-20T08:01:00Z');
  const proof = { messageId: 'om-1', logId: 'log-2', carriedBy: 'message' as const, sentAt };
  await deliveries.settle(id, { state: 'sent', ...proof });
  expect(await deliveries.get(id)).toMatchObject({ state: 'sent', reason: null, ...proof });
});

test('retries that were given up are parked, from any state that is not final', async () => {
  const { id } = await planned();
  await deliveries.claim(id);
  await deliveries.settle(id, { state: 'planned', reason: 'outage' });
  expect(await deliveries.settle(id, { state: 'needs-attention', reason: 'gave-up' })).toBe(true);
  expect(await deliveries.get(id)).toMatchObject({ state: 'needs-attention', reason: 'gave-up' });
});

test('a sender that died is taken over after its time, by one', async () => {
  const { id } = await planned();
  await deliveries.claim(id);
  expect(await deliveries.claim(id)).toBeNull();
  expect(await deliveries.claim(id, { takeOverAfterMs: 60_000 })).toBeNull();
  expect(await deliveries.claim(id, { takeOverAfterMs: 0 })).toMatchObject({ attempts: 2, state: 'sending' });
});

test('a sender that was overtaken changes nothing when it names its attempt', async () => {
  const { id } = await planned();
  const slow = await deliveries.claim(id);
  const fast = await deliveries.claim(id, { takeOverAfterMs: 0 });
  expect(await deliveries.settle(id, { state: 'failed' }, slow?.attempts)).toBe(false);
  expect(await deliveries.settle(id, { state: 'sent' }, fast?.attempts)).toBe(true);
});

test('those that hang while sending are found', async () => {
  const { id } = await planned();
  await deliveries.claim(id);
  const hanging = async (olderThanMs: number): Promise<string[]> =>
    (await deliveries.stuckSending(olderThanMs)).map((stuck) => stuck.id);
  expect(await hanging(60_000)).not.toContain(id);
  expect(await hanging(-1000)).toContain(id);
});

test.each([
  ['of which nothing is out', { reason: 'for-now:rate', nothingIsOut: true }],
  ['of which nobody could tell, by decision of a person', { reason: UNDECIDED }],
])(
  'a delivery %s is replayed under the same uuid with a new hour; a sent one never',
  async (_what, result) => {
    const { id, uuid } = await planned();
    await deliveries.claim(id);
    await deliveries.settle(id, { state: 'needs-attention', ...result });
    expect(await deliveries.replay(id)).toBe(true);
    expect(await deliveries.get(id)).toMatchObject({
      state: 'planned',
      reason: null,
      uuid,
      firstAttemptAt: null,
    });
    expect(await deliveries.replay(id)).toBe(false);
    await deliveries.claim(id);
    await deliveries.settle(id, { state: 'sent' });
    expect(await deliveries.replay(id)).toBe(false);
    expect(await deliveries.claim(id)).toBeNull();
  },
);

test('what may be out keeps its hour through refusals and a replay; what is known not to be does not', async () => {
  const { id } = await planned();
  const first = await deliveries.claim(id);
  await deliveries.settle(id, { state: 'unknown', reason: 'answer-lost' });
  const second = await deliveries.claim(id);
  expect([first?.earlierMayBeOut, second?.earlierMayBeOut]).toEqual([false, true]);
  await deliveries.settle(id, { state: 'needs-attention', reason: 'feishu:99991672' });
  await deliveries.replay(id);
  expect(await deliveries.claim(id)).toMatchObject({
    firstAttemptAt: first?.firstAttemptAt,
    earlierMayBeOut: true,
  });
});

test('a read receipt marks every delivery of that message and person, once', async () => {
  const messageId = uniqueId('om');
  const mine = [
    await planned({ messageId, employeeId: 'ou-1' }),
    await planned({ messageId, employeeId: 'ou-1' }),
  ];
  const other = await planned({ messageId, employeeId: 'ou-2' });
  const at = new Date('2026-11-20T10:00:00Z');
  const read = await deliveries.markRead(messageId, 'ou-1', at);
  expect(read.map(({ id }) => id).sort()).toEqual(mine.map(({ id }) => id).sort());
  expect(read.every(({ readAt }) => readAt?.getTime() === at.getTime())).toBe(true);
  expect(await deliveries.markRead(messageId, 'ou-1', new Date())).toEqual([]);
  expect((await deliveries.get(mine[0]!.id))?.readAt).toEqual(at);
  expect((await deliveries.get(other.id))?.readAt).toBeNull();
});

test('the living card is the latest message about the ticket that this person got', async () => {
  const dockingId = uniqueId('dk');
  const card = { dockingId, ticketId: 't-9', employeeId: 'ou-9', state: 'sent' as const };
  const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 20, 8, minute));
  expect(await deliveries.livingCard(dockingId, 't-9', 'ou-9')).toBeNull();
  await planned({ ...card, carriedBy: 'message', messageId: 'om-1', plannedAt: at(1) });
  const latest = await planned({ ...card, carriedBy: 'message', messageId: 'om-2', plannedAt: at(2) });
  await planned({ ...card, carriedBy: 'update', messageId: 'om-2', plannedAt: at(3) });
  await planned({ ...card, state: 'failed', plannedAt: at(4) });
  expect(await deliveries.livingCard(dockingId, 't-9', 'ou-9')).toEqual(latest);
  expect(await deliveries.livingCard(dockingId, 't-9', 'ou-1')).toBeNull();
});

test('the list is filtered, latest planned first', async () => {
  const dockingId = uniqueId('dk');
  const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 20, 8, minute));
  const one = await planned({
    dockingId,
    plannedAt: at(1),
    ticketId: 't-1',
    agentId: 'a-1',
    employeeId: 'ou-1',
  });
  const two = await planned({
    dockingId,
    plannedAt: at(2),
    ticketId: 't-2',
    agentId: 'a-2',
    employeeId: 'ou-2',
  });
  await deliveries.claim(two.id);
  const listed = async (query: Parameters<typeof deliveries.list>[1]): Promise<string[]> =>
    (await deliveries.list(dockingId, query)).items.map(({ id }) => id);
  expect(await listed({})).toEqual([two.id, one.id]);
  expect(await listed({ state: 'planned' })).toEqual([one.id]);
  expect(await listed({ ticketId: 't-2' })).toEqual([two.id]);
  expect(await listed({ agentId: 'a-1' })).toEqual([one.id]);
  expect(await listed({ employeeId: 'ou-2' })).toEqual([two.id]);
  expect(await listed({ employeeId: 'ou-2', state: 'planned' })).toEqual([]);
  expect(await deliveries.counts(dockingId)).toEqual({ planned: 1, sending: 1 });
});

test('of all that one message carried the one that it shows comes first, and what it shows never shrinks', async () => {
  const messageId = uniqueId('om');
  const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 20, 8, minute));
  const sent = { messageId, employeeId: 'ou-1', state: 'sent' as const };
  const first = await planned({ ...sent, sentAt: at(1) });
  const second = await planned({ ...sent, sentAt: at(2) });
  await planned({ ...sent, employeeId: 'ou-2', sentAt: at(3) });
  const order = async (): Promise<string[]> =>
    (await deliveries.onMessage(messageId, 'ou-1')).map(({ id }) => id);
  expect(await order()).toEqual([second.id, first.id]);
  await deliveries.noteShown(first.id, { events: 3, at: at(4) });
  expect(await order()).toEqual([first.id, second.id]);
  await deliveries.noteShown(first.id, { events: 2, at: at(5) });
  expect((await deliveries.get(first.id))?.shown).toEqual({ events: 3, at: at(4) });
});

test('a cursor with a text where a time belongs is refused, not sent to the database', async () => {
  const cursor = Buffer.from(JSON.stringify(['a', 'b'])).toString('base64url');
  await expect(deliveries.list(uniqueId('dk'), { cursor })).rejects.toMatchObject({ name: 'InvalidCursor' });
});
