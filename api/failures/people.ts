/** The directory, bindings, and people who bind themselves. */
import { failure, saidElsewhere, type Said } from './failure';

const SIDES = { employee: '该员工', agent: '该客服' } as const;

/** `meanwhile`: somebody was faster than the person who binds themselves. */
interface Bound {
  conflict: keyof typeof SIDES;
  meanwhile: boolean;
}

export const PEOPLE = {
  'Binding.AlreadyBound': failure<Bound>(
    409,
    ({ conflict, meanwhile }) =>
      meanwhile
        ? { en: `The ${conflict} has been bound meanwhile.`, zh: `${SIDES[conflict]}刚刚已被绑定。` }
        : { en: `The ${conflict} is already bound.`, zh: `${SIDES[conflict]}已绑定。` },
    ({ meanwhile }) =>
      meanwhile
        ? { en: 'Ask an admin of the ticket system.', zh: '请联系工单系统管理员。' }
        : {
            en: 'Unbind it first, or send "replace": true to replace it knowingly.',
            zh: '请先解绑，或确认替换原绑定。',
          },
  ),
  'Binding.WrongState': failure<Said | { left: true }>(
    409,
    (asked) =>
      'said' in asked
        ? { en: asked.said, zh: '该任务目前的状态不允许此操作。' }
        : { en: 'The employee has left the company.', zh: '该员工已离职。' },
    (asked) =>
      'said' in asked
        ? undefined
        : {
            en: 'Sync the directory if they are back, or bind the agent to somebody else.',
            zh: '如已返岗请同步通讯录，或将客服绑定到其他员工。',
          },
  ),
  'Directory.OtherRun': saidElsewhere(409, '正在进行的是另一个同步任务。'),
  'Directory.NothingToDecide': saidElsewhere(409, '该同步任务没有等待决定的变更。'),
  'Directory.WrongState': saidElsewhere(409, '该同步任务目前不能暂停或继续。'),
  'Directory.NotApplied': saidElsewhere(409, '该同步任务未应用便已结束，请重新开始。'),
  'Directory.MirrorMovedOn': saidElsewhere(409, '生成变更后通讯录又有更新，请重新预览。'),
  'SignIn.Refused': failure<{ by: 'platform' | 'person'; code: string }>(
    403,
    ({ by, code }) =>
      by === 'platform'
        ? { en: `The platform did not say who you are (${code}).`, zh: `平台未能确认你的身份（${code}）。` }
        : { en: `You did not sign in (${code}).`, zh: `你没有完成登录（${code}）。` },
    { en: 'Open the link again.', zh: '请重新打开链接。' },
  ),
  'SignIn.WrongCompany': failure(
    403,
    { en: 'This account belongs to another company.', zh: '此账号属于其他企业。' },
    { en: 'Sign in with the account of the company that is docked.', zh: '请使用已对接企业的账号登录。' },
  ),
  'SignIn.UnknownPerson': failure(
    403,
    { en: 'You are not in the directory of this docking.', zh: '此对接的通讯录中没有你。' },
    {
      en: 'Ask an admin to sync the directory, or to widen the contact range.',
      zh: '请联系管理员同步通讯录，或扩大通讯录权限范围。',
    },
  ),
  'SignIn.Expired': failure(
    410,
    { en: 'This sign-in was used before, or took too long.', zh: '此次登录已使用过，或已超时。' },
    { en: 'Open the link again.', zh: '请重新打开链接。' },
  ),
};
