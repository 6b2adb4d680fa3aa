/** Who is bound to whom. Two plain unique indexes keep it one to one, whoever binds at the same time. */
import { randomUUID } from 'node:crypto';
import { Schema, type Connection } from 'mongoose';
import { groupedReads } from './grouped-reads';
import type { Agents } from './agents';
import type { BindingHistory } from './binding-history';
import { bulkUpsert, COLLECTION, collection, findNative, given, insertOnce } from './collection';
import type { Binding, BindingMethod } from './directory-records';
import type { Employees } from './employees';
import { Conflict, isDuplicateKey } from './errors';
import { findPage, type Page, type PageQuery } from './pagination';
import { createWriteBehind } from './write-behind';

export interface NewBinding {
  dockingId: string;
  employeeId: string;
  agentId: string;
  method: BindingMethod;
  createdBy: string;
  /** Ends what either side is bound to now; without it that is a conflict. */
  replace?: boolean;
}

/** `created` is false when exactly this pair was bound already. `conflict` = the side that is bound to another. */
export type BindResult =
  | { ok: true; binding: Binding; created: boolean }
  | { ok: false; conflict: 'employee' | 'agent'; existing: Binding };

export interface BindingQuery extends PageQuery {
  /** Name, email, mobile or id of the employee or agent; only the first 200 of each that match are looked at. */
  q?: string;
  state?: Binding['state'];
  method?: BindingMethod;
  /** Only those that are suspended for one of these reasons. */
  suspendedReasons?: readonly string[];
}

export interface Bindings {
  /**
   * Of several calls for one side at once exactly one wins. Replacing changes the employee's binding in one step;
   * when the agent is bound to somebody else too, that binding ends first. After a crash between the two the agent is
   * free, its ended binding is in the history, and the same call finishes the work.
   */
  bind(binding: NewBinding): Promise<BindResult>;
  /** Gives what has ended; null when there is no such binding. */
  unbind(id: string, by: string): Promise<Binding | null>;
  get(id: string): Promise<Binding | null>;
  /** Suspended ones are included. */
  byAgent(dockingId: string, agentIds: readonly string[]): Promise<Binding[]>;
  byEmployee(dockingId: string, employeeIds: readonly string[]): Promise<Binding[]>;
  /** Latest first. */
  list(dockingId: string, query: BindingQuery): Promise<Page<Binding>>;
  count(dockingId: string): Promise<number>;
  /** The employee's binding stays but carries nothing until resumed. Null when there is none. */
  suspend(dockingId: string, employeeId: string, reason: string): Promise<Binding | null>;
  resume(dockingId: string, employeeId: string): Promise<Binding | null>;
  /** Keeps the latest; an older one changes nothing. */
  noteDelivery(
    dockingId: string,
    employeeId: string,
    delivery: { deliveryId: string; at: Date },
  ): Promise<void>;
  /** The same within a moment, the latest per employee; a kill before that loses the note, not the delivery. */
  noteDeliverySoon(dockingId: string, employeeId: string, delivery: { deliveryId: string; at: Date }): void;
  /** Writes what `noteDeliverySoon` still owes. */
  flush(): Promise<void>;
}

type Stored = Omit<Binding, 'id'> & { bindingId: string };

const schema = new Schema<Stored>(
  {
    bindingId: String,
    dockingId: String,
    employeeId: String,
    agentId: String,
    method: String,
    state: String,
    suspendedReason: String,
    createdBy: String,
    createdAt: Date,
    lastDelivery: Schema.Types.Mixed,
  },
  COLLECTION,
);
// get(), unbind(): {bindingId}
schema.index({ bindingId: 1 }, { unique: true });
// bind(): one per employee · byEmployee(), suspend(), resume(), noteDelivery(): {dockingId, employeeId}
schema.index({ dockingId: 1, employeeId: 1 }, { unique: true });
// bind(): one per agent · byAgent(): find({dockingId, agentId: {$in}})
schema.index({ dockingId: 1, agentId: 1 }, { unique: true });
// list(): find({dockingId}).sort({createdAt: -1, bindingId: -1})
schema.index({ dockingId: 1, createdAt: -1, bindingId: -1 });

/** Each attempt that fails means that somebody else changed the same pair in between. */
const ATTEMPTS = 5;
const SOON_MS = 1_000;
const RECORD = { _id: 0 };

export function createBindings(
  connection: Connection,
  { history, employees, agents }: { history: BindingHistory; employees: Employees; agents: Agents },
): Bindings {
  const model = collection(connection, 'bindings', schema);

  const findMany = async (filter: Record<string, unknown>): Promise<Binding[]> =>
    (await findNative<Stored>(model, filter, RECORD)).map(toBinding);

  const recordEnd = (
    { state: _state, suspendedReason: _reason, ...old }: Binding,
    by: string,
    replaced: boolean,
  ) =>
    history.record({
      ...old,
      endedAt: new Date(),
      endedBy: by,
      endedBecause: replaced ? 'replaced' : 'unbound',
    });

  const noteDelivery: Bindings['noteDelivery'] = async (dockingId, employeeId, note) => {
    const { filter, update } = noteOf({ dockingId, employeeId, ...note });
    await model.updateOne(filter, update);
  };
  const soon = createWriteBehind<DeliveryNote>({
    everyMs: SOON_MS,
    async write(items) {
      const latest = new Map(items.map((item) => [`${item.dockingId} ${item.employeeId}`, item]));
      await bulkUpsert(
        model,
        [...latest.values()].map((note) => ({ updateOne: noteOf(note) })),
      );
    },
    // The deliveries themselves hold the truth.
    failed: () => undefined,
  });

  /** Null when the old binding is gone or the other side was taken meanwhile. */
  async function replaceInPlace(old: Binding, next: Stored): Promise<Binding | null> {
    await recordEnd(old, next.createdBy, true);
    try {
      const changed = await model
        .findOneAndUpdate(
          { bindingId: old.id },
          { $set: next },
          { projection: RECORD, returnDocument: 'after' },
        )
        .lean<Stored>();
      return changed && toBinding(changed);
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
  }

  async function matching(dockingId: string, q: string): Promise<Record<string, unknown>> {
    const [people, candidates] = await Promise.all([
      employees.search(dockingId, { q, limit: 200 }),
      agents.list(dockingId, { q, limit: 200 }),
    ]);
    return {
      $or: [
        { employeeId: { $in: [q, ...people.items.map(({ employeeId }) => employeeId)] } },
        { agentId: { $in: [q, ...candidates.items.map(({ agentId }) => agentId)] } },
      ],
    };
  }

  async function changeState(
    dockingId: string,
    employeeId: string,
    change: Partial<Stored>,
  ): Promise<Binding | null> {
    const changed = await model
      .findOneAndUpdate(
        { dockingId, employeeId },
        { $set: change },
        { projection: RECORD, returnDocument: 'after' },
      )
      .lean<Stored>();
    return changed && toBinding(changed);
  }

  return {
    async bind({ replace = false, ...wanted }) {
      const { dockingId, employeeId, agentId } = wanted;
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const next = newBinding(wanted);
        // The driver adds its own _id to what it inserts.
        if (await insertOnce(model, { ...next }))
          return { ok: true, binding: toBinding(next), created: true };
        const present = await findMany({ dockingId, $or: [{ employeeId }, { agentId }] });
        const employeeSide = present.find((binding) => binding.employeeId === employeeId);
        const agentSide = present.find((binding) => binding.agentId === agentId);
        if (employeeSide && employeeSide.id === agentSide?.id) {
          return { ok: true, binding: employeeSide, created: false };
        }
        const existing = employeeSide ?? agentSide;
        if (!existing) continue;
        if (!replace) return { ok: false, conflict: employeeSide ? 'employee' : 'agent', existing };
        if (employeeSide && agentSide) {
          await recordEnd(agentSide, wanted.createdBy, true);
          await model.deleteOne({ bindingId: agentSide.id });
        }
        const binding = await replaceInPlace(existing, next);
        if (binding) return { ok: true, binding, created: true };
      }
      throw new Conflict('These two are being bound by others at this moment; look again.');
    },
    async unbind(id, by) {
      const [binding] = await findMany({ bindingId: id });
      if (!binding) return null;
      await recordEnd(binding, by, false);
      const { deletedCount } = await model.deleteOne({ bindingId: id });
      return deletedCount === 1 ? binding : null;
    },
    async get(id) {
      const [binding] = await findMany({ bindingId: id });
      return binding ?? null;
    },
    byAgent: groupedReads(
      (dockingId, agentIds) => findMany({ dockingId, agentId: { $in: [...agentIds] } }),
      ({ agentId }) => agentId,
    ),
    byEmployee: (dockingId, employeeIds) => findMany({ dockingId, employeeId: { $in: [...employeeIds] } }),
    async list(dockingId, { q, state, method, suspendedReasons, ...query }) {
      const named = q?.trim() ? await matching(dockingId, q.trim()) : {};
      const suspendedReason = suspendedReasons && { $in: [...suspendedReasons] };
      const filter = { dockingId, ...given({ state, method, suspendedReason }), ...named };
      const page = await findPage<Stored>(model, {
        filter,
        keys: ['createdAt', 'bindingId'],
        direction: -1,
        query,
        without: ['_id'],
      });
      return { ...page, items: page.items.map(toBinding) };
    },
    count: (dockingId) => model.countDocuments({ dockingId }),
    suspend: (dockingId, employeeId, reason) =>
      changeState(dockingId, employeeId, { state: 'suspended', suspendedReason: reason }),
    resume: (dockingId, employeeId) =>
      changeState(dockingId, employeeId, { state: 'active', suspendedReason: null }),
    noteDelivery,
    noteDeliverySoon: (dockingId, employeeId, delivery) => soon.add({ dockingId, employeeId, ...delivery }),
    flush: () => soon.flush(),
  };
}

interface DeliveryNote {
  dockingId: string;
  employeeId: string;
  deliveryId: string;
  at: Date;
}

const newBinding = (wanted: Omit<NewBinding, 'replace'>): Stored => ({
  ...wanted,
  bindingId: `bnd_${randomUUID().replaceAll('-', '').slice(0, 16)}`,
  state: 'active',
  suspendedReason: null,
  createdAt: new Date(),
  lastDelivery: null,
});

/** The latest delivery stays, whichever is noted last. */
function noteOf({ dockingId, employeeId, deliveryId, at }: DeliveryNote): {
  filter: Record<string, unknown>;
  update: Record<string, unknown>;
} {
  return {
    filter: { dockingId, employeeId, $or: [{ lastDelivery: null }, { 'lastDelivery.at': { $lt: at } }] },
    update: { $set: { lastDelivery: { deliveryId, at } } },
  };
}

const toBinding = ({ bindingId, ...binding }: Stored): Binding => ({ id: bindingId, ...binding });
