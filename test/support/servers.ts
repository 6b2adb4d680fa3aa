/** Real servers for tests. Executables are found or installed by `stack/`; call from `beforeAll`, stop in `afterAll`. */
import { randomBytes } from 'node:crypto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundlePath } from '@temporalio/worker';
import mongoose from 'mongoose';
import {
  devServerExecutable,
  DYNAMIC_CONFIG,
  registerSearchAttributes,
  SEARCH_ATTRIBUTES,
  testServerExecutable,
} from '../../stack';
import { recordHistories, type HistoryRecorder } from './recorded-histories';
import { DOOR_VARIABLE } from './shared-servers';

export interface TestMongo {
  /** A database of this caller's own on the run's one server, e.g. `mongodb://127.0.0.1:40123/test_1a2b3c4d`. */
  uri: string;
  /** Drops the database where the server outlives the run. */
  stop(): Promise<void>;
}

/** The server starts with the first call of a jest run (about 2 s) and is shared by all files. */
export async function startMongo(): Promise<TestMongo> {
  const server = new URL(await shared('mongodb'));
  server.pathname = `/test_${randomBytes(6).toString('hex')}`;
  const uri = server.toString();
  return {
    uri,
    async stop() {
      if (!process.env['MONGODB_URI']) return;
      const connection = await mongoose.createConnection(uri).asPromise();
      try {
        await connection.dropDatabase();
      } finally {
        await connection.close();
      }
    },
  };
}

/** The workflow code of today; bundled with the first call of a jest run (about 5 s) and shared by all files. */
export async function workflowBundle(): Promise<WorkflowBundlePath> {
  return { codePath: await shared('workflow-bundle') };
}

async function shared(what: 'mongodb' | 'workflow-bundle'): Promise<string> {
  const door = process.env[DOOR_VARIABLE];
  if (!door) throw new Error(`${DOOR_VARIABLE} is not set: jest must run with test/support/global-setup.ts`);
  const response = await fetch(`${door}/${what}`);
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return answer;
}

/**
 * A time-skipping server of this file's own, with our search attributes. The clock is global to it, so tests on it
 * run one after the other. No lists, counts or schedules. End with `teardown()`, after every Worker has ended.
 */
export async function startTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const path = await testServerExecutable();
  const recorder = recordHistories();
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
    client: recorder.client,
  });
  await registerSearchAttributes(environment.connection, environment.namespace ?? 'default');
  return recorded(environment, recorder);
}

/** A dev server of this file's own, in memory, real time, with our search attributes and settings. */
export async function startDevServer(): Promise<TestWorkflowEnvironment> {
  const path = await devServerExecutable();
  const flags = (flag: string, values: Record<string, string>): string[] =>
    Object.entries(values).flatMap(([key, value]) => [flag, `${key}=${value}`]);
  const recorder = recordHistories();
  const environment = await TestWorkflowEnvironment.createLocal({
    client: recorder.client,
    server: {
      executable: { type: 'existing-path', path },
      extraArgs: [
        ...flags('--dynamic-config-value', DYNAMIC_CONFIG),
        ...flags('--search-attribute', SEARCH_ATTRIBUTES),
      ],
    },
  });
  return recorded(environment, recorder);
}

function recorded(environment: TestWorkflowEnvironment, recorder: HistoryRecorder): TestWorkflowEnvironment {
  const teardown = environment.teardown.bind(environment);
  environment.teardown = async () => {
    try {
      await recorder.keep(environment);
    } finally {
      await teardown();
    }
  };
  return environment;
}
