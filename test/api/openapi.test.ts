/** The machine-readable description, as a generator of clients reads it. */
import { ticketEvent } from '../intake/desk';
import { startApi, type TestApi } from './server';

type Schema = Record<string, unknown>;
interface Operation {
  security?: unknown[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}
let api: TestApi;
let paths: Record<string, Record<string, Operation>>;
let schemas: Record<string, Schema>;
beforeAll(async () => {
  api = await startApi();
  const { body } = await api.call('GET', '/openapi.json', undefined, {});
  paths = body['paths'] as typeof paths;
  schemas = (body['components'] as { schemas: typeof schemas }).schemas;
});
afterAll(() => api?.close());

const operations = (): [string, Operation][] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation): [string, Operation] => [path, operation]),
  );

test('every call says how it is refused, and every reference leads somewhere', () => {
  for (const [, { responses }] of operations()) {
    expect(responses['default']?.content?.['application/problem+json']?.schema).toEqual({
      $ref: '#/components/schemas/Problem',
    });
  }
  const references = [...JSON.stringify({ paths, schemas }).matchAll(/"\$ref":"([^"]+)"/g)];
  expect(references.length).toBeGreaterThan(0);
  for (const [, reference = ''] of references) {
    expect(Object.keys(schemas)).toContain(reference.replace('#/components/schemas/', ''));
  }
});

test('a refusal has what it says', async () => {
  const { body } = await api.call('GET', '/v1/dockings/dk_none');
  const { required, properties } = schemas['Problem'] as { required: string[]; properties: Schema };
  expect(Object.keys(body)).toEqual(expect.arrayContaining(required));
  expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(body)));
});

test('calls that no token opens ask for none', () => {
  for (const [path, { security }] of operations()) {
    const isOpen = !path.startsWith('/v1/') || path.startsWith('/v1/handovers/');
    expect({ path, security }).toEqual({ path, security: isOpen ? [] : undefined });
  }
});

test('a ticket event is described, alone and in a batch', () => {
  const post = paths['/v1/dockings/{id}/ticket-events']?.['post'];
  expect(post?.requestBody?.content['application/json']?.schema).toEqual({
    $ref: '#/components/schemas/TicketEvents',
  });
  expect(Object.keys(post?.responses ?? {})).toEqual(['202', 'default']);
  const { required, properties } = schemas['TicketEvent'] as { required: string[]; properties: Schema };
  expect(required).toEqual(['eventId', 'type', 'occurredAt', 'ticket']);
  expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(ticketEvent())));
});
