/** What a list is narrowed to stands in the address, so that it can be linked to and survives a reload. */
import { useSearchParams } from 'react-router';

export interface Filters {
  get: (name: string) => string | undefined;
  /** Those that are named; undefined takes one away. */
  set: (changes: Record<string, string | undefined>) => void;
}

export function useFilters(): Filters {
  const [search, setSearch] = useSearchParams();
  return {
    get: (name) => search.get(name) ?? undefined,
    set: (changes) => {
      const next = new URLSearchParams(search);
      for (const [name, value] of Object.entries(changes)) {
        if (value === undefined || value === '') next.delete(name);
        else next.set(name, value);
      }
      setSearch(next, { replace: true });
    },
  };
}

/** Of a choice of these; anything else in the address counts as none. */
export const oneOf = <T extends string>(choices: readonly T[], value: string | undefined): T | undefined =>
  choices.find((choice) => choice === value);
