import { defineSearchAttributeKey } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import mongoose from 'mongoose';
import { startDevServer, startMongo, startTimeSkipping } from '../support/servers';

/** A server refuses to start a workflow with a search attribute that it does not know. No worker is needed. */
async function startWithSearchAttributes({ client }: TestWorkflowEnvironment): Promise<void> {
  await client.workflow.start('nobodyRunsThis', {
    taskQueue: 'nobody-polls-this',
    workflowId: 'search-attributes',
    typedSearchAttributes: [
      { key: defineSearchAttributeKey('DockingId', 'KEYWORD'), value: 'd1' },
      { key: defineSearchAttributeKey('NextCheckAt', 'DATETIME'), value: new Date(0) },
      { key: defineSearchAttributeKey('Attention', 'BOOL'), value: true },
    ],
  });
}

describe('servers for tests', () => {
  it('gives every caller a MongoDB database of its own', async () => {
    const [one, other] = await Promise.all([startMongo(), startMongo()]);
    const connections = await Promise.all(
      [one, other].map(({ uri }) => mongoose.createConnection(uri).asPromise()),
    );
    try {
      await connections[0]!.collection('things').insertOne({ name: 'only here' });
      expect(await connections[0]!.collection('things').countDocuments({})).toBe(1);
      expect(await connections[1]!.collection('things').countDocuments({})).toBe(0);
    } finally {
      await Promise.all(connections.map((connection) => connection.close()));
      await Promise.all([one.stop(), other.stop()]);
    }
  });

  it('starts a dev server that knows our search attributes', async () => {
    const environment = await startDevServer();
    try {
      await startWithSearchAttributes(environment);
    } finally {
      await environment.teardown();
    }
  });

  it('starts a time-skipping server that knows our search attributes', async () => {
    const environment = await startTimeSkipping();
    try {
      // First: the clock stands still as long as a workflow task waits for a worker.
      const before = await environment.currentTimeMs();
      await environment.sleep('3 days');
      expect((await environment.currentTimeMs()) - before).toBeGreaterThanOrEqual(3 * 24 * 3_600_000);
      await startWithSearchAttributes(environment);
    } finally {
      await environment.teardown();
    }
  });
});
