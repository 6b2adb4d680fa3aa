import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** One reversible id family: 32 hex digits that hide a serial number, different under each key. */
class SealedIds {
  private readonly seal;
  private readonly open;
  /** The newest ids: who leads a department is named with each of its members. */
  private readonly known = new LRUCache<number, string>({ max: 5000 });

  constructor(
    private readonly prefix: string,
    secret: string,
  ) {
    const key = createHash('sha256').update(secret).digest().subarray(0, 16);
    this.seal = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
    this.open = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  }

  idOf(serial: number): string {
    const known = this.known.get(serial);
    if (known !== undefined) return known;
    const block = Buffer.alloc(16);
    block.writeUIntBE(serial, 10, 6);
    const id = this.prefix + this.seal.update(block).toString('hex');
    this.known.set(serial, id);
    return id;
  }

  serialOf(id: string): number | undefined {
    if (id.length !== this.prefix.length + 32 || !id.startsWith(this.prefix)) return undefined;
    const sealed = Buffer.from(id.slice(this.prefix.length), 'hex');
    if (sealed.length !== 16) return undefined;
    const block = this.open.update(sealed);
    for (let i = 0; i < 10; i++) if (block[i] !== 0) return undefined;
    return block.readUIntBE(10, 6);
  }
}

const USER_ID_SPACE = 36 ** 8;
// Coprime to 36 and small enough that serial * factor stays a safe integer up to a million people.
const USER_ID_FACTOR = 7_919_480_371;

/**
 * Every id of the world, the same for the same seed. An `open_id` is the person's serial number sealed under a
 * key of the app, so 200,000 people in several apps need no id tables, and an id of another app is recognised.
 */
export class Ids {
  private readonly families = new Map<string, SealedIds>();
  private readonly counters = new Map<string, number>();

  constructor(private readonly seed: string) {}

  openId(appId: string, serial: number): string {
    return this.family('ou_', appId).idOf(serial);
  }

  serialOfOpenId(appId: string, openId: string): number | undefined {
    return this.family('ou_', appId).serialOf(openId);
  }

  /** The `open_id` of the app's own bot. */
  botOpenId(appId: string): string {
    return this.family('ou_', `bot of ${appId}`).idOf(1);
  }

  /** One developer per tenant, so `union_id` is the same in all apps of the tenant. */
  unionId(tenantKey: string, serial: number): string {
    return this.family('on_', tenantKey).idOf(serial);
  }

  serialOfUnionId(tenantKey: string, unionId: string): number | undefined {
    return this.family('on_', tenantKey).serialOf(unionId);
  }

  /** Eight digits and letters such as `4g2f61ac`, unique per serial. */
  userId(serial: number): string {
    const offset = parseInt(this.hash('user_id').slice(0, 10), 16);
    return ((offset + serial * USER_ID_FACTOR) % USER_ID_SPACE).toString(36).padStart(8, '0');
  }

  /** The next id of a kind: the prefix and `digits` hex digits, e.g. `next('om_')`. */
  next(prefix: string, digits = 32): string {
    const n = (this.counters.get(prefix) ?? 0) + 1;
    this.counters.set(prefix, n);
    return prefix + this.hash(`${prefix}#${n}`).slice(0, digits);
  }

  /** An id that depends on its name alone, e.g. the p2p chat of one app and one person. */
  named(prefix: string, name: string, digits = 32): string {
    return prefix + this.hash(`${prefix}:${name}`).slice(0, digits);
  }

  private hash(text: string): string {
    return createHash('sha256').update(`${this.seed}|${text}`).digest('hex');
  }

  private family(prefix: string, owner: string): SealedIds {
    const name = prefix + owner;
    let family = this.families.get(name);
    if (!family) {
      family = new SealedIds(prefix, `${this.seed}|${name}`);
      this.families.set(name, family);
    }
    return family;
  }
}
