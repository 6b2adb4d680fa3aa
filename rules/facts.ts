/**
 * The catalogue of facts: everything a condition can look at. Validation, evaluation, the API, the documentation and
 * the console read this one table.
 */
import { ACTOR_TYPES, EVENT_TYPES, PRIORITIES, STATUS_TYPES } from '../tickets/vocabulary';
import type { Scalar } from './event';
import { RESERVED_NAMES } from './path';

/**
 * `choice` is a text out of `values`; `list` is a list of texts; `change` is a field's {from, to};
 * `any` is whatever the source sends (custom fields).
 */
export type FactType = 'text' | 'number' | 'boolean' | 'time' | 'choice' | 'list' | 'change' | 'any';

export interface FactChange {
  from: Scalar | readonly Scalar[];
  to: Scalar | readonly Scalar[];
}
/** Times are RFC 3339 texts. A fact that the event does not have is absent, never null. */
export type FactValue = string | number | boolean | readonly Scalar[] | FactChange;

export interface FactDefinition {
  name: string;
  type: FactType;
  label: { en: string; zh: string };
  /** All allowed texts of a `choice`. */
  values?: readonly string[];
  /** True when `values` go from least to most, so that greater and less mean something. */
  ordered?: boolean;
  /** How a trace may show it: `person` as a first letter only, `prose` with phone numbers and addresses hidden. */
  shown: 'plain' | 'person' | 'prose';
}

type Extra = Partial<Pick<FactDefinition, 'values' | 'ordered' | 'shown'>>;

function fact(name: string, type: FactType, en: string, zh: string, extra: Extra = {}): FactDefinition {
  return { name, type, label: { en, zh }, shown: 'plain', ...extra };
}

const person: Extra = { shown: 'person' };
const prose: Extra = { shown: 'prose' };

export const FACTS: readonly FactDefinition[] = [
  fact('ticket.id', 'text', 'ticket id', '工单 ID'),
  fact('ticket.code', 'text', 'ticket number', '工单编号'),
  fact('ticket.version', 'any', 'version of the ticket', '工单版本'),
  fact('ticket.title', 'text', 'title', '标题', prose),
  fact('ticket.contentExcerpt', 'text', 'start of the content', '内容摘要', prose),
  fact('ticket.statusCode', 'text', "ticket system's own status code", '状态码'),
  fact('ticket.statusType', 'choice', 'status', '状态类型', { values: STATUS_TYPES }),
  fact('ticket.statusName', 'text', "ticket system's own status name", '状态名称'),
  fact('ticket.priority', 'choice', 'priority', '优先级', { values: PRIORITIES, ordered: true }),
  fact('ticket.categoryPath', 'text', 'category, from the root, joined with "/"', '分类路径'),
  fact('ticket.source', 'text', 'channel it came by', '来源'),
  fact('ticket.createdAt', 'time', 'created at', '创建时间'),
  fact('ticket.updatedAt', 'time', 'updated at', '更新时间'),
  fact('ticket.firstResponseDueAt', 'time', 'first response due at', '首次响应截止时间'),
  fact('ticket.dueAt', 'time', 'solution due at', '解决截止时间'),
  fact('ticket.closedAt', 'time', 'closed at', '关闭时间'),
  fact('ticket.creator.id', 'text', 'id of the creator', '创建人 ID'),
  fact('ticket.creator.type', 'choice', 'kind of creator', '创建人类型', { values: ACTOR_TYPES }),
  fact('ticket.creator.name', 'text', 'name of the creator', '创建人姓名', person),
  fact('ticket.customer.id', 'text', 'customer id', '客户 ID'),
  fact('ticket.customer.name', 'text', 'customer name', '客户姓名', person),
  fact('ticket.customer.vip', 'boolean', 'customer is a VIP', '是否 VIP 客户'),
  fact('ticket.customer.organization', 'text', "customer's organization", '客户所属公司'),
  fact('ticket.assigneeId', 'text', 'agent id of the assignee', '受理客服 ID'),
  fact('ticket.assigneeName', 'text', 'name of the assignee', '受理客服姓名', person),
  fact('ticket.previousAssigneeId', 'text', 'agent id of the previous assignee', '原受理客服 ID'),
  fact('ticket.groupId', 'text', 'group id', '受理组 ID'),
  fact('ticket.groupName', 'text', 'group name', '受理组名称'),
  fact('ticket.followerIds', 'list', 'agent ids of the followers', '关注人 ID'),
  fact('ticket.ccAgentIds', 'list', 'agent ids in copy', '抄送客服 ID'),
  fact('ticket.tags', 'list', 'tags', '标签'),
  fact('ticket.reopenCount', 'number', 'times reopened', '重新打开次数'),
  fact('ticket.urgeCount', 'number', 'times urged', '催单次数'),
  fact('ticket.rating', 'number', 'rating', '评分'),
  fact('ticket.rating.score', 'number', 'score of the rating', '评分分数'),
  fact('ticket.rating.remark', 'text', 'remark of the rating', '评价备注', prose),
  fact('ticket.url', 'text', 'link to the ticket', '工单链接'),
  fact('event.id', 'text', 'event id', '事件 ID'),
  fact('event.type', 'choice', 'event type', '事件类型', { values: EVENT_TYPES }),
  fact('event.occurredAt', 'time', 'event occurred at', '事件发生时间'),
  fact('event.receivedAt', 'time', 'event received at', '事件接收时间'),
  fact('event.causeId', 'text', 'id of the action that caused the event', '触发动作 ID'),
  fact('event.changedFields', 'list', 'names of the fields that changed', '变更的字段'),
  fact('actor.type', 'choice', 'kind of actor', '操作人类型', { values: ACTOR_TYPES }),
  fact('actor.id', 'text', 'id of the actor', '操作人 ID'),
  fact('actor.name', 'text', 'name of the actor', '操作人姓名', person),
  fact('reply.id', 'text', 'reply id', '回复 ID'),
  fact('reply.public', 'boolean', 'the reply is public', '是否公开回复'),
  fact('reply.excerpt', 'text', 'start of the reply', '回复摘要', prose),
  fact('reply.attachmentCount', 'number', 'number of attachments', '附件数量'),
  fact('reply.attachmentNames', 'list', 'file names of the attachments', '附件名称', prose),
  fact('reply.mentionedAgentIds', 'list', 'agent ids mentioned', '被提及客服 ID'),
  fact('sla.metric', 'text', 'SLA metric (first_response, next_response, solution, …)', 'SLA 指标'),
  fact('sla.dueAt', 'time', 'SLA due at', 'SLA 截止时间'),
  fact('sla.state', 'text', 'SLA state (running, warning, breached, …)', 'SLA 状态'),
  fact('urge.byAgentId', 'text', 'agent id of who urged', '催单人 ID'),
  fact('urge.remark', 'text', 'remark of the urge', '催单备注', prose),
  fact('calendar.workingHours', 'boolean', 'it is working time now', '当前是否工作时间'),
  fact('calendar.workingDay', 'boolean', 'today is a working day', '今天是否工作日'),
  fact('calendar.holiday', 'boolean', 'today is a holiday', '今天是否节假日'),
  fact('calendar.weekday', 'number', 'day of the week, Monday 1 to Sunday 7', '星期(1–7)'),
  fact('calendar.hour', 'number', 'hour of the day, 0 to 23', '小时(0–23)'),
  fact('calendar.date', 'text', 'date, YYYY-MM-DD', '日期'),
];

const byName = new Map(FACTS.map((definition) => [definition.name, definition]));

const CUSTOM = 'ticket.customFields.';
const CHANGES = 'changes.';
const PRINTABLE = /^\P{C}{1,200}$/u;

/** Families of facts that the table cannot list one by one. */
export const OPEN_FACTS = [
  { pattern: 'ticket.customFields.<id>', type: 'any', describe: 'A custom field, by its key in the ticket.' },
  { pattern: 'changes.<field>', type: 'change', describe: 'What this event changed, for every ticket fact.' },
  { pattern: 'changes.<field>.from', type: 'of the field', describe: 'The value before.' },
  { pattern: 'changes.<field>.to', type: 'of the field', describe: 'The value after.' },
] as const;

/**
 * The definition behind a fact's name, or null when there is none. Besides the table these are open-ended:
 * `ticket.customFields.<id>`, and for every ticket fact `ticket.X` also `changes.X`, `changes.X.from`, `changes.X.to`.
 */
export function findFact(name: string): FactDefinition | null {
  const known = byName.get(name);
  if (known) return known;
  if (name.startsWith(CUSTOM)) return customField(name);
  if (name.startsWith(CHANGES)) return changeOf(name);
  return null;
}

function customField(name: string): FactDefinition | null {
  const id = name.slice(CUSTOM.length);
  if (!PRINTABLE.test(id) || RESERVED_NAMES.has(id)) return null;
  return fact(name, 'any', `custom field ${id}`, `自定义字段 ${id}`, prose);
}

function changeOf(name: string): FactDefinition | null {
  const [, field = '', side] = /^changes\.(.+?)(?:\.(from|to))?$/.exec(name) ?? [];
  const of = findFact(`ticket.${field}`);
  if (!of) return null;
  if (side === undefined) {
    const { en, zh } = of.label;
    return { ...of, name, type: 'change', label: { en: `change of ${en}`, zh: `${zh}的变更` } };
  }
  const words = side === 'from' ? ['before', '变更前'] : ['after', '变更后'];
  return { ...of, name, label: { en: `${of.label.en} ${words[0]}`, zh: `${of.label.zh}(${words[1]})` } };
}

/** The fact whose field a `change` fact is about: `changes.priority` → `ticket.priority`. */
export function changedFact(change: FactDefinition): FactDefinition | null {
  return findFact(`ticket.${change.name.slice(CHANGES.length)}`);
}
