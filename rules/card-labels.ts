/** What a fact is called on a card: a word or two for whoever reads it, where the catalogue's label explains it to whoever writes a rule. */
import { findFact } from './facts';

type Words = { en: string; zh: string };

const words = (en: string, zh: string): Words => ({ en, zh });

const LABELS: Readonly<Record<string, Words>> = {
  'ticket.id': words('Ticket id', '工单 ID'),
  'ticket.code': words('Ticket number', '工单编号'),
  'ticket.version': words('Version', '版本'),
  'ticket.title': words('Title', '标题'),
  'ticket.contentExcerpt': words('Content', '内容摘要'),
  'ticket.statusCode': words('Status code', '状态码'),
  'ticket.statusType': words('Status', '状态'),
  'ticket.statusName': words('Status', '状态'),
  'ticket.priority': words('Priority', '优先级'),
  'ticket.categoryPath': words('Category', '分类'),
  'ticket.source': words('Channel', '来源'),
  'ticket.createdAt': words('Created', '创建时间'),
  'ticket.updatedAt': words('Updated', '更新时间'),
  'ticket.firstResponseDueAt': words('First response due', '首次响应截止'),
  'ticket.dueAt': words('Solution due', '解决截止'),
  'ticket.closedAt': words('Closed', '关闭时间'),
  'ticket.creator.id': words('Creator id', '创建人 ID'),
  'ticket.creator.type': words('Created by', '创建人类型'),
  'ticket.creator.name': words('Creator', '创建人'),
  'ticket.customer.id': words('Customer id', '客户 ID'),
  'ticket.customer.name': words('Customer', '客户'),
  'ticket.customer.vip': words('VIP', 'VIP 客户'),
  'ticket.customer.organization': words('Organization', '客户公司'),
  'ticket.assigneeId': words('Assignee id', '受理人 ID'),
  'ticket.assigneeName': words('Assignee', '受理人'),
  'ticket.previousAssigneeId': words('Previous assignee id', '原受理人 ID'),
  'ticket.groupId': words('Group id', '受理组 ID'),
  'ticket.groupName': words('Group', '受理组'),
  'ticket.followerIds': words('Follower ids', '关注人 ID'),
  'ticket.ccAgentIds': words('In copy (ids)', '抄送人 ID'),
  'ticket.tags': words('Tags', '标签'),
  'ticket.reopenCount': words('Times reopened', '重开次数'),
  'ticket.urgeCount': words('Times urged', '催单次数'),
  'ticket.rating': words('Rating', '评分'),
  'ticket.rating.score': words('Rating', '评分'),
  'ticket.rating.remark': words('Rating remark', '评价备注'),
  'ticket.url': words('Link', '链接'),
  'event.id': words('Event id', '事件 ID'),
  'event.type': words('Event', '事件'),
  'event.occurredAt': words('Happened', '发生时间'),
  'event.receivedAt': words('Received', '接收时间'),
  'event.causeId': words('Action id', '触发动作 ID'),
  'event.changedFields': words('Changed fields', '变更字段'),
  'actor.type': words('Done by', '操作人类型'),
  'actor.id': words('Done by (id)', '操作人 ID'),
  'actor.name': words('Done by', '操作人'),
  'reply.id': words('Reply id', '回复 ID'),
  'reply.public': words('Public reply', '公开回复'),
  'reply.excerpt': words('Reply', '回复内容'),
  'reply.attachmentCount': words('Attachments', '附件数量'),
  'reply.attachmentNames': words('Attachments', '附件'),
  'reply.mentionedAgentIds': words('Mentioned (ids)', '被提及人 ID'),
  'sla.metric': words('SLA', 'SLA 指标'),
  'sla.dueAt': words('SLA due', 'SLA 截止'),
  'sla.state': words('SLA state', 'SLA 状态'),
  'urge.byAgentId': words('Urged by (id)', '催单人 ID'),
  'urge.remark': words('Urge remark', '催单备注'),
  'calendar.workingHours': words('Working time', '工作时间'),
  'calendar.workingDay': words('Working day', '工作日'),
  'calendar.holiday': words('Holiday', '节假日'),
  'calendar.weekday': words('Weekday', '星期'),
  'calendar.hour': words('Hour', '小时'),
  'calendar.date': words('Date', '日期'),
};

const CUSTOM = 'ticket.customFields.';

/** Undefined for a name that is no fact. A custom field is called what the ticket system calls it. */
export function cardLabel(name: string): Words | undefined {
  if (!findFact(name)) return undefined;
  if (name.startsWith(CUSTOM)) return words(name.slice(CUSTOM.length), name.slice(CUSTOM.length));
  const [, field = '', side] = /^changes\.(.+?)(?:\.(from|to))?$/.exec(name) ?? [];
  const of = field ? cardLabel(`ticket.${field}`) : LABELS[name];
  if (!of || !field) return of;
  if (side === undefined) return words(`${of.en} changed`, `${of.zh}变更`);
  return side === 'from' ? words(`${of.en} before`, `原${of.zh}`) : words(`${of.en} now`, `新${of.zh}`);
}
