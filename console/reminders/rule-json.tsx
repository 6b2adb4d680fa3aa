/** The same rule as JSON, to edit by hand. */
import { Alert, Flex, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditing } from './editing';

export function RuleJson({
  rule,
  onChange,
  onBroken,
}: {
  rule: object;
  onChange: (rule: object) => void;
  /** While the text is no JSON object. */
  onBroken: (broken: boolean) => void;
}): ReactNode {
  const { t } = useTranslation('reminders');
  const { readOnly } = useEditing();
  const [text, setText] = useState(() => JSON.stringify(rule, null, 2));
  const [problem, setProblem] = useState<string | null>(null);
  const fail = (message: string | null): void => {
    setProblem(message);
    onBroken(message !== null);
  };
  const read = (written: string): void => {
    setText(written);
    try {
      const parsed: unknown = JSON.parse(written);
      if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
        return fail(t('json.object'));
      fail(null);
      onChange(parsed);
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Flex vertical gap="small">
      {problem && <Alert type="error" showIcon title={t('json.broken')} description={problem} />}
      <Input.TextArea
        aria-label={t('json.label')}
        value={text}
        spellCheck={false}
        readOnly={readOnly}
        autoSize={{ minRows: 12 }}
        style={{ fontFamily: 'monospace', fontSize: 13 }}
        onChange={({ target }) => read(target.value)}
      />
    </Flex>
  );
}
