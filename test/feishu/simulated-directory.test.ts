import { deliverable, judgePermission, requiredPermissions } from '../../feishu';
import type { Page } from '../../feishu';
import { failureOf } from './failure-of';
import { SEED, Simulated } from './simulated';

describe('app and directory of the simulated platform', () => {
  let world: Simulated;

  beforeEach(async () => {
    world = await Simulated.start();
  });

  afterEach(() => world.close());

  async function all<T>(page: (pageToken: string | undefined) => Promise<Page<T>>): Promise<T[]> {
    const items: T[] = [];
    let pageToken: string | undefined;
    do {
      const answer = await page(pageToken);
      items.push(...answer.items);
      pageToken = answer.nextPageToken;
    } while (pageToken !== undefined);
    return items;
  }

  it('tells good credentials from a wrong secret, an unknown app and a malformed id', async () => {
    await expect(world.client.checkCredentials()).resolves.toMatchObject({ expiresInSeconds: 7_200 });
    for (const [wrong, code] of [
      [{ appSecret: 'wrong' }, 10014],
      [{ appId: 'cli_ffffffffffffffff' }, 10014],
      [{ appId: 'nonsense' }, 10003],
    ] as const) {
      const error = await failureOf(world.feishu.for({ ...world.credentials, ...wrong }).checkCredentials());
      expect(error).toMatchObject({ code, errorClass: 'app-state', retry: 'never' });
    }
  });

  it('reads app, version, scopes, contact range, bot and company', async () => {
    const about = await world.client.application.get();
    expect(about).toMatchObject({ appId: world.app.appId, status: 'enabled', kind: 'custom' });
    expect(about.redirectUrls?.length).toBeGreaterThan(0);
    const versions = await world.client.application.versions();
    expect(versions.items[0]).toMatchObject({ status: 'released', abilities: { bot: true } });
    const first = versions.items[0]?.versionId ?? '';
    await expect(world.client.application.version(first)).resolves.toMatchObject({ versionId: first });
    const grants = await world.client.application.scopes();
    for (const permission of requiredPermissions('feishu'))
      expect([permission.key, judgePermission(permission, grants).state]).toEqual([
        permission.key,
        'granted',
      ]);
    expect((await world.client.application.contactsRange()).kind).toBeDefined();
    await expect(world.client.application.bot()).resolves.toMatchObject({ activateStatus: 2 });
    await expect(world.client.tenant.get()).resolves.toMatchObject({
      tenantKey: world.app.tenantKey,
      kind: 'team',
    });
  });

  it('walks the whole directory page by page and finds everybody once', async () => {
    const scopes = await world.client.contact.scopes();
    expect(scopes.departmentIds.length).toBeGreaterThan(0);
    const departments = await all((pageToken) =>
      world.client.contact.children('0', { recursive: true, pageSize: 5, pageToken }),
    );
    expect(departments).toHaveLength(12);
    const found = new Set<string>();
    for (const id of ['0', ...departments.map((department) => department.openDepartmentId)])
      for (const user of await all((pageToken) =>
        world.client.contact.usersOfDepartment(id, { pageSize: 7, pageToken }),
      ))
        found.add(user.openId);
    expect(found.size).toBe(SEED.employees);
    const ids = [...found].slice(0, 50);
    const users = await world.client.contact.users(ids);
    expect(users.map((user) => user.openId).sort()).toEqual([...ids].sort());
    const one = await world.client.contact.user(world.person().openId);
    expect(one).toMatchObject({
      openId: world.person().openId,
      mobile: expect.stringMatching(/^\+/) as string,
    });
    expect(deliverable(one.status).verdict).toBe('yes');
    await expect(
      world.client.contact.department(departments[0]?.openDepartmentId ?? ''),
    ).resolves.toMatchObject({
      name: departments[0]?.name,
    });
    await expect(
      world.client.contact.departments(
        departments.slice(0, 2).map((department) => department.openDepartmentId),
      ),
    ).resolves.toHaveLength(2);
    const groups = await all((pageToken) => world.client.contact.groups({ pageToken }));
    expect(groups).toHaveLength(2);
    const members = await world.client.contact.groupMembers(groups[0]?.groupId ?? '');
    expect(members.items.every((member) => member.kind === 'user')).toBe(true);
  });

  it('finds a field gone, not empty, and people of unknown state when a permission is taken away', async () => {
    const grants = await world.client.application.scopes();
    const kept = grants
      .map((grant) => grant.scope)
      .filter((scope) => !/user\.employee:readonly|user\.phone:readonly/.test(scope));
    await world.patchApp({ scopes: { requested: kept, granted: kept } });
    const user = await world.client.contact.user(world.person().openId);
    expect(user).toMatchObject({ mobile: undefined, status: undefined, name: world.person().name });
    expect(deliverable(user.status).verdict).toBe('unknown');
  });

  it('names the missing permission', async () => {
    await world.patchApp({ scopes: { requested: [], granted: [] } });
    const error = await failureOf(world.client.tenant.get());
    expect(error).toMatchObject({ errorClass: 'scope', missingScopes: ['tenant:tenant:readonly'] });
    expect(error.logId).toMatch(/\S/);
  });

  it('survives the end of all tokens without a failure', async () => {
    await world.client.application.scopes();
    await world.control('DELETE', '/tokens');
    await expect(world.client.application.scopes()).resolves.not.toHaveLength(0);
  });
});
