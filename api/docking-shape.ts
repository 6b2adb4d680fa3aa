/** A docking as it leaves the API. */
import { DEFAULT_DIRECTORY_GUARD, type Docking, type LongConnectionRecord } from '../store';
import type { Localized } from '../feishu';
import { wantsLongConnection } from './event-mode';
import type { Language } from './language';

const PUSH_PROOF: Record<Docking['ticketSystem']['kind'], Localized> = {
  sobot: {
    en: '?access_token=<webhookSecret> where the docking has one; the ticket is read back in any case',
    zh: '?access_token=<webhookSecret>（对接设有推送密钥时）；无论如何都会从工单系统重新读取工单',
  },
  rest: {
    en: 'X-Signature: t=<unix seconds>,v1=<hex HMAC-SHA-256 of "t.body" with webhookSecret>, or a bearer token of role ticket-system',
    zh: 'X-Signature: t=<Unix 秒>,v1=<以 webhookSecret 对“t.body”计算的 HMAC-SHA-256 十六进制值>，或角色为 ticket-system 的 Bearer 令牌',
  },
};

/** `connection`: what is known of its long connection. `language`: of its one sentence. */
export const dockingShape = (
  docking: Docking,
  publicUrl: string,
  connection: LongConnectionRecord | undefined,
  now: Date,
  language: Language,
): object => ({
  id: docking.id,
  name: docking.name,
  brand: docking.brand,
  appId: docking.appId,
  platformUrl: docking.platformUrl,
  homepageUrl: docking.homepageUrl,
  redirectUrl: docking.redirectUrl,
  state: docking.state,
  pausedReason: docking.pausedReason ?? null,
  tenantKey: docking.tenantKey ?? null,
  tenantName: docking.tenantName ?? null,
  ticketSystem: docking.ticketSystem,
  monthlyCallQuota: docking.monthlyCallQuota ?? null,
  calendar: docking.calendar ?? null,
  directoryGuard: docking.directoryGuard ?? DEFAULT_DIRECTORY_GUARD,
  alerts: docking.alerts ?? { agentIds: [], webhookUrl: null },
  employeePhoneScope: docking.employeePhoneScope ?? null,
  eventMode: docking.eventMode ?? 'automatic',
  /** What the app itself is set to, as last read; null = not told. */
  appEventModes: docking.appEventModes ?? { events: null, clicks: null },
  /** Null where no long connection is wanted. */
  eventConnection: wantsLongConnection(docking) ? connectionShape(connection, now) : null,
  /** Where Feishu sends events and card clicks, unless they come over a long connection. */
  feishuEventsUrl: `${publicUrl}/feishu/${docking.id}/events`,
  /** Where the ticket system pushes in its own format. */
  ticketPushUrl: `${publicUrl}/tickets/${docking.id}/events`,
  /** How a push proves itself there. */
  ticketPushProof: PUSH_PROOF[docking.ticketSystem.kind][language],
  createdAt: docking.createdAt,
  updatedAt: docking.updatedAt,
});

/** A holder that has said nothing for so long is dead. */
const SILENT_MS = 30_000;

/** `unattended`: no API process holds the connection. */
function connectionShape(connection: LongConnectionRecord | undefined, now: Date): object {
  if (!connection || now.getTime() - connection.aliveAt.getTime() > SILENT_MS) {
    return {
      state: 'unattended',
      since: connection?.aliveAt ?? null,
      reason: null,
      nextTryAt: null,
      lastEventAt: connection?.lastEventAt ?? null,
    };
  }
  const { state, since, reason, nextTryAt, lastEventAt } = connection;
  return { state, since, reason, nextTryAt, lastEventAt };
}
