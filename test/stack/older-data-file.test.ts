/** `fixtures/serialized-objects.h2` was written by the Java server before decision 0025: documents as serialized Java objects. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose, { mongo, type Connection } from 'mongoose';
import { choosePort, startMongo, superviseProcesses, type Processes } from '../../stack';
import { ownMongo } from './own-mongo';

let folder: string;
let processes: Processes;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docking-older-'));
  processes = superviseProcesses(join(folder, 'logs'));
});
afterEach(async () => {
  await processes?.stopAll();
  await rm(folder, { recursive: true, force: true });
});

/** Null where MongoDB itself is used: it has never had such a file. */
async function javaServer() {
  const server = await ownMongo();
  return 'java' in server ? server : null;
}

const ticket = (number: number) => ({
  _id: new mongo.ObjectId(`65000000000000000000000${number}`),
  dockingId: 'd',
  ticketId: `t${number}`,
  order: { version: `00${number}`, at: null },
  updatedAt: new Date('2026-11-20T08:00:00.123Z'),
  tags: ['a', { deep: [1, 2.5, null, true] }],
  holder: null,
  count: number,
});

test('an older file is read as it is, and what changes in it is there after the next start beside what did not', async () => {
  const server = await javaServer();
  if (!server) return;
  await copyFile(join(__dirname, 'fixtures', 'serialized-objects.h2'), join(folder, 'mongodb.h2'));
  const within = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
    const port = await choosePort(0);
    const child = await startMongo({ server, port, dataDir: folder, inMemory: false }, processes);
    const connection = await mongoose.createConnection(`mongodb://127.0.0.1:${port}/docking`).asPromise();
    try {
      return await work(connection);
    } finally {
      await connection.close();
      await child.stop();
    }
  };
  const sorted = (connection: Connection) =>
    connection.collection('tickets').find().sort({ ticketId: 1 }).toArray();

  await within(async (connection) => {
    expect(await sorted(connection)).toEqual([ticket(1), ticket(2), ticket(3)]);
    const tickets = connection.collection('tickets');
    expect(await tickets.findOne({ _id: ticket(2)._id })).toEqual(ticket(2));
    expect(await tickets.findOne({ dockingId: 'd', ticketId: 't3' })).toEqual(ticket(3));
    await tickets.updateOne({ dockingId: 'd', ticketId: 't2' }, { $inc: { count: 10 } });
    await tickets.deleteOne({ _id: ticket(3)._id });
    await tickets.insertOne(ticket(4));
  });
  await within(async (connection) => {
    expect(await sorted(connection)).toEqual([ticket(1), { ...ticket(2), count: 12 }, ticket(4)]);
    const people = connection.collection<{ _id: string }>('employees');
    expect(await people.findOne({ _id: 'd/ou_2' })).toMatchObject({ name: '王小明', seen: false });
  });
});
