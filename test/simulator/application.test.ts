import { at, eventsOf, startSession, type Session } from './http';

let session: Session;
const ME = '/application/v6/applications/me';

beforeAll(async () => {
  session = await startSession({ employees: 30, departments: 6 });
});
beforeEach(async () => {
  await session.reset();
  await session.control('PATCH', '/switches', { rateLimits: 'off' });
});
afterAll(() => session.close());

async function app(): Promise<unknown> {
  return at((await session.api('GET', `${ME}?lang=en_us`)).body, 'data.app');
}

async function versions(): Promise<unknown> {
  return at((await session.api('GET', `${ME}/app_versions?lang=en_us`)).body, 'data.items');
}

async function scopes(): Promise<Record<string, number>> {
  const { body } = await session.api('GET', '/application/v6/scopes');
  return Object.fromEntries(
    at<unknown[]>(body, 'data.scopes').map((one) => [at(one, 'scope_name'), at(one, 'grant_status')]),
  );
}

test('a fresh app is set up completely', async () => {
  const now = await app();
  expect(at(now, 'app_id')).toBe(session.appId);
  expect(at(now, 'status')).toBe(1);
  expect(at(now, 'scene_type')).toBe(0);
  expect(at(now, 'redirect_urls')).toEqual(['https://sg.sobot.io/ws-h5-client/']);
  expect([at(now, 'mobile_default_ability'), at(now, 'pc_default_ability')]).toEqual(['bot', 'web_app']);
  const version = at(await versions(), '0');
  expect(at(version, 'version')).toBe('1.0.1');
  expect(at(version, 'status')).toBe(1);
  expect(at(version, 'version_id')).toBe(at(now, 'online_version_id'));
  expect(at(version, 'ability.web_app.pc_url')).toBe('https://sg.sobot.com/auth/sign_in');
  expect(at(version, 'ability.bot')).toBeDefined();
  expect(at(version, 'remark.visibility.is_all')).toBe(true);
  expect(Object.keys(await scopes())).toHaveLength(16);
  expect(new Set(Object.values(await scopes()))).toEqual(new Set([1]));
});

test('each part of an app can be broken alone', async () => {
  await session.set({ bot: false });
  expect(at((await session.api('GET', '/bot/v3/info')).body, 'code')).not.toBe(0);
  expect(at(await versions(), '0.ability.bot')).toBeUndefined();
  await session.set({ bot: true, webApp: { pcUrl: 'https://other.example.com/' } });
  expect(at((await session.api('GET', '/bot/v3/info')).body, 'bot.activate_status')).toBe(2);
  expect(at(await versions(), '0.ability.web_app.pc_url')).toBe('https://other.example.com/');
  await session.set({ webApp: null, redirectUrls: [], mobileDefault: 'web_app', pcDefault: '' });
  expect(at(await versions(), '0.ability.web_app')).toBeUndefined();
  const now = await app();
  expect(at(now, 'redirect_urls')).toEqual([]);
  expect([at(now, 'mobile_default_ability'), at(now, 'pc_default_ability')]).toEqual(['web_app', '']);
});

test('a scope is granted, requested only, or never requested', async () => {
  await session.set({
    scopes: { requested: ['im:message', 'contact:group:readonly'], granted: ['im:message'] },
  });
  expect(await scopes()).toEqual({ 'im:message': 1, 'contact:group:readonly': 2 });
});

test('an edit in the console waits for a version that is approved', async () => {
  await session.set({
    draft: { addScopes: ['contact:user.id:readonly', 'im:message:send_as_bot'], bot: false },
  });
  expect(await scopes()).toMatchObject({ 'contact:user.id:readonly': 2, 'im:message:send_as_bot': 1 });
  await session.set({ submitVersion: { version: '1.1.0', updateRemark: 'lookup' } });
  const pending = await app();
  expect(at(pending, 'unaudit_version_id')).toMatch(/^oav_/);
  expect(at(await versions(), '0')).toMatchObject({ version: '1.1.0', status: 3, publish_time: '' });
  expect(at((await session.api('GET', '/bot/v3/info')).body, 'code')).toBe(0);

  await session.set({ approveVersion: true });
  expect(await scopes()).toMatchObject({ 'contact:user.id:readonly': 1 });
  expect(at((await session.api('GET', '/bot/v3/info')).body, 'code')).not.toBe(0);
  const done = await app();
  expect(at(done, 'unaudit_version_id')).toBe('');
  expect(at(done, 'online_version_id')).toBe(at(pending, 'unaudit_version_id'));
});

test('a rejected version changes nothing, keeps the reason and can be followed by another', async () => {
  await session.set({ draft: { addScopes: ['contact:user.id:readonly'] }, submitVersion: true });
  await session.set({ rejectVersion: { reason: 'too many permissions' } });
  expect(at(await versions(), '0.status')).toBe(2);
  expect(await scopes()).toMatchObject({ 'contact:user.id:readonly': 2 });
  const audit = await eventsOf(session, 'application.application.app_version.audit_v6');
  expect(at(audit, '0')).toMatchObject({
    operation: 'reject',
    remark: 'too many permissions',
    app_id: session.appId,
  });
  await session.set({ submitVersion: true });
  await session.set({ approveVersion: true });
  expect(await scopes()).toMatchObject({ 'contact:user.id:readonly': 1 });
  const applied = await eventsOf(session, 'application.application.app_version.publish_apply_v6');
  expect(applied).toHaveLength(2);
  expect(at(applied, '0.under_audit_version.status')).toBe(3);
});

test('a life-cycle step that is not possible is refused', async () => {
  const answer = await session.call('PATCH', `/_control/apps/${session.appId}`, { approveVersion: true });
  expect([answer.status, at(answer.body, 'error.field')]).toEqual([409, 'versions']);
});

test('an app whose versions were never approved has no bot and no online version', async () => {
  await session.set({ versions: [{ version: '1.0.0', status: 3 }] });
  expect(at(await app(), 'online_version_id')).toBe('');
  expect(at(await app(), 'unaudit_version_id')).toMatch(/^oav_/);
  expect(at((await session.api('GET', '/bot/v3/info')).body, 'code')).not.toBe(0);
});

test('versions need their own scope, unless the switch says that app information is enough', async () => {
  await session.set({ scopes: { granted: ['admin:app.info:readonly'] } });
  const path = `${ME}/app_versions?lang=en_us`;
  expect(at((await session.api('GET', path)).body, 'code')).toBe(99991672);
  expect(at((await session.api('GET', `${ME}?lang=en_us`)).body, 'code')).toBe(0);
  await session.control('PATCH', '/switches', { appInfoOpensVersions: true });
  expect(at((await session.api('GET', path)).body, 'code')).toBe(0);
});

test('asking for scopes: nothing missing, then applied, then a duplicate', async () => {
  const apply = async (): Promise<unknown> =>
    at((await session.api('POST', '/application/v6/scopes/apply')).body, 'code');
  expect(await apply()).toBe(212002);
  await session.set({ scopes: { granted: ['im:message'] } });
  expect(await apply()).toBe(0);
  expect(await apply()).toBe(212004);
});

test('availability changes at once and can be checked per person and department', async () => {
  const people = at<unknown[]>(await session.control('GET', '/people?limit=30'), 'items');
  const [one, two] = people.filter((person) => at(person, 'departmentIds.0') !== '0');
  const path = '/application/v6/applications/me/visibility';
  const changed = await session.api('PATCH', path, {
    is_visible_to_all: false,
    add_visible_list: { user_ids: [at(one, 'openId')] },
    add_invisible_list: { user_ids: [at(two, 'openId')] },
  });
  expect(at(changed.body, 'code')).toBe(0);
  const check = await session.api('POST', `${path}/check_white_black_list`, {
    user_ids: [at(one, 'openId'), at(two, 'openId')],
    department_ids: [at(one, 'departmentIds.0')],
  });
  expect(at(check.body, 'data')).toMatchObject({
    user_visibility_list: [
      { user_id: at(one, 'openId'), in_white_list: true, in_black_list: false },
      { user_id: at(two, 'openId'), in_white_list: false, in_black_list: true },
    ],
    department_visibility_list: [{ in_white_list: false, in_black_list: false }],
  });
  const old = await session.api('GET', `/application/v2/app/visibility?app_id=${session.appId}`);
  expect(at(old.body, 'data')).toMatchObject({ is_visible_to_all: 0, total_user_count: 1 });
});

test('the contact range configuration is shown and can be changed', async () => {
  const departments = at(await session.control('GET', '/departments'), 'items');
  const id = at(departments, '0.openDepartmentId');
  await session.set({ contactRange: { type: 'some', departmentIds: [id] } });
  const shown = await session.api('GET', `${ME}/contacts_range_configuration`);
  expect(at(shown.body, 'data.contacts_range')).toEqual({
    contacts_scope_type: 'some',
    visible_list: { open_ids: [], department_ids: [id], group_ids: [] },
  });
  await session.set({ scopes: { granted: ['application:application.contacts_range:write'] } });
  const body = { contacts_range_type: 'all' };
  expect(at((await session.api('PATCH', `${ME}/contacts_range`, body)).body, 'code')).toBe(0);
  const after = await session.control('GET', `/apps/${session.appId}`);
  expect(at(after, 'contactRange.type')).toBe('all');
});

test('an app of another company is not found, a sister app is', async () => {
  const other = await session.control('POST', '/tenants', { employees: 1, departments: 1 });
  const sister = await session.control('POST', '/apps', {});
  const read = async (id: unknown): Promise<unknown> =>
    at((await session.api('GET', `/application/v6/applications/${String(id)}?lang=en_us`)).body, 'code');
  expect(await read(at(other, 'apps.0.appId'))).toBe(210504);
  expect(await read(at(sister, 'appId'))).toBe(0);
  expect(await read('cli_0000000000000000')).toBe(210506);
  expect(await read('nonsense')).toBe(210503);
});
