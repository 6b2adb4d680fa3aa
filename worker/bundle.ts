/** Builds the workflow bundle once, at build time: a worker then starts in half a second instead of several. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  bundleWorkflowCode,
  DefaultLogger,
  type LogLevel,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';

const workflows = resolve(__dirname, '../workflows');
export const BUNDLE_PATH = resolve(__dirname, '../workflow-bundle.js');
const HASH_PATH = `${BUNDLE_PATH}.sha256`;

/** Everybody who runs or replays workflows bundles them so. `entry` = file that exports them all. */
export function bundleWorkflows(entry: string, loglevel: LogLevel): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath: entry,
    // Modules of ours keep no state, so all workflows share them instead of loading them anew.
    preloadModules: [entry],
    logger: new DefaultLogger(loglevel),
  });
}

async function build(): Promise<void> {
  const hash = sourceHash();
  if (existsSync(BUNDLE_PATH) && existsSync(HASH_PATH) && readFileSync(HASH_PATH, 'utf8') === hash) return;
  const { code } = await bundleWorkflows(join(workflows, 'index.js'), 'WARN');
  writeFileSync(BUNDLE_PATH, code);
  writeFileSync(HASH_PATH, hash);
}

/** Workflow code, the SDK's version and the options here decide the bundle; nothing else does. */
function sourceHash(): string {
  const hash = createHash('sha256').update(
    readFileSync(require.resolve('@temporalio/workflow/package.json')),
  );
  hash.update(readFileSync(__filename));
  for (const file of readdirSync(workflows)
    .filter((name) => name.endsWith('.js'))
    .sort()) {
    hash.update(file).update(readFileSync(join(workflows, file)));
  }
  return hash.digest('hex');
}

if (require.main === module) {
  build().catch((error: unknown) => {
    process.stderr.write(`The workflow bundle was not built: ${(error as Error).message}\n`);
    process.exitCode = 1;
  });
}
