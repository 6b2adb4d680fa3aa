/** What may have changed while a card waited. */
import { createNotificationActivities } from '../../activities/notification';
import { createIntake } from '../../intake';
import { rule, seat, setRules, ticketEvent } from '../intake/desk';
import type { Company } from '../workflows/company';
import { openNotifiedCompany, type SentMessage } from './notified-company';

let company: Company;
let nobodyElse = 40;
beforeAll(async () => {
  company = await openNotifiedCompany();
});
afterAll(() => company?.close());

/** A rule that changes the card of the same ticket within the hour, and a person it tells. */
async function desk() {
  const { store } = company;
  const dockingId = await company.freshDocking();
  const person = (await company.people()).filter(({ status }) => status === 'active')[(nobodyElse -= 1)];
  if (!person) throw new Error('the company has nobody left');
  await seat(store, dockingId, [person.openId]);
  const replies = rule({
    triggers: ['ticket.replied_by_customer'],
    conditions: { all: [{ fact: 'ticket.id', operator: 'isNotEmpty' }] },
    timing: { card: 'update' },
  });
  await setRules(store, dockingId, [replies]);
  const intake = createIntake(store, () => new Date());
  const activities = createNotificationActivities(company.ports);
  const replied = async (version: number): Promise<string> => {
    const docking = await store.dockings.require(dockingId);
    const event = ticketEvent(
      { id: 't1', version, contentExcerpt: null },
      {
        type: 'ticket.replied_by_customer',
        occurredAt: `2026-11-25T08:00:0${version}Z`,
        actor: { type: 'customer', id: 'c1' },
        reply: { public: true, excerpt: `reply ${version}`, attachments: [], mentionedAgentIds: [] },
      },
    );
    const { deliveryIds } = await intake.take(docking, event, 'api');
    return deliveryIds[0] ?? '';
  };
  const tell = async (id: string) => {
    await activities.deliverAtOnce(dockingId, [id]);
    return store.deliveries.get(id);
  };
  const messages = async (): Promise<SentMessage[]> =>
    (await company.control<{ items: SentMessage[] }>('GET', `/messages?receiver=${person.openId}`)).items;
  return { store, dockingId, replied, tell, messages, replies };
}

test('a reply that comes late does not take the place of a newer one on the card', async () => {
  const { replied, tell, messages } = await desk();
  await tell(await replied(1));
  await tell(await replied(3));
  const late = await tell(await replied(2));
  expect(late).toMatchObject({ state: 'sent', carriedBy: 'update' });
  const [card, ...more] = await messages();
  expect(more).toEqual([]);
  expect(card?.updates.at(-1)?.content).toContain('reply 3');
  await tell(await replied(4));
  expect((await messages())[0]?.updates.at(-1)?.content).toContain('reply 4');
});

test.each([
  ['reminders', 'reminders-off', (enabled: boolean) => ({ enabled, rule: true })],
  ['its rule', 'rule-off', (enabled: boolean) => ({ enabled: true, rule: enabled })],
] as const)(
  'a card that waited is not sent when %s was switched off meanwhile',
  async (_what, reason, to) => {
    const { store, dockingId, replied, tell, messages, replies } = await desk();
    const id = await replied(1);
    await store.deliveries.claim(id);
    await store.deliveries.settle(id, { state: 'planned', reason: 'for-now:rate', nothingIsOut: true });
    const off = to(false);
    const { version } = await store.reminders.get(dockingId);
    const rules = [{ ...replies, enabled: off.rule }];
    await store.reminders.save(dockingId, version, { enabled: off.enabled, rules }, 'test');
    expect(await tell(id)).toMatchObject({ state: 'failed', reason });
    expect(await messages()).toEqual([]);
  },
);
