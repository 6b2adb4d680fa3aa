/** All that the API refused, with the place of each; those that can be seen in the form stand there too. */
import { Alert, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../http/request';
import type { RuleFault } from './faults';

/** `own`: of the rule on the screen; their places are told from there. */
export function FaultList({ problem, own }: { problem: ApiProblem; own: readonly RuleFault[] }): ReactNode {
  const { t } = useTranslation('reminders');
  const shown = own.length > 0 ? own : problem.errors;
  const elsewhere = problem.errors.length - own.length;
  return (
    <Alert
      type="error"
      showIcon
      title={problem.message}
      description={
        <>
          <ul style={{ margin: 0, paddingInlineStart: 18 }}>
            {shown.map(({ field, message }, index) => (
              <li key={index}>
                <Typography.Text code>{field || '/'}</Typography.Text> {message}
              </li>
            ))}
          </ul>
          {own.length > 0 && elsewhere > 0 && t('faultsElsewhere', { number: elsewhere })}
        </>
      }
    />
  );
}
