/** One living card per ticket and person: changed in place while it is fresh, a new bubble when attention is needed. */
import { createNotificationActivities } from '../../activities/notification';
import { createIntake } from '../../intake';
import type { Timing } from '../../rules';
import { rule, seat, setRules, ticketEvent } from '../intake/desk';
import { uniqueId } from '../store/fixture';
import type { Company } from '../workflows/company';
import { notifiedCompany, somebodyElse, type SentMessage } from './notified-company';

const DAY_MS = 86_400_000;

let company: Company;
notifiedCompany((opened) => (company = opened));

/** One ticket of one person, whose events each have a card of their own, by a rule with this timing. */
async function ticketOfOnePerson(timing: Timing) {
  const { store, ports } = company;
  const dockingId = await company.freshDocking();
  const somebody = await somebodyElse(company);
  await seat(store, dockingId, [somebody.openId]);
  await setRules(store, dockingId, [
    rule({ triggers: ['ticket.replied_by_customer'], timing }),
    rule({ id: 'r2', triggers: ['ticket.escalated'], timing, urgency: 'urgent' }),
  ]);
  const docking = await store.dockings.require(dockingId);
  const ticketId = uniqueId('t');
  let version = 0;
  /** What a customer wrote, and so many days later it is sent. */
  const says = async (excerpt: string, { days = 0 } = {}) => {
    version += 1;
    const now = () => new Date(Date.now() + days * DAY_MS);
    const event = ticketEvent(
      { id: ticketId, version },
      { type: 'ticket.replied_by_customer', reply: { excerpt, attachments: [], mentionedAgentIds: [] } },
    );
    const { deliveryIds } = await createIntake(store, now).take(docking, event, 'api');
    await createNotificationActivities({ ...ports, now }).deliverAtOnce(dockingId, deliveryIds);
    return deliveryIds[0] ?? '';
  };
  const escalates = async (excerpt: string) => {
    version += 1;
    const event = ticketEvent(
      { id: ticketId, version, contentExcerpt: excerpt },
      { type: 'ticket.escalated' },
    );
    const { deliveryIds } = await createIntake(store, ports.now).take(docking, event, 'api');
    await createNotificationActivities(ports).deliverAtOnce(dockingId, deliveryIds);
  };
  const messages = async (): Promise<SentMessage[]> =>
    (await company.control<{ items: SentMessage[] }>('GET', `/messages?receiver=${somebody.openId}`)).items;
  const clicked = async (deliveryId: string) => {
    const id = `${deliveryId}:acknowledge`;
    const about = { dockingId, deliveryId, ticketId, employeeId: somebody.openId, agentId: 'a1' };
    const action = 'acknowledge' as const;
    await store.clicks.ask({ id, ...about, action, text: null, minutes: null, askedAt: new Date() });
    await createNotificationActivities(ports).carryOutClick(id);
  };
  return { says, escalates, messages, clicked };
}

test('a rule that is content with an update changes the card, and takes clicks on the newest', async () => {
  const { says, messages } = await ticketOfOnePerson({ card: 'update' });
  const first = await says('Hello?');
  const second = await says('Anybody there?');
  expect(second).not.toBe(first);
  const [message, ...more] = await messages();
  expect(more).toEqual([]);
  expect(message?.updates).toHaveLength(1);
  expect(message?.content).toContain('Anybody there?');
  expect(message?.content).toContain(`"n":"${second}"`);
});

test('a rule that asks for attention, and what is urgent, is a new bubble', async () => {
  const asks = await ticketOfOnePerson({});
  await asks.says('Hello?');
  await asks.says('Anybody there?');
  expect(await asks.messages()).toHaveLength(2);
  const urgent = await ticketOfOnePerson({ card: 'update' });
  await urgent.says('Hello?');
  await urgent.escalates('It burns');
  expect(await urgent.messages()).toHaveLength(2);
});

test.each([
  [13, 1],
  [14, 2],
])('%i days later there are %i bubbles', async (days, bubbles) => {
  const { says, messages } = await ticketOfOnePerson({ card: 'update' });
  await says('Hello?');
  await says('Anybody there?', { days: days - 0.1 });
  expect(await messages()).toHaveLength(bubbles);
});

test('events within a short window are one card, one after it a new bubble', async () => {
  const { says, messages } = await ticketOfOnePerson({ coalesceSeconds: 600 });
  await says('Hello?');
  await says('Anybody there?');
  expect(await messages()).toHaveLength(1);
  await says('Well?', { days: 1 });
  expect(await messages()).toHaveLength(2);
});

test.each([230031, 230011, 230110])(
  'a card that cannot be changed (%i) is followed by a new one',
  async (code) => {
    const { says, messages } = await ticketOfOnePerson({ card: 'update' });
    await says('Hello?');
    await company.control('POST', '/faults', {
      method: 'PATCH',
      path: '/open-apis/im/v1/messages/:id',
      times: 1,
      effect: 'code',
      code,
    });
    await says('Anybody there?');
    expect(await messages()).toHaveLength(2);
  },
);

test('the outcome of a click on the card of before leaves the newer text', async () => {
  const { says, messages, clicked } = await ticketOfOnePerson({ card: 'update' });
  const first = await says('Hello?');
  await says('Anybody there?');
  await clicked(first);
  const [message] = await messages();
  expect(message?.content).toContain('Anybody there?');
  expect(message?.content).toContain('已知晓');
  await says('Thanks');
  const [again, ...more] = await messages();
  expect(more).toEqual([]);
  // News takes clicks again.
  expect(again?.content).toContain('Thanks');
  expect(again?.content).toContain('"callback"');
});
