import { xoroshiro128plus, unsafeUniformIntDistribution } from 'pure-rand';
import { Clock } from './clock';
import type { Directory } from './directory';
import { Ids } from './ids';
import { defaultSwitches, type Switches } from './switches';
import { Tokens } from './tokens';
import type { App, Person, TenantInfo, UserIdType } from './types';

/** A company on the platform. */
export interface Tenant extends TenantInfo {
  readonly directory: Directory;
}

/**
 * Something that happened and that an app subscribed to. `body` is the content of `event` in the envelope, already
 * in the words of the platform and filtered for this app; the envelope, signature and delivery come later.
 */
export interface WorldEvent {
  readonly app: App;
  readonly eventType: string;
  readonly body: object;
}

/**
 * A place for state that another part owns: `const messages = new Slot(() => new MessageStore())`, then
 * `world.use(messages)`. The value is made at first use and forgotten at reset.
 */
export class Slot<T> {
  constructor(readonly create: (world: World) => T) {}
}

export type PersonLookup =
  | { readonly person: Person }
  /** `cross-app`: an open_id of another app; `cross-tenant`: a person of another company. */
  | { readonly person?: undefined; readonly problem: 'unknown' | 'cross-app' | 'cross-tenant' };

function numberOf(seed: string): number {
  let hash = 2166136261;
  for (const char of seed) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619);
  return hash;
}

/**
 * The whole state of the simulation. One object lives as long as the process; `clear` empties it, so parts may hold
 * on to the world itself, but to nothing inside it.
 */
export class World {
  readonly clock = new Clock();
  readonly tenants = new Map<string, Tenant>();
  readonly apps = new Map<string, App>();
  /** Every person by serial number; holes are people who were deleted for good. */
  readonly peopleBySerial: (Person | undefined)[] = [];
  readonly tokens = new Tokens(this.clock);
  switches: Switches = defaultSwitches();
  /** How many messages are kept, see the option of a reset. */
  keptMessages = 50_000;
  seed = '';
  ids = new Ids('');
  private serials = 0;
  private generator = xoroshiro128plus(0);
  private readonly slots = new Map<Slot<unknown>, unknown>();
  private readonly eventListeners = new Set<(event: WorldEvent) => void>();
  private readonly resetListeners = new Set<() => void>();

  /** Empties the world. Listeners stay; what they hold for the old world they drop in `onReset`. */
  clear(seed: string): void {
    this.seed = seed;
    this.ids = new Ids(seed);
    this.generator = xoroshiro128plus(numberOf(seed));
    this.serials = 0;
    this.tenants.clear();
    this.apps.clear();
    this.peopleBySerial.length = 0;
    this.slots.clear();
    this.tokens.clear();
    this.clock.reset();
    this.switches = defaultSwitches();
    for (const listener of this.resetListeners) listener();
  }

  use<T>(slot: Slot<T>): T {
    if (!this.slots.has(slot)) this.slots.set(slot, slot.create(this));
    return this.slots.get(slot) as T;
  }

  nextSerial(): number {
    return ++this.serials;
  }

  /** A whole number from `from` to `to`, both included; the same sequence for the same seed. */
  randomInt(from: number, to: number): number {
    return unsafeUniformIntDistribution(from, to, this.generator);
  }

  /** A reproducible stream of its own: numbers in [0, 1) that do not depend on other draws. */
  randomStream(name: string): () => number {
    const generator = xoroshiro128plus(numberOf(`${this.seed}|${name}`));
    return () => unsafeUniformIntDistribution(0, 2 ** 30 - 1, generator) / 2 ** 30;
  }

  addPerson(tenant: Tenant, person: Person): void {
    this.peopleBySerial[person.serial] = person;
    tenant.directory.addPerson(person);
  }

  tenantOf(app: App): Tenant {
    const tenant = this.tenants.get(app.tenantKey);
    if (!tenant) throw new Error(`app ${app.appId} has no tenant`);
    return tenant;
  }

  appsOf(tenantKey: string): App[] {
    return [...this.apps.values()].filter((app) => app.tenantKey === tenantKey);
  }

  openId(app: App, person: Person): string {
    return this.ids.openId(app.appId, person.serial);
  }

  unionId(person: Person): string {
    return this.ids.unionId(person.tenantKey, person.serial);
  }

  /** The person's id as the app asked for it. */
  personId(app: App, person: Person, type: UserIdType): string {
    if (type === 'user_id') return person.userId;
    return type === 'union_id' ? this.unionId(person) : this.openId(app, person);
  }

  /** Who an id means to this app; people who resigned are found too. */
  findPerson(app: App, type: UserIdType, id: string): PersonLookup {
    const tenant = this.tenantOf(app);
    if (type === 'user_id') {
      const person = tenant.directory.people.get(id);
      if (person) return { person };
      for (const other of this.tenants.values()) {
        if (other.directory.people.has(id)) return { problem: 'cross-tenant' };
      }
      return { problem: 'unknown' };
    }
    const serial =
      type === 'open_id'
        ? this.ids.serialOfOpenId(app.appId, id)
        : this.ids.serialOfUnionId(app.tenantKey, id);
    const person = serial === undefined ? undefined : this.peopleBySerial[serial];
    if (person?.tenantKey === app.tenantKey) return { person };
    if (type === 'open_id') {
      for (const other of this.apps.keys()) {
        if (this.ids.serialOfOpenId(other, id) !== undefined) return { problem: 'cross-app' };
      }
    } else {
      for (const other of this.tenants.keys()) {
        if (this.ids.serialOfUnionId(other, id) !== undefined) return { problem: 'cross-tenant' };
      }
    }
    return { problem: 'unknown' };
  }

  onEvent(listener: (event: WorldEvent) => void): void {
    this.eventListeners.add(listener);
  }

  onReset(listener: () => void): void {
    this.resetListeners.add(listener);
  }

  /** Hands an event to the delivery if the app is enabled and subscribed to its type. */
  emit(app: App, eventType: string, body: object): void {
    if (app.status !== 'enabled' || !app.subscribedEvents.includes(eventType)) return;
    for (const listener of this.eventListeners) listener({ app, eventType, body });
  }

  /** As `emit`, for each app of a tenant; `build` answers undefined where the app may not learn of it. */
  emitToTenant(tenantKey: string, eventType: string, build: (app: App) => object | undefined): void {
    for (const app of this.appsOf(tenantKey)) {
      const body = app.subscribedEvents.includes(eventType) ? build(app) : undefined;
      if (body) this.emit(app, eventType, body);
    }
  }
}
