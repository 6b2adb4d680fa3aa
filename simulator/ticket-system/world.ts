import { randomBytes } from 'node:crypto';
import { unsafeUniformIntDistribution, xoroshiro128plus } from 'pure-rand';
import { CallLog } from '../calls';
import { FaultBook } from '../faults';
import type { Clock } from '../world/clock';
import { Ids } from '../world/ids';
import { defaultSwitches, type Switches } from './switches';
import type { Happening, SimulatedTicket, TicketSystem } from './types';

function numberOf(seed: string): number {
  let hash = 2166136261;
  for (const char of seed) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619);
  return hash;
}

/** The state of all simulated ticket systems of one listener. Lives as long as it; `clear` empties it. */
export class TicketWorld {
  readonly systems = new Map<string, TicketSystem>();
  readonly calls = new CallLog();
  readonly faults = new FaultBook((name) => this.randomStream(name));
  switches: Switches = defaultSwitches();
  seed = '';
  ids = new Ids('');
  private readonly listeners = new Set<(system: TicketSystem, happening: Happening) => void>();
  private readonly resetListeners = new Set<() => void>();

  constructor(readonly clock: Clock) {}

  clear(seed: string): void {
    this.seed = seed;
    this.ids = new Ids(`tickets|${seed}`);
    this.systems.clear();
    this.calls.clear();
    this.faults.reset();
    this.switches = defaultSwitches();
    for (const listener of this.resetListeners) listener();
  }

  /** A reproducible stream of its own: numbers in [0, 1). */
  randomStream(name: string): () => number {
    const generator = xoroshiro128plus(numberOf(`${this.seed}|${name}`));
    return () => unsafeUniformIntDistribution(0, 2 ** 30 - 1, generator) / 2 ** 30;
  }

  /** 32 hex digits nobody can guess, for tokens. */
  secret(): string {
    return randomBytes(16).toString('hex');
  }

  /** Whatever owns this ticket; control routes name tickets alone, because their ids are unique. */
  ownerOf(ticketId: string): { system: TicketSystem; ticket: SimulatedTicket } | undefined {
    for (const system of this.systems.values()) {
      const ticket = system.tickets.get(ticketId);
      if (ticket) return { system, ticket };
    }
    return undefined;
  }

  onHappening(listener: (system: TicketSystem, happening: Happening) => void): void {
    this.listeners.add(listener);
  }

  onReset(listener: () => void): void {
    this.resetListeners.add(listener);
  }

  /** Tells the pushes what happened. */
  announce(system: TicketSystem, happening: Happening): void {
    for (const listener of this.listeners) listener(system, happening);
  }
}
