import {
  condition,
  continueAsNew,
  isCancellation,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import {
  alertRaised,
  type AdminNotice,
  type DockingAlertsInput,
  type DockingAlertsResult,
  type DockingAlertsState,
} from './messages';
import { SEARCH_ATTRIBUTES } from './names';
import { alertsDetails } from './narrate';
import { alerting } from './proxies';

const SEEN_NOTICES = 100;
/** What is still broken is told again after this long. */
const REPEAT_MS = 7 * 86_400_000;

/**
 * Tells a docking's admins what broke, what recovered and who is waited for: by a message of the bot to each bound
 * admin, and by a signed webhook. Stays, with `Attention` set, as long as something that worked once does not.
 */
export async function dockingAlerts({
  dockingId,
  carried,
}: DockingAlertsInput): Promise<DockingAlertsResult> {
  const state: DockingAlertsState = carried ?? {
    waiting: [],
    seenNoticeIds: [],
    drifted: [],
    told: 0,
    notTold: 0,
  };
  setHandler(alertRaised, (notice) => {
    if (state.seenNoticeIds.includes(notice.noticeId)) return;
    state.seenNoticeIds = [...state.seenNoticeIds, notice.noticeId].slice(-SEEN_NOTICES);
    state.waiting.push(notice);
  });

  for (;;) {
    const notice = state.waiting.shift();
    if (notice) {
      if (notice.drifted) state.drifted = notice.drifted;
      show(dockingId, state);
      if (await tell(notice)) state.told += 1;
      else state.notTold += 1;
      continue;
    }
    show(dockingId, state);
    if (state.drifted.length === 0) return { told: state.told, notTold: state.notTold };
    const news = await condition(() => state.waiting.length > 0, REPEAT_MS, {
      summary: `${state.drifted.length} broken: tell the admins again`,
    });
    if (workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof dockingAlerts>({ dockingId, carried: state });
    }
    if (!news) state.waiting.push(stillBroken(dockingId, state));
  }
}

function stillBroken(dockingId: string, { drifted, told, notTold }: DockingAlertsState): AdminNotice {
  const noticeId = `still-broken:${workflowInfo().firstExecutionRunId}:${told + notTold}`;
  return { dockingId, noticeId, kind: 'still-broken', broken: drifted, recovered: [], steps: [] };
}

/** Both ways at once; true when neither failed. One that fails never holds up the other, nor the next notice. */
async function tell(notice: AdminNotice): Promise<boolean> {
  const ways = await Promise.all([
    attempt(() =>
      alerting.alertByMessage.executeWithOptions({ summary: `Message to the bound admins: ${notice.kind}` }, [
        notice,
      ]),
    ),
    attempt(() =>
      alerting.alertByWebhook.executeWithOptions({ summary: `Webhook: ${notice.kind}` }, [notice]),
    ),
  ]);
  return ways.every((worked) => worked);
}

async function attempt(way: () => Promise<unknown>): Promise<boolean> {
  try {
    await way();
    return true;
  } catch (error) {
    if (isCancellation(error)) throw error;
    return false;
  }
}

function show(dockingId: string, state: DockingAlertsState): void {
  setCurrentDetails(alertsDetails(dockingId, state));
  upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.attention, value: state.drifted.length > 0 }]);
}
