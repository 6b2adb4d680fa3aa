/** Condition by condition: what was asked, what was seen, and whether it held. */
import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import { Flex, Typography, theme } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Trace, TraceLeaf } from '../../rules/trace';
import { findFact, useCatalogue, useSaid } from '../reminders/catalogue';

export function TraceTree({ trace }: { trace: Trace }): ReactNode {
  const { t } = useTranslation('deliveries');
  const { token } = theme.useToken();
  const group = groupOf(trace);
  if (!group) return <LeafLine leaf={trace as TraceLeaf} />;
  return (
    <div>
      <Flex gap="small" align="center">
        <Held result={trace.result} />
        <Typography.Text strong>{t(`trace.${group.kind}`)}</Typography.Text>
        {group.kind === 'condition' && <Typography.Text code>{group.ruleId}</Typography.Text>}
      </Flex>
      <div
        style={{
          borderInlineStart: `2px solid ${token.colorBorderSecondary}`,
          marginInlineStart: 6,
          paddingInlineStart: 14,
        }}
      >
        {group.inner.map((one, index) => (
          <TraceTree key={index} trace={one} />
        ))}
      </div>
    </div>
  );
}

interface TraceGroup {
  kind: 'all' | 'any' | 'not' | 'condition';
  inner: Trace[];
  ruleId?: string;
}

function groupOf(trace: Trace): TraceGroup | null {
  if ('all' in trace) return { kind: 'all', inner: trace.all };
  if ('any' in trace) return { kind: 'any', inner: trace.any };
  if ('not' in trace) return { kind: 'not', inner: [trace.not] };
  return 'condition' in trace ? { kind: 'condition', inner: [trace.is], ruleId: trace.condition } : null;
}

function Held({ result }: { result: boolean }): ReactNode {
  const { t } = useTranslation('deliveries');
  const { token } = theme.useToken();
  return result ? (
    <CheckCircleFilled aria-label={t('trace.held')} style={{ color: token.colorSuccess }} />
  ) : (
    <CloseCircleFilled aria-label={t('trace.failed')} style={{ color: token.colorError }} />
  );
}

function LeafLine({ leaf }: { leaf: TraceLeaf }): ReactNode {
  const { t } = useTranslation('deliveries');
  const say = useSaid();
  const { data: catalogue } = useCatalogue();
  const label = (name: string): string => {
    const fact = catalogue ? findFact(catalogue, name) : null;
    return fact ? say(fact.label) : name;
  };
  const operator = catalogue?.operators.find(({ name }) => name === leaf.operator);
  return (
    <Flex gap="small" align="center" wrap>
      <Held result={leaf.result} />
      <span title={leaf.fact}>{label(leaf.fact)}</span>
      <Typography.Text type="secondary">{operator ? say(operator.label) : leaf.operator}</Typography.Text>
      {operator?.wants === 'flag' && leaf.wanted !== false ? null : (
        <Typography.Text code>{shown(leaf.wanted)}</Typography.Text>
      )}
      {leaf.wantedFact && <span title={leaf.wantedFact}>({label(leaf.wantedFact)})</span>}
      <Typography.Text type="secondary">{t('trace.seen')}</Typography.Text>
      <Typography.Text code {...(leaf.result ? {} : { type: 'danger' as const })}>
        {leaf.seen === null ? t('trace.nothing') : shown(leaf.seen)}
      </Typography.Text>
    </Flex>
  );
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(', ') || '[]';
  if (typeof value === 'object' && value !== null && 'from' in value && 'to' in value) {
    return `${shown(value.from)} → ${shown(value.to)}`;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
