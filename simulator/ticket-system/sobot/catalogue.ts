import type { FastifyInstance } from 'fastify';
import { readSobotTime, sobotTime } from '../times';
import type { SimulatedTicket, TicketField } from '../types';
import type { TicketWorld } from '../world';
import { camel } from './answer-form';
import { SobotError } from './errors';
import { sobotRoute, type SobotAnswer, type SobotCall } from './route';

/** Zones of the catalogue; none of them says which one is the company's. */
const ZONES = [
  ['Asia/Shanghai', '+08:00'],
  ['Asia/Singapore', '+08:00'],
  ['America/Los_Angeles', '-08:00'],
  ['Europe/Berlin', '+01:00'],
] as const;

const REGIONS = [
  { code: '310000', name: '上海市', cities: [{ code: '310100', name: '市辖区' }] },
  { code: '440000', name: '广东省', cities: [{ code: '440300', name: '深圳市' }] },
];

/** Fields, categories, regions, zones and counts: what a form or a report needs. */
export function catalogueRoutes(server: FastifyInstance, world: TicketWorld): void {
  const get = (path: string, handler: (call: SobotCall) => SobotAnswer): void =>
    sobotRoute(server, world, 'GET', `/api/ws/5/ticket/${path}`, handler);

  get('query_ticket_extend_fields', ({ system }) => ({ items: system.fields.map(fieldJson) }));
  // Spelled so by the service.
  get('query_fileds_by_typeid', ({ system, query }) => {
    if (!query.ticket_typeid) throw new SobotError('400004', 'ticket_typeid');
    if (!system.categories.some((one) => one.categoryId === query.ticket_typeid))
      throw new SobotError('400008');
    return { items: system.fields.map(fieldJson) };
  });
  get('get_ticket_type', ({ system, query }) => ({
    items: system.categories
      .filter((one) => !query.typeid || one.categoryId === query.typeid)
      .map((one) => ({
        typeid: one.categoryId,
        companyid: system.companyId,
        type_name: one.path.split('/').at(-1),
        parentid: `root-${one.path.split('/')[0] ?? ''}`,
        type_level: 2,
        node_flag: 0,
        valid_flag: 1,
        update_datetime: sobotTime(world.clock.now() - 86_400_000, system.timezone),
      })),
  }));
  get('get_region', () => ({
    items: REGIONS.map(({ code, name, cities }) => ({ code, name, parent_code: '0', sub_region: cities })),
  }));
  get('get_ticket_data', (call) => {
    const tickets = inWindow(call);
    return {
      items: call.system.statuses.map((status) => ({
        ticket_status: status.code,
        status_name: status.name,
        ticket_count: String(tickets.filter((one) => one.statusCode === status.code).length),
      })),
    };
  });
  get('query_agent_jobs', (call) => {
    const tickets = inWindow(call);
    return {
      items: [...call.system.agents.values()]
        .filter((agent) => agent.status !== 'deleted')
        .map((agent) => ({
          agentid: agent.agentId,
          agent_name: agent.name,
          ticket_count: String(tickets.filter((one) => one.agentId === agent.agentId).length),
        })),
    };
  });
  timezoneRoute(server, world);
}

/** The odd one: camelCase codes, and its list stands under `item`. */
function timezoneRoute(server: FastifyInstance, world: TicketWorld): void {
  sobotRoute(
    server,
    world,
    'GET',
    '/api/ws/5/ticket/get_timezone',
    () => ({
      item: ZONES.map(([timezoneId, offset], index) => ({
        offset,
        sortNo: index + 1,
        timezone: `GMT${offset}`,
        timezoneId,
        timezoneValue: timezoneId,
      })),
    }),
    camel,
  );
}

function fieldJson(field: TicketField): object {
  return {
    fieldid: field.fieldId,
    field_name: field.name,
    field_type: String(field.type),
    fill_flag: '0',
    field_data_list: field.options.map((option) => ({ data_name: option.name, data_value: option.value })),
  };
}

/** The tickets that were made between `start_datetime` and `end_datetime`. */
function inWindow({ system, query }: SobotCall): SimulatedTicket[] {
  if (!query.start_datetime || !query.end_datetime) throw new SobotError('400015');
  const start = readSobotTime(query.start_datetime, system.timezone);
  const end = readSobotTime(query.end_datetime, system.timezone);
  if (start === undefined || end === undefined) throw new SobotError('400005');
  if (end < start) throw new SobotError('400057');
  return [...system.tickets.values()].filter(
    (ticket) => ticket.createdAt >= start && ticket.createdAt <= end + 999,
  );
}
