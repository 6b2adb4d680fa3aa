import { TicketSystemError } from '../failure';
import { retryAfterMs, type Http, type HttpAnswer, type HttpCall } from '../http';
import { Pace } from '../pace';
import type { Clock, SobotConfig } from '../port';
import { outcomeUnknown, sobotFailure } from './codes';
import type { SobotToken } from './token';
import { count, given, record, records, type Wire } from './wire';

/** A decoded answer; what a call does not answer is empty. */
export interface SobotAnswer {
  item: Wire;
  items: Wire[];
  pageCount: number | undefined;
  totalCount: number | undefined;
}

const READ_TRIES = 3;
const PAGE_SIZE = 50;

/**
 * Business calls: token header, language and zone, lenient envelope. Reads are repeated at most twice after a
 * failure that may pass; writes never are – whoever writes has to find out first what became of it.
 * // unverified: Sobot states no rate limits; five calls a second and two at once are an assumption.
 */
export class SobotCalls {
  private readonly pace: Pace;

  constructor(
    private readonly config: SobotConfig,
    private readonly http: Http,
    private readonly token: SobotToken,
    private readonly clock: Clock,
  ) {
    this.pace = new Pace(clock, config.callsPerSecond ?? 5, 2);
  }

  async read(path: string, query: Record<string, string> = {}): Promise<SobotAnswer> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.call({ method: 'GET', path, query });
      } catch (error) {
        if (attempt >= READ_TRIES || !outcomeUnknown(error)) throw error;
        await this.clock.sleep(250 * 4 ** (attempt - 1) * (0.5 + Math.random()));
      }
    }
  }

  async write(path: string, body: Record<string, unknown>): Promise<SobotAnswer> {
    return this.call({ method: 'POST', path, body });
  }

  /** Pages from `first` until `page_count`; a short page proves nothing. */
  async *pages(
    path: string,
    query: Record<string, string> = {},
    first = 1,
  ): AsyncGenerator<{ answer: SobotAnswer; page: number; last: boolean }> {
    for (let page = first; ; page++) {
      const answer = await this.read(path, { ...query, page_no: String(page), page_size: String(PAGE_SIZE) });
      const pageCount = answer.pageCount ?? (answer.items.length < PAGE_SIZE ? page : page + 1);
      const last = page >= pageCount;
      yield { answer, page, last };
      if (last) return;
    }
  }

  private async call(call: HttpCall): Promise<SobotAnswer> {
    const token = await this.token.current();
    try {
      return await this.once(call, token);
    } catch (error) {
      // Refused before any effect, so the same call may go again, once.
      if (!(error instanceof TicketSystemError) || error.code !== 'token-refused') throw error;
      return this.once(call, await this.token.replace(token));
    }
  }

  private async once(call: HttpCall, token: string): Promise<SobotAnswer> {
    const headers = {
      token,
      language: this.config.language ?? 'zh',
      timezoneid: this.config.timezone ?? 'Asia/Shanghai',
    };
    const answer = await this.pace.run(() => this.http({ ...call, headers }));
    return this.decode(call.path.split('/').at(-1) ?? call.path, answer);
  }

  private decode(name: string, answer: HttpAnswer): SobotAnswer {
    const body = record(answer.body);
    const code = given(body.ret_code ?? body.retCode);
    if (answer.status === 429 || answer.status === 503) {
      throw new TicketSystemError(`${name}: Sobot answered HTTP ${answer.status}`, {
        code: 'rate-limited',
        retryClass: 'after',
        retryAfterMs: retryAfterMs(answer.headers['retry-after'], this.clock.now(), 5000),
        nextStep: 'Too many calls, or Sobot is overloaded; the call is repeated by itself.',
      });
    }
    if (code === undefined) throw withoutCode(name, answer.status);
    if (code !== '000000') throw sobotFailure(name, code);
    return {
      item: record(body.item),
      items: records(body.items).length > 0 ? records(body.items) : records(body.item),
      pageCount: count(body.page_count),
      totalCount: count(body.total_count),
    };
  }
}

function withoutCode(name: string, status: number): TicketSystemError {
  if (status === 401) return sobotFailure(name, '900002');
  return new TicketSystemError(`${name}: no Sobot answer (HTTP ${status})`, {
    code: status >= 500 ? 'internal' : 'malformed-answer',
    retryClass: 'normal',
    nextStep: 'Something between here and Sobot answered instead; check the address if it goes on.',
  });
}
