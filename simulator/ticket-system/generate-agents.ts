import type { AgentStatus, Colleague, TicketAgent, TicketSystem } from './types';
import type { TicketWorld } from './world';

/** How an agent's data relates to the company's people; automatic binding must tell all of these apart. */
type Kinship = 'both' | 'mobile' | 'email' | 'nobody' | 'shared-email' | 'cross' | 'same-mobile';

/** Dealt out in this order and again from the start, so that a dozen agents already show every case. */
const DEAL: Kinship[] = [
  'both',
  'mobile',
  'email',
  'mobile',
  'nobody',
  'both',
  'cross',
  'email',
  'shared-email',
  'mobile',
  'both',
  'same-mobile',
  'mobile',
  'email',
  'mobile',
  'both',
  'email',
  'mobile',
  'both',
  'mobile',
];
/** Where in the deal an agent is not simply active. */
const STATUS_AT: Record<number, AgentStatus> = {
  7: 'inactive',
  12: 'disabled',
  16: 'deleted',
  19: 'disabled',
};

const MOBILE_NOTATIONS: ((digits: string, country: string) => string)[] = [
  (digits) => digits,
  (digits, country) => `+${country}${digits}`,
  (digits, country) => `+${country} ${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`,
  (digits) => `${digits.slice(0, 3)}-${digits.slice(3, 7)}-${digits.slice(7)}`,
  (digits, country) => `00${country}${digits}`,
];

const EMAIL_NOTATIONS: ((email: string) => string)[] = [
  (email) => email,
  (email) => email.toUpperCase(),
  (email) => email.replace(/^./, (first) => first.toUpperCase()),
];

/** Chinese numbers lose their country code in some notations; others keep E.164, as people write them abroad. */
function noted(mobile: string, index: number): string {
  const chinese = /^\+86(\d{11})$/.exec(mobile)?.[1];
  if (chinese === undefined) return mobile;
  return (MOBILE_NOTATIONS[index % MOBILE_NOTATIONS.length] ?? String)(chinese, '86');
}

function notedEmail(email: string, index: number): string {
  return (EMAIL_NOTATIONS[index % EMAIL_NOTATIONS.length] ?? String)(email);
}

/** Hands out each colleague once, in an order of the seed. */
class Deck {
  private readonly order: number[];
  constructor(
    private readonly people: readonly Colleague[],
    draw: () => number,
  ) {
    this.order = people.map((_, index) => index);
    for (let i = this.order.length - 1; i > 0; i--) {
      const j = Math.floor(draw() * (i + 1));
      const [a, b] = [this.order[i] ?? 0, this.order[j] ?? 0];
      this.order[i] = b;
      this.order[j] = a;
    }
  }

  next(fits: (person: Colleague) => boolean): Colleague | undefined {
    for (let at = this.order.length - 1; at >= 0; at--) {
      const person = this.people[this.order[at] ?? 0];
      if (!person || !fits(person)) continue;
      this.order.splice(at, 1);
      return person;
    }
    return undefined;
  }
}

const workEmail = (person: Colleague): string => person.enterpriseEmail || person.email;

/** Addresses that two or more colleagues share. */
function sharedEmails(people: readonly Colleague[]): string[] {
  const seen = new Map<string, number>();
  for (const { email } of people) {
    if (email) seen.set(email.toLowerCase(), (seen.get(email.toLowerCase()) ?? 0) + 1);
  }
  return [...seen].filter(([, count]) => count > 1).map(([email]) => email);
}

/**
 * Agents drawn from the company's people: most share a mobile (in differing notations) or an e-mail (in differing
 * case) with one employee; some match nobody, several, or two different people at once. The same for the same seed.
 */
export function generateAgents(
  world: TicketWorld,
  system: TicketSystem,
  count: number,
  people: readonly Colleague[],
): void {
  const draw = world.randomStream(`agents of ${system.id}`);
  const deck = new Deck(people, draw);
  const shared = sharedEmails(people);
  const groupIds = [...system.groups.values()]
    .filter((group) => group.kind === 'ticket')
    .map((g) => g.groupId);
  const takenEmails = new Set<string>();
  let lastMobile = '';
  for (let index = 0; index < count; index++) {
    const place = index % DEAL.length;
    let kinship = DEAL[place] ?? 'nobody';
    const sharedEmail = kinship === 'shared-email' ? shared.pop() : undefined;
    // Where the company has no shared address, two agents with one mobile show "several matches" as well.
    if (kinship === 'shared-email' && !sharedEmail) kinship = 'same-mobile';
    const fits = (person: Colleague): boolean =>
      (person.status ?? 'active') === 'active' && person.mobile !== '' && workEmail(person) !== '';
    const person = kinship === 'nobody' || kinship === 'shared-email' ? undefined : deck.next(fits);
    const other = kinship === 'cross' ? deck.next(fits) : undefined;
    const own = `agent${index + 1}@${system.id}.example`;

    let email = own;
    let mobile = '';
    if (kinship === 'nobody' || (!person && !sharedEmail))
      mobile = `1990000${String(index).padStart(4, '0')}`;
    else if (sharedEmail) email = sharedEmail;
    else if (person) {
      if (kinship !== 'email') mobile = noted(person.mobile, index);
      if (kinship === 'same-mobile' && lastMobile) mobile = lastMobile;
      if (kinship === 'both' || kinship === 'email') email = notedEmail(workEmail(person), index);
      if (other) email = notedEmail(workEmail(other), index);
    }
    if (takenEmails.has(email.toLowerCase())) email = own;
    takenEmails.add(email.toLowerCase());
    if (kinship === 'mobile') lastMobile = mobile;

    const agent: TicketAgent = {
      agentId: world.ids.next(`${system.id}-agent`).slice(-32),
      name: person?.name ?? `Agent ${index + 1}`,
      email,
      mobile,
      groupIds: [groupIds[index % groupIds.length], groupIds[Math.floor(draw() * groupIds.length)]]
        .filter((id) => id !== undefined)
        .filter((id, at, all) => all.indexOf(id) === at),
      status: STATUS_AT[place] ?? 'active',
      role: roleOf(system, index),
      nick: person?.name ?? `Agent ${index + 1}`,
      maxAccept: 10,
      updatedAt: world.clock.now(),
    };
    system.agents.set(agent.agentId, agent);
  }
}

function roleOf(system: TicketSystem, index: number): string {
  if (system.kind === 'rest') return index % 10 === 0 ? 'admin' : 'agent';
  return index % 10 === 0 ? '8888' : '5555';
}
