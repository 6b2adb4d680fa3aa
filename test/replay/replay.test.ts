/**
 * Every history ever kept runs through the workflow code of today. One that fails means: a workflow that is under way
 * at a customer's would break with this change. Guard the change with `patched('…')`; keep the history.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { WORKFLOW_TYPES } from '../../workflows/names';
import { HISTORIES } from '../support/recorded-histories';
import { workflowBundle } from '../support/servers';
import { quietRuntime } from '../workflows/crew';

const files = readdirSync(HISTORIES).filter((name) => name.endsWith('.json'));
const history = (file: string) =>
  historyFromJSON(JSON.parse(readFileSync(join(HISTORIES, file), 'utf8')) as unknown);

beforeAll(quietRuntime);

describe('stored histories', () => {
  it('run through the workflow code of today', async () => {
    const stored = function* () {
      for (const file of files) yield { workflowId: file, history: history(file) };
    };
    const broken: string[] = [];
    let replayed = 0;
    const options = { workflowBundle: await workflowBundle() };
    for await (const { workflowId, error } of Worker.runReplayHistories(options, stored())) {
      replayed += 1;
      if (error) broken.push(`${workflowId}: ${error.message}`);
    }
    expect(broken).toEqual([]);
    expect(replayed).toBe(files.length);
  });

  it('hold at least one run of every workflow type', () => {
    const types = new Set(
      files.map(
        (file) =>
          history(file).events?.[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name ??
          'unreadable',
      ),
    );
    expect([...types].sort()).toEqual(Object.values(WORKFLOW_TYPES).sort());
  });
});
