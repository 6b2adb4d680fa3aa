/** One call as it arrived; `status` and `code` are filled in when the answer leaves. */
export interface Call {
  readonly seq: number;
  /** Real milliseconds since 1970. */
  readonly time: number;
  readonly method: string;
  /** The declared route, e.g. `/open-apis/im/v1/messages`; the bare path where no route matched. */
  readonly route: string;
  readonly path: string;
  appId: string;
  /** 0 while unanswered, or when the answer was dropped. */
  status: number;
  code: number | string | null;
  fault: string;
}

export interface CallSummary {
  total: number;
  peakPerSecond: number;
  peakPerMinute: number;
  routes: {
    method: string;
    route: string;
    count: number;
    peakPerSecond: number;
    peakPerMinute: number;
    apps: Record<string, number>;
    codes: Record<string, number>;
  }[];
  /** The newest calls, oldest first, at most `kept`. */
  calls: Call[];
}

/** Peaks over whole seconds and over sliding minutes of 60 such seconds. */
class Peaks {
  perSecond = 0;
  perMinute = 0;
  private readonly buckets = new Array<number>(60).fill(0);
  private second = 0;
  private inMinute = 0;

  count(timeMs: number): void {
    const now = Math.floor(timeMs / 1000);
    if (now - this.second >= 60) {
      this.buckets.fill(0);
      this.inMinute = 0;
    } else {
      for (let s = this.second + 1; s <= now; s++) {
        this.inMinute -= this.buckets[s % 60] ?? 0;
        this.buckets[s % 60] = 0;
      }
    }
    this.second = Math.max(this.second, now);
    const slot = this.second % 60;
    this.buckets[slot] = (this.buckets[slot] ?? 0) + 1;
    this.inMinute++;
    this.perSecond = Math.max(this.perSecond, this.buckets[slot] ?? 0);
    this.perMinute = Math.max(this.perMinute, this.inMinute);
  }
}

interface RouteCount {
  readonly method: string;
  readonly route: string;
  count: number;
  readonly peaks: Peaks;
  readonly apps: Map<string, number>;
  readonly codes: Map<string, number>;
}

const KEPT = 10_000;

function add(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

/** What was called, how often, and the busiest second and minute. Counts are exact, single calls are bounded. */
export class CallLog {
  private seq = 0;
  private total = 0;
  private peaks = new Peaks();
  private calls: Call[] = [];
  private readonly routes = new Map<string, RouteCount>();

  arrived(method: string, route: string, path: string): Call {
    const call: Call = {
      seq: ++this.seq,
      time: Date.now(),
      method,
      route,
      path,
      appId: '',
      status: 0,
      code: null,
      fault: '',
    };
    this.total++;
    this.peaks.count(call.time);
    const counter = this.counterOf(call);
    counter.count++;
    counter.peaks.count(call.time);
    this.calls.push(call);
    // Dropping in blocks keeps the cost per call constant.
    if (this.calls.length > 2 * KEPT) this.calls = this.calls.slice(-KEPT);
    return call;
  }

  answered(call: Call): void {
    const counter = this.counterOf(call);
    if (call.appId) add(counter.apps, call.appId);
    add(counter.codes, String(call.code ?? call.status));
  }

  /** Counts since the log was cleared, and the kept calls with a `seq` above `since`. */
  summary(since = 0, limit = KEPT): CallSummary {
    return {
      total: this.total,
      peakPerSecond: this.peaks.perSecond,
      peakPerMinute: this.peaks.perMinute,
      routes: [...this.routes.values()].map((counter) => ({
        method: counter.method,
        route: counter.route,
        count: counter.count,
        peakPerSecond: counter.peaks.perSecond,
        peakPerMinute: counter.peaks.perMinute,
        apps: Object.fromEntries(counter.apps),
        codes: Object.fromEntries(counter.codes),
      })),
      calls: this.calls.filter((call) => call.seq > since).slice(-Math.min(limit, KEPT)),
    };
  }

  /** Forgets counts, peaks and calls; `seq` goes on, so that a `since` of before stays meaningful. */
  clear(): void {
    this.total = 0;
    this.peaks = new Peaks();
    this.calls = [];
    this.routes.clear();
  }

  private counterOf(call: Call): RouteCount {
    const key = `${call.method} ${call.route}`;
    let counter = this.routes.get(key);
    if (!counter) {
      counter = {
        method: call.method,
        route: call.route,
        count: 0,
        peaks: new Peaks(),
        apps: new Map(),
        codes: new Map(),
      };
      this.routes.set(key, counter);
    }
    return counter;
  }
}
