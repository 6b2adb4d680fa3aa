/** Where "Open ticket" leads when the ticket comes without a link: an admin may say so. */
import { NEW_DOCKING, startApi, type TestApi } from './server';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

const TEMPLATE = 'https://desk.example.com/tickets/{id}';
const SYSTEMS = [
  { kind: 'sobot', baseUrl: 'https://desk.example', appid: 'a', appKey: 'k' },
  { kind: 'rest', baseUrl: 'https://desk.example', apiKey: 'k' },
];
const docked = (ticketSystem: object) => api.call('POST', '/v1/dockings', { ...NEW_DOCKING, ticketSystem });
const systemOf = (body: Record<string, unknown>) => body['ticketSystem'] as Record<string, unknown>;

test.each(SYSTEMS)(
  'a docking of $kind takes it, gives it back, and lets it be changed and taken away',
  async (system) => {
    const made = await docked({ ...system, ticketUrlTemplate: TEMPLATE });
    expect(made.status).toBe(201);
    expect(systemOf(made.body)).toMatchObject({ kind: system.kind, ticketUrlTemplate: TEMPLATE });
    const path = `/v1/dockings/${String(made.body['id'])}`;
    const byCode = 'https://desk.example.com/?no={code}';
    const changed = await api.call('PATCH', path, { ticketUrlTemplate: byCode });
    expect(systemOf(changed.body)).toMatchObject({ kind: system.kind, ticketUrlTemplate: byCode });
    const renamed = await api.call('PATCH', path, { name: 'Desk' });
    expect(systemOf(renamed.body)).toMatchObject({ ticketUrlTemplate: byCode });
    const without = await api.call('PATCH', path, { ticketUrlTemplate: null });
    expect(systemOf(without.body)).toMatchObject({ kind: system.kind, baseUrl: 'https://desk.example' });
    expect(systemOf(without.body)).not.toHaveProperty('ticketUrlTemplate');
  },
);

test.each([
  'http://desk.example.com/{id}',
  'https://desk.example.com/tickets',
  'https://{id}.example.com/',
  'https://user:pass@desk.example.com/{id}',
  'javascript:alert({id})',
  '/tickets/{id}',
])('what leads to no ticket, or anywhere a ticket likes, is refused: %s', async (ticketUrlTemplate) => {
  const { status, body } = await docked({ ...SYSTEMS[1], ticketUrlTemplate });
  expect(status).toBe(400);
  expect(body['errors']).toMatchObject([{ field: 'ticketSystem.ticketUrlTemplate' }]);
  expect(JSON.stringify(body['errors'])).toContain('must be an https URL with {id} or {code} in it');
});
