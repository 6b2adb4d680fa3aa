/** The words of ticket events that mean the same whatever the ticket system calls them. */

/** Every ticket event a rule can be triggered by. A source sends those it knows; none is obliged to know all. */
export const EVENT_TYPES = [
  'ticket.created',
  'ticket.assigned_agent',
  'ticket.assigned_group',
  'ticket.unassigned',
  'ticket.accepted',
  'ticket.replied_by_customer',
  'ticket.replied_by_agent',
  'ticket.note_added',
  'ticket.cc_added',
  'ticket.status_changed',
  'ticket.priority_changed',
  'ticket.category_changed',
  'ticket.field_changed',
  'ticket.tag_changed',
  'ticket.sla_warning',
  'ticket.sla_breached',
  'ticket.overdue',
  'ticket.pending_reminder_due',
  'ticket.escalated',
  'ticket.urged',
  'ticket.followed',
  'ticket.unfollowed',
  'ticket.merged',
  'ticket.split',
  'ticket.approval_requested',
  'ticket.approval_decided',
  // The short name of the same, as some ticket systems write it.
  'ticket.decided',
  'ticket.solved',
  'ticket.closed',
  'ticket.reopened',
  'ticket.rated',
  'ticket.deleted',
  'ticket.restored',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What a status means, whatever the ticket system calls it. `waiting` waits for the customer. */
export const STATUS_TYPES = [
  'new',
  'in_progress',
  'waiting',
  'paused',
  'solved',
  'closed',
  'deleted',
] as const;
export type StatusType = (typeof STATUS_TYPES)[number];

export const ACTOR_TYPES = ['customer', 'agent', 'system', 'automation'] as const;
export type ActorType = (typeof ACTOR_TYPES)[number];
