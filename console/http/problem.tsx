/** A refusal in words: what is wrong, which field, and what to do next. */
import { Alert, Button } from 'antd';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from './request';

export function problemText(problem: ApiProblem, t: TFunction): string {
  const faults = problem.errors.map(({ field, message }) => `${field}: ${message}`);
  const lines = [...faults, problem.nextStep, problem.status >= 500 ? reference(problem, t) : null];
  return lines.filter(Boolean).join(' · ');
}

const reference = ({ type, instance }: ApiProblem, t: TFunction): string =>
  t('problem.reference', { ns: 'console', type, instance: instance ?? '–' });

export function ProblemAlert({
  problem,
  retry,
}: {
  problem: ApiProblem | null;
  retry?: () => unknown;
}): ReactNode {
  const { t } = useTranslation();
  if (!problem) return null;
  return (
    <Alert
      type="error"
      showIcon
      title={problem.status === 0 ? t('problem.offline') : problem.message}
      description={problemText(problem, t)}
      action={retry ? <Button onClick={() => void retry()}>{t('again')}</Button> : null}
    />
  );
}
