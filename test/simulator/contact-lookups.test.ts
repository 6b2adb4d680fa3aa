import { code, contactDirectory, first, type Person } from './contact-directory';
import { at, type Session } from './http';

let session: Session;
let people: Person[];
const { all } = contactDirectory((ground) => ({ session, people } = ground));

test('lookup by email and mobile echoes the input and leaves out whom it does not find', async () => {
  await session.set({ scopes: { granted: ['contact:user.id:readonly', 'contact:user.employee:readonly'] } });
  const mainland = first(people, (one) => one.mobile.startsWith('+86') && one.status === 'active');
  const foreign = first(people, (one) => /^\+(65|1)/.test(one.mobile) && one.status === 'active');
  const withEmail = first(people, (one) => one.email !== '' && one.status === 'active');
  const mobile = mainland.mobile.slice(3);
  const answer = await session.api('POST', '/contact/v3/users/batch_get_id', {
    emails: [withEmail.email.toUpperCase(), 'nobody@example.com'],
    mobiles: [mobile, foreign.mobile, '13000000000'],
  });
  expect(at(answer.body, 'data.user_list')).toEqual([
    { user_id: withEmail.openId, email: withEmail.email.toUpperCase(), status: expect.anything() as unknown },
    { email: 'nobody@example.com' },
    { user_id: mainland.openId, mobile, status: expect.anything() as unknown },
    { user_id: foreign.openId, mobile: foreign.mobile, status: expect.anything() as unknown },
    { mobile: '13000000000' },
  ]);
});

test('lookup sees a changed mobile and skips people who resigned unless asked', async () => {
  await session.set({ scopes: { granted: ['contact:user.id:readonly'] } });
  const person = first(people, (one) => one.status === 'active');
  const lookup = async (more = {}): Promise<unknown> => {
    const answer = await session.api('POST', '/contact/v3/users/batch_get_id', {
      mobiles: ['13911112222'],
      ...more,
    });
    return at(answer.body, 'data.user_list.0.user_id');
  };
  expect(await lookup()).toBeUndefined();
  await session.control('PATCH', `/people/${person.userId}`, { mobile: '+8613911112222' });
  expect(await lookup()).toBe(person.openId);
  await session.control('DELETE', `/people/${person.userId}`);
  expect(await lookup()).toBeUndefined();
  expect(await lookup({ include_resigned: true })).toBe(person.openId);
});

test('names of anybody can be read in small batches with their own scope', async () => {
  const body = { user_ids: [first(people).openId] };
  expect(code(await session.api('POST', '/contact/v3/users/basic_batch', body))).toBe(99991672);
  await session.set({ scopes: { granted: ['contact:user.basic_profile:readonly'] } });
  const answer = await session.api('POST', '/contact/v3/users/basic_batch', body);
  expect(at(answer.body, 'data.users.0.user_id')).toBe(first(people).openId);
});

test('groups list their members', async () => {
  const groups = await all('/contact/v3/group/simplelist', 'grouplist');
  expect(groups).toHaveLength(3);
  const id = at<string>(groups[0], 'group_id');
  const memberlist = await all(`/contact/v3/group/${id}/member/simplelist`, 'memberlist');
  const memberId = at<string>(memberlist[0], 'member_id');
  expect(people.map((one) => one.openId)).toContain(memberId);
  const belongs = await session.api('GET', `/contact/v3/group/member_belong?member_id=${memberId}`);
  expect(at(belongs.body, 'data.group_list')).toContain(id);
  expect(at((await session.api('GET', `/contact/v3/group/${id}`)).body, 'data.group.id')).toBe(id);
});
