/** A generated company and a docking on a stack of their own, reached as a client reaches them: over HTTP. */
import { allOf, openWholeStack, type WholeStack } from './whole-stack';

const PAGE = 50;

export interface PlannedCompany {
  employees: number;
  departments: number;
  levels?: number;
  rootMembers?: number;
  withoutEmail?: number;
  duplicates?: number;
  /** The contact range is every other department below the root, with what is under it. */
  everyOtherSubtree?: boolean;
}

export interface TruePerson {
  openId: string;
  name: string;
  email: string;
  mobile: string;
  jobTitle: string;
  departmentIds: string[];
  status: string;
}
export interface MirroredPerson {
  employeeId: string;
  name?: string;
  email?: string;
  mobile?: string;
  jobTitle?: string;
  departmentIds?: string[];
  state: string;
}

export interface Campaign {
  /** Pages of people that a pull without a death asks for. */
  pagesNeeded: number;
  startSync(): Promise<string>;
  /** Null while the API is away. */
  stateOf(runId: string): Promise<string | null>;
  strike: WholeStack['strike'];
  /** The next few calls of that path meet the simulator's fault. */
  disturb(path: string, effect?: string): Promise<void>;
  callsOf(
    route: string,
  ): Promise<{ pages: number; busiestSecond: number; busiestMinute: number; refused: number }>;
  /** People whom the app may see, leavers left out. */
  truth(): Promise<TruePerson[]>;
  mirror(): Promise<MirroredPerson[]>;
  close(): Promise<void>;
}

export async function openCampaign(seed: string, plan: PlannedCompany): Promise<Campaign> {
  const { everyOtherSubtree = false, ...company } = plan;
  const whole = await openWholeStack();
  const { stack, control, product } = whole;
  const { simulator } = stack.endpoints;
  const world = await control<{
    apps: { appId: string; appSecret: string }[];
    ticketSystems: { kind: string; baseUrl: string; apiKey?: string }[];
  }>('POST', '/reset', { seed, agents: 0, tickets: 0, ...company });
  const app = world.apps[0];
  const desk = world.ticketSystems.find(({ kind }) => kind === 'rest');
  if (!app || !desk) throw new Error('the simulator made no app or no REST ticket system');
  const departments = await allOf<{ openDepartmentId: string; parentId: string }>(
    (cursor) => control('GET', `/departments?limit=1000&cursor=${cursor}`),
    '0',
  );
  const inside = everyOtherSubtree ? subtrees(departments) : null;
  if (inside) {
    await control('PATCH', `/apps/${app.appId}`, {
      contactRange: { type: 'some', departmentIds: inside.roots, userIds: [], groupIds: [] },
    });
  }
  const docking = await product<{ id: string }>('POST', '/dockings', {
    name: 'Campaign',
    brand: 'feishu',
    appId: app.appId,
    appSecret: app.appSecret,
    platformUrl: simulator,
    homepageUrl: 'https://example.com',
    redirectUrl: 'https://example.com/back',
    ticketSystem: { kind: 'rest', baseUrl: desk.baseUrl, apiKey: desk.apiKey },
  });
  const people = await allOf<TruePerson>(
    (cursor) => control('GET', `/people?limit=1000&appId=${app.appId}&cursor=${cursor}`),
    '0',
  );
  const truth = people.filter(
    ({ status, departmentIds }) =>
      status !== 'resigned' &&
      status !== 'exited' &&
      (inside === null || departmentIds.some((id) => inside.all.has(id))),
  );
  return {
    pagesNeeded: pagesOf(
      people,
      inside?.all ?? new Set(['0', ...departments.map((one) => one.openDepartmentId)]),
    ),
    async startSync() {
      await control('DELETE', '/calls');
      return (
        await product<{ runId: string }>('POST', `/dockings/${docking.id}/directory/syncs`, { mode: 'apply' })
      ).runId;
    },
    async stateOf(runId) {
      const path = `/dockings/${docking.id}/directory/syncs/${runId}`;
      return product<{ state: string }>('GET', path).then(
        ({ state }) => state,
        () => null,
      );
    },
    strike: (blow, draw) => whole.strike(blow, draw),
    disturb: (path, effect = 'reset') => control('POST', '/faults', { path, effect, times: 3 }),
    async callsOf(route) {
      const { routes } = await control<{
        routes: {
          route: string;
          count: number;
          peakPerSecond: number;
          peakPerMinute: number;
          codes: Record<string, number>;
        }[];
      }>('GET', '/calls?limit=0');
      const found = routes.find((one) => one.route === route);
      return {
        pages: found?.count ?? 0,
        busiestSecond: found?.peakPerSecond ?? 0,
        busiestMinute: found?.peakPerMinute ?? 0,
        refused: found?.codes['99991400'] ?? 0,
      };
    },
    truth: async () => truth,
    mirror: () =>
      allOf((cursor) =>
        product('GET', `/dockings/${docking.id}/employees?limit=200${cursor && `&cursor=${cursor}`}`),
      ),
    close: () => whole.close(),
  };
}

/** People of one department fill its pages; an empty department takes one call, too. */
function pagesOf(people: readonly TruePerson[], departmentIds: ReadonlySet<string>): number {
  const members = new Map([...departmentIds].map((id) => [id, 0]));
  for (const person of people.filter(({ status }) => status !== 'resigned')) {
    for (const id of person.departmentIds) {
      const count = members.get(id);
      if (count !== undefined) members.set(id, count + 1);
    }
  }
  return [...members.values()].reduce((sum, count) => sum + Math.max(1, Math.ceil(count / PAGE)), 0);
}

function subtrees(departments: readonly { openDepartmentId: string; parentId: string }[]): {
  roots: string[];
  all: Set<string>;
} {
  const top = departments.filter(({ parentId }) => parentId === '0');
  const roots = top.filter((_, index) => index % 2 === 0).map(({ openDepartmentId }) => openDepartmentId);
  const all = new Set(roots);
  for (let before = 0; before < all.size;) {
    before = all.size;
    for (const one of departments) if (all.has(one.parentId)) all.add(one.openDepartmentId);
  }
  return { roots, all };
}
