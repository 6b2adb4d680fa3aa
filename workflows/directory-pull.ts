/** Lists departments and pulls their people side by side: people are read while departments are still being listed. */
import { CancellationScope, condition } from '@temporalio/workflow';
import type { SyncProgress } from './messages';
import { listSummary, pullSummary } from './narrate-directory';
import { pulling, reading } from './proxies';

/** More lanes buy nothing: the platform's limit of 1,000 calls a minute does all the waiting from here on. */
const LANES = 8;
/** Share of the whole run that the pull stands for, in percent. */
const PULL_SHARE = 80;

/** Pages of one activity: few enough to be seen moving, enough for a history that stays short. */
const PAGES = { least: 10, most: 100 };
/** A run of any size comes back with news about so many times, before `PAGES` has its say. */
const NEWS = 64;
const PEOPLE_PER_PAGE = 50;

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
  const working = workingTime();
  const queue: Batch[] = [];
  let listed = false;
  let known = 0;
  let pulled = 0;

  const notPaused = async (): Promise<void> => {
    if (progress.state !== 'paused') return;
    working.stop();
    await condition(() => progress.state !== 'paused');
    working.start();
  };
  const advance = (): void => {
    const share = known === 0 ? 0 : pulled / known;
    progress.percent = Math.floor(share * PULL_SHARE);
    const seconds = working.seconds();
    progress.etaSeconds = listed && share > 0 ? Math.round(seconds * (1 / share - 1)) : null;
    progress.ratePerMinute =
      seconds > 0 && progress.employees > 0 ? Math.round((progress.employees / seconds) * 60) : null;
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
      await notPaused();
      await condition(() => progress.state !== 'paused' && (queue.length > 0 || listed));
      const batch = queue.shift();
      if (!batch) {
        if (listed) return;
        continue;
      }
      await pullBatch(batch);
      advance();
    }
  };
  const pullBatch = async (batch: Batch): Promise<void> => {
    let left = batch.to - batch.from;
    for (let done = false; !done;) {
      await notPaused();
      const { departments, percent, etaSeconds, ratePerMinute } = progress;
      const part = await pulling.pullEmployees.executeWithOptions(
        { summary: pullSummary(batch.from, batch.to) },
        [
          {
            ...run,
            ...batch,
            pages: pagesOf(known, progress.employees),
            progress: { departments, percent, etaSeconds, ratePerMinute },
          },
        ],
      );
      progress.employees += part.employees;
      progress.current = part.current ?? progress.current;
      done = part.done;
      // What an attempt read before it died is in nobody's count: a batch that is done is done whole.
      const read = done ? left : Math.min(part.departments, left);
      left -= read;
      pulled += read;
      if (!done) advance();
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

/** A large company is known by its departments, or, when all are in a few, by the people read so far. */
function pagesOf(departments: number, employees: number): number {
  const pages = Math.max(departments, employees / PEOPLE_PER_PAGE) / NEWS;
  return Math.min(PAGES.most, Math.max(PAGES.least, Math.ceil(pages)));
}

/** Time since the start without the pauses; several lanes may stop and start it. */
function workingTime(): { stop(): void; start(): void; seconds(): number } {
  let since: number | null = Date.now();
  let before = 0;
  return {
    stop() {
      if (since !== null) before += Date.now() - since;
      since = null;
    },
    start() {
      since ??= Date.now();
    },
    seconds: () => (before + (since === null ? 0 : Date.now() - since)) / 1000,
  };
}
