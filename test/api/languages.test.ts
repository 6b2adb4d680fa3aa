import type { ChecklistItem } from '../../store';
import { LATIN_SENTENCE } from '../support/latin-sentence';
import { ADMIN_TOKEN, NEW_DOCKING, startApi, type TestApi } from './server';

let api: TestApi;
let dockingId: string;
beforeAll(async () => {
  api = await startApi();
  dockingId = String((await api.call('POST', '/v1/dockings', NEW_DOCKING)).body['id']);
  await api.store.checklists.putItems(dockingId, [BOT, OF_BEFORE]);
  await api.store.checklists.conclude(dockingId, ['bot', 'version'], new Date(), 'check-1');
});
afterAll(() => api?.close());

const BOT: ChecklistItem = {
  id: 'bot',
  state: 'failed',
  blocking: true,
  expected: 'enabled',
  found: 'not activated',
  message: 'The bot is not activated: add it, release a version, have it approved.',
  lostAbility: 'No message can be sent.',
  effectNote: 'A change takes effect at once.',
  chinese: {
    expected: '已启用',
    found: '未激活',
    message: '机器人未激活：请添加机器人，发布版本并通过审核。',
    lostAbility: '无法发送消息。',
    effectNote: '修改后立即生效。',
  },
  owner: 'feishu-developer',
  link: null,
  effect: 'at-once',
  detail: null,
  checkedAt: new Date(),
};
/** As items were kept before they spoke Chinese. */
const { chinese: _chinese, ...OF_BEFORE } = { ...BOT, id: 'version', message: 'There is no version.' };

const asking = (
  language: string,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' = 'GET',
  path = '',
  body?: unknown,
) =>
  api.call(method, `/v1/dockings/${dockingId}${path}`, body, {
    authorization: `Bearer ${ADMIN_TOKEN}`,
    'accept-language': language,
  });
const itemsIn = async (language: string): Promise<ChecklistItem[]> =>
  (await asking(language, 'GET', '/checklist')).body['items'] as ChecklistItem[];

describe('a checklist', () => {
  it.each(['zh', 'zh-CN,zh;q=0.9,en;q=0.5', 'fr, zh-Hans;q=0.8'])(
    'is told in Chinese to whom %s is asked for',
    async (language) => {
      const answer = await asking(language, 'GET', '/checklist');
      expect(answer.headers).toMatchObject({ 'content-language': 'zh', vary: 'Accept-Language' });
      const [bot] = answer.body['items'] as ChecklistItem[];
      expect(bot).toMatchObject({ id: 'bot', state: 'failed', ...BOT.chinese });
    },
  );

  it.each(['', '*', 'en', 'fr', 'en-US,en;q=0.9,zh;q=0.8'])(
    'is told in English to whom "%s" is asked for, in the same shape',
    async (language) => {
      const answer = await asking(language, 'GET', '/checklist');
      expect(answer.headers).toMatchObject({ 'content-language': 'en' });
      const [bot] = answer.body['items'] as ChecklistItem[];
      expect(bot).toMatchObject({ message: BOT.message, found: BOT.found, lostAbility: BOT.lostAbility });
      const [chinese] = await itemsIn('zh');
      expect(Object.keys(bot ?? {}).sort()).toEqual(Object.keys(chinese ?? {}).sort());
    },
  );

  it('shows an item that was kept in English only as it was kept', async () => {
    expect((await itemsIn('zh'))[1]).toMatchObject({ id: 'version', message: 'There is no version.' });
  });
});

const STEP = {
  step: 'bot',
  title: 'bot',
  owner: 'feishu-developer',
  state: 'open',
  proof: ['bot'],
  doneBy: null,
  approvedBy: null,
  rejectedBy: null,
  rejectReason: null,
  handedOverTo: null,
  since: new Date(),
  lastCheckedAt: null,
  history: [],
  link: null,
} as const;

describe('an onboarding step', () => {
  beforeAll(() =>
    api.store.onboardings.save({
      dockingId,
      state: 'setting-up',
      waitingFor: ['feishu-developer'],
      waitingSince: null,
      nextCheckAt: null,
      updatedAt: new Date(),
      steps: [{ ...STEP, proof: [...STEP.proof], history: [] }],
    }),
  );

  it('has its title and what blocks it in the language that is asked for', async () => {
    expect((await asking('zh', 'GET', '/onboarding')).body).toMatchObject({
      steps: [{ title: '添加机器人' }],
      blockedBy: [{ id: 'bot', message: BOT.chinese?.message }, { id: 'version' }],
    });
    expect((await asking('en', 'GET', '/onboarding')).body).toMatchObject({
      steps: [{ title: 'Add the bot' }],
      blockedBy: [{ id: 'bot', message: BOT.message }, { id: 'version' }],
    });
  });

  it('is handed over on a page in the language of the browser', async () => {
    const createdAt = new Date();
    const { token } = await api.store.handovers.create({
      id: 'ho_1',
      dockingId,
      step: 'bot',
      to: '小李',
      createdBy: 'test',
      createdAt,
      expiresAt: new Date(createdAt.getTime() + 86_400_000),
    });
    const page = async (language: string): Promise<string> => {
      const headers = { accept: 'text/html', 'accept-language': language };
      return (await fetch(`${api.url}/v1/handovers/${token}`, { headers })).text();
    };
    const chinese = (await page('zh-CN')).replace(/<style>.*<\/style>/s, '').replace(/<[^>]*>/g, '');
    expect(chinese).toContain(BOT.chinese?.message);
    expect(chinese).not.toMatch(LATIN_SENTENCE);
    expect(await page('en')).toContain('Check again');
  });
});

describe('a refusal', () => {
  it('says what is wrong and what to do in the language that is asked for', async () => {
    const pausing = (language: string) => asking(language, 'PATCH', '', { state: 'paused' });
    expect(await pausing('zh-CN')).toMatchObject({
      status: 409,
      headers: { 'content-language': 'zh', vary: 'Accept-Language' },
      body: {
        type: 'Docking.NotReady',
        title: '只有已启用的对接才能暂停；此对接目前为“设置中”。',
        nextStep: '请先完成设置步骤，或停用对接。',
      },
    });
    expect(await pausing('en')).toMatchObject({
      headers: { 'content-language': 'en' },
      body: {
        type: 'Docking.NotReady',
        title: 'Only a live docking can be paused; this one is setting-up.',
        nextStep: 'Finish its onboarding first, or disable it.',
      },
    });
  });

  it('carries its particulars in both languages', async () => {
    const nobody = await api.call('GET', '/v1/dockings/dk_nobody', undefined, {
      authorization: `Bearer ${ADMIN_TOKEN}`,
      'accept-language': 'zh',
    });
    expect(nobody.body).toMatchObject({ type: 'Resource.NotFound', title: '没有对接“dk_nobody”。' });
  });

  it('says of each field what is wrong with it, without an English sentence', async () => {
    const refusedIn = async (language: string): Promise<Record<string, string>> => {
      const body = {
        name: '',
        homepageUrl: 'ftp://desk.example.com',
        monthlyCallQuota: 0,
        eventMode: 'pigeon',
        employeePhoneScope: 'phone',
        calendar: { timeZone: 'Mars/Olympus', workingHours: {} },
        colour: 'red',
      };
      const answer = await asking(language, 'PATCH', '', body);
      expect(answer).toMatchObject({ status: 400, body: { type: 'Request.Invalid' } });
      const errors = answer.body['errors'] as { field: string; message: string }[];
      return Object.fromEntries(errors.map(({ field, message }) => [field, message]));
    };
    const chinese = await refusedIn('zh');
    expect(chinese).toEqual({
      colour: '没有这个字段',
      name: '不能为空',
      homepageUrl: '必须是 http(s) 地址',
      monthlyCallQuota: '不能小于 1',
      eventMode: '必须是以下之一：webhook、long-connection、automatic',
      employeePhoneScope: '格式须为权限标识，如 contact:user.phone:readonly',
      'calendar.timeZone': '必须是 IANA 时区，如 Asia/Shanghai',
      'calendar.holidays': '未填写',
    });
    const english = await refusedIn('en');
    expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort());
    expect(english).toMatchObject({ name: 'must not be empty', homepageUrl: 'must be an http(s) URL' });
  });

  it('says of a rule what kind of fault it has, and keeps place and code', async () => {
    const answer = await asking('zh', 'PUT', '/reminders', { enabled: true, rules: [{ name: 'x' }] });
    expect(answer.body).toMatchObject({ type: 'Request.Invalid', title: '规则有误，未保存。' });
    const errors = answer.body['errors'] as { field: string; code: string; message: string }[];
    expect(errors.length).toBeGreaterThan(0);
    for (const { field, code, message } of errors) {
      expect(field).toMatch(/^\/rules\/0/);
      expect(code).toMatch(/^[a-z-]+$/);
      expect(message).toMatch(/[\u4e00-\u9fff]/);
    }
  });
});
