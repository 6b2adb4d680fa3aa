/** Who may ask, whether the request can be read, and whether there is what it names. */
import type { Localized } from '../../feishu';
import { failure, saidElsewhere, type Said } from './failure';

const THINGS = {
  binding: { en: 'There is no such binding.', zh: '没有该绑定。' },
  delivery: { en: 'There is no such delivery.', zh: '没有该卡片。' },
  docking: { en: 'There is no such docking for this token.', zh: '此令牌下没有该对接。' },
  employee: {
    en: 'There is no such employee in the mirrored directory.',
    zh: '已同步的通讯录中没有该员工。',
  },
  event: { en: 'This event never arrived at this docking.', zh: '此对接从未收到该事件。' },
  registration: {
    en: 'There is no such registration, or it has expired.',
    zh: '没有该应用创建任务，或已过期。',
  },
  repair: { en: 'There is no such repair.', zh: '没有该修复。' },
  rule: { en: 'There is no such rule.', zh: '没有该规则。' },
  run: { en: 'There is no such run.', zh: '没有该任务。' },
  token: { en: 'There is no such token.', zh: '没有该令牌。' },
  'sync-run': { en: 'There is no such sync run.', zh: '没有该同步任务。' },
} satisfies Record<string, Localized>;

/** What the store calls its records. */
const RECORDS: Readonly<Record<string, string>> = {
  docking: '对接',
  'sync run': '同步任务',
  'binding run': '绑定任务',
};

type Missing =
  { what: Exclude<keyof typeof THINGS, 'event'> } | EventMissing | { record: string; id: string };
/** `searchable`: whoever asks can look for it in the list of events. */
interface EventMissing {
  what: 'event';
  searchable: boolean;
}

const CHECK_THE_EVENT: Localized = {
  en: 'Check the eventId and the docking; a refused event is not stored. GET …/ticket-events?ticket=… lists what came.',
  zh: '请核对 eventId 和对接；被拒绝的事件不会保存。GET …/ticket-events?ticket=… 可列出已收到的事件。',
};

const missing = (asked: Missing): Localized =>
  'record' in asked
    ? {
        en: `There is no ${asked.record} "${asked.id}".`,
        zh: `没有${RECORDS[asked.record] ?? '该记录'}“${asked.id}”。`,
      }
    : THINGS[asked.what];

/** Of `Request.Refused`, by status. */
const UNREADABLE: Readonly<Record<number, string>> = {
  413: '请求内容过大。',
  414: '请求地址过长。',
  415: '不支持的内容类型，请发送 JSON。',
};

/** Of `Request.Invalid`: what was not done because of the faults. */
const NOT_DONE = {
  request: { en: 'The request has faults.', zh: '请求有误。' },
  'rules-saved': { en: 'The rules have faults; nothing was saved.', zh: '规则有误，未保存。' },
  'rules-simulated': { en: 'The rules have faults; nothing was simulated.', zh: '规则有误，未模拟。' },
} satisfies Record<string, Localized>;

export const ACCESS = {
  'Request.Invalid': failure<Said | { of: keyof typeof NOT_DONE }>(
    (asked) => ('said' in asked ? 409 : 400),
    (asked) => ('said' in asked ? { en: asked.said, zh: '提交的内容缺失或有误。' } : NOT_DONE[asked.of]),
  ),
  'Request.Refused': failure<Said & { status: number }>(
    ({ status }) => status,
    ({ said, status }) => ({ en: said, zh: UNREADABLE[status] ?? '无法读取该请求。' }),
  ),
  'Auth.Required': failure(
    401,
    { en: 'This needs a bearer token.', zh: '需要访问令牌。' },
    {
      en: 'Send "Authorization: Bearer <token>"; an admin creates tokens with POST /v1/tokens.',
      zh: '请重新登录，或发送“Authorization: Bearer <token>”；令牌由管理员通过 POST /v1/tokens 创建。',
    },
  ),
  'Auth.Forbidden': failure<{ role: string }>(
    403,
    ({ role }) => ({
      en: `A token of role ${role} may not do this.`,
      zh: `角色为 ${role} 的令牌无权执行此操作。`,
    }),
    { en: 'Ask an admin of the ticket system.', zh: '请联系工单系统管理员。' },
  ),
  'Auth.OutOfReach': failure<{ wanted: 'token' | 'docking' }>(
    403,
    ({ wanted }) =>
      wanted === 'token'
        ? {
            en: 'A token for some dockings makes tokens for these dockings only.',
            zh: '仅限部分对接的令牌只能为这些对接创建令牌。',
          }
        : {
            en: 'A token for some dockings creates no docking: it could not open it.',
            zh: '仅限部分对接的令牌不能新建对接，因为它无权访问新对接。',
          },
    ({ wanted }) =>
      wanted === 'token'
        ? {
            en: 'Name only dockings of GET /v1/dockings, or ask an admin whose token is for all dockings.',
            zh: '请只填写 GET /v1/dockings 列出的对接，或联系令牌适用于所有对接的管理员。',
          }
        : { en: 'Ask an admin whose token is for all dockings.', zh: '请联系令牌适用于所有对接的管理员。' },
  ),
  'Auth.OtherSite': failure(
    403,
    { en: 'A console session works from the console only.', zh: '控制台会话只能在控制台中使用。' },
    {
      en: 'Programs send "Authorization: Bearer <token>".',
      zh: '程序请发送“Authorization: Bearer <token>”。',
    },
  ),
  'Push.Refused': failure<Said & { next: string | undefined }>(
    401,
    ({ said }) => ({ en: said, zh: '推送未通过验证。' }),
    ({ next }) => (next === undefined ? undefined : { en: next, zh: '请核对工单系统中的推送地址和密钥。' }),
  ),
  'FeishuEvent.Refused': failure<Said | { foreign: 'app' | 'company' }>(
    401,
    (why) => {
      if ('said' in why) return { en: why.said, zh: '事件的签名、密钥或令牌不符。' };
      return why.foreign === 'app'
        ? { en: 'The event is of another app than the docking’s.', zh: '该事件来自其他应用。' }
        : { en: 'The event is of another company than the docking’s.', zh: '该事件来自其他企业。' };
    },
    (why) =>
      'said' in why
        ? {
            en: 'Compare encrypt key and verification token with "Events & Callbacks" of the developer console.',
            zh: '请与开发者后台“事件与回调”中的 Encrypt Key 和 Verification Token 核对。',
          }
        : {
            en: 'Enter the event address of each docking in the developer console of its own app.',
            zh: '请在各对接自己的应用的开发者后台填写其事件地址。',
          },
  ),
  'Route.NotFound': failure<{ method: string } | { console: false }>(
    404,
    (asked) =>
      'console' in asked
        ? { en: 'The console is not built.', zh: '控制台尚未构建。' }
        : { en: `There is no ${asked.method} on this path.`, zh: `此路径不支持 ${asked.method}。` },
    (asked) =>
      'console' in asked
        ? { en: 'npm run build', zh: 'npm run build' }
        : { en: 'GET /openapi.json lists every route.', zh: 'GET /openapi.json 列出所有接口。' },
  ),
  'Resource.NotFound': failure<Missing>(404, missing, (asked) =>
    'what' in asked && asked.what === 'event' && asked.searchable ? CHECK_THE_EVENT : undefined,
  ),
  'Resource.Conflict': saidElsewhere(409, '该记录已存在，或正被他人修改，请重新查看。'),
  'Run.AlreadyRunning': saidElsewhere(409, '同类任务正在进行中，请等待其结束。'),
  'Run.NotRunning': failure<Said | { dockingId: string }>(
    409,
    (asked) =>
      'said' in asked
        ? { en: asked.said, zh: '没有正在进行的任务可执行此操作。' }
        : {
            en: 'This run has ended; another one may be under way.',
            zh: '该任务已结束，可能有另一任务正在进行。',
          },
    (asked) =>
      'said' in asked
        ? undefined
        : { en: `See GET /v1/dockings/${asked.dockingId}/directory/syncs.`, zh: '请查看同步任务列表。' },
  ),
  NotReady: failure(
    503,
    { en: 'The database does not answer.', zh: '数据库没有响应。' },
    { en: 'Send the same request again in a moment.', zh: '请稍后重新发送同一请求。' },
  ),
  Internal: failure(500, {
    en: 'Something broke on our side; the log has the details under this instance id.',
    zh: '系统内部出错；日志中可按此请求编号查看详情。',
  }),
};
