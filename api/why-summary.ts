/** A "why" in one sentence: how many rules matched, and what became of it for how many. */
import { REASONS, type ReasonCode } from '../intake';
import type { Delivery, EventRecord } from '../store';
import type { Language } from './language';
import { outcomeOf } from './outcomes';

export function summaryOf(
  event: EventRecord,
  deliveries: ReadonlyMap<string, Delivery>,
  language: Language,
): string {
  const en = language === 'en';
  const off = event.receivers.find(({ role, suppressedBy }) => role === 'all' && suppressedBy);
  if (off?.suppressedBy && !en && Object.hasOwn(REASONS, off.suppressedBy)) {
    return REASONS[off.suppressedBy as ReasonCode].zh;
  }
  if (off || !event.verdict) return off?.detail ?? '';
  const { rules } = event.verdict;
  if (rules.length === 0) return en ? 'No rule listens to this event.' : '没有规则监听该事件。';
  if (rules.every((rule) => rule.off)) {
    return en ? 'The rules that listen to this event are switched off.' : '监听该事件的规则均已关闭。';
  }
  const matched = rules.filter((rule) => rule.matched).length;
  if (matched === 0) {
    return en
      ? "Rules listen, but no rule's conditions are met."
      : '有规则监听该事件，但没有规则的条件成立。';
  }
  const became = countsOf(event, deliveries, language);
  return en
    ? `${matched} of ${rules.length} ${rules.length === 1 ? 'rule' : 'rules'} matched; ${became}.`
    : `${rules.length} 条规则中命中 ${matched} 条；${became}。`;
}

function countsOf(event: EventRecord, deliveries: ReadonlyMap<string, Delivery>, language: Language): string {
  const counts = { told: 0, waits: 0, failed: 0, suppressed: 0 };
  for (const receiver of event.receivers) {
    const outcome = outcomeOf(event, receiver, deliveries);
    if (outcome === 'pending') counts.waits += 1;
    else if (outcome === 'failed' || outcome === 'suppressed') counts[outcome] += 1;
    else counts.told += 1;
  }
  const { told, waits, failed, suppressed } = counts;
  const said: [number, string, string][] = [
    [told, `${told} told`, `已提醒 ${told}`],
    [waits, waits === 1 ? '1 waits' : `${waits} wait`, `待提醒 ${waits}`],
    [failed, `${failed} failed`, `失败 ${failed}`],
    [suppressed, suppressed === 1 ? '1 gets no card' : `${suppressed} get no card`, `不提醒 ${suppressed}`],
  ];
  const there = said.filter(([count]) => count > 0);
  if (there.length === 0) return language === 'en' ? 'nobody is to be told' : '没有接收人';
  return language === 'en'
    ? `receivers: ${there.map(([, en]) => en).join(', ')}`
    : `接收人：${there.map(([, , zh]) => zh).join('，')}`;
}

/** Of the latest events of a ticket, for an agent who misses a card. */
export function summaryForAgent(events: readonly { outcome: string }[], language: Language): string {
  const all = events.length;
  const own = events.filter(({ outcome }) => outcome !== 'suppressed' && outcome !== 'not-meant').length;
  if (all === 0) {
    return language === 'en'
      ? 'No such event of this ticket ever came: look at what the ticket system sends, and at its pushes.'
      : '从未收到该工单的此类事件，请查看工单系统发送的内容及其推送。';
  }
  return language === 'en'
    ? `${all} ${all === 1 ? 'event' : 'events'} of this ticket came; ${own} ${own === 1 ? 'was' : 'were'} for this agent.`
    : `共收到该工单的 ${all} 个事件，其中 ${own} 个与该客服有关。`;
}
