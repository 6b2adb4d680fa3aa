/** What was done and to what, in words. */
import { useTranslation } from 'react-i18next';

export interface EntryText {
  action: (code: string) => string;
  actor: (account: string) => string;
  /** Ids, counts and states, each after what it is; what was not there is left out. */
  detail: (detail: Record<string, unknown>) => string;
}

export function useEntryText(): EntryText {
  const { t, i18n } = useTranslation('audit');
  const [colon, comma] = i18n.language === 'zh' ? ['：', '、'] : [': ', ', '];
  const nameOf = (key: string): string =>
    t(`details.${key}`, { defaultValue: t(`outcome.${key}`, { ns: 'bindings', defaultValue: key }) });
  const valueOf = (value: unknown): string => {
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (Array.isArray(value)) return value.map(valueOf).join(comma) || '–';
    if (typeof value === 'object' && value !== null) return `(${pairsOf(value).join(comma)})`;
    return String(value);
  };
  const pairsOf = (detail: object): string[] =>
    Object.entries(detail).flatMap(([key, value]: [string, unknown]) =>
      value === null || value === undefined ? [] : [`${nameOf(key)}${colon}${valueOf(value)}`],
    );
  return {
    action: (code) => t(`actions.${code}`, { defaultValue: code }),
    actor: (account) => t(`actors.${account}`, { defaultValue: account }),
    detail: (detail) => pairsOf(detail).join(' · '),
  };
}
