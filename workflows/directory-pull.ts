/** Lists departments and pulls their people side by side: people are read while departments are still being listed. */
import { CancellationScope, condition } from '@temporalio/workflow';
import type { SyncProgress } from './messages';
import { listSummary, pullSummary } from './narrate-directory';
import { pulling, reading } from './proxies';

/** More lanes buy nothing: the platform's limit of 1,000 calls a minute does all the waiting from here on. */
const LANES = 8;
/** Share of the whole run that the pull stands for, in percent. */
const PULL_SHARE = 80;

interface Batch {
  /** Places in the run's list of departments; `to` is exclusive. */
  from: number;
  to: number;
}

/**
 * Ends when everything inside the contact range was read, page by page. `progress` is kept up to date; nothing new
 * starts while its state is `paused`. The first failure that no retry heals ends all lanes and is thrown.
 */
export async function pullDirectory(
  dockingId: string,
  progress: SyncProgress,
  told: () => void,
): Promise<void> {
  const { runId } = progress;
  const run = { dockingId, runId };
  const startedAt = Date.now();
  const queue: Batch[] = [];
  let listed = false;
  let known = 0;
  let pulled = 0;

  const notPaused = (): Promise<void> => condition(() => progress.state !== 'paused');
  const advance = (): void => {
    const share = known === 0 ? 0 : pulled / known;
    progress.percent = Math.floor(share * PULL_SHARE);
    progress.etaSeconds =
      listed && share > 0 ? Math.round(((Date.now() - startedAt) / 1000) * (1 / share - 1)) : null;
    told();
  };

  const list = async (): Promise<void> => {
    for (let handedOut = 0; !listed;) {
      await notPaused();
      const slice = await pulling.listDepartments.executeWithOptions({ summary: listSummary(handedOut) }, [
        { ...run, handedOut },
      ]);
      queue.push(...slice.batches);
      handedOut = slice.batches.at(-1)?.to ?? handedOut;
      known = handedOut;
      progress.departments = slice.departments;
      listed = slice.done;
      advance();
    }
  };
  const lane = async (): Promise<void> => {
    for (;;) {
      await condition(() => progress.state !== 'paused' && (queue.length > 0 || listed));
      const batch = queue.shift();
      if (!batch) {
        if (listed) return;
        continue;
      }
      await pullBatch(batch);
      pulled += batch.to - batch.from;
      advance();
    }
  };
  const pullBatch = async (batch: Batch): Promise<void> => {
    for (let done = false; !done;) {
      await notPaused();
      const { departments, employees, percent, etaSeconds } = progress;
      const part = await pulling.pullEmployees.executeWithOptions(
        { summary: pullSummary(batch.from, batch.to) },
        [{ ...run, ...batch, progress: { departments, employees, percent, etaSeconds } }],
      );
      progress.employees += part.employees;
      done = part.done;
    }
  };
  const pullSingles = async (): Promise<void> => {
    const part = await pulling.pullSingleEmployees.executeWithOptions(
      { summary: 'Pull people granted one by one or through groups' },
      [run],
    );
    progress.employees += part.employees;
  };

  const range = await reading.readContactRange.executeWithOptions(
    { summary: 'Read the contact range of the app' },
    [run],
  );
  await CancellationScope.cancellable(async () => {
    const scope = CancellationScope.current();
    try {
      await Promise.all([
        list(),
        ...(range.singles ? [pullSingles()] : []),
        ...Array.from({ length: LANES }, lane),
      ]);
    } catch (error) {
      // One lane has failed for good: the others would only spend calls on a pull that nobody will use.
      scope.cancel();
      throw error;
    }
  });
}
