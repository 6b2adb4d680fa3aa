/** Why somebody got nothing, in words and with what to do; the code itself where nobody has words for it. */
import { useTranslation } from 'react-i18next';
import { useCatalogue, useSaid, type Catalogue, type Said } from './catalogue';

export function useReasonText(): (code: string | null) => string {
  const { t } = useTranslation('reminders');
  const { data } = useCatalogue();
  const say = useSaid();
  return (reason) => {
    if (reason === null) return '–';
    const known = data?.reasons[reason];
    if (known) return say(known);
    // A card that is tried again keeps beside its code that it is not the end.
    const [, isTried, code = ''] = /^(for-now:)?(.*)$/.exec(reason) ?? [];
    const refusal = data && refusalOf(data, code);
    const said = refusal
      ? t('why.refusal', { meaning: say(refusal.meaning), nextStep: say(refusal.nextStep), code })
      : t(`why.${code}`, { defaultValue: code, nsSeparator: false });
    return isTried ? t('why.forNow', { said }) : said;
  };
}

/** Of `feishu:<code>` or `feishu:<class>`; null where Feishu did not refuse it. */
function refusalOf({ feishu }: Catalogue, reason: string): { meaning: Said; nextStep: Said } | null {
  const code = /^feishu:(.+)$/.exec(reason)?.[1];
  if (code === undefined) return null;
  const known = feishu.codes[code];
  const classed = feishu.classes[known?.errorClass ?? code] ?? feishu.classes['unknown'];
  return classed ? { ...classed, ...(known ? { meaning: known } : {}) } : null;
}
