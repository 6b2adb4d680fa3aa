import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createFeishu, type CallOutcome, type Feishu, type FeishuClient } from '../../feishu';

/** A server that speaks just enough of the platform to misbehave on purpose. */
export interface StubPlatform {
  readonly baseUrl: string;
  /** Requests in order of arrival, as `METHOD /path`, with what they carried. */
  readonly requests: { line: string; query: string; token: string | undefined; body: unknown }[];
  /** Answers one route under /open-apis; replaces an earlier answer. */
  on(method: string, path: string, answer: StubAnswer): void;
  count(line: string): number;
  close(): Promise<void>;
}

export type StubAnswer = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** Starts on a free port. Hands out tokens `t-1`, `t-2`, … unless told otherwise. */
export async function startStubPlatform(): Promise<StubPlatform> {
  const app: FastifyInstance = Fastify({ forceCloseConnections: true });
  const answers = new Map<string, StubAnswer>();
  const requests: StubPlatform['requests'] = [];
  let issued = 0;
  answers.set('POST /auth/v3/tenant_access_token/internal', () => {
    issued += 1;
    return { code: 0, msg: 'ok', tenant_access_token: `t-${issued}`, expire: 7_200 };
  });
  app.all('/open-apis/*', async (request, reply) => {
    const [path = '', query = ''] = request.url.slice('/open-apis'.length).split('?');
    const line = `${request.method} ${path}`;
    const token = request.headers.authorization?.replace('Bearer ', '');
    requests.push({ line, query, token, body: request.body });
    const answer = answers.get(line);
    if (answer === undefined) return reply.code(404).send({ code: 99991201, msg: 'no such route' });
    return answer(request, reply);
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${address.port}`,
    requests,
    on: (method, path, answer) => answers.set(`${method} ${path}`, answer),
    count: (line) => requests.filter((request) => request.line === line).length,
    close: () => app.close(),
  };
}

export const APP_ID = 'cli_0123456789abcdef';
export const SECRET = 'never-to-be-seen-in-any-text-1234';

export type Metered = CallOutcome & { route: string };

/** For all tests of a file or `describe`: a platform and a client before each, and every call that the client made. */
export function stubbedClient(
  use: (ground: { platform: StubPlatform; client: FeishuClient; metered: Metered[] }) => void,
): void {
  let platform: StubPlatform;
  let feishu: Feishu;
  beforeEach(async () => {
    platform = await startStubPlatform();
    const metered: Metered[] = [];
    feishu = createFeishu({ meter: (route, outcome) => metered.push({ route, ...outcome }) });
    const client = feishu.for({ appId: APP_ID, appSecret: SECRET, baseUrl: platform.baseUrl });
    use({ platform, client, metered });
  });
  afterEach(async () => {
    feishu.close();
    await platform.close();
  });
}
