/** Outages in which nothing fails by itself: a database that says nothing, and one that has hung up on all at once. */
import { connect as dial, createServer, type AddressInfo, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openStore, StoreUnavailable, type Store } from '../../store';
import { startMongo, type TestMongo } from '../support/servers';
import { eventually } from '../stack/eventually';
import { docking, newMasterKey } from './fixture';

let mongo: TestMongo;
let store: Store;
let line: Line;

/** Between the store and the database; what is said while it is held arrives when it goes on. */
interface Line {
  uri: string;
  hold(): void;
  goOn(): void;
  /** Ends every connection as a server does that stops; new ones are taken. */
  hangUp(): void;
  close(): Promise<void>;
}

beforeAll(async () => {
  mongo = await startMongo();
  line = await lineTo(mongo.uri);
  store = await openStore({ uri: line.uri, masterKey: newMasterKey() });
});
afterAll(async () => {
  line?.goOn();
  await store?.close();
  await line?.close();
  await mongo?.stop();
});

test('what is under way fails, what comes later too, and all works again when it speaks again', async () => {
  const made = docking({ state: 'live' });
  await store.dockings.create(made, { appSecret: 's', pushToken: 'p' });

  line.hold();
  await expect(store.dockings.require(made.id)).rejects.toBeInstanceOf(StoreUnavailable);
  await expect(store.dockings.patch(made.id, { name: 'Renamed' })).rejects.toBeInstanceOf(StoreUnavailable);

  line.goOn();
  for (;;) {
    const found = await store.dockings.get(made.id).catch((error: unknown) => error);
    if (!(found instanceof StoreUnavailable)) break;
  }
  expect(await store.dockings.get(made.id)).toMatchObject({ name: made.name });
  // With the driver's own patience it takes more than that.
}, 40_000);

test('whatever is asked when it hangs up on all at once has an answer, and works again after', async () => {
  const made = docking({ state: 'live' });
  await store.dockings.create(made, { appSecret: 's', pushToken: 'p' });
  let isOver = false;
  const readers = Array.from({ length: 20 }, async () => {
    while (!isOver) {
      await store.dockings.require(made.id).catch((error: unknown) => {
        expect(error).toBeInstanceOf(StoreUnavailable);
      });
      await nextTurn();
    }
  });
  for (let round = 1; round <= 5; round += 1) {
    line.hangUp();
    await eventually('an answer', () =>
      store.dockings.patch(made.id, { name: `After ${round}` }).then(
        () => true,
        () => false,
      ),
    );
    expect(await store.dockings.get(made.id)).toMatchObject({ name: `After ${round}` });
  }
  isOver = true;
  await Promise.all(readers);
}, 90_000);

async function lineTo(uri: string): Promise<Line> {
  const target = new URL(uri);
  const sockets = new Set<Socket>();
  const nears = new Set<Socket>();
  let isHeld = false;
  const server = createServer((near) => {
    nears.add(near);
    near.on('close', () => nears.delete(near));
    const far = dial({ host: target.hostname, port: Number(target.port) });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => (sockets.delete(one), other.destroy()));
      one.on('data', (bytes) => void other.write(bytes));
      if (isHeld) one.pause();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const mine = new URL(uri);
  mine.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    uri: mine.toString(),
    hold() {
      isHeld = true;
      for (const socket of sockets) socket.pause();
    },
    goOn() {
      isHeld = false;
      for (const socket of sockets) socket.resume();
    },
    hangUp() {
      for (const near of nears) near.end();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
