import { runActivity } from '../workflows/crew';
import {
  activities,
  cannotBeRead,
  company,
  made,
  newTicket,
  opened,
  pullFromCompany,
  pushOf,
  typesOf,
  woken,
} from './pulled-company';

pullFromCompany();

describe('a push of a ticket that cannot be read', () => {
  const tries = 4;

  test('holds up no other, waits a minute after some tries and is read when it can be', async () => {
    const { readStoredPushes, wakePulls, pullChanges } = activities();
    await runActivity(() => pullChanges(made.id));
    const [broken, whole] = [await newTicket(), await newTicket()];
    await cannotBeRead(broken);
    const push = await pushOf(broken);
    await pushOf(broken);
    await pushOf(broken);
    await pushOf(whole);
    // Worth another try at once, by the workflow's own retry; the other ticket has been read already.
    await expect(runActivity(() => readStoredPushes(made.id))).rejects.toThrow('500');
    expect(await typesOf(whole)).toEqual(['ticket.assigned_group', 'ticket.created']);
    for (let tried = 2; tried < tries; tried += 1) {
      await expect(runActivity(() => readStoredPushes(made.id))).rejects.toThrow('500');
    }
    expect(await runActivity(() => readStoredPushes(made.id))).toEqual({ events: 0, more: false });
    await wakePulls();
    expect(woken.filter((line) => line.startsWith(made.id))).toEqual([]);

    await company.control('DELETE', '/faults');
    company.simulator.world.clock.advance(61);
    await wakePulls();
    expect(woken).toContain(`${made.id} pushes`);
    expect(await runActivity(() => readStoredPushes(made.id))).toMatchObject({ events: 2 });
    expect(await opened.store.pushes.get(push)).toMatchObject({ state: 'done', tries });
  });

  test('is given up after a day, on record', async () => {
    const { readStoredPushes } = activities();
    const broken = await newTicket();
    await cannotBeRead(broken);
    const push = await pushOf(broken);
    for (let tried = 1; tried < tries; tried += 1) {
      await expect(runActivity(() => readStoredPushes(made.id))).rejects.toThrow('500');
    }
    company.simulator.world.clock.advance(24 * 3600);
    await runActivity(() => readStoredPushes(made.id));
    expect(await opened.store.pushes.get(push)).toMatchObject({ state: 'refused', reason: 'internal' });
  });

  test('is not blamed when no ticket can be read: what comes after three others is not tried', async () => {
    const { readStoredPushes } = activities();
    await cannotBeRead();
    const pushes = [];
    for (let count = 0; count < 4; count += 1) pushes.push(await pushOf(await newTicket()));
    await expect(runActivity(() => readStoredPushes(made.id))).rejects.toThrow('500');
    const tried = await Promise.all(
      pushes.map(async (id) => (await opened.store.pushes.get(id))?.tries ?? 0),
    );
    expect(tried).toEqual([1, 1, 0, 0]);
    await company.control('DELETE', '/faults');
    expect(await runActivity(() => readStoredPushes(made.id))).toMatchObject({ events: 8 });
  });
});
