/** What a proof found of one item, in both languages, and the item that is made of it. */
import type { Localized } from '../../feishu';
import type { ChecklistItem, Docking, ItemState, ItemTexts } from '../../store';
import { ruleOf } from './items';

export interface Finding {
  id: string;
  state: ItemState;
  /** Default: nothing. */
  expected?: Localized | null;
  /** Default: nothing. */
  found?: Localized | null;
  message: Localized;
  /** Where it differs from the item's own link. */
  link?: string;
  detail?: Record<string, unknown>;
}

/** A value that is written alike in every language: an address, a key, a name. */
export const verbatim = (value: string): Localized => ({ en: value, zh: value });

export function itemFrom(docking: Docking, finding: Finding, checkedAt: Date): ChecklistItem {
  const rule = ruleOf(docking, finding.id);
  const passed = finding.state === 'passed';
  const texts = (language: keyof Localized): ItemTexts => ({
    expected: finding.expected?.[language] ?? null,
    found: finding.found?.[language] ?? null,
    message: finding.message[language],
    lostAbility: passed ? null : rule.lostAbility[language],
    effectNote: rule.change.note[language],
  });
  return {
    ...texts('en'),
    chinese: texts('zh'),
    id: finding.id,
    state: finding.state,
    blocking: rule.blocking,
    owner: rule.owner,
    link: passed ? null : (finding.link ?? rule.link(docking)),
    effect: rule.change.effect,
    detail: finding.detail ?? null,
    checkedAt,
  };
}
