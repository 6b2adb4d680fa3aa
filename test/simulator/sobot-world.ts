/** A simulated Sobot over HTTP, the same one again before each test. */
import { createHash } from 'node:crypto';
import {
  createTicketSystemSimulator,
  resetTicketSystems,
  type TicketSystemDescription,
  type TicketSystemSimulator,
} from '../../simulator/ticket-system';

export type Answer = Record<string, unknown> & { ret_code: string };
type System = NonNullable<ReturnType<TicketSystemSimulator['world']['systems']['get']>>;

export interface SobotWorld {
  simulator: TicketSystemSimulator;
  /** What Sobot itself knows. */
  inside: () => System;
  baseUrl: () => string;
  call: (method: string, path: string, headers?: Record<string, string>, body?: unknown) => Promise<Answer>;
  /** Signed as it should be, unless changed. */
  getToken: (changes?: Record<string, string>) => Promise<Answer>;
}

export function simulatedSobot(seed: string, tickets: number): SobotWorld {
  const simulator = createTicketSystemSimulator();
  let sobot: TicketSystemDescription;
  beforeAll(() => simulator.app.listen({ port: 0, host: '127.0.0.1' }));
  afterAll(() => simulator.app.close());
  beforeEach(() => {
    const [first] = resetTicketSystems(simulator, seed, { agents: 20, tickets });
    if (!first) throw new Error('no system');
    sobot = first;
  });
  const call: SobotWorld['call'] = async (method, path, headers = {}, body) => {
    const response = await fetch(sobot.baseUrl + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await response.json()) as Answer;
  };
  return {
    simulator,
    call,
    baseUrl: () => sobot.baseUrl,
    inside() {
      const system = simulator.world.systems.get('sobot');
      if (!system) throw new Error('no system');
      return system;
    },
    async getToken(changes = {}) {
      const createTime = changes.create_time ?? String(Math.floor(simulator.world.clock.now() / 1000));
      const appid = changes.appid ?? sobot.appid ?? '';
      const sign = createHash('md5').update(`${appid}${createTime}${sobot.appKey}`).digest('hex');
      const query = new URLSearchParams({ appid, create_time: createTime, sign, ...changes });
      return call('GET', `/api/get_token?${String(query)}`);
    },
  };
}
