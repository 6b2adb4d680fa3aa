/** All that the API refused, with the place of each; those that can be seen in the form stand there too. */
import { Alert, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleFault } from './faults';

export function FaultList({
  title,
  faults,
  elsewhere = 0,
}: {
  title: string;
  faults: readonly RuleFault[];
  /** How many there are in other rules of the set. */
  elsewhere?: number;
}): ReactNode {
  const { t } = useTranslation('reminders');
  return (
    <Alert
      type="error"
      showIcon
      title={title}
      description={
        <>
          <ul style={{ margin: 0, paddingInlineStart: 18 }}>
            {faults.map(({ field, message }, index) => (
              <li key={index}>
                <Typography.Text code>{field || '/'}</Typography.Text> {message}
              </li>
            ))}
          </ul>
          {elsewhere > 0 && t('faultsElsewhere', { number: elsewhere })}
        </>
      }
    />
  );
}
