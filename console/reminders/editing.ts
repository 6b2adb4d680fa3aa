/** What every part of the rule editor needs to know. */
import { createContext, useContext } from 'react';
import type { Catalogue } from './catalogue';
import type { RuleFault } from './faults';
import type { Rule } from './shapes';

export interface Editing {
  dockingId: string;
  catalogue: Catalogue;
  /** Of this rule, once somebody tried to save it. */
  faults: readonly RuleFault[];
  readOnly: boolean;
  /** The others of the set, whose conditions this one can refer to. */
  others: readonly Rule[];
}

const Current = createContext<Editing | null>(null);
export const EditingProvider = Current.Provider;

export function useEditing(): Editing {
  const editing = useContext(Current);
  if (!editing) throw new Error('only parts of the rule editor ask for it');
  return editing;
}
