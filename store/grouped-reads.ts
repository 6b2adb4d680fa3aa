/** Many callers that ask for single records at the same moment share one query. */

/** At most this many ids in one query. */
const MOST = 300;

interface Group<T> {
  ids: Set<string>;
  answer: Promise<T[]>;
}

/**
 * A caller who finds nobody asking is answered by a query of its own, at once; whoever comes while that one is under way
 * goes together with the others into the next. Each query begins after the call, so what was written before is seen.
 */
export function groupedReads<T>(
  load: (dockingId: string, ids: readonly string[]) => Promise<T[]>,
  idOf: (record: T) => string,
): (dockingId: string, ids: readonly string[]) => Promise<T[]> {
  const underWay = new Map<string, Promise<unknown>>();
  const waiting = new Map<string, Group<T>>();

  const run = (dockingId: string, ids: readonly string[]): Promise<T[]> => {
    const query = load(dockingId, ids);
    const settled = query
      .catch(() => undefined)
      .then(() => {
        if (underWay.get(dockingId) === settled) underWay.delete(dockingId);
      });
    underWay.set(dockingId, settled);
    return query;
  };

  return async (dockingId, ids) => {
    if (ids.length === 0) return [];
    const busy = underWay.get(dockingId);
    if (!busy || ids.length > MOST / 2) return run(dockingId, ids);
    const open = waiting.get(dockingId);
    const group = open && open.ids.size + ids.length <= MOST ? open : newGroup(dockingId, busy);
    for (const id of ids) group.ids.add(id);
    const wanted = new Set(ids);
    return (await group.answer).filter((record) => wanted.has(idOf(record)));
  };

  function newGroup(dockingId: string, after: Promise<unknown>): Group<T> {
    const ids = new Set<string>();
    const group: Group<T> = {
      ids,
      answer: after.then(() => {
        if (waiting.get(dockingId) === group) waiting.delete(dockingId);
        return run(dockingId, [...ids]);
      }),
    };
    waiting.set(dockingId, group);
    return group;
  }
}
