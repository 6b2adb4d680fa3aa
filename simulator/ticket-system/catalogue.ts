import type { TicketCategory, TicketField, TicketGroup, TicketStatus } from './types';

const GROUPS = [
  'After-sales',
  'Billing',
  'Hardware',
  'Software',
  'Logistics',
  'Key accounts',
  'Complaints',
  'Second line',
];

const CATEGORIES = [
  'After-sales/Refund',
  'After-sales/Repair',
  'After-sales/Exchange',
  'Billing/Invoice',
  'Billing/Payment failed',
  'Product/Defect',
  'Product/Question',
  'Logistics/Delay',
  'Logistics/Damage',
  'Account/Login',
];

/** Eight ticket groups and one live-chat group, to which no ticket can be assigned. */
export function makeGroups(id: () => string): TicketGroup[] {
  return [
    ...GROUPS.map((name): TicketGroup => ({ groupId: `${id()}_4`, name, kind: 'ticket' })),
    { groupId: `${id()}_1`, name: 'Live chat', kind: 'online' },
  ];
}

export function makeCategories(id: () => string): TicketCategory[] {
  return CATEGORIES.map((path) => ({ categoryId: id(), path }));
}

export function makeFields(id: () => string): TicketField[] {
  return [
    { fieldId: id(), name: 'Order number', type: 1, options: [] },
    { fieldId: id(), name: 'Amount', type: 5, options: [] },
    {
      fieldId: id(),
      name: 'Region',
      type: 6,
      options: [
        { value: id().slice(0, 8), name: 'North' },
        { value: id().slice(0, 8), name: 'South' },
      ],
    },
  ];
}

const status = (
  code: string,
  name: string,
  nameEn: string,
  type: TicketStatus['type'],
  custom = false,
): TicketStatus => ({ code, name, nameEn, type, custom });

/** Status 2 waits for the agent, whatever its name suggests; only a custom status waits for the customer. */
export const SOBOT_STATUSES: TicketStatus[] = [
  status('0', '尚未受理', 'Not accepted', 'new'),
  status('1', '受理中', 'In progress', 'in_progress'),
  status('2', '等待回复', 'Waiting for reply', 'in_progress'),
  status('3', '已解决', 'Solved', 'solved'),
  status('99', '已关闭', 'Closed', 'closed'),
  status('98', '已删除', 'Deleted', 'deleted'),
  status('101', '等待客户', 'Waiting for customer', 'waiting', true),
  status('102', '挂起', 'Paused', 'paused', true),
];

export const REST_STATUSES: TicketStatus[] = [
  status('new', 'New', 'New', 'new'),
  status('open', 'Open', 'Open', 'in_progress'),
  status('pending', 'Waiting for customer', 'Waiting for customer', 'waiting'),
  status('hold', 'On hold', 'On hold', 'paused'),
  status('solved', 'Solved', 'Solved', 'solved'),
  status('closed', 'Closed', 'Closed', 'closed'),
  status('deleted', 'Deleted', 'Deleted', 'deleted'),
];

/** Sobot's role numbers; REST systems use the keys `agent` and `admin`. */
export const SOBOT_ROLES = [
  { key: '4444', name: 'Full admin', isAdmin: true },
  { key: '7777', name: 'Full agent', isAdmin: false },
  { key: '8888', name: 'Ticket admin', isAdmin: true },
  { key: '5555', name: 'Ticket agent', isAdmin: false },
  { key: '1111', name: 'Online agent', isAdmin: false },
];
export const REST_ROLES = [
  { key: 'agent', name: 'Agent', isAdmin: false },
  { key: 'admin', name: 'Administrator', isAdmin: true },
];

export const TITLES = [
  'Screen stays black after update',
  '发票抬头需要修改',
  'Refund has not arrived',
  '快递三天没有更新',
  'Cannot sign in on the phone',
  '设备无法开机',
  'Wrong item delivered',
  'Payment was taken twice',
  '申请更换配件',
  'Question about the warranty',
];

export const CUSTOMERS = ['Lin Yue', '王敏', 'Ana Souza', '陈刚', 'Tom Becker', '赵雪', 'Mia Rossi', '刘洋'];
