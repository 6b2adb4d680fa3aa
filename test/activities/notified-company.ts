/** A live docking of a simulated company in which one ticket event has one card due. */
import { createIntake } from '../../intake';
import type { Delivery } from '../../store';
import { setRules, rule, seat, ticketEvent } from '../intake/desk';
import { openCompany, type Company } from '../workflows/company';

export interface SentMessage {
  messageId: string;
  uuid: string;
  msgType: string;
  content: string;
  updates: { content: string }[];
}

/** What a test needs to send one card and see what became of it. */
export interface Due {
  dockingId: string;
  deliveryId: string;
  employeeId: string;
  /** The platform's userId of the receiver. */
  userId: string;
  delivery: () => Promise<Delivery>;
  messages: () => Promise<SentMessage[]>;
  /** One more card for the same person, about another ticket. */
  another(): Promise<Due>;
}

const SEND = { method: 'POST', path: '/open-apis/im/v1/messages' };

export async function openNotifiedCompany(): Promise<Company> {
  return openCompany({ employees: 60, departments: 4, agents: 3 });
}

let nobodyElse = 0;

/** Every card goes to a person of its own, so that tests of one file do not see each other's messages. */
export async function dueCard(
  company: Company,
  ticket: Parameters<typeof ticketEvent>[0] = {},
  /** Of the rule that tells. */
  fields: Parameters<typeof rule>[0] = {},
): Promise<Due> {
  const dockingId = await company.freshDocking();
  const active = (await company.people()).filter(({ status }) => status === 'active');
  const somebody = active[nobodyElse];
  if (!somebody) throw new Error('the company has nobody left');
  nobodyElse += 1;
  await seat(company.store, dockingId, [somebody.openId]);
  await setRules(company.store, dockingId, [rule(fields)]);
  const docking = await company.store.dockings.require(dockingId);
  const intake = createIntake(company.store, () => new Date());
  const card = async (about: Parameters<typeof ticketEvent>[0]): Promise<Due> => {
    const { deliveryIds } = await intake.take(docking, ticketEvent(about), 'api');
    const [deliveryId = ''] = deliveryIds;
    return { ...due, deliveryId, delivery: () => deliveryOf(company, deliveryId) };
  };
  const due: Omit<Due, 'deliveryId' | 'delivery'> = {
    dockingId,
    employeeId: somebody.openId,
    userId: somebody.userId,
    async messages() {
      const query = `/messages?receiver=${somebody.openId}`;
      return (await company.control<{ items: SentMessage[] }>('GET', query)).items;
    },
    another: () => card({ id: 't2', code: 'T-2' }),
  };
  return card(ticket);
}

async function deliveryOf(company: Company, deliveryId: string): Promise<Delivery> {
  const found = await company.store.deliveries.get(deliveryId);
  if (!found) throw new Error('no card is due');
  return found;
}

/** Spoils the next `times` sends. */
export async function spoilSends(company: Company, fault: Record<string, unknown>, times = 1): Promise<void> {
  await company.control('POST', '/faults', { ...SEND, times, ...fault });
}
