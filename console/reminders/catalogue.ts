/** The API's own list of what a rule can say; every choice of the editor comes from here. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { request, type ApiProblem } from '../http/request';

export interface Said {
  en: string;
  zh: string;
}
export interface Fact {
  name: string;
  type: string;
  label: Said;
  values?: string[];
  ordered?: boolean;
}
export interface Operator {
  name: string;
  label: Said;
  describe: string;
  factTypes: string[];
  /** What stands in `value`: one · many · one-or-many · range · text · duration · pattern · window · flag. */
  wants: string;
}
export interface Catalogue {
  triggers: string[];
  facts: Fact[];
  /** Families of facts, such as `changes.<field>`. */
  openFacts: { pattern: string; type: string; describe: string }[];
  operators: Operator[];
  receiverRoles: string[];
  calendarWindows: string[];
  limits: Record<string, number>;
  faults: Record<string, string>;
  reasons: Record<string, Said>;
  /** Why Feishu took no card, by its code, and what each class of refusals asks for. */
  feishu: {
    codes: Record<string, Said & { errorClass: string }>;
    classes: Record<string, { meaning: Said; nextStep: Said }>;
  };
}

/** It changes with the product only. */
export const useCatalogue = (): UseQueryResult<Catalogue, ApiProblem> =>
  useQuery({
    queryKey: ['reminder-catalogue'],
    staleTime: Infinity,
    queryFn: ({ signal }) => request<Catalogue>('GET', '/v1/reminder-catalogue', { signal }),
  });

/** Picks the words of the page's language. */
export function useSaid(): (said: Said) => string {
  const { i18n } = useTranslation();
  return (said) => (i18n.language === 'zh' ? said.zh : said.en);
}

/** The one behind a name, also of the open families; null when there is none. */
export function findFact({ facts, openFacts }: Catalogue, name: string): Fact | null {
  const known = facts.find((fact) => fact.name === name);
  if (known) return known;
  // The longest pattern fits best: `changes.<field>.from` before `changes.<field>`.
  for (const { pattern, type } of openFacts.toSorted((a, b) => b.pattern.length - a.pattern.length)) {
    const part = partOf(pattern, name);
    if (!part) continue;
    const of = pattern.startsWith('changes.') ? facts.find((fact) => fact.name === `ticket.${part}`) : null;
    if (of === undefined) continue;
    return {
      ...(of ?? {}),
      name,
      type: type === 'of the field' && of ? of.type : type,
      label: named(name, pattern, of),
    };
  }
  return null;
}

function named(name: string, pattern: string, of: Fact | null): Said {
  if (!of) return { en: name, zh: name };
  const { en, zh } = of.label;
  if (pattern.endsWith('.from')) return { en: `${en} before`, zh: `${zh}（变更前）` };
  if (pattern.endsWith('.to')) return { en: `${en} after`, zh: `${zh}（变更后）` };
  return { en: `change of ${en}`, zh: `${zh}的变更` };
}

/** What stands in a name where its pattern has `<…>`. */
function partOf(pattern: string, name: string): string | null {
  const [before = '', after = ''] = pattern.split(/<[^>]*>/);
  const inner = name.slice(before.length, name.length - after.length);
  return name.startsWith(before) && name.endsWith(after) && inner !== '' ? inner : null;
}

/** Of the ticket's facts also those that ask what happened to them: `ticket.priority changedTo`. */
export function operatorsFor({ operators }: Catalogue, fact: Fact): Operator[] {
  const types = fact.name.startsWith('ticket.') ? [fact.type, 'change'] : [fact.type];
  return operators.filter(({ factTypes }) => factTypes.some((type) => types.includes(type)));
}
