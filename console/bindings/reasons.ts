/** Codes in words. What has no words yet is shown as it is. */
import type { TFunction } from 'i18next';
import type { BindingRun, RunResult } from './shapes';

type T = TFunction<'bindings'>;

/** Why a card would not reach somebody, or why a binding is suspended. */
export const whyNot = (reason: string, t: T): string => t(`whyNot.${reason}`, { defaultValue: reason });

/** Why a row ended as it did. Some carry the platform's code behind them. */
export function reasonText(reason: string, t: T): string {
  const [code = '', ...rest] = reason.split(' ');
  return [t(`reason.${code}`, { defaultValue: code }), ...rest].join(' ');
}

/** What a person can do about it; null where nothing is left to do. */
export const nextStepText = (
  { reason, nextStep }: Pick<RunResult, 'reason' | 'nextStep'>,
  t: T,
): string | null => t(`next.${reason.split(' ')[0] ?? ''}`, { defaultValue: nextStep ?? '' }) || null;

/** Dots part the keys of words, so codes are kept with hyphens. */
export const failureText = ({ reason }: BindingRun, t: T): string =>
  reason ? t(`run.failure.${reason.replaceAll('.', '-')}`, { defaultValue: reason }) : '–';

export const kindText = ({ kind, dryRun }: BindingRun, t: T): string =>
  dryRun ? t('run.dry', { kind: t(`run.kind.${kind}`) }) : t(`run.kind.${kind}`);
