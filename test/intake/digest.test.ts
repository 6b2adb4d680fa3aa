import { digestCarrier, type Intake } from '../../intake';
import { digestTime } from '../../intake/digest-time';
import type { WorkingCalendar } from '../../rules';
import type { Preferences, Store } from '../../store';
import { intakeAt, openDesk, rule, setRules, ticketEvent } from './desk';

const SHANGHAI = 'Asia/Shanghai';
const FRIDAY_NOON = new Date('2026-11-20T04:00:00Z'); // 12:00 in Shanghai
const NIGHT = { from: '22:00', to: '08:00', days: [1, 2, 3, 4, 5, 6, 7], timeZone: SHANGHAI };
const OFFICE: WorkingCalendar = {
  timeZone: SHANGHAI,
  workingHours: Object.fromEntries(['1', '2', '3', '4', '5'].map((day) => [day, [['09:00', '18:00']]])),
  holidays: ['2026-11-23'],
};
const wants = (digest: Preferences['digest'], more: Partial<Preferences> = {}): Preferences => ({
  quietHours: null,
  language: null,
  timeZone: null,
  events: {},
  digest,
  ...more,
});
const daily = { every: 'day', at: null } as const;
const hourly = { every: 'hour', at: null } as const;

describe('the time of a digest', () => {
  const company = { zone: SHANGHAI };
  test.each<[string, Preferences, { zone: string; calendar?: WorkingCalendar }, string]>([
    ['daily, at nine', wants(daily), company, '2026-11-21T01:00:00Z'],
    ['daily, later today', wants({ every: 'day', at: '18:30' }), company, '2026-11-20T10:30:00Z'],
    ['in the person’s zone', wants(daily, { timeZone: 'Europe/Berlin' }), company, '2026-11-20T08:00:00Z'],
    ['every hour', wants(hourly), company, '2026-11-20T05:00:00Z'],
    ['every hour, at half past', wants({ every: 'hour', at: '00:30' }), company, '2026-11-20T04:30:00Z'],
    [
      'daily, moved to the end of quiet hours',
      wants({ every: 'day', at: '07:00' }, { quietHours: NIGHT }),
      company,
      '2026-11-21T00:00:00Z',
    ],
    [
      'daily, past the weekend and a holiday',
      wants(daily),
      { ...company, calendar: OFFICE },
      '2026-11-24T01:00:00Z',
    ],
    [
      'in a calendar that never opens, the next there is',
      wants(daily),
      { ...company, calendar: { ...OFFICE, workingHours: {} } },
      '2026-11-21T01:00:00Z',
    ],
  ])('%s', (_what, preferences, of, expected) => {
    expect(digestTime(preferences, of, FRIDAY_NOON)).toEqual(new Date(expected));
  });

  test('every hour, but in working hours and outside of quiet ones', () => {
    const evening = new Date('2026-11-20T10:10:00Z'); // 18:10
    expect(digestTime(wants(hourly), { ...company, calendar: OFFICE }, evening)).toEqual(
      new Date('2026-11-24T01:00:00Z'),
    );
    const late = new Date('2026-11-20T13:10:00Z'); // 21:10
    expect(digestTime(wants(hourly, { quietHours: NIGHT }), company, late)).toEqual(
      new Date('2026-11-21T00:00:00Z'),
    );
  });

  test('is later than now, also at the very moment of one', () => {
    expect(digestTime(wants({ every: 'day', at: '12:00' }), company, FRIDAY_NOON)).toEqual(
      new Date('2026-11-21T04:00:00Z'),
    );
  });

  test('is none for who wants none, or lives in a zone that nobody knows', () => {
    expect(digestTime(wants(null), company, FRIDAY_NOON)).toBeNull();
    expect(digestTime(wants(daily, { timeZone: 'Moon/Base' }), company, FRIDAY_NOON)).toBeNull();
  });
});

describe('a person who asked for a digest', () => {
  let store: Store;
  let intake: Intake;
  intakeAt(FRIDAY_NOON, (ground) => ({ store, intake } = ground));

  async function told(fields: Parameters<typeof rule>[0] = {}) {
    const { docking } = await openDesk(store, ['ou_1']);
    await setRules(store, docking.id, [rule(fields)]);
    await store.preferences.put(docking.id, 'ou_1', wants(daily));
    const event = ticketEvent();
    const taken = await intake.take(docking, event, 'api');
    await store.events.flush();
    const record = await store.events.get(docking.id, event.eventId);
    const [card] = await store.deliveries.getMany([record?.receivers[0]?.deliveryId ?? '']);
    return { docking, event, taken, record, card };
  }

  test('hears of a routine matter then, and the ticket’s workflow hears nothing', async () => {
    const { taken, card, record } = await told();
    expect(taken).toMatchObject({ deliveryIds: [], handOver: false });
    expect(card).toMatchObject({
      state: 'planned',
      reason: 'digest',
      notBefore: new Date('2026-11-21T01:00:00Z'),
    });
    expect(record?.state).toBe('handed-over');
    const waiting = await store.digests.waiting(100);
    expect(waiting).toContainEqual(
      expect.objectContaining({ id: card?.digestId, employeeId: 'ou_1', at: card?.notBefore }),
    );
  });

  test('hears of an urgent matter at once', async () => {
    const { taken, card } = await told({ urgency: 'urgent' });
    expect(taken.deliveryIds).toEqual([card?.id]);
    expect(card).not.toHaveProperty('digestId');
  });

  test('hears at once of what somebody must react to', async () => {
    const { card } = await told({ timing: { repeatEveryMinutes: 30 } });
    expect(card).not.toHaveProperty('digestId');
  });

  test('a repeated event plans nothing more, and hands nothing over', async () => {
    const { docking, event, card } = await told();
    expect(await intake.take(docking, event, 'api')).toMatchObject({ state: 'duplicate', deliveryIds: [] });
    expect(await store.digests.members(card?.digestId ?? '', 10)).toHaveLength(1);
  });

  test('nobody sends a waiting card by itself, whoever asks', async () => {
    const { card } = await told();
    expect(await store.deliveries.claim(card?.id ?? '')).toBeNull();
  });

  test('a card that comes when the digest was told opens it again, and no hand-over of before closes it', async () => {
    const { docking, card } = await told();
    const digest = await store.digests.get(card?.digestId ?? '');
    if (!card || !digest) throw new Error('nothing waits');
    await store.digests.told(digest.id);
    await intake.take(docking, ticketEvent({ id: 't2' }), 'api');
    await store.digests.handedOver(digest);
    expect(await store.digests.get(digest.id)).toMatchObject({ state: 'waiting', opened: 2 });
  });

  test('the carrying card has one key per digest and round, whatever it carries', async () => {
    const { card } = await told();
    const digest = await store.digests.get(card?.digestId ?? '');
    if (!card || !digest) throw new Error('nothing waits');
    const empty = digestCarrier(digest, 0, [], FRIDAY_NOON);
    const first = digestCarrier(digest, 0, [card], FRIDAY_NOON);
    expect(first.uuid).toBe(empty.uuid);
    expect(digestCarrier(digest, 1, [card], FRIDAY_NOON).uuid).not.toBe(first.uuid);
    expect(first.uuid.length).toBeLessThanOrEqual(50);
  });
});
