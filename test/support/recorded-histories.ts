/**
 * Keeps the histories that workflow tests make, for `test/replay`. Off by default: only
 * `KEEP_HISTORIES=1 npx jest test/workflows` writes, after a path was added or changed on purpose.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientOptions, WorkflowClientInterceptor } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { TestWorkflowEnvironment } from '@temporalio/testing';

export const HISTORIES = join(__dirname, '../replay/histories');
/** A ticket or a docking that was continued this often has shown its path. */
const LONGEST_CHAIN = 3;
/** Characters of JSON. A longer history repeats what a shorter one shows, and the repository should stay light. */
const LONGEST_HISTORY = 1_600_000;

interface Started {
  name: string;
  workflowId: string;
  runId: string;
}

export interface HistoryRecorder {
  /** For the options of a test environment. */
  client: Pick<ClientOptions, 'interceptors'>;
  /** Call before the environment is torn down. */
  keep(environment: TestWorkflowEnvironment): Promise<void>;
}

export function recordHistories(): HistoryRecorder {
  if (!process.env['KEEP_HISTORIES']) return { client: {}, keep: async () => undefined };
  const started = new Map<string, Started>();
  const note = (workflowType: string, workflowId: string, runId: string): void => {
    const { currentTestName = 'setup' } = expect.getState();
    const name = `${slug(workflowType, 30)}.${slug(currentTestName, 90)}`;
    if (!started.has(runId)) started.set(runId, { name, workflowId, runId });
  };
  const interceptor: WorkflowClientInterceptor = {
    async startWithDetails(input, next) {
      const output = await next(input);
      note(input.workflowType, input.options.workflowId, output.runId);
      return output;
    },
    async signalWithStart(input, next) {
      const runId = await next(input);
      note(input.workflowType, input.options.workflowId, runId);
      return runId;
    },
  };
  return {
    client: { interceptors: { workflow: [interceptor] } },
    async keep(environment) {
      await mkdir(HISTORIES, { recursive: true });
      for (const { name, workflowId, runId } of started.values()) {
        let run: string | undefined = runId;
        for (let link = 1; run && link <= LONGEST_CHAIN; link += 1) {
          const history = await environment.client.workflow.getHandle(workflowId, run).fetchHistory();
          const file = link === 1 ? `${name}.json` : `${name}.${link}.json`;
          const text = `${JSON.stringify(anonymous(historyToJSON(history)))}\n`;
          if (text.length <= LONGEST_HISTORY) await writeFile(join(HISTORIES, file), text);
          const last = history.events?.at(-1);
          run = last?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
        }
      }
    },
  };
}

/** Whose machine it was and where the code lay is nobody's business, and nothing that a replay looks at. */
const anonymous = (json: string): unknown =>
  JSON.parse(json, (key, value: unknown) => {
    if (key === 'stackTrace' || key === 'identity') return undefined;
    return typeof value === 'string' ? value.replace(/^\d+@.+-(?=[0-9a-f]{32}$)/, 'worker-') : value;
  });

const slug = (text: string, most: number): string =>
  text
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, most);
