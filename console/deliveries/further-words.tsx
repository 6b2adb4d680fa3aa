/** What the API says of an event beyond its summary, its rules and its receivers, each of which has a place of its own. */
import { Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaid } from '../reminders/catalogue';
import { useNames } from '../reminders/people';
import type { TicketEvent } from './shapes';

export function FurtherWords({ dockingId, event }: { dockingId: string; event: TicketEvent }): ReactNode {
  const { t } = useTranslation('deliveries');
  const say = useSaid();
  const names = useNames(dockingId);
  const { en, zh } = event.explanation;
  const named = (line: string): string =>
    event.receivers.reduce((text, { role, agentId }) => {
      const who = agentId === null ? role : `${role} ${agentId}`;
      if (!text.startsWith(`${who}:`) && !text.startsWith(`${who}：`)) return text;
      const called = t(`roles.${role}`, { ns: 'reminders', defaultValue: role });
      return `${agentId === null ? called : `${called} ${names.agent(agentId)}`}${text.slice(who.length)}`;
    }, line);
  const lines = furtherLines(event, say({ en: 'en', zh: 'zh' }) === 'zh' ? zh : en).map(named);
  if (lines.length === 0) return null;
  return (
    <ul aria-label={t('why.words')} style={{ margin: 0, paddingInlineStart: 20 }}>
      {lines.map((line) => (
        <li key={line}>
          <Typography.Text>{line}</Typography.Text>
        </li>
      ))}
    </ul>
  );
}

/** Conditions are indented below their rule; a receiver's line ends with the detail that the table shows. */
export function furtherLines({ receivers, rules, summary }: TicketEvent, lines: readonly string[]): string[] {
  const details = receivers.map(({ detail }) => detail.toLowerCase()).filter((detail) => detail !== '');
  return lines.filter((line, index) => {
    const isCondition = line.startsWith(' ') || (lines[index + 1] ?? '').startsWith(' ');
    const isShown = details.some((detail) => line.toLowerCase().endsWith(detail)) || line === summary;
    // Which rules listen is the summary.
    const isSummary = rules.length === 0 && index === 0;
    return !isCondition && !isShown && !isSummary;
  });
}
