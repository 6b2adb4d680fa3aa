/** Dockings, with their secrets sealed in the same document: one write changes both or neither. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, findNative, given, insertOnce } from './collection';
import type { Docking, DockingSecrets, DockingState, NotificationSettings } from './docking-records';
import type { Sealer } from './encryption';
import { Conflict, NotFound } from './errors';
import { readJson, writeJson } from './json';
import { findPage, type Page, type PageQuery } from './pagination';
import { createShortMemory } from './short-memory';

export type DockingPatch = Partial<Omit<Docking, 'id' | 'state' | 'createdAt' | 'createdBy' | 'updatedAt'>>;

/** Null removes an optional secret. */
export type SecretsPatch = Partial<Pick<DockingSecrets, 'appSecret' | 'pushToken'>> & {
  [Optional in Exclude<keyof DockingSecrets, 'appSecret' | 'pushToken'>]?: DockingSecrets[Optional] | null;
};

/** A docking and what it signs in with. */
export interface DockingAtWork {
  docking: Docking;
  secrets: DockingSecrets;
}

/** How long another process may go on with a live docking that was changed here. */
const AT_WORK_MS = 1_000;

export interface Dockings {
  /** Fails with `Conflict` when the id is taken. */
  create(docking: Docking, secrets: DockingSecrets): Promise<void>;
  get(id: string): Promise<Docking | null>;
  /** Fails with `NotFound`. */
  require(id: string): Promise<Docking>;
  /**
   * For the way of every event and card: a live docking may be a second old, unless this process changed it since.
   * Null = there is none. Fails with `SealBroken`.
   */
  atWork(id: string): Promise<DockingAtWork | null>;
  /** By id. `ids` = what the caller may see. */
  list(query: PageQuery & { ids?: readonly string[] | '*' }): Promise<Page<Docking>>;
  /** Ids of all dockings, for sweeps. */
  ids(): Promise<string[]>;
  findByAppId(appId: string): Promise<Docking | null>;
  /** Fails with `NotFound`. */
  patch(id: string, fields: DockingPatch): Promise<void>;
  /** False when the docking is in none of the states of `onlyFrom`. Without `pausedReason` the old one is forgotten. */
  setState(
    id: string,
    state: DockingState,
    options?: { onlyFrom?: readonly DockingState[]; pausedReason?: string },
  ): Promise<boolean>;
  /**
   * Deletes everything of the docking but its audit trail, the docking itself last: after a crash in between it is
   * still there and can be removed again. Fails with `NotFound`.
   */
  remove(id: string): Promise<void>;
  /** Decrypted. Fails with `NotFound`, `SealBroken`. */
  secrets(id: string): Promise<DockingSecrets>;
  setSecrets(id: string, secrets: SecretsPatch): Promise<void>;
  /** A new app secret that waits for its proof; the present one stays in use. */
  setPending(id: string, appSecret: string): Promise<void>;
  pendingAppSecret(id: string): Promise<string | null>;
  /** The proven secret becomes the one in use. False when it is not the pending one: another was entered meanwhile. */
  promotePending(id: string, proven: string): Promise<boolean>;
  /** Forgets the pending secret unless another was entered meanwhile. */
  dropPending(id: string, refused: string): Promise<void>;
  /** Seals again what an older master key sealed; gives the number of dockings changed. The old key can then go. */
  resealAll(): Promise<number>;
}

interface Stored extends Omit<Docking, 'id' | 'notification'> {
  _id: string;
  /** JSON: its keys are ids of another system. */
  notification?: string;
  sealed: Record<string, string>;
}

const schema = new Schema<Stored>(
  {
    _id: { type: String, required: true },
    name: String,
    brand: String,
    appId: String,
    platformUrl: String,
    homepageUrl: String,
    redirectUrl: String,
    state: String,
    ticketSystem: Schema.Types.Mixed,
    pausedReason: String,
    tenantKey: String,
    tenantName: String,
    monthlyCallQuota: Number,
    calendar: Schema.Types.Mixed,
    webhookSecretRotatedAt: Date,
    notification: String,
    employeePhoneScope: String,
    directoryGuard: Schema.Types.Mixed,
    eventMode: String,
    appEventModes: Schema.Types.Mixed,
    alerts: Schema.Types.Mixed,
    lastAudit: Schema.Types.Mixed,
    createdAt: Date,
    updatedAt: Date,
    createdBy: String,
    sealed: Schema.Types.Mixed,
  },
  COLLECTION,
);
// findByAppId(): find({appId})
schema.index({ appId: 1 });

type Fields = Partial<Omit<Docking, 'id'>>;
type StoredFields<T extends Fields> = Omit<T, 'notification'> & { notification?: string };

const toStored = <T extends Fields>({ notification, ...fields }: T): StoredFields<T> => ({
  ...given(fields),
  ...(notification ? { notification: writeJson(notification) } : {}),
});
const fromStored = ({ _id, notification, sealed: _sealed, ...fields }: Stored): Docking => ({
  id: _id,
  ...fields,
  ...(notification ? { notification: readJson<NotificationSettings>(notification) } : {}),
});

const PENDING = 'pendingAppSecret';
const NO_SECRETS = { sealed: 0 };

export function createDockings(
  connection: Connection,
  { sealer, removeRest }: { sealer: Sealer; removeRest: (dockingId: string) => Promise<void> },
): Dockings {
  const model = collection(connection, 'dockings', schema);
  const sealAs = (owner: string, field: string, clear: string): string =>
    sealer.seal(clear, { owner, field });

  async function readSealed(id: string): Promise<Record<string, string>> {
    const found = await model.findOne({ _id: id }, { sealed: 1 }).lean<Pick<Stored, 'sealed'>>();
    if (!found) throw new NotFound('docking', id);
    return found.sealed;
  }

  async function update(id: string, change: Record<string, unknown>): Promise<void> {
    const { matchedCount } = await model.updateOne({ _id: id }, change);
    memory.forget(id);
    if (matchedCount === 0) throw new NotFound('docking', id);
  }

  /** The pending secret as it is stored, if it still is the one named. */
  async function pendingOf(id: string, clear: string): Promise<string | null> {
    const { [PENDING]: sealed } = await readSealed(id);
    return sealed && sealer.open(sealed, { owner: id, field: PENDING }) === clear ? sealed : null;
  }

  const read = async (filter: Record<string, string>): Promise<Docking | null> => {
    const found = await model.findOne(filter, NO_SECRETS).lean<Stored>();
    return found ? fromStored(found) : null;
  };

  const opened = (id: string, { [PENDING]: _pending, ...sealed }: Record<string, string>): DockingSecrets =>
    Object.fromEntries(
      Object.entries(sealed).map(([field, value]) => [field, sealer.open(value, { owner: id, field })]),
    ) as unknown as DockingSecrets;

  const memory = createShortMemory<DockingAtWork>({
    ttlMs: AT_WORK_MS,
    // Whatever keeps a docking from working is looked up each time, so that going live is seen at once.
    keeps: ({ docking }) => docking.state === 'live',
    async read(id) {
      const [found] = await findNative<Stored>(model, { _id: id }, {});
      if (!found) return null;
      const { sealed, ...stored } = found;
      return { docking: fromStored(stored as Stored), secrets: opened(id, sealed) };
    },
  });

  return {
    async create({ id, ...docking }, secrets) {
      const sealed = Object.fromEntries(
        Object.entries(given(secrets)).map(([field, clear]) => [field, sealAs(id, field, clear)]),
      );
      if (!(await insertOnce(model, { _id: id, ...toStored(docking), sealed }))) {
        throw new Conflict(`There is a docking "${id}" already.`);
      }
    },
    get: (id) => read({ _id: id }),
    async require(id) {
      const docking = await read({ _id: id });
      if (!docking) throw new NotFound('docking', id);
      return docking;
    },
    atWork: (id) => memory.get(id),
    async list({ ids = '*', ...query }) {
      const filter = ids === '*' ? {} : { _id: { $in: [...ids] } };
      const page = await findPage(model, { filter, keys: ['_id'], direction: 1, query, without: ['sealed'] });
      return { ...page, items: page.items.map(fromStored) };
    },
    async ids() {
      const found = await model.find({}, { _id: 1 }).lean<{ _id: string }[]>();
      return found.map(({ _id }) => _id);
    },
    findByAppId: (appId) => read({ appId }),
    patch: (id, fields) => update(id, { $set: { ...toStored(fields), updatedAt: new Date() } }),
    async setState(id, state, { onlyFrom, pausedReason } = {}) {
      const { matchedCount } = await model.updateOne(
        { _id: id, ...(onlyFrom ? { state: { $in: [...onlyFrom] } } : {}) },
        {
          $set: { state, updatedAt: new Date(), ...given({ pausedReason }) },
          ...(pausedReason === undefined ? { $unset: { pausedReason: 1 } } : {}),
        },
      );
      memory.forget(id);
      return matchedCount === 1;
    },
    async remove(id) {
      if (!(await model.exists({ _id: id }))) throw new NotFound('docking', id);
      await removeRest(id);
      await model.deleteOne({ _id: id });
      memory.forget(id);
    },
    async secrets(id) {
      return opened(id, await readSealed(id));
    },
    async setSecrets(id, secrets) {
      const $set: Record<string, unknown> = { updatedAt: new Date() };
      const $unset: Record<string, 1> = {};
      for (const [field, clear] of Object.entries(given(secrets))) {
        if (clear === null) $unset[`sealed.${field}`] = 1;
        else $set[`sealed.${field}`] = sealAs(id, field, clear);
      }
      await update(id, { $set, ...(Object.keys($unset).length > 0 ? { $unset } : {}) });
    },
    setPending: (id, appSecret) =>
      update(id, { $set: { [`sealed.${PENDING}`]: sealAs(id, PENDING, appSecret), updatedAt: new Date() } }),
    async pendingAppSecret(id) {
      const { [PENDING]: sealed } = await readSealed(id);
      return sealed ? sealer.open(sealed, { owner: id, field: PENDING }) : null;
    },
    async promotePending(id, proven) {
      const sealed = await pendingOf(id, proven);
      if (sealed === null) return false;
      const { matchedCount } = await model.updateOne(
        { _id: id, [`sealed.${PENDING}`]: sealed },
        {
          $set: { 'sealed.appSecret': sealAs(id, 'appSecret', proven), updatedAt: new Date() },
          $unset: { [`sealed.${PENDING}`]: 1 },
        },
      );
      memory.forget(id);
      return matchedCount === 1;
    },
    async dropPending(id, refused) {
      const sealed = await pendingOf(id, refused);
      if (sealed === null) return;
      await model.updateOne(
        { _id: id, [`sealed.${PENDING}`]: sealed },
        { $unset: { [`sealed.${PENDING}`]: 1 } },
      );
    },
    async resealAll() {
      let changed = 0;
      for await (const { _id, sealed } of model
        .find({}, { sealed: 1 })
        .lean<Pick<Stored, '_id' | 'sealed'>[]>()
        .cursor()) {
        const outdated = Object.entries(sealed).filter(([, value]) => sealer.isOutdated(value));
        if (outdated.length === 0) continue;
        const renewed = outdated.map(([field, value]): [string, string] => [
          `sealed.${field}`,
          sealAs(_id, field, sealer.open(value, { owner: _id, field })),
        ]);
        // A secret that was replaced in between is the newer one and stays.
        const untouched = Object.fromEntries(outdated.map(([field, value]) => [`sealed.${field}`, value]));
        const { modifiedCount } = await model.updateOne(
          { _id, ...untouched },
          { $set: Object.fromEntries<string>(renewed) },
        );
        changed += modifiedCount;
      }
      return changed;
    },
  };
}
