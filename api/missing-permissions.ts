import { batchImportJson, setupLinks } from '../feishu';
import type { ChecklistItem, Docking } from '../store';

const PREFIX = 'permission:';

/** What to grant in one go: a link with exactly these selected, and the text for the console's batch import. */
export interface MissingPermissions {
  scopes: string[];
  /** Opens the console's permission page with them preselected; null when none is missing. */
  link: string | null;
  /** For "batch import/export" of the developer console; null when none is missing. */
  batchImport: string | null;
}

/** A permission that is requested already needs a version, not another request. */
export function missingPermissions(
  { brand, appId }: Pick<Docking, 'brand' | 'appId'>,
  items: readonly ChecklistItem[],
): MissingPermissions {
  const scopes = items.flatMap(({ id, state }) =>
    id.startsWith(PREFIX) && state === 'failed' ? [id.slice(PREFIX.length)] : [],
  );
  if (scopes.length === 0) return { scopes, link: null, batchImport: null };
  return {
    scopes,
    link: setupLinks(brand, appId).permissions(scopes),
    batchImport: batchImportJson(scopes),
  };
}
