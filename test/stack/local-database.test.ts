import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose, { type Connection } from 'mongoose';
import { choosePort, startMongo, superviseProcesses, type Child, type Processes } from '../../stack';
import { eventually } from './eventually';
import { ownMongo, type OwnMongo } from './own-mongo';

/** The database of a laptop, with its data in a file. The values are few, so that look-ups often find several documents. */
interface Thing {
  _id: string;
  house: string;
  name: string;
  rooms: string[];
  floor?: number | null;
  door: { color: string };
}

let folder: string;
let processes: Processes;
let server: OwnMongo;
let child: Child;
let connection: Connection;
const things = () => connection.collection<Thing>('things');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docking-lookups-'));
  processes = superviseProcesses(join(folder, 'logs'));
  await start();
  await things().createIndex({ house: 1, name: 1 }, { unique: true });
  await things().createIndex({ house: 1, rooms: 1, floor: 1 });
  await things().createIndex({ floor: 1, name: 1 });
  await things().createIndex({ 'door.color': 1 });
});
afterAll(async () => {
  await connection?.close();
  await processes?.stopAll();
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  server = await ownMongo();
  const port = await choosePort(0);
  child = await startMongo({ server, port, dataDir: folder, inMemory: false }, processes);
  connection = await mongoose.createConnection(`mongodb://127.0.0.1:${port}/lookups`).asPromise();
}

/** The same numbers in each run. */
function drawing(seed: number): <T>(from: readonly T[]) => T {
  let state = seed;
  return <T>(from: readonly T[]): T => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return from[Math.floor((state / 2 ** 32) * from.length)] as T;
  };
}

const HOUSES = ['a', 'b', 'c'];
const NAMES = Array.from({ length: 60 }, (_, at) => `n${at}`);
const ROOMS = ['hall', 'attic', 'cellar'];
const FLOORS = [0, 1, 2, null, undefined];
const COLORS = ['red', 'green'];

type Draw = ReturnType<typeof drawing>;

function drawThing(draw: Draw, id: string): Thing {
  const floor = draw(FLOORS);
  return {
    _id: id,
    house: draw(HOUSES),
    name: draw(NAMES),
    rooms: ROOMS.filter(() => draw([true, false])),
    ...(floor === undefined ? {} : { floor }),
    door: { color: draw(COLORS) },
  };
}

type Condition = unknown;
type Filter = Record<string, Condition>;

function drawFilter(draw: Draw): Filter {
  const filter: Filter = {};
  const asks: Record<string, () => Condition> = {
    _id: () => draw([`t${draw(NAMES).slice(1)}`, { $in: ['t1', 't2', 't3', 'nobody'] }]),
    house: () => draw<Condition>(['a', 'b', { $in: ['b', 'c'] }, { $ne: 'a' }, 'nowhere']),
    name: () => draw<Condition>([draw(NAMES), { $in: NAMES.slice(3, 9) }, /^n1/, { $gt: 'n5' }]),
    rooms: () => draw<Condition>(['hall', { $in: ['attic', 'cellar'] }, 'attic']),
    floor: () => draw<Condition>([1, 2, { $in: [0, 1] }, null, { $gt: 0 }]),
    'door.color': () => draw(COLORS),
  };
  for (const field of Object.keys(asks)) if (draw([true, false])) filter[field] = asks[field]?.();
  if (draw([true, false, false])) filter['$or'] = [{ floor: 2 }, { 'door.color': 'red' }];
  return filter;
}

const matches = (thing: Thing, filter: Filter): boolean =>
  Object.entries(filter).every(([field, condition]) =>
    field === '$or'
      ? (condition as Filter[]).some((one) => matches(thing, one))
      : holds(field === 'door.color' ? thing.door.color : thing[field as keyof Thing], condition),
  );

function holds(value: unknown, condition: Condition): boolean {
  const values: unknown[] = Array.isArray(value) ? value : [value ?? null];
  if (condition instanceof RegExp) return values.some((one) => condition.test(String(one)));
  if (condition === null || typeof condition !== 'object') return values.includes(condition);
  const { $in, $ne, $gt } = condition as { $in?: unknown[]; $ne?: unknown; $gt?: string | number };
  if ($in) return $in.some((one) => values.includes(one));
  if ($gt !== undefined) {
    return values.some((one) => typeof one === typeof $gt && (one as typeof $gt) > $gt);
  }
  return !values.includes($ne);
}

const idsOf = (all: readonly { _id: string }[]): string[] => all.map(({ _id }) => _id).sort();

async function expectSameAnswers(known: Map<string, Thing>, seed: number): Promise<void> {
  const draw = drawing(seed);
  for (let round = 0; round < 250; round += 1) {
    const filter = drawFilter(draw);
    const found = await things()
      .find(filter as object)
      .toArray();
    const wanted = [...known.values()].filter((thing) => matches(thing, filter));
    expect({ filter, ids: idsOf(found) }).toEqual({ filter, ids: idsOf(wanted) });
  }
}

it('finds by index what a look at every document finds, through changes and a restart', async () => {
  const draw = drawing(7);
  const known = new Map<string, Thing>();
  const isTaken = (one: Thing): boolean =>
    [...known.values()].some(
      ({ _id, house, name }) => _id !== one._id && house === one.house && name === one.name,
    );

  for (let at = 0; at < 120; at += 1) {
    const thing = drawThing(draw, `t${at}`);
    const refused = await things()
      .insertOne(thing)
      .then(
        () => false,
        (error: { code?: number }) => error.code === 11_000,
      );
    expect(refused).toBe(isTaken(thing));
    if (!refused) known.set(thing._id, thing);
  }
  expect(known.size).toBeGreaterThan(60);
  expect(known.size).toBeLessThan(120);
  await expectSameAnswers(known, 1);

  for (const thing of [...known.values()].slice(0, 40)) {
    const { _id, house, name, ...changed } = drawThing(draw, thing._id);
    const next = draw([
      { ...thing, ...changed },
      { _id, house, name, ...changed },
    ]);
    if (isTaken(next)) continue;
    await things().replaceOne({ _id, house: thing.house }, next);
    known.set(_id, next);
  }
  for (const { _id, name } of [...known.values()].slice(20, 35)) {
    await things().deleteOne({ _id, name });
    known.delete(_id);
  }
  await expectSameAnswers(known, 2);

  await connection.close();
  await child.stop();
  await start();
  await expectSameAnswers(known, 3);
  const [first] = known.values();
  const again = { ...drawThing(draw, 'again'), house: first?.house ?? '', name: first?.name ?? '' };
  await expect(things().insertOne(again)).rejects.toMatchObject({ code: 11_000 });
});

it('keeps writing documents to its file while others change them', async () => {
  const counters = connection.collection<{ _id: string; changed: number }>('counters');
  const fields = Array.from({ length: 300 }, (_, at) => `field${at}`);
  await counters.insertMany(['a', 'b', 'c'].map((_id) => ({ _id, changed: 0 })));
  const some = (from: number): Record<string, number> =>
    Object.fromEntries(fields.filter((_, at) => (at + from) % 3 === 0).map((field) => [field, from]));
  const options = { writeConcern: { w: 'majority', j: true }, returnDocument: 'after' } as const;
  const change = async (worker: number): Promise<void> => {
    for (let turn = 0; turn < 120; turn += 1) {
      const change = { $set: some(turn), $unset: some(turn + 1), $inc: { changed: 1 } };
      const changed = await counters.findOneAndUpdate(
        { _id: 'abc'[worker % 3] ?? '' },
        change as object,
        options,
      );
      expect(changed).toMatchObject(some(turn));
    }
  };
  await Promise.all(Array.from({ length: 6 }, (_, worker) => change(worker)));
  const found = await counters.find().toArray();
  expect(found.map(({ changed }) => changed)).toEqual([240, 240, 240]);
});

it('tells of a command that failed without its values', async () => {
  await things().deleteMany({ house: 'taken' });
  await things().insertOne({ ...drawThing(drawing(1), 'one'), house: 'taken', name: 'Wang Xiaoming' });
  await things().insertOne({ ...drawThing(drawing(1), 'two'), house: 'taken', name: 'somebody' });
  const clash = { $set: { name: 'Wang Xiaoming', rooms: ['My card number is 4711'] } };
  await expect(things().findOneAndUpdate({ _id: 'two' }, clash)).rejects.toThrow();
  await expect(things().updateOne({ _id: 'two' }, { $nothing: { name: '4711' } })).rejects.toThrow();
  const logged = (): Promise<string> => readFile(join(folder, 'logs', 'mongodb.log'), 'utf8');
  if ('java' in server) {
    await eventually('its line', async () => (await logged()).includes('findAndModify of things failed'));
  }
  const log = await logged();
  expect(log).not.toContain('Xiaoming');
  expect(log).not.toContain('4711');
});

it('knows what it has acknowledged as journaled after a death in the next moment', async () => {
  const written = Array.from({ length: 40 }, (_, at) => `j${at}`);
  const durable = connection.collection<{ _id: string }>('durable');
  for (const _id of written) await durable.insertOne({ _id }, { writeConcern: { w: 'majority', j: true } });
  await child.kill();
  await connection.close();
  await start();
  const found = await connection.collection<{ _id: string }>('durable').find().toArray();
  expect(idsOf(found)).toEqual(written.sort());
});
