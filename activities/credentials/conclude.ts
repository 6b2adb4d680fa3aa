import { activityInfo } from '@temporalio/activity';
import type { ChecklistItem, ChecklistChanges } from '../../store';
import { DOCKING_REASONS } from '../../feishu';
import { resume } from '../../intake';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { itemFrom, type Finding } from './finding';
import { itemIds, PROOF_ITEMS } from './items';
import { requireDocking } from './proofs';

export interface UnreadProof {
  proof: string;
  /** Failure type; `credentials` = not looked at, because the app was not let in. */
  failure: string;
}

export interface ItemVerdict {
  id: string;
  state: ChecklistItem['state'];
  blocking: boolean;
  /** Unknown for now only: the platform did not answer, or did not let the app in. */
  unreachable?: true;
  /** A person of the platform said no. */
  rejected?: true;
}

/** Reasons of an unknown item that pass by themselves or with another item: no ground to decide it by hand. */
const FOR_NOW = new Set(['unreachable', 'not-let-in']);

/** The whole verdict in ids and states; the texts are in the store. */
export interface CredentialValidationReport {
  ready: boolean;
  items: ItemVerdict[];
  /** What this check changed. Each change is told by one check only. */
  changes: ChecklistChanges;
  /** Items that were passed once and are not any more. */
  drifted: string[];
  /** Names this check; safe to use as an event id. */
  checkId: string;
}

/** Marks what could not be read as unknown, and sums up. `unread` names proofs that gave no verdict. */
export function concludeChecklist(
  ports: ActivityPorts,
  dockingId: string,
  unread: UnreadProof[],
): Promise<CredentialValidationReport> {
  const { store, now } = ports;
  return withFailures(async () => {
    const docking = await requireDocking(store, dockingId);
    const unknown = unread.flatMap(({ proof, failure }) =>
      (PROOF_ITEMS[proof]?.(docking) ?? []).map((id) =>
        itemFrom(docking, notRead(id, failure, docking.platformUrl), now()),
      ),
    );
    if (unknown.length > 0) await store.checklists.putItems(dockingId, unknown);
    const { workflowExecution, activityId } = activityInfo();
    const checkId = `${workflowExecution?.runId ?? 'test'}:${activityId}`;
    const { checklist, changes } = await store.checklists.conclude(
      dockingId,
      itemIds(docking),
      now(),
      checkId,
    );
    // Only what the platform paused; a person's pause is a person's to end.
    if (checklist.ready && docking.state === 'paused' && docking.pausedReason) {
      await resume(store, (id, reasons) => ports.replayParked(id, reasons), docking, DOCKING_REASONS);
    }
    // What is left: of a resumption that died before it told all of it, or passed by a call that was refused later; and cards whose
    // change was given up.
    if (checklist.ready && docking.state === 'live') await ports.replayParked(dockingId, DOCKING_REASONS);
    return {
      ready: checklist.ready,
      items: checklist.items.map(verdict),
      changes,
      drifted: checklist.drifted,
      checkId,
    };
  });
}

function verdict({ id, state, blocking, detail }: ChecklistItem): ItemVerdict {
  return {
    id,
    state,
    blocking,
    ...(FOR_NOW.has(String(detail?.['reason'])) ? { unreachable: true as const } : {}),
    ...(detail?.['rejected'] === true ? { rejected: true as const } : {}),
  };
}

function notRead(id: string, failure: string, platformUrl: string): Finding {
  return failure === 'credentials'
    ? {
        id,
        state: 'unknown',
        message: {
          en: 'Not looked at: the app is not let in. See the item "credentials".',
          zh: '未检查：应用无法登录。请先处理“App ID 与 App Secret”一项。',
        },
        detail: { reason: 'not-let-in' },
      }
    : {
        id,
        state: 'unknown',
        message: {
          en: `${platformUrl} could not be read (${failure}): the platform, or the network on the way, is down. Nothing is known to be wrong with the set-up. Check again in a few minutes.`,
          zh: `无法读取 ${platformUrl}（${failure}）：平台或网络暂时不可用，并不表示配置有误。请几分钟后重新检查。`,
        },
        link: platformUrl,
        detail: { reason: 'unreachable', failure },
      };
}
