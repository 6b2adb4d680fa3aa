/** What a rule is judged on: the ticket event, by shape. Any richer event of the same shape fits. */

/** Event types a rule can listen to. */
export const TRIGGERS = [
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

export type Scalar = string | number | boolean | null;
type Maybe<T> = T | null | undefined;

export interface RuleTicket {
  id: string;
  code?: Maybe<string>;
  version?: Maybe<string | number>;
  title?: Maybe<string>;
  contentExcerpt?: Maybe<string>;
  statusCode?: Maybe<string>;
  statusType?: Maybe<string>;
  statusName?: Maybe<string>;
  priority?: Maybe<string>;
  categoryPath?: Maybe<string>;
  source?: Maybe<string>;
  createdAt?: Maybe<string>;
  updatedAt?: Maybe<string>;
  firstResponseDueAt?: Maybe<string>;
  dueAt?: Maybe<string>;
  closedAt?: Maybe<string>;
  creator?: Maybe<{ id?: Maybe<string>; type?: Maybe<string>; name?: Maybe<string> }>;
  customer?: Maybe<{
    id?: Maybe<string>;
    name?: Maybe<string>;
    vip?: Maybe<boolean>;
    organization?: Maybe<string>;
  }>;
  assigneeId?: Maybe<string>;
  assigneeName?: Maybe<string>;
  previousAssigneeId?: Maybe<string>;
  groupId?: Maybe<string>;
  groupName?: Maybe<string>;
  followerIds?: Maybe<readonly string[]>;
  ccAgentIds?: Maybe<readonly string[]>;
  tags?: Maybe<readonly string[]>;
  customFields?: Maybe<Readonly<Record<string, Scalar | readonly Scalar[]>>>;
  reopenCount?: Maybe<number>;
  urgeCount?: Maybe<number>;
  rating?: Maybe<{ score: number; remark?: Maybe<string> }>;
  url?: Maybe<string>;
}

/** Times are RFC 3339 texts with a zone. `ticket` is the state after the event. */
export interface RuleEvent {
  eventId: string;
  type: string;
  occurredAt: string;
  receivedAt?: Maybe<string>;
  causeId?: Maybe<string>;
  actor?: Maybe<{ type: string; id?: Maybe<string>; name?: Maybe<string> }>;
  ticket: RuleTicket;
  changes?: Maybe<
    readonly { field: string; from?: Scalar | readonly Scalar[]; to?: Scalar | readonly Scalar[] }[]
  >;
  reply?: Maybe<{
    id?: Maybe<string>;
    public?: Maybe<boolean>;
    excerpt?: Maybe<string>;
    attachments?: Maybe<readonly { name?: Maybe<string>; url?: Maybe<string> }[]>;
    mentionedAgentIds?: Maybe<readonly string[]>;
  }>;
  sla?: Maybe<{ metric: string; dueAt?: Maybe<string>; state?: Maybe<string> }>;
  urge?: Maybe<{ byAgentId?: Maybe<string>; remark?: Maybe<string> }>;
}
