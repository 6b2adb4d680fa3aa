import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { ChecklistItem } from '../../store';
import { LATIN_SENTENCE } from '../support/latin-sentence';
import { startTimeSkipping } from '../support/servers';
import { quietRuntime } from './crew';
import { GRANTED, HOMEPAGE, openSetUp, REDIRECT, type SetUp } from './set-up';

let environment: TestWorkflowEnvironment;
let setUp: SetUp;
let dockingId: string;
let stopWorking: () => Promise<void>;
/** The app as it should be; each case starts from it. */
let whole: Map<string, ChecklistItem>;

beforeAll(async () => {
  quietRuntime();
  environment = await startTimeSkipping();
  setUp = await openSetUp(environment);
  await setUp.mend();
  dockingId = await setUp.dock();
  stopWorking = await setUp.startWorking();
  whole = await setUp.check(dockingId);
});
afterAll(async () => {
  await stopWorking?.();
  await setUp?.close();
  await environment?.teardown();
});

type Wanted = Partial<Pick<ChecklistItem, 'state' | 'expected' | 'found'>>;
interface Breakage {
  /** Rows of the set-up page. */
  rows: string;
  what: string;
  app: object;
  /** Every item that turns, and nothing else does. */
  turns: Record<string, Wanted>;
}

const OF_APP = ['app-info', 'app-type', 'redirect-url', 'default-mobile', 'default-desktop'];
const unread = (ids: readonly string[]): Record<string, Wanted> =>
  Object.fromEntries(ids.map((id) => [id, { state: 'unknown' as const }]));
const without = (...scopes: string[]): object => {
  const left = GRANTED.filter((scope) => !scopes.includes(scope));
  return { scopes: { requested: left, granted: left } };
};
const permission = (scope: string): Record<string, Wanted> => ({
  [`permission:${scope}`]: { state: 'failed', expected: scope, found: 'never requested' },
});
const revoked = (rows: string, scope: string, also: Record<string, Wanted> = {}): Breakage => ({
  rows,
  what: `${scope} is taken away`,
  app: without(scope),
  turns: { ...permission(scope), ...also },
});
const released = { version: '1.0.1', status: 1, scopes: GRANTED };

const BREAKAGES: Breakage[] = [
  {
    rows: 'R4',
    what: 'the description is emptied',
    app: { description: '' },
    turns: {
      'app-info': {
        state: 'failed',
        expected: 'enabled, with name, description and icon',
        found: 'no description',
      },
    },
  },
  {
    rows: 'R4',
    what: 'the app is made a store app',
    app: { sceneType: 1 },
    turns: { 'app-type': { state: 'failed', expected: 'custom', found: 'store' } },
  },
  {
    rows: 'R5',
    what: 'the bot is switched off',
    app: { bot: false },
    turns: { bot: { state: 'failed', expected: 'enabled', found: 'no answer, code 11205' } },
  },
  {
    rows: 'R6',
    what: 'the web app is switched off',
    app: { webApp: null },
    turns: {
      'web-app': { state: 'failed', expected: 'on', found: 'off' },
      'homepage-url': { state: 'failed', expected: HOMEPAGE, found: null },
    },
  },
  {
    rows: 'R7, R8',
    what: 'the homepage is the one of the other region',
    app: { webApp: { pcUrl: 'https://us.sobot.com/auth/sign_in' } },
    turns: {
      'homepage-url': { state: 'failed', expected: HOMEPAGE, found: 'https://us.sobot.com/auth/sign_in' },
    },
  },
  {
    rows: 'R9',
    what: 'the redirect URL loses its slash',
    app: { redirectUrls: [REDIRECT.slice(0, -1)] },
    turns: { 'redirect-url': { state: 'failed', expected: REDIRECT, found: REDIRECT.slice(0, -1) } },
  },
  {
    rows: 'R10',
    what: 'the redirect URL is the one of the other region',
    app: { redirectUrls: ['https://us.sobot.io/ws-h5-client/'] },
    turns: {
      'redirect-url': { state: 'failed', expected: REDIRECT, found: 'https://us.sobot.io/ws-h5-client/' },
    },
  },
  revoked('R11, R12', 'admin:app.info:readonly', unread([...OF_APP, 'contact-range'])),
  revoked('R13', 'contact:contact.base:readonly'),
  revoked('R14', 'admin:app.visibility'),
  revoked('R15', 'contact:department.base:readonly'),
  revoked('R16', 'contact:department.organize:readonly'),
  revoked('R17', 'contact:group:readonly'),
  revoked('R18', 'contact:user.base:readonly'),
  revoked('R19', 'contact:user.department:readonly'),
  revoked('R20', 'contact:user.email:readonly'),
  revoked('R21', 'contact:user.employee:readonly'),
  revoked('R22', 'contact:user.employee_id:readonly'),
  revoked('R24', 'im:message'),
  revoked('R25', 'tenant:tenant:readonly', unread(['tenant'])),
  {
    rows: 'R23',
    what: "the user's mobile number is taken away, which the employee's phone number still has its own key for",
    app: without('contact:user.phone:readonly'),
    turns: permission('contact:user.phone:readonly'),
  },
  {
    rows: 'R26',
    what: 'both keys that can stand for the phone number are taken away',
    app: without('directory:employee.base.mobile:read', 'contact:user.phone:readonly'),
    turns: {
      ...permission('directory:employee.base.mobile:read'),
      ...permission('contact:user.phone:readonly'),
    },
  },
  {
    rows: 'R11',
    what: 'a permission is requested and in no submitted version',
    app: {
      scopes: { requested: GRANTED, granted: GRANTED.filter((scope) => scope !== 'im:message') },
      versions: [{ ...released, scopes: ['tenant:tenant:readonly'] }],
    },
    turns: { 'permission:im:message': { state: 'waiting', found: 'requested, not submitted' } },
  },
  {
    rows: 'R11',
    what: 'a permission waits with the version under review',
    app: {
      scopes: { requested: GRANTED, granted: GRANTED.filter((scope) => scope !== 'im:message') },
      versions: [
        { ...released, scopes: ['tenant:tenant:readonly'] },
        { version: '1.0.2', status: 3, scopes: GRANTED },
      ],
    },
    turns: {
      'permission:im:message': { state: 'waiting', found: 'requested, waits for approval' },
      review: { state: 'waiting', expected: 'approved', found: 'in-review' },
    },
  },
  {
    rows: 'R11',
    what: 'a permission is approved with a version, but not in force',
    app: {
      scopes: { requested: GRANTED, granted: GRANTED.filter((scope) => scope !== 'im:message') },
      versions: [released],
    },
    turns: { 'permission:im:message': { state: 'waiting', found: 'approved, not in force' } },
  },
  {
    rows: 'R27',
    what: 'there is no version at all',
    app: { versions: [] },
    turns: {
      version: { state: 'failed', expected: 'a released version', found: null },
      review: { state: 'failed', expected: 'approved', found: null },
      bot: { state: 'failed', found: 'no answer, code 11205' },
      'web-app': { state: 'failed' },
      'homepage-url': { state: 'failed' },
      availability: { state: 'unknown' },
    },
  },
  {
    rows: 'R28',
    what: 'the app is available to one person only',
    app: { availability: { all: false, userIds: [], departmentIds: [] } },
    turns: {
      availability: { state: 'failed', expected: 'all members', found: '0 people, 0 departments, 0 groups' },
    },
  },
  {
    rows: 'R28',
    what: 'the contact range is narrowed',
    app: { contactRange: { type: 'some' } },
    turns: {
      'contact-range': {
        state: 'failed',
        expected: 'all members',
        found: '0 people, 0 departments, 0 groups',
      },
    },
  },
  {
    rows: 'R29',
    what: 'the phone opens the web app',
    app: { mobileDefault: 'web_app' },
    turns: { 'default-mobile': { state: 'failed', expected: 'bot', found: 'web_app' } },
  },
  {
    rows: 'R30',
    what: 'the computer opens the bot',
    app: { pcDefault: 'bot' },
    turns: { 'default-desktop': { state: 'failed', expected: 'web_app', found: 'bot' } },
  },
  {
    rows: 'R31, R32',
    what: 'a later version waits for review',
    app: { versions: [released, { version: '1.0.2', status: 3 }] },
    turns: { review: { state: 'waiting', expected: 'approved', found: 'in-review' } },
  },
  {
    rows: 'R32',
    what: 'a later version is rejected',
    app: { versions: [released, { version: '1.0.2', status: 2, rejectReason: 'why so many rights?' }] },
    turns: { review: { state: 'failed', expected: 'approved', found: 'rejected' } },
  },
];

const statesOf = (items: ReadonlyMap<string, ChecklistItem>): Record<string, string> =>
  Object.fromEntries([...items].map(([id, { state }]) => [id, state]));

test('an app that is set up completely passes every item, each with what was found', () => {
  expect(new Set(Object.values(statesOf(whole)))).toEqual(new Set(['passed']));
  expect(whole.size).toBe(29);
  expect(whole.get('version')).toMatchObject({
    found: expect.stringMatching(/^1\.0\.1, released \(\d{4}-\d\d-\d\d\)$/) as string,
    detail: { released: { version: '1.0.1', status: 'released', changelog: 'first release' } },
  });
  expect(whole.get('app-info')?.detail).toMatchObject({ name: 'Tickets', description: 'Ticket reminders' });
});

test('what passed is told in Chinese as well, without an English sentence', () => {
  for (const { chinese } of whole.values()) {
    expect(chinese?.message).toMatch(/[\u4e00-\u9fff]/);
    expect(JSON.stringify(chinese)).not.toMatch(LATIN_SENTENCE);
  }
});

describe.each(BREAKAGES)('$rows: when $what', ({ app, turns }) => {
  let broken: Map<string, ChecklistItem>;
  let again: Map<string, ChecklistItem>;

  beforeAll(async () => {
    await setUp.app(app);
    broken = await setUp.check(dockingId);
    await setUp.mend();
    again = await setUp.check(dockingId);
  });

  it('exactly its items turn, with what was expected and what was found', () => {
    const turned = [...broken.values()].filter(({ id, state }) => whole.get(id)?.state !== state);
    expect(Object.fromEntries(turned.map((item) => [item.id, item]))).toEqual(
      Object.fromEntries(Object.entries(turns).map(([id, wanted]) => [id, expect.objectContaining(wanted)])),
    );
  });

  it('each of them says what is lost, what to do, who does it and where', () => {
    for (const id of Object.keys(turns)) {
      expect(broken.get(id)).toMatchObject({
        message: expect.stringMatching(/\w{3}.*\./) as string,
        lostAbility: expect.stringMatching(/\w{3}/) as string,
        owner: expect.stringMatching(/^(ticket-admin|feishu-(developer|admin))$/) as string,
        link: expect.stringMatching(/^https:\/\/(open\.)?feishu\.cn\//) as string,
        effectNote: expect.stringMatching(/at once|new version/) as string,
      });
    }
  });

  it('each of them says the same in Chinese, without an English sentence', () => {
    for (const id of Object.keys(turns)) {
      const chinese = broken.get(id)?.chinese;
      for (const text of [chinese?.message, chinese?.lostAbility, chinese?.effectNote]) {
        expect(text).toMatch(/[\u4e00-\u9fff]/);
      }
      // The reviewer's words stay as they were written.
      expect(JSON.stringify(chinese).replace('why so many rights?', '')).not.toMatch(LATIN_SENTENCE);
    }
  });

  it('mended, everything is passed again', () => {
    expect(statesOf(again)).toEqual(statesOf(whole));
  });
});
