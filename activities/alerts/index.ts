/** Word to a docking's admins: what broke, what works again, who is waited for. */
import { createHash } from 'node:crypto';
import { escapeTextMessage, FeishuError } from '../../feishu';
import type { ChecklistChanges, Docking, Owner } from '../../store';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { asText, spell, type AdminNotice } from './notice';
import { postSigned } from './webhook';

export type { AdminNotice } from './notice';

export interface DriftReport extends ChecklistChanges {
  dockingId: string;
  checkId: string;
  drifted: string[];
}
export interface OwnerNudge {
  dockingId: string;
  owner: Owner;
  /** 1 = the first. */
  number: number;
  steps: { step: string; since: string }[];
}

// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- the inferred type is the contract that workflows import
export function createAlertActivities(ports: ActivityPorts) {
  const { store, feishu, now, log } = ports;

  return {
    /** Writes the audit entries and hands the news to the docking's alerts. Repeats safely. */
    reportDrift: ({ dockingId, checkId, broken, recovered, drifted }: DriftReport) =>
      withFailures(async () => {
        const entry = (what: 'broken' | 'recovered', items: string[]): Promise<unknown> =>
          store.audit.append({
            id: `aud_${digest(`${checkId}:${what}`)}`,
            dockingId,
            at: now(),
            actor: 'credential-validation',
            action: `checklist.${what}`,
            detail: { items },
            from: null,
          });
        if (broken.length > 0) await entry('broken', broken);
        if (recovered.length > 0) await entry('recovered', recovered);
        await ports.raiseAlert({
          dockingId,
          noticeId: `drift:${checkId}`,
          kind: 'drift',
          broken,
          recovered,
          drifted,
          steps: [],
        });
      }),

    /** Reminds whoever is waited for. Repeats safely. */
    nudgeOwner: ({ dockingId, owner, number, steps }: OwnerNudge) =>
      withFailures(async () => {
        const noticeId = `nudge:${digest(JSON.stringify([dockingId, owner, number, steps]))}`;
        await store.audit.append({
          id: `aud_${digest(noticeId)}`,
          dockingId,
          at: now(),
          actor: 'onboarding-review',
          action: 'onboarding.owner-nudged',
          detail: { owner, number, steps: steps.map(({ step }) => step) },
          from: null,
        });
        await ports.raiseAlert({
          dockingId,
          noticeId,
          kind: 'waiting',
          broken: [],
          recovered: [],
          owner,
          steps,
        });
      }),

    /**
     * A message of the bot to each bound admin. One whom it does not reach is left out: the webhook, the audit trail and
     * the Temporal UI say the same. Fails only while the platform does not answer.
     */
    alertByMessage: (notice: AdminNotice) =>
      withFailures(async () => {
        const docking = await store.dockings.get(notice.dockingId);
        if (!docking) return { sent: 0 };
        const admins = await boundAdmins(docking);
        if (admins.length === 0) return { sent: 0 };
        const { appSecret } = await store.dockings.secrets(docking.id);
        const client = feishu.for({ appId: docking.appId, appSecret, baseUrl: docking.platformUrl });
        const text = asText(
          await spell(store, docking, notice, now()),
          `${ports.publicUrl}/v1/dockings/${docking.id}/checklist`,
        );
        let sent = 0;
        for (const to of admins) {
          try {
            const uuid = digest(`${notice.noticeId}:${to}`).slice(0, 40);
            await client.messages.send({
              to,
              uuid,
              content: { kind: 'text', text: escapeTextMessage(text) },
            });
            sent += 1;
          } catch (error) {
            if (!(error instanceof FeishuError) || error.retry !== 'never') throw error;
            log.warn({ dockingId: docking.id, code: error.code }, 'an admin could not be told');
          }
        }
        return { sent };
      }),

    /** Does nothing where the docking names no webhook. */
    alertByWebhook: (notice: AdminNotice) =>
      withFailures(async () => {
        const docking = await store.dockings.get(notice.dockingId);
        const url = docking?.alerts?.webhookUrl;
        if (!docking || !url) return { posted: false };
        const { alertSecret = '' } = await store.dockings.secrets(docking.id);
        const body = await spell(store, docking, notice, now());
        await postSigned(url, alertSecret, notice.noticeId, body, now());
        return { posted: true };
      }),
  };

  /** Employees to whom the admins of a docking are bound. */
  async function boundAdmins({ id, alerts }: Docking): Promise<string[]> {
    if (!alerts || alerts.agentIds.length === 0) return [];
    const bindings = await store.bindings.byAgent(id, alerts.agentIds);
    return bindings.flatMap(({ state, employeeId }) => (state === 'active' ? [employeeId] : []));
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 40);
