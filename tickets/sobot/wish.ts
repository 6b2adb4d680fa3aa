import type { TicketSystemErrorCode } from '../failure';
import type { TicketAction } from '../port';
import type { SobotAgents } from './agents';
import type { SobotStatuses } from './statuses';
import { LEVELS } from './ticket';
import { html, split, text, type Wire } from './wire';

/** The fields of a ticket an action sets, in Sobot's names, and the words it adds. */
export interface Wish {
  fields: Partial<Record<'ticket_status' | 'ticket_level' | 'deal_agentid' | 'deal_groupid', string>>;
  /** Only with `deal_agentid` and `deal_groupid`. */
  names: Partial<Record<'deal_agent_name' | 'deal_group_name', string>>;
  reply?: { content: string; public: boolean };
}

export interface Refusal {
  refused: TicketSystemErrorCode;
  nextStep: string;
}

const refuse = (refused: TicketSystemErrorCode, nextStep: string): Refusal => ({ refused, nextStep });

/** What an action means for the ticket as it stands: decided anew after every reading. */
export async function wishOf(
  action: TicketAction,
  detail: Wire,
  agents: SobotAgents,
  statuses: SobotStatuses,
): Promise<Wish | Refusal> {
  const none: Wish = { fields: {}, names: {} };
  switch (action.kind) {
    case 'claim':
      return claim(action, detail, agents, statuses);
    case 'assign':
      return assign(action, detail, agents);
    case 'unassign':
      return { fields: { deal_agentid: '' }, names: { deal_agent_name: '' } };
    case 'reply':
    case 'note': {
      if (!action.text?.trim()) return refuse('invalid', 'Write a text first.');
      return { ...none, reply: { content: html(action.text.trim()), public: action.kind === 'reply' } };
    }
    case 'set_status': {
      const status = action.status === undefined ? undefined : await statuses.offeredByCode(action.status);
      if (!status) return refuse('invalid', 'Choose one of the statuses of the company.');
      return { ...none, fields: { ticket_status: status.code } };
    }
    case 'set_priority': {
      if (!action.priority) return refuse('invalid', 'Choose a priority.');
      return { ...none, fields: { ticket_level: String(LEVELS.indexOf(action.priority)) } };
    }
    case 'solve':
    case 'close':
    case 'reopen': {
      const type = { solve: 'solved', close: 'closed', reopen: 'in_progress' } as const;
      const code = await statuses.codeOf(type[action.kind]);
      if (code === undefined) return refuse('unsupported', 'The company has no status of this kind.');
      return { ...none, fields: { ticket_status: code } };
    }
    case 'urge':
      return refuse('unsupported', 'An urge is not a change of the ticket.');
  }
}

async function claim(
  action: TicketAction,
  detail: Wire,
  agents: SobotAgents,
  statuses: SobotStatuses,
): Promise<Wish | Refusal> {
  const holders = split(detail.deal_agentid);
  const isHeld = holders.length > 0 && !holders.includes(action.actorAgentId);
  if (isHeld && !action.force) return refuse('stale', 'Somebody else already has this ticket.');
  const wish = await assign({ ...action, toAgentId: action.actorAgentId }, detail, agents);
  if ('refused' in wish) return wish;
  const status = await statuses.byCode(text(detail.ticket_status));
  const accepted = status?.type === 'new' ? await statuses.codeOf('in_progress') : undefined;
  if (accepted !== undefined) wish.fields.ticket_status = accepted;
  return wish;
}

/** The ticket's group stays when the agent is a member; else it moves to the agent's first ticket group. */
async function assign(action: TicketAction, detail: Wire, agents: SobotAgents): Promise<Wish | Refusal> {
  const { toAgentId, toGroupId } = action;
  if (toAgentId === undefined && toGroupId === undefined) {
    return refuse('invalid', 'Choose an agent or a group.');
  }
  const wish: Wish = { fields: {}, names: {} };
  const agent = toAgentId === undefined ? undefined : await agents.named(toAgentId);
  if (toAgentId !== undefined && !agent) return refuse('invalid', 'This agent does not exist any more.');
  const groups = (await agents.groups()).filter((group) => group.kind === 'ticket');
  const current = split(detail.deal_groupid)[0];
  const own = agent?.groupIds.filter((id) => groups.some((group) => group.groupId === id)) ?? [];
  const groupId = toGroupId ?? (current !== undefined && own.includes(current) ? current : own[0]);
  if (groupId !== undefined) {
    wish.fields.deal_groupid = groupId;
    wish.names.deal_group_name = groups.find((group) => group.groupId === groupId)?.name ?? '';
  }
  wish.fields.deal_agentid = agent?.agentId ?? '';
  wish.names.deal_agent_name = agent?.name ?? '';
  return wish;
}

/** Whether the ticket already is as wished; words are never "already" there. */
export function isFulfilled(wish: Wish, detail: Wire): boolean {
  return Object.entries(wish.fields).every(([field, wanted]) =>
    field.startsWith('deal_') ? (split(detail[field])[0] ?? '') === wanted : text(detail[field]) === wanted,
  );
}
