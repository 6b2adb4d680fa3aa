/** What a body may be written in: nothing is read as something else than was meant. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import axios from 'axios';
import { openDesk, ticketEvent } from '../intake/desk';
import { ADMIN_TOKEN, startApi, type TestApi } from './server';

let api: TestApi;
let dockingId: string;
let path: string;
beforeAll(async () => {
  api = await startApi();
  const { docking } = await openDesk(api.store, ['ou_1']);
  dockingId = docking.id;
  path = `/v1/dockings/${dockingId}/ticket-events`;
});
afterAll(() => api?.close());

const send = (body: Buffer, contentType: string) =>
  axios.post<Record<string, unknown>>(api.url + path, body, {
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': contentType },
    validateStatus: () => true,
  });

const GBK_OF_PRINTER = Buffer.from([0xb4, 0xf2, 0xd3, 0xa1, 0xbb, 0xfa]);
function withTitle(title: Buffer): Buffer {
  const [before = '', after = ''] = JSON.stringify(ticketEvent({ title: '|' })).split('|');
  return Buffer.concat([Buffer.from(before), title, Buffer.from(after)]);
}

test('a body in another encoding is refused by its name', async () => {
  const answer = await send(withTitle(GBK_OF_PRINTER), 'application/json; charset=GBK');
  expect(answer).toMatchObject({ status: 415, data: { type: 'Request.Refused' } });
  expect(answer.data['title']).toContain('GBK');
});

test('a body that is in another encoding without saying so is refused', async () => {
  expect(await send(withTitle(GBK_OF_PRINTER), 'application/json')).toMatchObject({
    status: 400,
    data: { type: 'Request.Invalid', errors: [{ field: '(body)', message: 'is not UTF-8' }] },
  });
});

test.each(['application/json', 'application/json; charset=utf-8', 'application/json;charset="UTF8"'])(
  'UTF-8 is read however it is announced: %s',
  async (contentType) => {
    const { status, data } = await send(withTitle(Buffer.from('打印机')), contentType);
    expect({ status, data }).toMatchObject({ status: 202, data: { events: [{ state: 'accepted' }] } });
    const [{ eventId }] = data['events'] as [{ eventId: string }];
    const [record] = await api.store.events.getMany(dockingId, [eventId]);
    expect(record?.envelope).toMatchObject({ ticket: { title: '打印机' } });
  },
);

test('one that is too large is read to its end, so that the answer arrives', async () => {
  const { hostname, port } = new URL(api.url);
  const size = 24 * 1024 * 1024;
  const socket = connect({ host: hostname, port: Number(port) });
  let answer = '';
  socket.on('data', (bytes) => (answer += bytes.toString()));
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: api',
    `authorization: Bearer ${ADMIN_TOKEN}`,
    'content-type: application/json',
    `content-length: ${size}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  await pipeline(Readable.from(chunksOf(Buffer.alloc(size, ' '))), socket, { end: false });
  await once(socket, 'end');
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
});

function* chunksOf(body: Buffer): Generator<Buffer> {
  for (let at = 0; at < body.length; at += 65_536) yield body.subarray(at, at + 65_536);
}

test('a member of a batch that is no event is named by its place', async () => {
  const body = Buffer.from(JSON.stringify({ events: [[], 'event'] }));
  const { status, data } = await send(body, 'application/json');
  expect(status).toBe(400);
  expect((data['errors'] as { field: string }[]).map(({ field }) => field)).toEqual([
    'events[0]',
    'events[1]',
  ]);
});
