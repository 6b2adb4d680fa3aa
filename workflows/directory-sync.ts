import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { pullDirectory } from './directory-pull';
import { failureType } from './failure-type';
import {
  applyChangeSet,
  discardChangeSet,
  pause,
  progress as progressQuery,
  resume,
  type DirectorySyncInput,
  type DirectorySyncResult,
  type SyncProgress,
} from './messages';
import { SEARCH_ATTRIBUTES } from './names';
import { applySummary, compareSummary, decisionSummary, syncDetails } from './narrate-directory';
import { pulling, storing, storingLong } from './proxies';

/** A change set that nobody decided on is discarded: the company has moved on. */
const DECIDE_WITHIN_MS = 7 * 24 * 3_600_000;

interface Decision {
  kind: 'apply' | 'discard';
  by: string;
  /** Null until it was carried out; then why it was refused, or `done`. */
  outcome: 'done' | 'moved-on' | null;
}

/**
 * Mirrors the company directory: pulls everything in the contact range, compares, and applies, or waits for a person
 * when it is a preview or when the guard stops it. Nothing is concluded from a partial pull.
 * Fails with what a person must put right at the platform; a cancelled run leaves the mirror as it was.
 */
export async function directorySync(input: DirectorySyncInput): Promise<DirectorySyncResult> {
  const { dockingId, runId, mode, startedBy } = input;
  const run = { dockingId, runId };
  const progress: SyncProgress = {
    runId,
    state: 'running',
    phase: 'open',
    departments: 0,
    employees: 0,
    percent: 0,
    etaSeconds: null,
    ratePerMinute: null,
    current: null,
    counts: null,
  };
  let reason: string | null = null;
  let decision: Decision | null = null;

  const told = (): void => setCurrentDetails(syncDetails(progress, reason));
  const enter = (phase: string, percent: number): void => {
    Object.assign(progress, { phase, percent, etaSeconds: null, ratePerMinute: null, current: null });
    told();
  };
  const turn = async (state: 'running' | 'paused', by: string): Promise<void> => {
    // The pull asks both: paused here before it is in the record, running there before it goes on here.
    if (state === 'paused') progress.state = state;
    await storing.noteSyncState.executeWithOptions({ summary: `${state} (${by})` }, [
      { ...run, state, reason, by },
    ]);
    progress.state = state;
    told();
  };
  const decide = async (kind: Decision['kind'], by: string): Promise<SyncProgress> => {
    const mine: Decision = { kind, by, outcome: null };
    decision = mine;
    await condition(() => mine.outcome !== null || isFinal(progress.state));
    if (mine.outcome === 'moved-on') throw movedOn();
    if (mine.outcome === null) throw refused('Directory.NotApplied', `Run ${runId} ended ${progress.state}.`);
    return progress;
  };
  const refuseDecision = ({ runId: asked }: { runId: string }): void => {
    if (asked !== runId) throw refused('Directory.OtherRun', `This is run ${runId}.`);
    if (decision || (progress.state !== 'awaiting-apply' && progress.state !== 'guarded')) {
      throw refused('Directory.NothingToDecide', `Run ${runId} is ${progress.state}, ${progress.phase}.`);
    }
  };
  const refuseUnless =
    (state: SyncProgress['state']) =>
    (_: { by: string }): void => {
      if (progress.state !== state || progress.phase !== 'pull') {
        throw refused('Directory.WrongState', `Run ${runId} is ${progress.state}, ${progress.phase}.`);
      }
    };

  setHandler(progressQuery, () => progress, { description: 'How far the run is' });
  setHandler(applyChangeSet, ({ by }) => decide('apply', by), {
    validator: refuseDecision,
    description: 'Apply exactly the change set of this run (by, runId)',
  });
  setHandler(discardChangeSet, ({ by }) => decide('discard', by), {
    validator: refuseDecision,
    description: 'Throw the change set of this run away (by, runId)',
  });
  setHandler(pause, ({ by }) => turn('paused', by), {
    validator: refuseUnless('running'),
    description: 'Ask for no more pages until resumed; the page under way is kept',
  });
  setHandler(resume, ({ by }) => turn('running', by), {
    validator: refuseUnless('paused'),
    description: 'Go on with a paused pull',
  });

  const close = async (state: DirectorySyncResult['state'], by: string): Promise<DirectorySyncResult> => {
    const closed = await storing.closeSyncRun.executeWithOptions({ summary: `Close the run: ${state}` }, [
      { ...run, state, reason, by },
    ]);
    progress.state = state;
    enter('closed', 100);
    upsertSearchAttributes([
      { key: SEARCH_ATTRIBUTES.waitingFor, value: 'nobody' },
      { key: SEARCH_ATTRIBUTES.attention, value: state === 'failed' },
      { key: SEARCH_ATTRIBUTES.nextCheckAt, value: null },
    ]);
    await condition(allHandlersFinished);
    return { runId, state, departments: progress.departments, employees: progress.employees, ...closed };
  };

  /** False when the set was refused. What has begun is finished: half a change set would be worse than a late end. */
  const apply = (by: string, exactly: boolean): Promise<boolean> =>
    CancellationScope.nonCancellable(async () => {
      const counts = progress.counts;
      if (!counts) throw new Error('there is nothing compared to apply');
      enter('apply', 92);
      const { applied } = await storingLong.applyChanges.executeWithOptions(
        { summary: applySummary(counts, by) },
        [{ ...run, exactly }],
      );
      if (!applied) return false;
      enter('availability', 97);
      try {
        await pulling.refreshAvailability.executeWithOptions(
          { summary: 'Who of the bound people may use the app' },
          [run],
        );
      } catch (error) {
        // The mirror is right without it: the run is not failed for what only warns.
        reason = `availability not read: ${failureType(error)}`;
      }
      return true;
    });

  const waitForDecision = async (guard: string | null): Promise<DirectorySyncResult> => {
    reason = guard;
    const until = new Date(Date.now() + DECIDE_WITHIN_MS);
    progress.state = guard ? 'guarded' : 'awaiting-apply';
    enter('decision', 90);
    await storing.noteSyncState.executeWithOptions({ summary: `Store the state: ${progress.state}` }, [
      { ...run, state: progress.state, reason, by: startedBy },
    ]);
    upsertSearchAttributes([
      { key: SEARCH_ATTRIBUTES.waitingFor, value: 'apply-or-discard' },
      { key: SEARCH_ATTRIBUTES.attention, value: true },
      { key: SEARCH_ATTRIBUTES.nextCheckAt, value: until },
    ]);
    await condition(() => decision !== null, DECIDE_WITHIN_MS, {
      summary: decisionSummary(until.toISOString()),
    });
    const decided = decision !== null;
    const taken: Decision = decision ?? { kind: 'discard', by: 'nobody', outcome: null };
    // From here on it is too late for another decision, also when the timer took this one.
    decision = taken;
    if (taken.kind === 'apply') {
      progress.state = 'running';
      const applied = await apply(taken.by, true);
      taken.outcome = applied ? 'done' : 'moved-on';
      if (applied) return close('applied', taken.by);
      reason = 'the mirror has moved on since the comparison';
      return close('discarded', taken.by);
    }
    if (!decided) reason = 'nobody decided within 7 days';
    taken.outcome = 'done';
    return close('discarded', taken.by);
  };

  try {
    told();
    await storing.openSyncRun.executeWithOptions({ summary: `Open run ${runId} (${mode})` }, [input]);
    enter('pull', 0);
    await pullDirectory(dockingId, progress, told);
    enter('confirm', 82);
    await pulling.confirmMissing.executeWithOptions(
      { summary: 'Ask once more for everybody who was not seen' },
      [run],
    );
    enter('compare', 85);
    const verdict = await storingLong.compareDirectory.executeWithOptions(
      { summary: compareSummary(progress.employees) },
      [run],
    );
    Object.assign(progress, {
      counts: verdict.counts,
      employees: verdict.employees,
      departments: verdict.departments,
    });
    if (mode === 'preview' || verdict.guard) return await waitForDecision(verdict.guard);
    await apply(startedBy, false);
    return await close('applied', startedBy);
  } catch (error) {
    reason = isCancellation(error) ? 'cancelled' : failureType(error);
    const state = isCancellation(error) ? 'discarded' : 'failed';
    await CancellationScope.nonCancellable(() => close(state, startedBy));
    throw error;
  }
}

function isFinal(state: SyncProgress['state']): boolean {
  return state === 'applied' || state === 'discarded' || state === 'failed';
}

function refused(type: string, message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, type);
}

function movedOn(): ApplicationFailure {
  return refused(
    'Directory.MirrorMovedOn',
    'People of this change set have changed since it was made. Next: start a new preview.',
  );
}
