import type { FastifyInstance } from 'fastify';
import { readSobotTime, sobotTime } from '../times';
import type { SimulatedTicket, StatusType, TicketCategory, TicketSystem } from '../types';
import type { TicketWorld } from '../world';
import { SobotError } from './errors';
import { page, sobotRoute, type SobotAnswer, type SobotCall } from './route';
import { LEVELS, listItem, ticketDetail } from './ticket-json';

/** 1 new, 2 in progress, 3 waiting for the customer, 4 paused, 5 solved, 6 closed, 7 deleted. */
const STATUS_TYPES: Record<StatusType, number> = {
  new: 1,
  in_progress: 2,
  waiting: 3,
  paused: 4,
  solved: 5,
  closed: 6,
  deleted: 7,
};
const MONTH_MS = 31 * 86_400_000;

/** Further filters of the two lists; all of them must fit. */
const FILTERS: readonly [string, (ticket: SimulatedTicket) => string][] = [
  ['ticket_status', (ticket) => ticket.statusCode],
  ['ticket_from', (ticket) => ticket.source],
  ['ticket_typeid', (ticket) => ticket.categoryId],
  ['userid', (ticket) => ticket.customer.customerId],
  ['user_partnerid', (ticket) => ticket.customer.customerId],
  ['deal_agentid', (ticket) => ticket.agentId],
  ['deal_agent_groupid', (ticket) => ticket.groupId],
];

/** What can be read under `/api/ws/5/ticket`. */
export function ticketRoutes(server: FastifyInstance, world: TicketWorld): void {
  const get = (path: string, handler: (call: SobotCall) => SobotAnswer): void =>
    sobotRoute(server, world, 'GET', `/api/ws/5/ticket/${path}`, handler);

  get('query_tickets', (call) => listBetween(call, 'create', (ticket) => ticket.createdAt));
  get('query_tickets_by_update_time', (call) => listBetween(call, 'update', (ticket) => ticket.updatedAt));
  get('get_ticket_by_id', ({ system, query }) => ({
    item: ticketDetail(system, findTicket(system, query.ticketid ?? '', query.ticket_code ?? '')),
  }));
  get('query_ticket_status_infos', ({ system }) => ({
    items: system.statuses.map((status, index) => ({
      status_id: String(index + 1),
      status_code: Number(status.code),
      status_name: status.name,
      status_type: STATUS_TYPES[status.type],
      status_desc: '',
      customer_status_name: status.name,
      is_delete: world.switches.deletedStatuses.includes(status.code) ? 1 : 0,
    })),
  }));
  get('get_data_dict', ({ system }) => ({ item: dictionary(system) }));
  get('query_ticket_push_fail_infos', missedPushes);
}

/** The id wins over the code. */
export function findTicket(system: TicketSystem, id: string, code: string): SimulatedTicket {
  if (id === '' && code === '') throw new SobotError('400004', 'ticketid');
  const ticket =
    id !== '' ? system.tickets.get(id) : [...system.tickets.values()].find((one) => one.code === code);
  if (!ticket) throw new SobotError('400020');
  return ticket;
}

function listBetween(
  { world, system, query }: SobotCall,
  kind: 'create' | 'update',
  timeOf: (ticket: SimulatedTicket) => number,
): SobotAnswer {
  const codes = kind === 'create' ? ['400001', '400002', '400003'] : ['400017', '400018', '400019'];
  const [start, end] = window(
    system,
    query[`${kind}_start_datetime`],
    query[`${kind}_end_datetime`],
    codes as [string, string, string],
  );
  const rows = [...system.tickets.values()]
    .filter((ticket) => {
      // The stored times are shown, and so compared, to the second.
      const at = Math.floor(timeOf(ticket) / 1000) * 1000;
      return at >= start && at <= end;
    })
    .filter((ticket) => FILTERS.every(([name, of]) => !query[name] || of(ticket) === query[name]));
  if (world.switches.listOrder === 'changed') rows.sort((a, b) => a.updatedAt - b.updatedAt);
  return page(
    rows.map((ticket) => listItem(system, ticket)),
    query,
  );
}

function window(
  system: TicketSystem,
  from: string | undefined,
  to: string | undefined,
  [missing, reversed, tooLong]: [string, string, string],
): [number, number] {
  if (!from || !to) throw new SobotError(missing);
  const start = readSobotTime(from, system.timezone);
  const end = readSobotTime(to, system.timezone);
  if (start === undefined || end === undefined) throw new SobotError('400005');
  if (start > end) throw new SobotError(reversed);
  if (end - start > MONTH_MS) throw new SobotError(tooLong);
  return [start, end];
}

/** As in a push, but with the list's own names for who and when. */
function missedPushes({ system, query }: SobotCall): SobotAnswer {
  const [start, end] = window(system, query.start_datetime, query.end_datetime, [
    '400015',
    '400057',
    '400003',
  ]);
  const rows = system.missedPushes
    .filter((missed) => missed.at >= start && missed.at <= end + 999)
    .map(({ body }) => {
      const { update_time: time, update_name: name, ...rest } = body;
      return {
        ...rest,
        ...(name !== undefined && { update_agent_name: name }),
        update_datetime: time ?? sobotTime(null, system.timezone),
      };
    });
  return page(rows, query);
}

interface CategoryNode {
  typeid: string;
  companyid: string;
  type_name: string;
  parentid: string;
  type_level: number;
  node_flag: number;
  sub_type_list: CategoryNode[];
}

function categoryTree(system: TicketSystem, categories: TicketCategory[]): CategoryNode[] {
  const roots = new Map<string, CategoryNode>();
  for (const { categoryId, path } of categories) {
    const [root = '', leaf = ''] = path.split('/');
    const node = (typeid: string, name: string, parentid: string, level: number): CategoryNode => ({
      typeid,
      companyid: system.companyId,
      type_name: name,
      parentid,
      type_level: level,
      node_flag: level === 1 ? 1 : 0,
      sub_type_list: [],
    });
    const parent = roots.get(root) ?? node(`root-${root}`, root, '-1', 1);
    roots.set(root, parent);
    parent.sub_type_list.push(node(categoryId, leaf, parent.typeid, 2));
  }
  return [...roots.values()];
}

function dictionary(system: TicketSystem): Record<string, unknown> {
  return {
    companyid: system.companyId,
    ticket_type_list: categoryTree(system, system.categories),
    ticket_status_list: system.statuses.map((status) => ({
      dict_value: status.code,
      dict_name: status.name,
    })),
    ticket_level_list: LEVELS.map((name, level) => ({ dict_value: String(level), dict_name: name })),
    group_list: [...system.groups.values()]
      .filter((group) => group.kind === 'ticket')
      .map((group) => ({ groupid: group.groupId, group_name: group.name })),
    agent_list: [...system.agents.values()]
      .filter((agent) => agent.status === 'active')
      .map((agent) => ({ agentid: agent.agentId, agent_name: agent.name })),
  };
}
