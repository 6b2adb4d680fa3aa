/** A simulated Sobot and its adapter, the same again before each test. */
import type { TicketSystem } from '../../tickets';
import { startCompany, type Company } from './company';

type Sobot = NonNullable<ReturnType<Company['simulator']['world']['systems']['get']>>;
type Inside<Kept extends 'tickets' | 'agents'> = Sobot[Kept] extends Map<string, infer One> ? One : never;

export interface SobotCompany {
  switched: (switches: object) => Promise<unknown>;
  newTicket: (body?: object) => Promise<string>;
  /** As Sobot itself knows it. */
  inside: (ticketId: string) => Inside<'tickets'>;
  activeAgents: () => Inside<'agents'>[];
}

export function sobotCompany(
  use: (ground: { company: Company; system: TicketSystem }) => void,
): SobotCompany {
  let company: Company;
  beforeAll(async () => {
    company = await startCompany();
  });
  afterAll(() => company.close());
  beforeEach(() => {
    company.reset();
    use({ company, system: company.sobotSystem() });
  });
  const sobot = (): Sobot | undefined => company.simulator.world.systems.get('sobot');
  return {
    switched: (switches) => company.control('PATCH', '/switches', switches),
    newTicket: async (body = {}) =>
      (await company.control<{ ticketId: string }>('POST', '/tickets?system=sobot', body)).ticketId,
    inside(ticketId) {
      const ticket = sobot()?.tickets.get(ticketId);
      if (!ticket) throw new Error('no ticket');
      return ticket;
    },
    activeAgents: () => [...(sobot()?.agents.values() ?? [])].filter(({ status }) => status === 'active'),
  };
}
