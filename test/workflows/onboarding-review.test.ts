import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { ChecklistView } from '../../client';
import type { AuditEntry } from '../../store';
import { eventually } from '../stack/eventually';
import { onboardingReviewId } from '../../workflows/names';
import { GRANTED, setUpAtWork, type SetUp } from './set-up';

let environment: TestWorkflowEnvironment;
let setUp: SetUp;
// Ends the reviews before their workers.
afterEach(async () => {
  for (const id of started.splice(0)) {
    await environment.client.workflow
      .getHandle(onboardingReviewId(id))
      .terminate()
      .catch(() => undefined);
  }
});
setUpAtWork((ground) => ({ environment, setUp } = ground));

const started: string[] = [];
const admin = (step: string) => ({ step, by: 'account-1', role: 'admin' as const });

async function review(): Promise<string> {
  const dockingId = await setUp.dock();
  started.push(dockingId);
  await setUp.client.startOnboarding(dockingId);
  await looked(dockingId);
  return dockingId;
}
const viewOf = (dockingId: string): Promise<ChecklistView> => setUp.client.onboarding(dockingId);
const stepOf = async (dockingId: string, name: string) => {
  const step = (await viewOf(dockingId)).steps.find((candidate) => candidate.step === name);
  if (!step) throw new Error(`no step ${name}`);
  return step;
};
const looked = (dockingId: string): Promise<void> =>
  eventually('a first look at the platform', async () => (await viewOf(dockingId)).nextCheckAt !== null);
const becomes = (dockingId: string, name: string, state: string): Promise<void> =>
  eventually(`${name} to be ${state}`, async () => (await stepOf(dockingId, name)).state === state);
const auditOf = async (dockingId: string): Promise<AuditEntry[]> =>
  (await setUp.company.store.audit.list({ dockingId, limit: 200 })).items;
const eventsOf = async (dockingId: string): Promise<number> => {
  const handle = environment.client.workflow.getHandle(onboardingReviewId(dockingId));
  return (await handle.fetchHistory()).events?.length ?? 0;
};

test('proven steps complete themselves, the human one waits, and with it the docking goes live', async () => {
  const dockingId = await review();
  expect(await viewOf(dockingId)).toMatchObject({ state: 'setting-up', blockedBy: [] });
  expect(await stepOf(dockingId, 'bot')).toMatchObject({ state: 'done', doneBy: 'proof', approvedBy: null });
  expect(await stepOf(dockingId, 'create-app')).toMatchObject({ state: 'waiting', doneBy: null });
  const kept = await setUp.company.store.onboardings.get(dockingId);
  expect(kept?.steps.find(({ step }) => step === 'create-app')?.link).toBe('https://open.feishu.cn/app');
  await setUp.client.approveStep(dockingId, {
    ...admin('create-app'),
    comment: 'right app',
    from: '192.0.2.7',
  });
  await eventually('the docking to be live', async () => (await viewOf(dockingId)).state === 'live');
  await eventually(
    'the store to know',
    async () => (await setUp.company.store.dockings.require(dockingId)).state === 'live',
  );
  expect(await stepOf(dockingId, 'create-app')).toMatchObject({
    state: 'done',
    doneBy: 'approval',
    approvedBy: 'account-1',
  });
  const view = await viewOf(dockingId);
  expect(view.waitingFor).toEqual(['ticket-admin']);
  expect(view.warnings).toEqual(['own:directory-synced', 'own:agent-bound', 'own:reminders-on']);
  expect(await auditOf(dockingId)).toContainEqual(
    expect.objectContaining({
      actor: 'account-1',
      action: 'onboarding.step-approved',
      detail: { step: 'create-app', detail: 'right app' },
      from: '192.0.2.7',
    }),
  );
});

test('a step reopens when the platform stops saying so, and says in its history what happened', async () => {
  const dockingId = await review();
  await setUp.app({ bot: false });
  await setUp.client.recheck(dockingId, 'account-1');
  expect(await stepOf(dockingId, 'bot')).toMatchObject({ state: 'open', doneBy: null });
  await setUp.mend();
  await setUp.client.recheck(dockingId, 'account-1');
  const { history } = await stepOf(dockingId, 'bot');
  expect(history.map(({ what, by }) => `${what} by ${by}`)).toEqual([
    'opened by review',
    'proven by platform',
    'reopened by platform',
    'proven by platform',
  ]);
});

test('an outage of the platform moves no step', async () => {
  const dockingId = await review();
  await setUp.company.control('POST', '/faults', { path: '*', effect: 'html-502', times: 1000 });
  await setUp.client.recheck(dockingId, 'account-1');
  expect(await stepOf(dockingId, 'bot')).toMatchObject({ state: 'done', doneBy: 'proof' });
  expect((await viewOf(dockingId)).blockedBy).toContain('bot');
  await expect(setUp.client.approveStep(dockingId, admin('bot'))).rejects.toMatchObject({
    type: 'Onboarding.WrongState',
  });
});

test('what the platform does not tell is approved by a named admin, and proof takes over when it comes', async () => {
  const scopes = GRANTED.filter((scope) => scope !== 'application:application.app_version:readonly');
  await setUp.app({ scopes: { requested: scopes, granted: scopes } });
  const dockingId = await review();
  expect(await stepOf(dockingId, 'version')).toMatchObject({ state: 'open' });
  await setUp.client.approveStep(dockingId, admin('version'));
  await setUp.client.recheck(dockingId, 'account-1');
  expect(await stepOf(dockingId, 'version')).toMatchObject({ state: 'done', doneBy: 'approval' });
  await setUp.mend();
  await setUp.client.recheck(dockingId, 'account-1');
  expect(await stepOf(dockingId, 'version')).toMatchObject({ doneBy: 'proof', approvedBy: null });
});

describe('a refused decision leaves no event and says why', () => {
  const REFUSED: [string, string, unknown, string, RegExp][] = [
    ['an unknown step', 'approveStep', admin('make-tea'), 'Onboarding.UnknownStep', /steps are create-app/],
    [
      'the wrong role',
      'approveStep',
      { ...admin('create-app'), role: 'feishu-admin' },
      'Onboarding.WrongRole',
      /belongs to the ticket-admin/,
    ],
    [
      'a role that does not exist',
      'approveStep',
      { ...admin('create-app'), role: 'boss' },
      'Onboarding.WrongRole',
      /boss/,
    ],
    [
      'a step that is done',
      'rejectStep',
      { ...admin('bot'), reason: 'no' },
      'Onboarding.WrongState',
      /proven by the platform/,
    ],
    [
      'a step that only proof completes',
      'approveStep',
      admin('first-sync'),
      'Onboarding.NeedsProof',
      /not by approval/,
    ],
    ['a step that is not done', 'reopenStep', admin('create-app'), 'Onboarding.WrongState', /still waiting/],
    ['a rejection without a reason', 'rejectStep', admin('create-app'), 'Onboarding.ReasonMissing', /reason/],
    ['a hand-over to nobody', 'handOver', admin('create-app'), 'Onboarding.NameMissing', /to whom/i],
    ['a decision of nobody', 'approveStep', { step: 'create-app' }, 'Onboarding.NameMissing', /"by"/],
    ['nothing at all', 'approveStep', undefined, 'Onboarding.UnknownStep', /Send/],
    ['a list', 'approveStep', ['create-app'], 'Onboarding.UnknownStep', /Send/],
    ['a number', 'rejectStep', 7, 'Onboarding.UnknownStep', /Send/],
    [
      'a comment that never ends',
      'approveStep',
      { ...admin('create-app'), comment: 'x'.repeat(1001) },
      'Onboarding.TooLong',
      /1000/,
    ],
  ];
  it('whoever sends it, and whatever it is', async () => {
    const dockingId = await review();
    const handle = environment.client.workflow.getHandle(onboardingReviewId(dockingId));
    for (const [what, update, input, type, says] of REFUSED) {
      const before = await eventsOf(dockingId);
      const refused = await handle.executeUpdate(update, { args: [input] }).catch((error: unknown) => error);
      expect({ what, refused }).toMatchObject({
        what,
        refused: { cause: { type, message: expect.stringMatching(says) as string } },
      });
      const events = (await handle.fetchHistory()).events ?? [];
      const written = events
        .slice(before)
        .filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes);
      expect({ what, written }).toEqual({ what, written: [] });
    }
    expect((await auditOf(dockingId)).filter(({ action }) => action.startsWith('onboarding.step'))).toEqual(
      [],
    );
  });
});

test('what a person types into the dialog of the Temporal UI is understood', async () => {
  const dockingId = await review();
  const handle = environment.client.workflow.getHandle(onboardingReviewId(dockingId));
  await handle.executeUpdate('rejectStep', {
    args: [{ step: ' Create_App ', by: 'operator', reason: 'wrong company', comment: null }],
  });
  expect(await stepOf(dockingId, 'create-app')).toMatchObject({
    state: 'rejected',
    rejectedBy: 'operator',
    rejectReason: 'wrong company',
  });
  await handle.executeUpdate('reopenStep', { args: ['{"step":"create-app","by":"operator"}'] });
  await becomes(dockingId, 'create-app', 'waiting');
  await handle.executeUpdate('approveStep', { args: [{ step: 'create-app', by: 'operator' }] });
  expect(await stepOf(dockingId, 'create-app')).toMatchObject({ state: 'done', approvedBy: 'operator' });
});

test('of several people who decide at once exactly one does, and the others hear who', async () => {
  const dockingId = await review();
  const people = ['account-1', 'account-2', 'account-3', 'account-4', 'account-5'];
  const outcomes = await Promise.allSettled(
    people.map((by, index) =>
      index % 2 === 0
        ? setUp.client.approveStep(dockingId, { step: 'create-app', by, role: 'admin' })
        : setUp.client.rejectStep(dockingId, { step: 'create-app', by, role: 'admin', reason: 'not ours' }),
    ),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const { approvedBy, rejectedBy } = await stepOf(dockingId, 'create-app');
  const winner = approvedBy ?? rejectedBy;
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') {
      expect(outcome.reason).toMatchObject({ type: 'Onboarding.WrongState' });
      expect(String(outcome.reason)).toContain(winner);
    }
  }
  const decisions = (await auditOf(dockingId)).filter(({ action }) => action.startsWith('onboarding.step'));
  expect(decisions.map(({ actor }) => actor)).toEqual([winner]);
});
