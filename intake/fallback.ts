/** Who is asked in somebody's place when they cannot be told: the docking's fallback chain, for one ticket. */
import { NO_NOTIFICATION_SETTINGS, type Docking } from '../store';
import type { Ticket } from '../tickets';

export type FallbackStep =
  | { kind: 'group-lead'; agentId: string }
  | { kind: 'group-chat'; chatId: string }
  | { kind: 'duty'; agentId: string }
  | { kind: 'webhook'; url: string };

/** In the order in which they are tried; steps that the docking does not name are left out. */
export function fallbackChain(
  { notification = NO_NOTIFICATION_SETTINGS }: Docking,
  { groupId }: Pick<Ticket, 'groupId'>,
): FallbackStep[] {
  const { groupLeads, groupChats, duty, fallbackWebhook } = notification;
  const lead = ofGroup(groupLeads, groupId);
  const chatId = ofGroup(groupChats, groupId);
  return [
    ...(lead ? [{ kind: 'group-lead', agentId: lead } as const] : []),
    ...(chatId ? [{ kind: 'group-chat', chatId } as const] : []),
    ...(duty.agentId && duty.agentId !== lead ? [{ kind: 'duty', agentId: duty.agentId } as const] : []),
    ...(fallbackWebhook ? [{ kind: 'webhook', url: fallbackWebhook.url } as const] : []),
  ];
}

/** Group ids come from outside: only own members count. */
export function ofGroup(
  byGroup: Readonly<Record<string, string>>,
  groupId: string | null | undefined,
): string | null {
  return groupId && Object.hasOwn(byGroup, groupId) ? (byGroup[groupId] ?? null) : null;
}
