/** Setting a docking up: its app, its checklist, its onboarding. */
import type { DockingState } from '../../store';
import { failure, saidElsewhere, type Said } from './failure';

const DOCKING_STATES: Readonly<Record<DockingState, string>> = {
  'setting-up': '设置中',
  'in-review': '审核中',
  live: '已启用',
  paused: '已暂停',
  disabled: '已停用',
};

export const SET_UP = {
  'Docking.NotReady': failure<
    { dockingId: string } | { state: DockingState; wanted: 'to pause' | 'to send a test' }
  >(
    409,
    (asked) => {
      if (!('state' in asked)) {
        return {
          en: 'The docking goes live when every blocking item is passed.',
          zh: '所有必需项通过后，对接才会启用。',
        };
      }
      const state = DOCKING_STATES[asked.state];
      return asked.wanted === 'to pause'
        ? {
            en: `Only a live docking can be paused; this one is ${asked.state}.`,
            zh: `只有已启用的对接才能暂停；此对接目前为“${state}”。`,
          }
        : {
            en: `Only a live docking sends cards; this one is ${asked.state}.`,
            zh: `只有已启用的对接才会发送卡片；此对接目前为“${state}”。`,
          };
    },
    (asked) => {
      if (!('state' in asked))
        return { en: `See GET /v1/dockings/${asked.dockingId}/checklist.`, zh: '请查看检查清单。' };
      return asked.wanted === 'to pause'
        ? { en: 'Finish its onboarding first, or disable it.', zh: '请先完成设置步骤，或停用对接。' }
        : {
            en: 'Finish its onboarding or resume it first; a preview of the card needs neither.',
            zh: '请先完成设置步骤或恢复对接；卡片预览不受影响。',
          };
    },
  ),
  'Docking.Disabled': failure<{ reader: 'admin' | 'employee' }>(
    409,
    { en: 'The docking is disabled.', zh: '对接已停用。' },
    ({ reader }) =>
      reader === 'admin'
        ? { en: 'Enable it first.', zh: '请先启用对接。' }
        : { en: 'Ask an admin of the ticket system.', zh: '请联系工单系统管理员。' },
  ),
  'Credentials.NotProven': failure(
    422,
    {
      en: 'Feishu refuses the new App Secret; the old one stays in use.',
      zh: '飞书拒绝了新的 App Secret；原 App Secret 继续使用。',
    },
    {
      en: 'Copy the secret again from "Credentials & Basic Info" of the developer console.',
      zh: '请从开发者后台的“凭证与基础信息”中重新复制。',
    },
  ),
  'Credentials.Unreachable': failure(
    503,
    {
      en: 'Feishu did not answer, so the new App Secret could not be proven; the old one stays in use.',
      zh: '飞书没有响应，无法验证新的 App Secret；原 App Secret 继续使用。',
    },
    { en: 'Enter it again when the platform answers.', zh: '请在平台恢复后重新填写。' },
  ),
  'AppRegistration.WrongState': failure<{ state: string; wants: 'begin' | 'app' }>(
    409,
    ({ state, wants }) =>
      wants === 'begin'
        ? { en: `It is ${state} already.`, zh: '该应用创建任务已经开始。' }
        : { en: `It is ${state}, there is no app yet.`, zh: '应用尚未创建完成。' },
    ({ wants }) =>
      wants === 'begin'
        ? { en: 'GET it to see what it waits for, or plan a new one.', zh: '请查看其状态，或重新开始。' }
        : { en: 'GET it until it is created.', zh: '请等待应用创建完成。' },
  ),
  'AppRegistration.Unreachable': failure<Said>(
    503,
    ({ said }) => ({ en: said, zh: '平台没有响应，或不支持以这种方式创建应用。' }),
    {
      en: 'Ask again in a minute, or create the app by hand in the developer console.',
      zh: '请一分钟后重试，或在开发者后台手动创建应用。',
    },
  ),
  'Repair.NothingToMend': failure(
    409,
    {
      en: 'The checklist names nothing that can be mended this way.',
      zh: '检查清单中没有可以自动修复的项目。',
    },
    {
      en: 'See GET …/checklist; run POST …/checklist:check first if the app was changed since.',
      zh: '请查看检查清单；如果应用有过改动，请先重新检查。',
    },
  ),
  'Repair.NotConfirmable': failure(
    409,
    {
      en: 'It was confirmed before, or was shown over an hour ago.',
      zh: '该修复已确认过，或展示已超过一小时。',
    },
    {
      en: 'Plan it again with POST …/repairs and look at the changes.',
      zh: '请重新生成修复方案，并查看其中的修改。',
    },
  ),
  'Onboarding.UnknownStep': saidElsewhere(409, '没有该步骤。'),
  'Onboarding.WrongRole': saidElsewhere(409, '此步骤由其他角色负责。请由其负责人决定，或先转交。'),
  'Onboarding.WrongState': saidElsewhere(
    409,
    '此步骤目前的状态不允许该操作。已完成或已退回的步骤请先重新打开。',
  ),
  'Onboarding.NeedsProof': saidElsewhere(409, '此步骤由平台证明，不能人工批准。请在平台上处理后重新检查。'),
  'Onboarding.NameMissing': saidElsewhere(409, '请填写由谁决定或转交给谁。'),
  'Onboarding.ReasonMissing': saidElsewhere(409, '退回时请填写原因。'),
  'Onboarding.TooLong': saidElsewhere(409, '内容过长，最多 1000 个字符。'),
  'Handover.NotFound': failure<{ gone: 'link' | 'step' }>(
    404,
    ({ gone }) =>
      gone === 'link'
        ? { en: 'This link does not work any more.', zh: '此链接已失效。' }
        : { en: 'There is no such step any more.', zh: '该步骤已不存在。' },
    { en: 'Ask whoever gave it to you for a new one.', zh: '请向提供链接的人索取新链接。' },
  ),
};
