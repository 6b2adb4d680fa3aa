import type {
  Actor,
  Change,
  Happening,
  SimulatedTicket,
  StatusType,
  TicketReply,
  TicketSystem,
} from './types';
import type { TicketWorld } from './world';

export function statusTypeOf(system: TicketSystem, ticket: SimulatedTicket): StatusType {
  return system.statuses.find((status) => status.code === ticket.statusCode)?.type ?? 'in_progress';
}

export function codeOfType(system: TicketSystem, type: StatusType): string {
  return system.statuses.find((status) => status.type === type)?.code ?? '';
}

/** Collects what one action does to one ticket. */
export class Edit {
  readonly changes: Change[] = [];
  reply: TicketReply | undefined;
  urge: Happening['urge'];
  sla: Happening['sla'];
  created = false;

  constructor(
    private readonly world: TicketWorld,
    readonly ticket: SimulatedTicket,
    readonly at: number,
  ) {}

  set<K extends keyof SimulatedTicket>(field: K, to: SimulatedTicket[K]): void {
    const from = this.ticket[field];
    if (JSON.stringify(from) === JSON.stringify(to)) return;
    this.changes.push({ field, from, to });
    this.ticket[field] = to;
  }

  setField(fieldId: string, to: string): void {
    const from = this.ticket.fields[fieldId] ?? '';
    if (from === to) return;
    this.changes.push({ field: `fields.${fieldId}`, from, to });
    this.ticket.fields = { ...this.ticket.fields, [fieldId]: to };
  }

  say(text: string, isPublic: boolean, by: Actor): void {
    this.reply = {
      replyId: this.world.ids.next('reply').slice(-32),
      text,
      public: isPublic,
      by,
      at: this.at,
    };
    this.ticket.replies = [...this.ticket.replies, this.reply];
  }
}

/** Runs an edit as one action: new version, new update time, one log row, one announcement. */
export function commit(
  world: TicketWorld,
  system: TicketSystem,
  ticket: SimulatedTicket,
  actor: Actor,
  run: (edit: Edit) => void,
): Happening {
  const at = world.clock.now();
  const was = statusTypeOf(system, ticket);
  const edit = new Edit(world, ticket, at);
  run(edit);
  const is = statusTypeOf(system, ticket);
  if (was !== is) settleTimes(edit, was, is);
  const events = eventsOf(edit, actor, was, is);
  const happening: Happening = {
    ticket,
    actor,
    at,
    causeId: world.ids.next('cause').slice(-32),
    events,
    changes: edit.changes,
    ...(edit.reply && { reply: edit.reply }),
    ...(edit.urge && { urge: edit.urge }),
    ...(edit.sla && { sla: edit.sla }),
  };
  if (events.length === 0) return happening;
  if (!edit.created) {
    ticket.version += 1;
    ticket.updatedAt = at;
    ticket.log = [{ title: '工单更新', contents: logContents(edit), by: actor, at }, ...ticket.log];
  }
  world.announce(system, happening);
  return happening;
}

const isEnded = (type: StatusType): boolean => type === 'solved' || type === 'closed';

function settleTimes(edit: Edit, was: StatusType, is: StatusType): void {
  if (was === 'new' && is === 'in_progress') edit.ticket.firstAcceptAt = edit.at;
  if (is === 'closed') edit.ticket.closedAt = edit.at;
  if (isEnded(was) && !isEnded(is) && is !== 'deleted') {
    edit.ticket.closedAt = null;
    edit.ticket.reopenCount += 1;
  }
}

function logContents(edit: Edit): Record<string, string> {
  const labels: Record<string, string> = { statusCode: '工单状态', priority: '优先级', agentId: '受理客服' };
  const contents: Record<string, string> = {};
  for (const { field, to } of edit.changes) {
    contents[labels[field] ?? '自定义字段'] = typeof to === 'string' ? to : JSON.stringify(to);
  }
  if (edit.reply) contents['回复'] = edit.reply.text;
  return contents;
}

/** Which events of the product one action is, in the order in which people would tell them. */
function eventsOf(edit: Edit, actor: Actor, was: StatusType, is: StatusType): string[] {
  const events: string[] = [];
  const changed = new Map(edit.changes.map((change) => [change.field, change]));
  if (edit.created) events.push('created');
  if (changed.has('agentId')) events.push(edit.ticket.agentId ? 'assigned_agent' : 'unassigned');
  if (changed.has('groupId') && edit.ticket.groupId) events.push('assigned_group');
  if (was === 'new' && is === 'in_progress') events.push('accepted');
  if (edit.reply) {
    if (!edit.reply.public) events.push('note_added');
    else events.push(actor.type === 'customer' ? 'replied_by_customer' : 'replied_by_agent');
  }
  if (edit.urge) events.push('urged');
  if (changed.has('rating')) events.push('rated');
  if (changed.has('statusCode')) events.push(statusEvent(was, is));
  if (changed.has('priority')) events.push('priority_changed');
  if (changed.has('categoryId')) events.push('category_changed');
  if (changed.has('tags')) events.push('tag_changed');
  if (changed.has('ccAgentIds')) events.push('cc_added');
  const followers = changed.get('followerIds');
  if (followers) {
    events.push(
      (followers.to as string[]).length > (followers.from as string[]).length ? 'followed' : 'unfollowed',
    );
  }
  if (changed.has('title') || edit.changes.some((change) => change.field.startsWith('fields.'))) {
    events.push('field_changed');
  }
  if (edit.sla) events.push(edit.sla.state === 'breached' ? 'sla_breached' : 'sla_warning');
  return events.map((name) => `ticket.${name}`);
}

function statusEvent(was: StatusType, is: StatusType): string {
  if (was === 'deleted' && is !== 'deleted') return 'restored';
  if (is === 'deleted') return 'deleted';
  if (was !== 'solved' && is === 'solved') return 'solved';
  if (was !== 'closed' && is === 'closed') return 'closed';
  if (isEnded(was) && !isEnded(is)) return 'reopened';
  return 'status_changed';
}
