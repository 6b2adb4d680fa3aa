import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Simulator } from '../../simulator';
import { startSimulator } from '../../simulator';

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & { code: number; msg: string; data: Record<string, unknown> };
}

export interface AppCard {
  appId: string;
  appSecret: string;
  tenantKey: string;
  encryptKey: string;
  verificationToken: string;
}

export interface PersonCard {
  userId: string;
  openId: string;
  unionId: string;
  name: string;
  email: string;
}

export interface StoredMessage {
  messageId: string;
  appId: string;
  openId: string;
  userId: string;
  chatId: string;
  uuid: string;
  content: string;
  createTime: number;
  updates: { content: string; time: number }[];
  reads: { openId: string; time: number }[];
  urgent: { kind: string; openId: string }[];
  deleted: boolean;
}

/** A running simulator with one app, seen from outside. */
export class Bench {
  private token = '';

  private constructor(
    readonly simulator: Simulator,
    readonly app: AppCard,
    readonly otherApp: AppCard,
  ) {}

  static async start(): Promise<Bench> {
    const simulator = await startSimulator({ seed: 'messaging', employees: 12, departments: 3, apps: 2 });
    const answer = await fetch(`${simulator.url}/_control/apps`);
    const { items } = (await answer.json()) as { items: AppCard[] };
    const [app, otherApp] = items;
    if (!app || !otherApp) throw new Error('the world has no two apps');
    return new Bench(simulator, app, otherApp);
  }

  get url(): string {
    return this.simulator.url;
  }

  close(): Promise<void> {
    return this.simulator.close();
  }

  async raw(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Answer['body'],
    };
  }

  /** A control call that must succeed. */
  async control<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.raw(method, `/_control${path}`, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body as unknown as T;
  }

  /** A platform call with the first app's tenant token. */
  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    this.token ||= await this.tokenOf(this.app);
    return this.raw(method, `/open-apis${path}`, body, { authorization: `Bearer ${this.token}` });
  }

  async tokenOf(app: AppCard): Promise<string> {
    const answer = await this.raw('POST', '/open-apis/auth/v3/tenant_access_token/internal', {
      app_id: app.appId,
      app_secret: app.appSecret,
    });
    return String(answer.body['tenant_access_token']);
  }

  async people(query = 'status=active'): Promise<PersonCard[]> {
    const path = `/people?appId=${this.app.appId}&${query}`;
    return (await this.control<{ items: PersonCard[] }>('GET', path)).items;
  }

  async person(index = 0): Promise<PersonCard> {
    const person = (await this.people())[index];
    if (!person) throw new Error(`nobody at ${index}`);
    return person;
  }

  /** After a reset, or when the clock has outrun the token. */
  forgetToken(): void {
    this.token = '';
  }

  /** Sends a text and answers the platform's answer. */
  text(openId: string, text: string, uuid?: string): Promise<Answer> {
    return this.call('POST', '/im/v1/messages?receive_id_type=open_id', {
      receive_id: openId,
      msg_type: 'text',
      content: JSON.stringify({ text }),
      ...(uuid === undefined ? {} : { uuid }),
    });
  }

  /** Sends a card and answers the platform's answer. */
  card(openId: string, card: object, uuid?: string): Promise<Answer> {
    return this.call('POST', '/im/v1/messages?receive_id_type=open_id', {
      receive_id: openId,
      msg_type: 'interactive',
      content: JSON.stringify(card),
      ...(uuid === undefined ? {} : { uuid }),
    });
  }

  async sentCard(openId: string, card: object): Promise<string> {
    const { body } = await this.card(openId, card);
    if (body.code !== 0) throw new Error(JSON.stringify(body));
    return (body.data as { message_id: string }).message_id;
  }

  message(id: string): Promise<StoredMessage> {
    return this.control('GET', `/messages/${id}`);
  }

  async messages(query: string): Promise<StoredMessage[]> {
    return (await this.control<{ items: StoredMessage[] }>('GET', `/messages?${query}`)).items;
  }

  patchApp(changes: object): Promise<unknown> {
    return this.control('PATCH', `/apps/${this.app.appId}`, changes);
  }

  advance(seconds: number): Promise<unknown> {
    return this.control('POST', '/clock', { advanceSeconds: seconds });
  }
}

export interface Received {
  headers: IncomingHttpHeaders;
  raw: string;
}

/** A plugin's webhook: collects what arrives and answers as told. */
export class Receiver {
  readonly received: Received[] = [];
  answer: (
    request: Received,
  ) => { status?: number; body?: string } | Promise<{ status?: number; body?: string }> = () => ({
    body: '{}',
  });

  private constructor(
    readonly url: string,
    private readonly stop: () => Promise<void>,
  ) {}

  static async start(): Promise<Receiver> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const arrived = { headers: request.headers, raw: Buffer.concat(chunks).toString('utf8') };
        receiver.received.push(arrived);
        void Promise.resolve(receiver.answer(arrived)).then(({ status = 200, body = '{}' }) =>
          response.writeHead(status, { 'content-type': 'application/json' }).end(body),
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const receiver = new Receiver(`http://127.0.0.1:${port}/events`, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return receiver;
  }

  close(): Promise<void> {
    return this.stop();
  }

  /** Parsed bodies of unsealed events of one type. */
  events(type: string): { header: Record<string, string>; event: Record<string, unknown> }[] {
    return this.received
      .map(
        (one) => JSON.parse(one.raw) as { header?: Record<string, string>; event: Record<string, unknown> },
      )
      .filter((one) => one.header?.['event_type'] === type)
      .map((one) => ({ header: one.header ?? {}, event: one.event }));
  }
}

/** Asks again and again until there is an answer, 5 seconds at most. */
export async function eventually<T>(ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error('it did not happen within 30 seconds');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A card of the newer kind with one button. */
export function claimCard(title = 'Ticket #12 assigned', value: object = { a: 'claim', n: '1' }): object {
  return {
    schema: '2.0',
    config: { update_multi: true },
    header: { template: 'orange', title: { tag: 'plain_text', content: title } },
    body: {
      elements: [
        { tag: 'markdown', content: '**Printer** does not print' },
        {
          tag: 'button',
          type: 'primary',
          text: { tag: 'plain_text', content: 'Claim' },
          behaviors: [{ type: 'callback', value }],
        },
      ],
    },
  };
}

/** For all tests of a file: the same company before each, and its first two people. */
export function messagingBench(
  use: (ground: { bench: Bench; anna: PersonCard; ben: PersonCard }) => void,
): void {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start();
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    await bench.control('POST', '/reset', { seed: 'messaging', employees: 12, departments: 3, apps: 2 });
    bench.forgetToken();
    const [anna, ben] = (await bench.people()) as [PersonCard, PersonCard];
    use({ bench, anna, ben });
  });
}
