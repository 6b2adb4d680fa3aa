/** Rules for the usual cases, on from the first minute. Saved once per docking; people change them as they like. */
import type { Condition, ReceiverSpec, ReminderRule, Timing } from './rule';

interface ReadyMade {
  id: string;
  name: { en: string; zh: string };
  triggers: string[];
  when: Condition[];
  to: ReceiverSpec[];
  urgent?: boolean;
  timing?: Timing;
}

const assigned: Condition = { fact: 'ticket.assigneeId', operator: 'isNotEmpty', value: true };
const pressing: Condition = { fact: 'ticket.priority', operator: 'in', value: ['high', 'urgent'] };
/** A ticket whose status the source does not tell counts as open. */
const open: Condition = {
  not: { fact: 'ticket.statusType', operator: 'in', value: ['solved', 'closed', 'deleted'] },
};
const LEADS: ReceiverSpec[] = [{ role: 'assignee' }, { role: 'group-lead' }];

const READY_MADE: readonly ReadyMade[] = [
  {
    id: 'ready-assigned-urgent',
    name: { en: 'Assigned to me, high or urgent', zh: '高优先级工单分配给我' },
    triggers: ['ticket.assigned_agent'],
    when: [assigned, pressing],
    to: [{ role: 'assignee' }],
    urgent: true,
  },
  {
    id: 'ready-assigned',
    name: { en: 'Assigned to me', zh: '工单分配给我' },
    triggers: ['ticket.assigned_agent'],
    when: [assigned, { not: pressing }],
    to: [{ role: 'assignee' }],
  },
  {
    id: 'ready-assigned-group',
    name: { en: 'New for my group, nobody has it', zh: '工单分配到我的受理组且无人受理' },
    triggers: ['ticket.assigned_group'],
    when: [{ not: assigned }, open],
    to: [{ role: 'group-members' }],
  },
  {
    id: 'ready-customer-replied',
    name: { en: 'The customer replied', zh: '客户回复' },
    triggers: ['ticket.replied_by_customer'],
    when: [assigned],
    to: [{ role: 'assignee' }],
    timing: { coalesceSeconds: 60 },
  },
  {
    id: 'ready-reopened',
    name: { en: 'Reopened', zh: '工单重新打开' },
    triggers: ['ticket.reopened'],
    when: [assigned],
    to: [{ role: 'assignee' }],
  },
  {
    id: 'ready-priority-raised',
    name: { en: 'Raised to high or urgent', zh: '优先级升高' },
    triggers: ['ticket.priority_changed'],
    when: [assigned, pressing, { fact: 'changes.priority.from', operator: 'in', value: ['low', 'normal'] }],
    to: [{ role: 'assignee' }],
    urgent: true,
  },
  {
    id: 'ready-sla-warning',
    name: { en: 'SLA about to be missed', zh: 'SLA 即将超时' },
    triggers: ['ticket.sla_warning'],
    when: [open],
    to: [{ role: 'assignee' }],
    urgent: true,
  },
  {
    id: 'ready-sla-breached',
    name: { en: 'SLA missed', zh: 'SLA 已超时' },
    triggers: ['ticket.sla_breached'],
    when: [open],
    to: LEADS,
    urgent: true,
  },
  {
    id: 'ready-overdue',
    name: { en: 'Overdue', zh: '工单逾期' },
    triggers: ['ticket.overdue'],
    when: [open],
    to: LEADS,
    urgent: true,
  },
  {
    id: 'ready-urged',
    name: { en: 'Urged', zh: '催单' },
    triggers: ['ticket.urged'],
    when: [assigned],
    to: [{ role: 'assignee' }],
    urgent: true,
  },
  {
    id: 'ready-urged-again',
    name: { en: 'Urged twice or more', zh: '多次催单' },
    triggers: ['ticket.urged'],
    when: [{ fact: 'ticket.urgeCount', operator: 'greaterThanInclusive', value: 2 }],
    to: [{ role: 'group-lead' }],
    urgent: true,
  },
  {
    id: 'ready-low-rating',
    name: { en: 'Rated 2 or less', zh: '低分评价' },
    triggers: ['ticket.rated'],
    when: [{ fact: 'ticket.rating.score', operator: 'lessThanInclusive', value: 2 }],
    to: LEADS,
  },
  {
    id: 'ready-mentioned',
    name: { en: 'Mentioned me', zh: '提及我' },
    triggers: ['ticket.note_added', 'ticket.replied_by_agent'],
    when: [{ fact: 'reply.mentionedAgentIds', operator: 'isNotEmpty', value: true }],
    to: [{ role: 'mentioned' }],
  },
  {
    id: 'ready-copied',
    name: { en: 'Put in copy', zh: '抄送给我' },
    triggers: ['ticket.cc_added'],
    when: [{ fact: 'ticket.ccAgentIds', operator: 'isNotEmpty', value: true }],
    to: [{ role: 'cc' }],
  },
  {
    id: 'ready-escalated',
    name: { en: 'Escalated', zh: '工单升级' },
    triggers: ['ticket.escalated'],
    when: [open],
    to: LEADS,
    urgent: true,
  },
  {
    id: 'ready-pending-due',
    name: { en: 'Pending reminder due', zh: '待处理提醒到期' },
    triggers: ['ticket.pending_reminder_due'],
    when: [assigned],
    to: [{ role: 'assignee' }],
  },
  {
    id: 'ready-unassigned-too-long',
    name: { en: 'Nobody has taken it for 10 minutes', zh: '超过 10 分钟无人受理' },
    triggers: ['ticket.created', 'ticket.assigned_group', 'ticket.unassigned'],
    when: [{ not: assigned }, open, { fact: 'event.occurredAt', operator: 'olderThan', value: '10m' }],
    to: [{ role: 'group-members' }],
    urgent: true,
  },
];

/** Names are in the docking's language; ids are the same in every docking. */
export function readyMadeRules(language: 'en' | 'zh'): ReminderRule[] {
  return structuredClone(READY_MADE).map(({ id, name, triggers, when, to, urgent, timing }) => ({
    id,
    name: name[language],
    enabled: true,
    triggers,
    conditions: { all: when },
    receivers: to,
    urgency: urgent ? 'urgent' : 'routine',
    ...(timing ? { timing } : {}),
  }));
}
