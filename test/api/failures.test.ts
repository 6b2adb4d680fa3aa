import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAILURES, type DataOf, type FailureCode } from '../../api/failures';
import type { Failure } from '../../api/failures/failure';

const SAID = { said: 'As a workflow says it.' };

/** What each refusal carries, in every form that it takes. */
const CARRIED: { [Code in FailureCode]: DataOf<Code>[] } = {
  'AppRegistration.Unreachable': [SAID],
  'AppRegistration.WrongState': [
    { state: 'waiting', wants: 'begin' },
    { state: 'waiting', wants: 'app' },
  ],
  'Auth.Forbidden': [{ role: 'operator' }],
  'Auth.OtherSite': [undefined],
  'Auth.OutOfReach': [{ wanted: 'token' }, { wanted: 'docking' }],
  'Auth.Required': [undefined],
  'Binding.AlreadyBound': [
    { conflict: 'agent', meanwhile: false },
    { conflict: 'employee', meanwhile: true },
  ],
  'Binding.WrongState': [SAID, { left: true }],
  'Credentials.NotProven': [undefined],
  'Credentials.Unreachable': [undefined],
  'Delivery.NotReplayable': [{ state: 'sent' }],
  'Directory.MirrorMovedOn': [SAID],
  'Directory.NotApplied': [SAID],
  'Directory.NothingToDecide': [SAID],
  'Directory.OtherRun': [SAID],
  'Directory.WrongState': [SAID],
  'Docking.Disabled': [{ reader: 'admin' }, { reader: 'employee' }],
  'Docking.NotReady': [
    { dockingId: 'dk_1' },
    { state: 'setting-up', wanted: 'to pause' },
    { state: 'paused', wanted: 'to send a test' },
  ],
  'Event.Refused': [undefined],
  'FeishuEvent.Refused': [SAID, { foreign: 'app' }, { foreign: 'company' }],
  'Handover.NotFound': [{ gone: 'link' }, { gone: 'step' }],
  Internal: [undefined],
  NotReady: [undefined],
  'Onboarding.NameMissing': [SAID],
  'Onboarding.NeedsProof': [SAID],
  'Onboarding.ReasonMissing': [SAID],
  'Onboarding.TooLong': [SAID],
  'Onboarding.UnknownStep': [SAID],
  'Onboarding.WrongRole': [SAID],
  'Onboarding.WrongState': [SAID],
  'Push.Refused': [{ ...SAID, next: 'Compare the push URL.' }],
  'Reminders.VersionMoved': [{ saved: 3, expected: 2 }],
  'Repair.NotConfirmable': [undefined],
  'Repair.NothingToMend': [undefined],
  'Request.Invalid': [SAID, { of: 'request' }, { of: 'rules-saved' }],
  'Request.Refused': [
    { ...SAID, status: 413 },
    { ...SAID, status: 400 },
  ],
  'Resource.Conflict': [SAID],
  'Resource.NotFound': [
    { what: 'binding' },
    { what: 'event', searchable: true },
    { record: 'docking', id: 'dk_1' },
  ],
  'Route.NotFound': [{ method: 'PATCH' }],
  'Run.AlreadyRunning': [SAID],
  'Run.NotRunning': [SAID, { dockingId: 'dk_1' }],
  'SignIn.Expired': [undefined],
  'SignIn.Refused': [
    { by: 'person', code: 'access_denied' },
    { by: 'platform', code: '20003' },
  ],
  'SignIn.UnknownPerson': [undefined],
  'SignIn.WrongCompany': [undefined],
};

describe('the failures of the API', () => {
  it('are those of the page that answer over HTTP or refuse a decision, and no other', () => {
    const page = readFileSync(join(__dirname, '../../docs/failures.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `([A-Z][\w.]+)` +\| (\d|.*update)/gm)].map(([, code]) => code ?? '');
    // The mirror can move on while a person's decision is carried out.
    expect([...rows, 'Directory.MirrorMovedOn'].sort()).toEqual(Object.keys(FAILURES).sort());
  });

  it.each(Object.keys(FAILURES) as FailureCode[])('%s is said in English and in Chinese', (code) => {
    const { detail, nextStep } = FAILURES[code] as unknown as Failure<unknown>;
    for (const data of CARRIED[code] as unknown[]) {
      for (const text of [detail(data), nextStep(data)].filter((said) => said !== undefined)) {
        expect(text.en).toMatch(/^[^\u4e00-\u9fff]+$/);
        expect(text.zh).toMatch(/[\u4e00-\u9fff]/);
        expect(`${text.en} ${text.zh}`).not.toContain('undefined');
      }
    }
  });
});
