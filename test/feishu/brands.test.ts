import {
  BRANDS,
  ID_PATTERNS,
  authorizeUrl,
  batchImportJson,
  botChatLink,
  brandOf,
  deliverable,
  employeeState,
  judgePermission,
  requiredPermissions,
  setupLinks,
  webAppLink,
} from '../../feishu';
import type { ScopeGrant, UserStatus } from '../../feishu';

const APP = 'cli_0123456789abcdef';

describe('the brands', () => {
  it('are told apart by their API base only', () => {
    expect(brandOf('https://open.feishu.cn/')).toBe('feishu');
    expect(brandOf('https://open.larksuite.com')).toBe('lark');
    expect(brandOf('http://127.0.0.1:1234')).toBeUndefined();
  });

  it('have every host of their own', () => {
    const hosts = (['feishu', 'lark'] as const).flatMap((brand) => {
      const { apiBase, accounts, adminConsole, applink } = BRANDS[brand];
      return [apiBase, accounts, adminConsole, applink];
    });
    expect(new Set(hosts).size).toBe(8);
    for (const host of hosts) expect(new URL(host).protocol).toBe('https:');
  });

  it('link to the permission page with exactly the missing scopes', () => {
    const links = setupLinks('lark', APP);
    expect(links.permissions(['im:message', 'contact:group:readonly'])).toBe(
      `https://open.larksuite.com/app/${APP}/auth?q=im:message,contact:group:readonly&op_from=openapi&token_type=tenant`,
    );
    expect(links.permissions([])).toBe(`https://open.larksuite.com/app/${APP}/auth`);
    expect(links.permissions(['a&b=c#d'])).toContain('q=a%26b%3Dc%23d&');
  });

  it('open web app and bot inside the client', () => {
    expect(webAppLink('feishu', APP, '/tickets/12?a=b&c=d')).toBe(
      `https://applink.feishu.cn/client/web_app/open?appId=${APP}&path=%2Ftickets%2F12%3Fa%3Db%26c%3Dd`,
    );
    expect(botChatLink('lark', APP)).toBe(`https://applink.larksuite.com/client/bot/open?appId=${APP}`);
  });

  it('send people to their own sign-in page, with state and PKCE', () => {
    const url = new URL(
      authorizeUrl({
        accounts: BRANDS.feishu.accounts,
        appId: APP,
        redirectUrl: 'https://desk.example.com/cb?x=1',
        state: 's&1',
        scopes: ['contact:user.base:readonly', 'offline_access'],
        codeChallenge: 'abc',
      }),
    );
    expect(url.host).toBe('accounts.feishu.cn');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: APP,
      redirect_uri: 'https://desk.example.com/cb?x=1',
      response_type: 'code',
      state: 's&1',
      scope: 'contact:user.base:readonly offline_access',
      code_challenge: 'abc',
      code_challenge_method: 'S256',
    });
  });
});

describe('the permissions', () => {
  it('are 15 on Feishu and 14 on Lark, which has no user groups', () => {
    const feishu = requiredPermissions('feishu');
    const lark = requiredPermissions('lark');
    expect(feishu.map((permission) => permission.no)).toEqual(Array.from({ length: 15 }, (_, n) => n + 1));
    expect(lark.map((permission) => permission.no)).toEqual([1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    expect(new Set(feishu.map((permission) => permission.key)).size).toBe(15);
  });

  it('block readiness, except number 15, whose key nobody could settle', () => {
    const open = requiredPermissions('feishu').filter((permission) => !permission.blocking);
    expect(open.map((permission) => permission.no)).toEqual([15]);
  });

  it('take the key of number 15 from those who know it, and keep the candidates as alternatives', () => {
    const [fifteenth] = requiredPermissions('feishu', 'corehr:phone:read').slice(-1);
    expect(fifteenth).toMatchObject({
      key: 'corehr:phone:read',
      blocking: false,
      alternatives: ['directory:employee.base.mobile:read', 'contact:user.phone:readonly'],
    });
  });

  it('name what is lost and which field disappears, in both languages', () => {
    for (const { lostAbility, label } of requiredPermissions('feishu'))
      for (const text of [lostAbility.en, lostAbility.zh, label.en, label.zh]) expect(text).not.toBe('');
    const fields = requiredPermissions('feishu').flatMap((permission) => permission.fields);
    expect(fields).toEqual(
      expect.arrayContaining(['mobile', 'email', 'status', 'department_ids', 'user_id', 'name']),
    );
  });

  const grant = (
    scope: string,
    granted: boolean,
    tokenType: ScopeGrant['tokenType'] = 'tenant',
  ): ScopeGrant => ({
    scope,
    granted,
    tokenType,
  });
  const permission = { key: 'contact:user.base:readonly', alternatives: ['contact:contact:readonly_as_app'] };

  it.each<[string, ScopeGrant[], ReturnType<typeof judgePermission>]>([
    ['granted', [grant(permission.key, true)], { state: 'granted', by: permission.key }],
    [
      'asked for but not in force',
      [grant(permission.key, false)],
      { state: 'requested', by: permission.key },
    ],
    ['never asked for', [grant('im:message', true)], { state: 'absent', by: undefined }],
    [
      'covered by a wide scope of an older app',
      [grant(permission.key, false), grant('contact:contact:readonly_as_app', true)],
      { state: 'granted', by: 'contact:contact:readonly_as_app' },
    ],
    ['granted to people only', [grant(permission.key, true, 'user')], { state: 'absent', by: undefined }],
    [
      'of a kind nobody told',
      [grant(permission.key, true, undefined)],
      { state: 'granted', by: permission.key },
    ],
  ])('are judged when %s', (_, grants, verdict) => {
    expect(judgePermission(permission, grants)).toEqual(verdict);
  });

  it("can be pasted into the console's batch import", () => {
    expect(JSON.parse(batchImportJson(['im:message']))).toEqual({
      scopes: { tenant: ['im:message'], user: [] },
    });
  });
});

describe('a person', () => {
  const status = (change: Partial<UserStatus>): UserStatus => ({
    isActivated: true,
    isFrozen: false,
    isResigned: false,
    isExited: false,
    isUnjoin: false,
    ...change,
  });

  it.each<[string, UserStatus | undefined, string, string]>([
    ['in active service', status({}), 'active', 'yes'],
    ['not yet activated', status({ isActivated: false, isUnjoin: true }), 'not-activated', 'no'],
    ['frozen', status({ isFrozen: true }), 'frozen', 'no'],
    ['resigned', status({ isResigned: true }), 'left', 'no'],
    ['who left by themselves', status({ isExited: true }), 'left', 'no'],
    ['whose status we may not read', undefined, 'unknown', 'unknown'],
    ['whose activation was not told', status({ isActivated: undefined }), 'unknown', 'unknown'],
  ])('%s is judged by status', (_, given, state, verdict) => {
    expect(employeeState(given)).toBe(state);
    expect(deliverable(given).verdict).toBe(verdict);
  });

  it('is named by ids of known forms', () => {
    expect(ID_PATTERNS.appId.test(APP)).toBe(true);
    expect(ID_PATTERNS.appId.test('cli_xyz')).toBe(false);
    expect(ID_PATTERNS.openId.test(`ou_${'0'.repeat(32)}`)).toBe(true);
    expect(ID_PATTERNS.openDepartmentId.test('0')).toBe(true);
  });
});
