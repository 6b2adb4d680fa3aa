import { setCurrentDetails } from '@temporalio/workflow';
import { runChecks } from './checks';
import { failureType } from './failure-type';
import type { SetUpRepairInput, SetUpRepairReport } from './messages';
import { line } from './narrate';
import { checking, storing } from './proxies';

/**
 * Carries out changes to the Feishu app that an admin was shown and confirmed, one call after the other, and reads the
 * checklist again. The first change that the platform refuses ends it: what would come after was shown as one whole.
 */
export async function setUpRepair({
  dockingId,
  repairId,
  changeIds,
  requestedBy,
}: SetUpRepairInput): Promise<SetUpRepairReport> {
  let done = 0;
  const told = (words: string): void =>
    setCurrentDetails(
      `Repair \`${repairId}\`, confirmed by ${requestedBy}: ${done} of ${changeIds.length} done. ${words}`,
    );
  told('');
  let state: SetUpRepairReport['state'] = 'done';
  for (const changeId of changeIds) {
    const outcome = await carryOut(repairId, changeId);
    if (outcome !== 'done') {
      state = 'failed';
      break;
    }
    done += 1;
    told('');
  }
  await storing.closeRepair.executeWithOptions({ summary: `Close the repair: ${state}` }, [repairId, state]);
  const { ready } = await runChecks(dockingId);
  told(ready ? 'Every blocking item is passed now.' : 'See the checklist for what is left.');
  return { state, done, ready };
}

async function carryOut(repairId: string, changeId: string): Promise<'done' | 'refused'> {
  try {
    const { outcome } = await checking.applyRepairChange.executeWithOptions(
      { summary: line(`Change the app: ${changeId}`) },
      [repairId, changeId],
    );
    return outcome;
  } catch (error) {
    await storing.refuseRepairChange.executeWithOptions({ summary: line(`Not done: ${changeId}`) }, [
      repairId,
      changeId,
      failureType(error),
    ]);
    return 'refused';
  }
}
