import { TicketSystemError } from '../failure';
import type { Http, HttpCall } from '../http';
import type { Clock, SobotConfig } from '../port';
import { outcomeUnknown } from './codes';
import { decode, type SobotAnswer } from './decode';
import type { SobotToken } from './token';

const READ_TRIES = 3;
/** After a refusal: the token that another worker stored meanwhile, and then a new one. */
const MOST_TOKENS = 2;
const PAGE_SIZE = 50;

/**
 * Business calls: token header, language and zone, lenient envelope. Reads are repeated at most twice after a
 * failure that may pass; writes never are – whoever writes has to find out first what became of it.
 */
export class SobotCalls {
  constructor(
    private readonly config: SobotConfig,
    private readonly http: Http,
    private readonly token: SobotToken,
    private readonly clock: Clock,
  ) {}

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
    let token = await this.token.current();
    for (let refused = 0; ; refused++) {
      try {
        return await this.once(call, token);
      } catch (error) {
        // Refused before any effect, so the same call may go again.
        const isRefused = error instanceof TicketSystemError && error.code === 'token-refused';
        if (!isRefused || refused === MOST_TOKENS) throw error;
        token = await this.token.replace(token);
      }
    }
  }

  private async once(call: HttpCall, token: string): Promise<SobotAnswer> {
    const headers = {
      token,
      language: this.config.language ?? 'zh',
      timezoneid: this.config.timezone ?? 'Asia/Shanghai',
    };
    const answer = await this.http({ ...call, headers });
    return decode(call.path.split('/').at(-1) ?? call.path, answer, this.clock.now());
  }
}
