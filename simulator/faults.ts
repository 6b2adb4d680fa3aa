import { z } from 'zod';

/**
 * A rule that spoils calls. Matching: `method` (`*` or left out = any) and `path`, in which `:name` stands for one
 * segment and `*` for anything. Each rule draws from its own stream of the seed, so a run repeats exactly.
 */
export const faultSchema = z.strictObject({
  method: z.string().toUpperCase().default('*'),
  path: z.string().min(1).default('*'),
  /** Only calls with these values in their query, such as one ticket of many; any when left out. */
  query: z.record(z.string(), z.string()).optional(),
  effect: z.enum([
    /** The call takes effect, the answer never arrives (socket closed). */
    'drop-answer',
    /** HTTP `status` with `body`, without effect. */
    'status',
    /** The platform's error envelope with `code`; `msg` and HTTP `status` are those of the code unless given. */
    'code',
    /** `delayMs` before the call is looked at. */
    'delay',
    /** Too many requests, with the reset headers unless `headers` is false. */
    'rate-limit',
    /** A proxy's HTML page with HTTP 502. */
    'html-502',
    /** Socket closed before any effect. */
    'reset',
    /** A page holds half of what was asked for; nothing is lost, the token goes on from there. */
    'partial-page',
    /** A call that carries a page token is told that it expired. */
    'expire-page-token',
    /** The platform's clock runs `skewSeconds` ahead for this call: `Date` header and token expiry. */
    'clock-skew',
  ]),
  /** How many calls are hit; endless when left out. */
  times: z.int().min(1).optional(),
  probability: z.number().min(0).max(1).default(1),
  status: z.int().min(200).max(599).optional(),
  code: z.union([z.int(), z.string()]).optional(),
  msg: z.string().optional(),
  /** Feishu only: why a card was refused, inside the text of code 230099. */
  subCode: z.int().optional(),
  delayMs: z.int().min(0).max(600_000).default(1000),
  headers: z.boolean().default(true),
  resetSeconds: z.int().min(0).default(1),
  skewSeconds: z.int().default(3600),
  /** A string is sent as it is, so that broken JSON is possible. */
  body: z.unknown().optional(),
});

export type FaultInput = z.input<typeof faultSchema>;
export type FaultRule = z.output<typeof faultSchema>;

export interface Fault extends FaultRule {
  readonly id: string;
  /** How many calls it has hit so far. */
  hits: number;
}

interface Armed {
  readonly fault: Fault;
  readonly pattern: RegExp;
  readonly draw: () => number;
}

function patternOf(path: string): RegExp {
  const source = path
    .split('/')
    .map((segment) =>
      segment.startsWith(':') ? '[^/]+' : segment.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*'),
    )
    .join('/');
  return new RegExp(`^${source}/?$`);
}

/** The faults in force, oldest first; the first that matches a call and is drawn decides. */
export class FaultBook {
  private armed: Armed[] = [];
  private count = 0;

  /** `stream` answers a reproducible random sequence for a name. */
  constructor(private readonly stream: (name: string) => () => number) {}

  add(rule: FaultRule): Fault {
    const fault: Fault = { ...rule, id: `fault-${++this.count}`, hits: 0 };
    this.armed.push({ fault, pattern: patternOf(rule.path), draw: this.stream(fault.id) });
    return fault;
  }

  list(): Fault[] {
    return this.armed.map((entry) => entry.fault);
  }

  /** Removes one fault, or all. Answers how many. */
  remove(id?: string): number {
    const before = this.armed.length;
    this.armed = id === undefined ? [] : this.armed.filter((entry) => entry.fault.id !== id);
    return before - this.armed.length;
  }

  /** As after a start: no faults, and the same draws for the faults to come. */
  reset(): void {
    this.armed = [];
    this.count = 0;
  }

  /** The fault that hits this call, counted as used. */
  strike(method: string, path: string, query: URLSearchParams): Fault | undefined {
    for (const { fault, pattern, draw } of this.armed) {
      if (fault.times !== undefined && fault.hits >= fault.times) continue;
      if (fault.method !== '*' && fault.method !== method) continue;
      if (!pattern.test(path)) continue;
      if (Object.entries(fault.query ?? {}).some(([name, value]) => query.get(name) !== value)) continue;
      if (fault.effect === 'expire-page-token' && !query.get('page_token')) continue;
      if (fault.probability < 1 && draw() >= fault.probability) continue;
      fault.hits++;
      return fault;
    }
    return undefined;
  }
}
