/** Bindings as the list shows them: with the names of both sides, and whether a card would arrive now. */
import type { Binding, BindingQuery, Department, Page, Store } from '../store';
import { bindingShape, deliverability, type BindingShape } from './shapes';

export interface ListedBindings extends BindingQuery {
  /** Direct members of this department only. */
  department?: string;
  /** Only those whom a card would reach now, or only the others. */
  deliverable?: boolean;
}

export interface BindingView {
  binding: Binding;
  shape: BindingShape;
  departmentIds: readonly string[];
  deliverable: boolean;
}

/** Records looked at for one page when the filter is one that the database cannot apply. */
const SCAN = 200;

export async function viewsOf(
  store: Store,
  dockingId: string,
  bindings: readonly Binding[],
): Promise<BindingView[]> {
  const [employees, agents] = await Promise.all([
    store.employees.getMany(
      dockingId,
      bindings.map((binding) => binding.employeeId),
    ),
    store.agents.getMany(
      dockingId,
      bindings.map((binding) => binding.agentId),
    ),
  ]);
  const departmentIds = [...new Set(employees.flatMap((employee) => employee.departmentIds ?? []))];
  const departments = await store.departments.getMany(dockingId, departmentIds);
  const employeeOf = new Map(employees.map((employee) => [employee.employeeId, employee]));
  const agentOf = new Map(agents.map((agent) => [agent.agentId, agent]));
  const departmentOf = new Map<string, Department>(departments.map((one) => [one.departmentId, one]));
  return bindings.map((binding) => {
    const employee = employeeOf.get(binding.employeeId);
    const agent = agentOf.get(binding.agentId);
    const own = (employee?.departmentIds ?? []).flatMap((id) => departmentOf.get(id) ?? []);
    return {
      binding,
      shape: bindingShape(binding, employee, agent, own),
      departmentIds: employee?.departmentIds ?? [],
      deliverable: deliverability(binding, employee, agent).ok,
    };
  });
}

/** Latest first. A page may be shorter than asked for only at the end. */
export async function listBindings(
  store: Store,
  dockingId: string,
  { department, deliverable, limit = 50, cursor = null, ...query }: ListedBindings,
): Promise<Page<BindingView>> {
  const filtered = department !== undefined || deliverable !== undefined;
  const items: BindingView[] = [];
  for (let next = cursor; ;) {
    const wanted = filtered ? Math.min(SCAN, limit - items.length) : limit;
    const page = await store.bindings.list(dockingId, { ...query, cursor: next, limit: wanted });
    const views = await viewsOf(store, dockingId, page.items);
    items.push(
      ...views.filter(
        (view) =>
          (department === undefined || view.departmentIds.includes(department)) &&
          (deliverable === undefined || view.deliverable === deliverable),
      ),
    );
    next = page.nextCursor;
    // No more was asked for than fits, so the cursor of the last page read is the one to go on with.
    if (next === null || items.length >= limit) return { items, nextCursor: next };
  }
}

/** Every binding that the query lets through. */
export async function* everyBinding(
  store: Store,
  dockingId: string,
  query: Omit<ListedBindings, 'limit' | 'cursor'>,
): AsyncIterable<BindingView> {
  for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
    const page: Page<BindingView> = await listBindings(store, dockingId, { ...query, cursor, limit: 200 });
    yield* page.items;
    cursor = page.nextCursor;
  }
}

/** With the names that both sides have now; null where one is absent or not known any more. */
export async function withNames<T extends { employeeId: string | null; agentId: string | null }>(
  store: Store,
  dockingId: string,
  records: readonly T[],
): Promise<(T & { employeeName: string | null; agentName: string | null })[]> {
  const [employees, agents] = await Promise.all([
    store.employees.getMany(
      dockingId,
      records.flatMap(({ employeeId }) => employeeId ?? []),
    ),
    store.agents.getMany(
      dockingId,
      records.flatMap(({ agentId }) => agentId ?? []),
    ),
  ]);
  const employeeName = new Map(employees.map(({ employeeId, name }) => [employeeId, name]));
  const agentName = new Map(agents.map(({ agentId, name }) => [agentId, name]));
  return records.map((record) => ({
    ...record,
    employeeName: employeeName.get(record.employeeId ?? '') ?? null,
    agentName: agentName.get(record.agentId ?? '') ?? null,
  }));
}
