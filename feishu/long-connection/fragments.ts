import { LRUCache } from 'lru-cache';
import { headerOf, type Frame } from './frames';

/** As the official clients: what is not complete by then is sent again as a whole. */
const PATIENCE_MS = 10_000;
const MAX_UNFINISHED = 64;
const MAX_PARTS = 256;
const MAX_BYTES = 16 * 1024 * 1024;

/** Puts payloads together that came in several frames. */
export class Fragments {
  private readonly unfinished = new LRUCache<string, (Uint8Array | undefined)[]>({
    max: MAX_UNFINISHED,
    ttl: PATIENCE_MS,
  });

  /** The whole payload once its last part is here, in whatever order. Throws where the parts do not fit together. */
  add(frame: Frame): Buffer | undefined {
    const sum = Number(headerOf(frame, 'sum') || 1);
    const seq = Number(headerOf(frame, 'seq') || 0);
    const payload = frame.payload ?? Buffer.alloc(0);
    if (!Number.isInteger(sum) || sum < 1 || sum > MAX_PARTS) throw new RangeError(`${sum} parts of a frame`);
    if (!Number.isInteger(seq) || seq < 0 || seq >= sum)
      throw new RangeError(`part ${seq} of ${sum} of a frame`);
    if (sum === 1) return Buffer.from(payload);

    const id = headerOf(frame, 'message_id');
    const parts = this.unfinished.get(id) ?? Array.from({ length: sum }, (): undefined => undefined);
    if (parts.length !== sum) throw new RangeError(`${sum} parts of a frame that had ${parts.length}`);
    parts[seq] = payload;
    const here = parts.filter((part) => part !== undefined);
    if (here.reduce((bytes, part) => bytes + part.length, 0) > MAX_BYTES) {
      this.unfinished.delete(id);
      throw new RangeError('a payload that is too large');
    }
    if (here.length < sum) {
      if (!this.unfinished.has(id)) this.unfinished.set(id, parts);
      return undefined;
    }
    this.unfinished.delete(id);
    return Buffer.concat(here);
  }
}
