import { startSimulator, type ResetOptions, type Simulator } from '../../simulator';

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

export interface Session {
  readonly simulator: Simulator;
  readonly appId: string;
  readonly secret: string;
  readonly tenantKey: string;
  /** `Bearer t-…` of the first app. */
  token(): Promise<string>;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** As `call`, with the tenant token of the first app. */
  api(method: string, path: string, body?: unknown): Promise<Answer>;
  /** PATCH of the first app. */
  set(changes: object): Promise<unknown>;
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Back to the world of the start: the same ids and secrets, no faults, real time. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** The value at a dotted path such as `data.items.0.name`; undefined where the last key is missing. */
export function at<T = unknown>(value: unknown, path: string): T {
  return path.split('.').reduce<unknown>((inner, key) => {
    if (typeof inner !== 'object' || inner === null) throw new Error(`nothing at ${key} of ${path}`);
    return (inner as Record<string, unknown>)[key];
  }, value) as T;
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error('expected a text');
  return value;
}

/** A running simulator and its first app. */
export async function startSession(options: ResetOptions = {}): Promise<Session> {
  const simulator = await startSimulator(options);
  const call: Session['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(simulator.url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const raw = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson && raw ? JSON.parse(raw) : raw) as unknown,
    };
  };
  const control: Session['control'] = async (method, path, body) =>
    (await call(method, `/_control${path}`, body)).body;
  const apps = await control('GET', '/apps');
  const app = at<{ appId: string; appSecret: string; tenantKey: string } | undefined>(apps, 'items.0');
  if (!app) throw new Error('the simulator has no app');
  const session: Session = {
    simulator,
    appId: app.appId,
    secret: app.appSecret,
    tenantKey: app.tenantKey,
    call,
    control,
    async token() {
      const path = '/open-apis/auth/v3/tenant_access_token/internal';
      const answer = await call('POST', path, { app_id: app.appId, app_secret: app.appSecret });
      return `Bearer ${text(at(answer.body, 'tenant_access_token'))}`;
    },
    api: async (method, path, body) =>
      call(method, `/open-apis${path}`, body, { authorization: await session.token() }),
    set: (changes) => control('PATCH', `/apps/${app.appId}`, changes),
    async reset() {
      await control('POST', '/reset', options);
    },
    close: () => simulator.close(),
  };
  return session;
}

/** The event bodies of one type that the app was sent, oldest first. */
export async function eventsOf(session: Session, type: string, appId = session.appId): Promise<unknown[]> {
  const log = await session.control('GET', `/events?app=${appId}&type=${type}&limit=1000`);
  return at<unknown[]>(log, 'items').map((record) => at(record, 'body'));
}
