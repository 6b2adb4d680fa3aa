import fc from 'fast-check';
import { Fragments } from '../../feishu/long-connection/fragments';
import { DATA, decodeFrame, encodeFrame, type Frame } from '../../feishu/long-connection/frames';
import { waitAfter } from '../../feishu/long-connection/reconnect';
import { DEFAULT_SETTINGS, settingsFrom } from '../../feishu/long-connection/settings';

const part = (payload: Uint8Array, headers: Record<string, string | number> = {}): Frame => ({
  SeqID: '1',
  LogID: '2',
  service: 3,
  method: DATA,
  headers: Object.entries({ type: 'event', ...headers }).map(([key, value]) => ({
    key,
    value: String(value),
  })),
  payload,
});

test('a frame goes back as it came, ids of 64 bits and unknown fields of the platform included', () => {
  const frame: Frame = {
    ...part(Buffer.from('{"a":"字"}')),
    SeqID: '18446744073709551615',
    LogID: '9007199254740993',
    payload_encoding: 'gzip',
    payload_type: 'json',
    LogIDNew: '2026',
  };
  expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
});

test('parts in any order make the payload, once', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 2, maxLength: 200 }),
      fc.integer({ min: 2, max: 20 }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (payload, size, draws) => {
        const sum = Math.ceil(payload.length / size);
        const order = Array.from({ length: sum }, (_, seq) => ({ seq, at: draws.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ seq }) => seq);
        const fragments = new Fragments();
        const answers = order.map((seq) =>
          fragments.add(part(payload.slice(seq * size, (seq + 1) * size), { message_id: 'm', sum, seq })),
        );
        expect(answers.slice(0, -1).every((answer) => answer === undefined)).toBe(true);
        expect(Buffer.from(payload).equals(answers.at(-1) ?? Buffer.alloc(0))).toBe(true);
      },
    ),
  );
});

test.each([
  [{ sum: 0, seq: 0 }],
  [{ sum: 2, seq: 2 }],
  [{ sum: 2, seq: -1 }],
  [{ sum: 1e9, seq: 0 }],
  [{ sum: 'many', seq: 0 }],
])('parts that cannot be are refused: %j', (headers) => {
  expect(() => new Fragments().add(part(Buffer.from('x'), { message_id: 'm', ...headers }))).toThrow(
    RangeError,
  );
});

describe('the wait before the next try', () => {
  const settings = settingsFrom({ ReconnectCount: 3, ReconnectInterval: 60, ReconnectNonce: 20 });

  test('is a random part of what the platform spreads clients over, and then its interval', () => {
    expect(waitAfter({ reason: 'lost', tries: 1, settings }, 0.5)).toBe(10_000);
    expect(waitAfter({ reason: 'unavailable', tries: 2, settings }, 0.5)).toBe(60_000);
  });

  test('grows from a second to two minutes while the platform has told nothing', () => {
    const waits = [1, 2, 3, 20].map((tries) =>
      waitAfter({ reason: 'unavailable', tries, settings: undefined }, 0.5),
    );
    expect(waits).toEqual([1_000, 2_000, 4_000, 120_000]);
  });

  test.each(['credentials', 'not-allowed', 'too-many-connections'] as const)(
    'is minutes, and at most about an hour, after %s',
    (reason) => {
      const waits = [1, 2, 9].map((tries) => waitAfter({ reason, tries, settings: undefined }, 0.5));
      expect(waits).toEqual([300_000, 600_000, 3_600_000]);
    },
  );

  test('is minutes once the platform has had as many tries as it wants', () => {
    expect(waitAfter({ reason: 'unavailable', tries: 3, settings }, 0.5)).toBe(60_000);
    expect(waitAfter({ reason: 'unavailable', tries: 4, settings }, 0.5)).toBe(300_000);
  });
});

test('settings that are missing or absurd stay what they were', () => {
  const absurd = { PingInterval: 0, ReconnectInterval: 1e9, ReconnectNonce: -5 };
  expect(settingsFrom(absurd)).toEqual(DEFAULT_SETTINGS);
  expect(settingsFrom(undefined)).toEqual(DEFAULT_SETTINGS);
});
