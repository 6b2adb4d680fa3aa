/** What people want to hear and when: of everybody, with a floor that nobody can switch off, or of one person. */
import { useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dockingKey, pathOf } from '../../dockings/docking';
import { useAct } from '../../http/act';
import { request, type ApiProblem } from '../../http/request';

export const RELATIONS = ['mine', 'group', 'followed'] as const;
export type Relation = (typeof RELATIONS)[number];

export interface QuietHours {
  from: string;
  to: string;
  /** 1 = Monday … 7 = Sunday. */
  days: number[];
  timeZone?: string;
}

export interface Wishes {
  quietHours: QuietHours | null;
  language: 'zh' | 'en' | null;
  timeZone: string | null;
  /** By event type, `*` = all others: false = not told. */
  events: Record<string, Partial<Record<Relation, boolean>>>;
  digest: { every: 'hour' | 'day'; at: string | null } | null;
}

/** As they are read: with the floor of the docking, and for a person whether they are their own. */
export interface Preferences extends Wishes {
  floor: string[];
  own?: boolean;
}

const keyOf = (dockingId: string, employeeId: string | null): readonly unknown[] => [
  ...dockingKey(dockingId),
  'preferences',
  employeeId,
];
/** `null`: everybody. */
const preferencesPath = (dockingId: string, employeeId: string | null): string =>
  employeeId === null
    ? `${pathOf(dockingId)}/preferences`
    : `${pathOf(dockingId)}/employees/${encodeURIComponent(employeeId)}/preferences`;

export const usePreferences = (
  dockingId: string,
  employeeId: string | null,
): UseQueryResult<Preferences, ApiProblem> =>
  useQuery({
    queryKey: keyOf(dockingId, employeeId),
    // What somebody is typing must not be read away from under them.
    staleTime: Infinity,
    gcTime: 0,
    queryFn: ({ signal }) => request<Preferences>('GET', preferencesPath(dockingId, employeeId), { signal }),
  });

export const useSavePreferences = (
  dockingId: string,
  employeeId: string | null,
): UseMutationResult<Preferences, ApiProblem, Preferences> => {
  const { t } = useTranslation('reminders');
  return useAct<Preferences, Preferences>({
    run({ floor, own: _own, ...wishes }) {
      const body = employeeId === null ? { ...wishes, floor } : wishes;
      return request('PUT', preferencesPath(dockingId, employeeId), { body });
    },
    done: t('wishes.saved'),
    changes: [keyOf(dockingId, employeeId)],
  });
};

/** Back to what holds for everybody. */
export const useForgetPreferences = (
  dockingId: string,
  employeeId: string,
): UseMutationResult<unknown, ApiProblem, void> => {
  const { t } = useTranslation('reminders');
  return useAct({
    run: () => request('DELETE', preferencesPath(dockingId, employeeId)),
    done: t('wishes.forgotten'),
    changes: [keyOf(dockingId, employeeId)],
  });
};

/** Events that are not told to people who have this relation to the ticket. */
export const silentFor = ({ events }: Wishes, relation: Relation): string[] =>
  Object.keys(events).filter((type) => events[type]?.[relation] === false);

/** The same wishes with exactly these events silent for the relation. */
export function withSilent(events: Wishes['events'], relation: Relation, silent: string[]): Wishes['events'] {
  const types = [...new Set([...Object.keys(events), ...silent])];
  return Object.fromEntries(
    types.flatMap((type) => {
      const { [relation]: told, ...others } = events[type] ?? {};
      const own = silent.includes(type) ? false : told === true ? true : undefined;
      const next = own === undefined ? others : { ...others, [relation]: own };
      return Object.keys(next).length > 0 ? [[type, next]] : [];
    }),
  );
}
