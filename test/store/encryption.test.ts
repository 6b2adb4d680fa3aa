import { createSealer, InvalidMasterKey, SealBroken } from '../../store';
import { newMasterKey } from './fixture';

const CONTEXT = { owner: 'dk-1', field: 'appSecret' };

test('what was sealed opens again, and is never the same twice', () => {
  const sealer = createSealer(newMasterKey());
  const sealed = sealer.seal('s3cret 密', CONTEXT);
  expect(sealer.open(sealed, CONTEXT)).toBe('s3cret 密');
  expect(sealed).not.toContain('s3cret');
  expect(sealer.seal('s3cret 密', CONTEXT)).not.toBe(sealed);
});

test('a value that was changed in any byte does not open', () => {
  const sealer = createSealer(newMasterKey());
  const bytes = Buffer.from(sealer.seal('secret', CONTEXT), 'base64url');
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(() => sealer.open(changed.toString('base64url'), CONTEXT)).toThrow(SealBroken);
  }
});

test('a value that was cut short does not open', () => {
  const sealer = createSealer(newMasterKey());
  const sealed = sealer.seal('secret', CONTEXT);
  expect(() => sealer.open(sealed.slice(0, -3), CONTEXT)).toThrow(SealBroken);
  expect(() => sealer.open('', CONTEXT)).toThrow(SealBroken);
});

test.each([
  { owner: 'dk-2', field: 'appSecret' },
  { owner: 'dk-1', field: 'pushToken' },
  { owner: 'dk-1appSecret', field: '' },
])('a value that was moved to %o does not open', (elsewhere) => {
  const sealer = createSealer(newMasterKey());
  expect(() => sealer.open(sealer.seal('secret', CONTEXT), elsewhere)).toThrow(SealBroken);
});

test('while keys rotate the first seals and all open', () => {
  const [older, newer] = [newMasterKey(), newMasterKey()];
  const before = createSealer(older).seal('secret', CONTEXT);
  const rotating = createSealer(`${newer}, ${older}`);
  expect(rotating.open(before, CONTEXT)).toBe('secret');
  expect(rotating.isOutdated(before)).toBe(true);
  const after = rotating.seal('secret', CONTEXT);
  expect(rotating.isOutdated(after)).toBe(false);
  expect(createSealer(newer).open(after, CONTEXT)).toBe('secret');
  expect(() => createSealer(newer).open(before, CONTEXT)).toThrow(/not among those of DOCKING_MASTER_KEY/);
});

test.each([
  ['nothing', '', /is empty/],
  ['too short', Buffer.alloc(16, 7).toString('base64'), /16 bytes instead of 32/],
  ['not base64', 'correct horse battery staple!', /not base64/],
  ['one good and one bad', `${Buffer.alloc(32, 7).toString('base64')},tooshort`, /bytes instead of 32/],
])('a master key that is %s is refused by name and never shown', (_what, value, reason) => {
  const refusal = (() => {
    try {
      return createSealer(value);
    } catch (error) {
      return error;
    }
  })();
  expect(refusal).toBeInstanceOf(InvalidMasterKey);
  const { message } = refusal as Error;
  expect(message).toMatch(reason);
  expect(message).toContain('DOCKING_MASTER_KEY');
  if (value !== '') expect(message).not.toContain(value);
});

test('a master key in the URL-safe alphabet or without padding is taken too', () => {
  const key = Buffer.alloc(32, 0xfb);
  const sealed = createSealer(key.toString('base64')).seal('secret', CONTEXT);
  expect(createSealer(key.toString('base64url')).open(sealed, CONTEXT)).toBe('secret');
});
