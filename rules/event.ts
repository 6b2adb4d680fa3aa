/** What a rule is judged on: the ticket event, by shape. Any richer event of the same shape fits. */

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
