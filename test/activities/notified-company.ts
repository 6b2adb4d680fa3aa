/** A live docking of a simulated company in which one ticket event has one card due. */
import { createIntake } from '../../intake';
import type { Delivery } from '../../store';
import { setRules, rule, seat, ticketEvent } from '../intake/desk';
import { openCompany, type Company, type SimulatedPerson } from '../workflows/company';

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

/** For all tests of a file: one company, without faults before each. */
export function notifiedCompany(use: (company: Company) => void): void {
  let company: Company;
  beforeAll(async () => {
    company = await openNotifiedCompany();
    use(company);
  });
  afterAll(() => company?.close());
  beforeEach(async () => {
    await company.control('DELETE', '/faults');
  });
}

let nobodyElse = 0;

/** Somebody who was told nothing yet: tests of one file do not see each other's messages. */
export async function somebodyElse(company: Company): Promise<SimulatedPerson> {
  const active = (await company.people()).filter(({ status }) => status === 'active');
  const somebody = active[nobodyElse];
  nobodyElse += 1;
  if (!somebody) throw new Error('the company has nobody left');
  return somebody;
}

/** Every card goes to a person of its own. */
export async function dueCard(
  company: Company,
  ticket: Parameters<typeof ticketEvent>[0] = {},
  /** Of the rule that tells. */
  fields: Parameters<typeof rule>[0] = {},
): Promise<Due> {
  const dockingId = await company.freshDocking();
  const somebody = await somebodyElse(company);
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
