/** API processes of the build on servers of their own, with no worker beside them. Needs a build: `npm test` makes one. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { choosePort } from '../../stack';
import { openStore, type Store } from '../../store';
import { Simulated } from '../feishu/simulated';
import { eventually } from '../stack/eventually';
import { newMasterKey } from '../store/fixture';
import { startDevServer, startMongo, type TestMongo } from '../support/servers';

export const ADMIN_TOKEN = 'an-admin-token-of-tests';

export interface Ground {
  company: Simulated;
  temporal: TestWorkflowEnvironment;
  store: Store;
  /** Ends with the file. */
  startApi: (env?: Record<string, string>) => ChildProcess;
  /** The same, once it answers; `url` = where. */
  apiAt: (env?: Record<string, string>) => Promise<{ process: ChildProcess; url: string }>;
}

/** For all tests of a file. */
export function loneApis(use: (ground: Ground) => void): void {
  const masterKey = newMasterKey();
  const processes: ChildProcess[] = [];
  let company: Simulated | undefined;
  let mongo: TestMongo | undefined;
  let temporal: TestWorkflowEnvironment | undefined;
  let store: Store | undefined;
  beforeAll(async () => {
    company = await Simulated.start();
    const { uri } = (mongo = await startMongo());
    const { address } = (temporal = await startDevServer());
    store = await openStore({ uri, masterKey });
    const startApi: Ground['startApi'] = (env = {}) => {
      const api = spawn(process.execPath, [join(__dirname, '../../dist/api/main.js')], {
        env: {
          ...process.env,
          MONGODB_URI: uri,
          TEMPORAL_ADDRESS: address,
          DOCKING_MASTER_KEY: masterKey,
          DOCKING_ADMIN_TOKEN: ADMIN_TOKEN,
          PORT: '0',
          LOG_LEVEL: 'silent',
          ...env,
        },
        stdio: 'ignore',
      });
      processes.push(api);
      return api;
    };
    use({
      company,
      temporal,
      store,
      startApi,
      async apiAt(env = {}) {
        const port = await choosePort(0);
        const url = `http://127.0.0.1:${port}`;
        const api = startApi({ ...env, PORT: `${port}` });
        await eventually('the API', () => answers(`${url}/readyz`));
        return { process: api, url };
      },
    });
  });
  afterAll(async () => {
    for (const one of processes) one.kill('SIGKILL');
    await store?.close();
    await temporal?.teardown();
    await mongo?.stop();
    await company?.close();
  });
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
