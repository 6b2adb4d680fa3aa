import fc from 'fast-check';
import type { ActivityPorts } from '../../activities';
import { createDirectoryActivities } from '../../activities/directory';
import type { ContactCalls, FeishuClient } from '../../feishu';
import {
  content,
  mirrorOf,
  openCompany,
  truth,
  type Company,
  type SimulatedPerson,
} from '../workflows/company';
import { runActivity } from '../workflows/crew';

let company: Company;
let departmentIds: string[];
let runs = 0;

beforeAll(async () => {
  company = await openCompany({ employees: 90, departments: 6, rootMembers: 5, leavers: 3 });
  const { items } = await company.control<{ items: { openDepartmentId: string }[] }>('GET', '/departments');
  departmentIds = ['0', ...items.map(({ openDepartmentId }) => openDepartmentId)];
});
afterAll(() => company?.close());

/** Something that happens in the company between two calls of the sync. */
type Happening =
  | { kind: 'move'; person: number; department: number }
  | { kind: 'resign' | 'return' | 'freeze' | 'edit'; person: number }
  | { kind: 'join' };
/** `event` = the product is told of it at once; `dies` = the call after it fails. */
interface Moment {
  before: number;
  what: Happening;
  event: boolean;
  dies: boolean;
}

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ kind: fc.constant('move' as const), person: fc.nat(89), department: fc.nat(6) }),
  fc.record({
    kind: fc.constantFrom('resign' as const, 'return' as const, 'freeze' as const, 'edit' as const),
    person: fc.nat(89),
  }),
  fc.record({ kind: fc.constant('join' as const) }),
);
const moments = fc.array(
  fc.record({ before: fc.nat(24), what: happening, event: fc.boolean(), dies: fc.boolean() }),
  {
    maxLength: 10,
  },
);

async function happen(what: Happening, people: readonly SimulatedPerson[]): Promise<SimulatedPerson> {
  if (what.kind === 'join') return company.control('POST', '/people', { name: 'Somebody new' });
  const person = people[what.person % people.length];
  if (!person) throw new Error('the company is empty');
  const change =
    what.kind === 'move'
      ? { departmentIds: [departmentIds[what.department % departmentIds.length]] }
      : {
          resign: { status: 'resigned' },
          return: { status: 'active' },
          freeze: { status: 'frozen' },
          edit: { jobTitle: `Job ${runs}` },
        }[what.kind];
  return company.control('PATCH', `/people/${person.userId}`, change);
}

/** The platform, with something happening or failing before chosen calls of a sync. */
function disturbed(between: () => Promise<void>): ActivityPorts {
  const { feishu } = company.ports;
  const disturb = (calls: ContactCalls): ContactCalls =>
    Object.fromEntries(
      Object.entries(calls).map(([name, call]: [string, (...input: unknown[]) => Promise<unknown>]) => [
        name,
        async (...input: unknown[]) => {
          await between();
          return call(...input);
        },
      ]),
    ) as unknown as ContactCalls;
  return {
    ...company.ports,
    feishu: {
      ...feishu,
      for: (credentials): FeishuClient => {
        const client = feishu.for(credentials);
        return { ...client, contact: disturb(client.contact) };
      },
    },
  };
}

async function sync(ports: ActivityPorts, dockingId: string, mayDie: boolean): Promise<void> {
  runs += 1;
  const run = { dockingId, runId: `run-${runs}` };
  const activities = createDirectoryActivities(ports);
  /** As the server does it: again until it works. */
  const act = async <T>(body: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await runActivity(body);
      } catch (error) {
        if (!mayDie || !String((error as Error).message).includes('the worker dies')) throw error;
      }
    }
  };
  await activities.openSyncRun({ ...run, mode: 'apply', startedBy: 'test' });
  await act(() => activities.readContactRange(run));
  const progress = { departments: 0, employees: 0, percent: 0, etaSeconds: null, ratePerMinute: null };
  for (let handedOut = 0, done = false; !done;) {
    const slice = await act(() => activities.listDepartments({ ...run, handedOut }));
    for (const batch of slice.batches)
      await act(() => activities.pullEmployees({ ...run, ...batch, pages: 100, progress }));
    handedOut = slice.batches.at(-1)?.to ?? handedOut;
    done = slice.done;
  }
  await act(() => activities.confirmMissing(run));
  await act(() => activities.compareDirectory(run));
  await act(() => activities.applyChanges({ ...run, exactly: false }));
  await activities.closeSyncRun({ ...run, state: 'applied', reason: null, by: 'test' });
}

const gone = ({ status }: SimulatedPerson): boolean => status === 'resigned' || status === 'exited';

test('whatever happens between the pages, nobody who is there is taken for a leaver, and the next run is the truth', async () => {
  await fc.assert(
    fc.asyncProperty(moments, async (script: Moment[]) => {
      const dockingId = await company.freshDocking();
      await sync(company.ports, dockingId, false);
      const people = await company.people();
      const stayed = new Set(people.filter((person) => !gone(person)).map(({ openId }) => openId));

      let call = 0;
      const { readDirectoryChanges } = createDirectoryActivities(company.ports);
      const ports = disturbed(async () => {
        const now = script.filter(({ before }) => before === call);
        call += 1;
        for (const { what, event } of now) {
          const person = await happen(what, people);
          if (what.kind === 'resign' || what.kind === 'return') stayed.delete(person.openId);
          if (event) {
            const changed = {
              dockingId,
              employeeIds: [person.openId],
              leftIds: what.kind === 'resign' ? [person.openId] : [],
              departmentIds: [],
            };
            await runActivity(() => readDirectoryChanges(changed));
          }
        }
        if (now.some(({ dies }) => dies)) throw new Error('the worker dies');
      });
      await sync(ports, dockingId, true);
      for (const employee of await mirrorOf(company.store, dockingId)) {
        if (stayed.has(employee.employeeId))
          expect([employee.employeeId, employee.state]).not.toEqual([employee.employeeId, 'left']);
      }

      await sync(company.ports, dockingId, false);
      const mirrored = new Map(
        (await mirrorOf(company.store, dockingId)).map((one) => [one.employeeId, content(one)]),
      );
      for (const person of await company.people()) {
        if (!gone(person)) expect(mirrored.get(person.openId)).toEqual(truth(person));
        else expect([undefined, 'left']).toContain(mirrored.get(person.openId)?.['state']);
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
}, 240_000);
