/** A pasted list or CSV: what it would come to is shown row by row, then bound. */
import { Button, Checkbox, Flex, Input, Modal, Select, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BatchRows } from './batch-rows';
import { useBatch } from './bind';
import { DEFAULT_REGION, regionOptions } from './regions';

interface Props {
  dockingId: string;
  open: boolean;
  onClose: () => void;
}

export function PasteModal(props: Props): ReactNode {
  const { t } = useTranslation('bindings');
  return (
    <Modal
      open={props.open}
      onCancel={props.onClose}
      title={t('way.paste')}
      width={900}
      footer={null}
      destroyOnHidden
    >
      <PasteForm {...props} />
    </Modal>
  );
}

function PasteForm({ dockingId, onClose }: Props): ReactNode {
  const { t, i18n } = useTranslation('bindings');
  const [text, setText] = useState('');
  const [replace, setReplace] = useState(false);
  const [region, setRegion] = useState(DEFAULT_REGION);
  const batch = useBatch(dockingId);
  const answer = batch.data;
  const send = (dryRun: boolean): void => batch.mutate({ text, replace, region, dryRun });
  /** What was shown is of another question now. */
  const ask =
    <T,>(set: (value: T) => void) =>
    (value: T): void => {
      set(value);
      batch.reset();
    };
  const bindable = answer?.dryRun ? (answer.outcomes.bound ?? 0) : 0;
  const done = answer !== undefined && !answer.dryRun;
  return (
    <Flex vertical gap="middle">
      <Typography.Text type="secondary">{t('paste.what')}</Typography.Text>
      <Input.TextArea
        rows={7}
        aria-label={t('paste.list')}
        placeholder={'zhang.wei@company.example,agent24@tickets.example\n+86 139 1234 5678,agent-17'}
        value={text}
        onChange={({ target }) => ask(setText)(target.value)}
        style={{ fontFamily: 'monospace' }}
      />
      <Flex gap="middle" align="center" wrap>
        <Checkbox checked={replace} onChange={({ target }) => ask(setReplace)(target.checked)}>
          {t('paste.replace')}
        </Checkbox>
        <Flex gap="small" align="center">
          {t('region')}
          <Select
            aria-label={t('region')}
            showSearch={{ optionFilterProp: 'label' }}
            style={{ width: 220 }}
            options={regionOptions(i18n.language)}
            value={region}
            onChange={ask(setRegion)}
          />
        </Flex>
      </Flex>
      {answer && <BatchRows answer={answer} />}
      <Flex gap="small" justify="end">
        <Button onClick={onClose}>{t('close', { ns: 'console' })}</Button>
        {!done && (
          <Button
            type={bindable > 0 ? 'default' : 'primary'}
            disabled={text.trim() === ''}
            loading={batch.isPending}
            onClick={() => send(true)}
          >
            {t('paste.try')}
          </Button>
        )}
        {bindable > 0 && (
          <Button type="primary" loading={batch.isPending} onClick={() => send(false)}>
            {t('bindChosen', { number: bindable })}
          </Button>
        )}
      </Flex>
    </Flex>
  );
}
