import { flagAt, numberAt, objectAt, objectsAt, requiredText, textAt, textsAt } from './decode';
import type { Json } from './decode';

/** One version of an app. `undefined` = not told. */
export interface AppVersion {
  readonly versionId: string;
  /** As the developer typed it, e.g. `1.0.1`. */
  readonly version: string | undefined;
  readonly status: 'released' | 'rejected' | 'in-review' | 'not-submitted' | 'unknown';
  readonly createdAtMs: number | undefined;
  readonly publishedAtMs: number | undefined;
  readonly changelog: string | undefined;
  readonly remark: string | undefined;
  readonly scopes: readonly string[] | undefined;
  /** An ability that is off is `undefined` inside; `abilities` itself is `undefined` when Feishu told nothing. */
  readonly abilities:
    | {
        readonly bot: boolean;
        readonly webApp:
          { readonly pcUrl: string | undefined; readonly mobileUrl: string | undefined } | undefined;
      }
    | undefined;
  readonly events: readonly string[] | undefined;
  readonly visibility: VersionVisibility | undefined;
}

export interface VersionVisibility {
  readonly everybody: boolean | undefined;
  readonly openIds: readonly string[];
  readonly departmentIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly hiddenOpenIds: readonly string[];
  readonly hiddenDepartmentIds: readonly string[];
  readonly hiddenGroupIds: readonly string[];
}

const STATUSES = ['unknown', 'released', 'rejected', 'in-review', 'not-submitted'] as const;

/** Reads a version from the API or from a review event. */
export function versionFrom(version: Json): AppVersion {
  const remark = objectAt(version, 'remark');
  const ability = objectAt(version, 'ability');
  const webApp = objectAt(ability, 'web_app');
  return {
    versionId: requiredText(version, 'version_id'),
    version: textAt(version, 'version'),
    status: STATUSES[numberAt(version, 'status') ?? 0] ?? 'unknown',
    createdAtMs: secondsAt(version, 'create_time'),
    publishedAtMs: secondsAt(version, 'publish_time'),
    changelog: textAt(remark, 'update_remark'),
    remark: textAt(remark, 'remark'),
    scopes: objectsAt(version, 'scopes')?.flatMap((scope) => textAt(scope, 'scope') ?? []),
    abilities:
      ability === undefined
        ? undefined
        : {
            bot: objectAt(ability, 'bot') !== undefined,
            webApp:
              webApp === undefined
                ? undefined
                : { pcUrl: textAt(webApp, 'pc_url'), mobileUrl: textAt(webApp, 'mobile_url') },
          },
    events: textsAt(version, 'events'),
    visibility: visibilityFrom(objectAt(remark, 'visibility')),
  };
}

function visibilityFrom(visibility: Json | undefined): VersionVisibility | undefined {
  if (visibility === undefined) return undefined;
  const shown = objectAt(visibility, 'visible_list');
  const hidden = objectAt(visibility, 'invisible_list');
  return {
    everybody: flagAt(visibility, 'is_all'),
    openIds: openIdsAt(shown),
    departmentIds: textsAt(shown, 'department_ids') ?? [],
    groupIds: textsAt(shown, 'group_ids') ?? [],
    hiddenOpenIds: openIdsAt(hidden),
    hiddenDepartmentIds: textsAt(hidden, 'department_ids') ?? [],
    hiddenGroupIds: textsAt(hidden, 'group_ids') ?? [],
  };
}

/** Plain ids in answers, objects of three ids in events. */
function openIdsAt(list: Json | undefined): readonly string[] {
  const plain = textsAt(list, 'open_ids') ?? [];
  const nested = (objectsAt(list, 'open_ids') ?? []).flatMap((ids) => textAt(ids, 'open_id') ?? []);
  return [...plain, ...nested];
}

/** Seconds since 1970 as text; zero or nothing means "has not happened". */
function secondsAt(from: Json, key: string): number | undefined {
  const seconds = numberAt(from, key);
  return seconds === undefined || seconds === 0 ? undefined : seconds * 1_000;
}
