/** What the API says of rules. Names of facts, operators, events and roles are the catalogue's, not listed here. */
import type { Forecast } from '../../rules/forecast';

export type Scalar = string | number | boolean | null;
export interface FactReference {
  fact: string;
  path?: string;
}
export type LeafValue = Scalar | Scalar[] | FactReference;

export interface Leaf {
  fact: string;
  operator: string;
  value?: LeafValue;
  path?: string;
}
export type Group = { all: Condition[] } | { any: Condition[] } | { not: Condition } | { condition: string };
export type Condition = Group | Leaf;

export interface Receiver {
  role: string;
  agentIds?: string[];
}

export interface Timing {
  card?: 'new' | 'update';
  coalesceSeconds?: number;
  repeatEveryMinutes?: number;
  repeatAtMost?: number;
  escalateAfterMinutes?: number;
  unreadAfterMinutes?: number;
  escalateTo?: Receiver[];
  warnBeforeMinutes?: number;
  quietHours?: 'respect' | 'ignore';
}

export interface BothLanguages {
  en?: string;
  zh?: string;
}
export interface Template {
  title?: BothLanguages;
  text?: BothLanguages;
  fields?: string[];
}

/** One that was never saved has no id. */
export interface Rule {
  id?: string;
  name: string;
  enabled: boolean;
  triggers: string[];
  conditions: Group;
  receivers: Receiver[];
  urgency: 'routine' | 'urgent';
  template?: Template;
  timing?: Timing;
}

export interface RuleSet {
  enabled: boolean;
  version: number;
  rules: Rule[];
  updatedAt: string;
  updatedBy: string;
}

export interface Simulation {
  events: number;
  now: Forecast;
  draft: Forecast;
  people: { personId: string; now: number; draft: number }[];
}

export const newRule = (): Rule => ({
  name: '',
  enabled: true,
  triggers: [],
  conditions: { all: [] },
  receivers: [],
  urgency: 'routine',
});
