import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { temporal } from '@temporalio/proto';
import { runStory } from '../../stack/story';
import type { StoryReport } from '../../stack/story';
import { all, httpTo } from '../../stack/story/http';
import { workflowBundle } from '../support/servers';
import { startWholeStack, type WholeStack } from '../support/whole-stack';

interface Person {
  name: string;
  enName: string | null;
  mobile: string | null;
  email: string | null;
  enterpriseEmail: string | null;
}
interface StoredHistory {
  workflowId: string;
  history: temporal.api.history.v1.IHistory;
}

let whole: WholeStack;
let report: StoryReport;
let histories: StoredHistory[];

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('WARN') });
  whole = await startWholeStack();
  report = await runStory(whole.story);
  histories = await everyHistory(whole.stack.endpoints.temporal);
}, 400_000);

afterAll(async () => {
  await whole?.stop();
});

async function everyHistory(address: string): Promise<StoredHistory[]> {
  const connection = await Connection.connect({ address });
  try {
    const client = new Client({ connection });
    const found: StoredHistory[] = [];
    for await (const { workflowId, runId } of client.workflow.list()) {
      found.push({ workflowId, history: await client.workflow.getHandle(workflowId, runId).fetchHistory() });
    }
    return found;
  } finally {
    await connection.close();
  }
}

describe('the main job, end to end, with API and worker killed in the middle', () => {
  it('delivers every expected card exactly once to the right employee', () => {
    expect(report.details['notifications']).toMatchObject({ duplicate: 0, missing: 0, unexpected: 0 });
    const { expected, sent } = report.details['notifications'] as { expected: number; sent: number };
    expect(expected).toBeGreaterThan(20);
    expect(sent).toBe(expected);
    expect(report.passed).toBe(true);
  });

  it('gives a verdict for every item of the checklist', () => {
    const checklist = report.details['checklist'] as Record<string, string>;
    expect(Object.keys(checklist)).toHaveLength(29);
    expect(new Set(Object.values(checklist))).toEqual(new Set(['passed']));
  });

  it('explains every event, also those that sent nothing', () => {
    const why = report.details['why'] as {
      asked: number;
      answered: number;
      silent: number;
      unexplained: string[];
    };
    expect(why.unexplained).toEqual([]);
    expect(why.answered).toBe(why.asked);
    expect(why.silent).toBeGreaterThan(0);
  });

  it('closes a ticket once for two presses of its agent, and not for a colleague', () => {
    expect(report.details['clicked']).toMatchObject({
      statusType: 'closed',
      done: 1,
      strangerToast: 'error',
      strangerDid: 0,
    });
  });

  it('keeps secrets, names, mobiles and emails out of every Temporal history', async () => {
    const simulator = httpTo(whole.stack.endpoints.simulator ?? '');
    const people = await all<Person>(simulator, '/_control/people?limit=1000');
    const apps = await simulator.get<{ items: { appSecret: string }[] }>('/_control/apps');
    const secrets = apps.items.map((app) => app.appSecret);
    const personal = people.flatMap(({ name, enName, mobile, email, enterpriseEmail }) =>
      [name, enName, mobile, email, enterpriseEmail].filter(
        (text): text is string => (text ?? '').length > 2,
      ),
    );
    const forbidden = new Set([...secrets, ...personal, whole.stack.endpoints.adminToken]);
    expect(forbidden.size).toBeGreaterThan(1000);
    const texts = histories.map(({ workflowId, history }) => [workflowId, readable(history)] as const);
    const leaks = texts.flatMap(([workflowId, text]) =>
      [...forbidden]
        .filter((word) => text.includes(word))
        .map((word) => `${workflowId}: ${word.length} characters`),
    );
    expect(histories.length).toBeGreaterThan(20);
    expect(leaks).toEqual([]);
  });

  it('replays every history against the current workflow code', async () => {
    const bundle = await workflowBundle();
    const finished = histories.map(({ workflowId, history }) => ({ workflowId, history }));
    const broken: string[] = [];
    for await (const result of Worker.runReplayHistories({ workflowBundle: bundle }, finished)) {
      if (result.error) broken.push(`${result.workflowId}: ${result.error.message}`);
    }
    expect(broken).toEqual([]);
  });
});

/** Every text of a history, payload bytes included. */
function readable(value: unknown): string {
  if (typeof value === 'string') return value;
  if (ArrayBuffer.isView(value))
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8');
  if (value === null || typeof value !== 'object') return '';
  return Object.values(value).map(readable).join('\n');
}
