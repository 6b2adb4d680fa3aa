/** One item in full: what is expected, what was found, what does not work meanwhile, and who mends it where. */
import { Descriptions, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Difference } from './difference';
import { isOpen, type ChecklistItem } from './shapes';

const isAddress = (text: string | null): text is string => text !== null && /^https?:/.test(text);

export function ItemFacts({ item }: { item: ChecklistItem }): ReactNode {
  const { t } = useTranslation('setup');
  return (
    <Descriptions
      size="small"
      {...(isAddress(item.expected)
        ? { column: 1, styles: { label: { width: 220 } } }
        : { column: { xs: 1, sm: 1, md: 1, lg: 2 } })}
      items={[
        { key: 'expected', label: t('items.expected'), children: <Expected item={item} /> },
        { key: 'found', label: t('items.found'), children: <Found item={item} /> },
        ...(item.lostAbility
          ? [
              {
                key: 'lost',
                label: t('items.lost'),
                children: (
                  <Typography.Text type={item.blocking ? 'danger' : 'warning'}>
                    {item.lostAbility}
                  </Typography.Text>
                ),
              },
            ]
          : []),
        ...(isOpen(item) ? [{ key: 'effect', label: t('items.effect'), children: item.effectNote }] : []),
      ]}
    />
  );
}

function Expected({ item: { expected, found } }: { item: ChecklistItem }): ReactNode {
  const [first] = lines(found);
  return isAddress(expected) && first ? (
    <Difference text={expected} other={first} colour="green" />
  ) : (
    <Typography.Text>{expected ?? '–'}</Typography.Text>
  );
}

/** An app may have several addresses; each is compared. */
function Found({ item: { expected, found } }: { item: ChecklistItem }): ReactNode {
  const { t } = useTranslation('setup');
  if (!found) return <Typography.Text type="secondary">{t('items.nothing')}</Typography.Text>;
  if (!isAddress(expected)) return <Typography.Text>{found}</Typography.Text>;
  return (
    <div>
      {lines(found).map((line) => (
        <div key={line}>
          <Difference text={line} other={expected} colour="red" />
        </div>
      ))}
    </div>
  );
}

const lines = (text: string | null): string[] => text?.split('\n') ?? [];
