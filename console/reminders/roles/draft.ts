/** The settings as rows that can be typed into, and back. */
import type { RoleChanges, RoleSettings, Watcher } from './settings';

export interface GroupRow {
  groupId: string;
  agentId: string | undefined;
  chatId: string;
}

export interface RolesDraft {
  groups: GroupRow[];
  watchers: Watcher[];
  duty: string | undefined;
  webhookUrl: string;
  /** Empty: the one that is kept stays. */
  webhookSecret: string;
}

export function draftOf({
  groupLeads,
  groupChats,
  watchers,
  duty,
  fallbackWebhook,
}: RoleSettings): RolesDraft {
  const ids = [...new Set([...Object.keys(groupLeads), ...Object.keys(groupChats)])];
  return {
    groups: ids.map((groupId) => ({
      groupId,
      agentId: groupLeads[groupId],
      chatId: groupChats[groupId] ?? '',
    })),
    watchers,
    duty: duty.agentId ?? undefined,
    webhookUrl: fallbackWebhook?.url ?? '',
    webhookSecret: '',
  };
}

function wholeOf({ groups, watchers, duty, webhookUrl, webhookSecret }: RolesDraft): RoleChanges {
  const url = webhookUrl.trim();
  const named = groups.map((row) => ({ ...row, groupId: row.groupId.trim(), chatId: row.chatId.trim() }));
  return {
    groupLeads: Object.fromEntries(
      named.flatMap(({ groupId, agentId }) => (agentId === undefined ? [] : [[groupId, agentId]])),
    ),
    groupChats: Object.fromEntries(
      named.flatMap(({ groupId, chatId }) => (chatId === '' ? [] : [[groupId, chatId]])),
    ),
    watchers,
    duty: { agentId: duty ?? null },
    fallbackWebhook: url === '' ? null : { url, ...(webhookSecret === '' ? {} : { secret: webhookSecret }) },
  };
}

/** Only what was changed: the rest may have been saved by somebody else meanwhile. */
export function changesOf(settings: RoleSettings, draft: RolesDraft): Partial<RoleChanges> {
  const [before, after] = [wholeOf(draftOf(settings)), wholeOf(draft)];
  const changed = Object.entries(after).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof RoleChanges]),
  );
  return Object.fromEntries(changed);
}

/** False for rows that cannot be kept as they are: without a group, with one that is named twice, or watching nothing. */
export function isComplete({ groups, watchers }: RolesDraft): boolean {
  const ids = groups.map(({ groupId }) => groupId.trim());
  return (
    ids.every((id) => id !== '') &&
    new Set(ids).size === ids.length &&
    watchers.every(({ categoryPrefix, agentIds }) => categoryPrefix.trim() !== '' && agentIds.length > 0)
  );
}
