import { emailKey, mobileKey, type Region } from '../../store';

test.each<[written: string | null | undefined, region: Region, key: string | null]>([
  ['+8613800000000', 'CN', '+8613800000000'],
  ['13800000000', 'CN', '+8613800000000'],
  ['138-0000-0000', 'CN', '+8613800000000'],
  ['  138 0000 0000 ', 'CN', '+8613800000000'],
  ['008613800000000', 'CN', '+8613800000000'],
  ['+86 138 0000 0000', 'SG', '+8613800000000'],
  ['１３８００００００００', 'CN', '+8613800000000'],
  ['91234567', 'SG', '+6591234567'],
  ['(415) 555-2671', 'US', '+14155552671'],
  ['12', 'CN', null],
  ['call me', 'CN', null],
  ['', 'CN', null],
  [null, 'CN', null],
  [undefined, 'CN', null],
])('the mobile %p read in %s is %p', (written, region, key) => {
  expect(mobileKey(written, region)).toBe(key);
});

test.each([
  ['David.Zhang@Example.COM', 'david.zhang@example.com'],
  ['  a@b.co ', 'a@b.co'],
  ['a＠b.co', 'a@b.co'],
  ['nobody', null],
  ['a b@c.de', null],
  ['', null],
  [null, null],
  [undefined, null],
])('the email %p is %p', (written, key) => {
  expect(emailKey(written)).toBe(key);
});
