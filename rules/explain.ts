/** A verdict in sentences, for people who ask why they were (not) told. */
import type { RuleVerdict, Verdict } from './evaluate';
import { findFact } from './facts';
import { findOperator } from './operators';
import type { Shown, Trace, TraceLeaf } from './trace';

export type Language = 'en' | 'zh';

interface Words {
  noRule(type: string): string;
  matched(name: string): string;
  unmatched(name: string): string;
  off(name: string): string;
  failed(name: string, why: string): string;
  again(at: string): string;
  finished: string;
  group: Record<'all' | 'any' | 'not', string>;
  sameAs(ruleId: string): string;
  outcome(result: boolean): string;
  condition(number: number, outcome: string, fact: string, seen: string, wanted: string): string;
  nothing: string;
  aFlag: Record<'true' | 'false', string>;
}

const WORDS: Record<Language, Words> = {
  en: {
    noRule: (type) => `No rule listens to ${type}.`,
    matched: (name) => `Rule "${name}" matched.`,
    unmatched: (name) => `Rule "${name}" did not match.`,
    off: (name) => `Rule "${name}" is switched off.`,
    failed: (name, why) => `Rule "${name}" could not be judged: ${why}`,
    again: (at) => `It will match at ${at} if nothing else changes; it is judged again then.`,
    finished: 'Only time is missing, but the ticket is finished: it is not judged again.',
    group: { all: 'all of these', any: 'any of these', not: 'not this' },
    sameAs: (ruleId) => `the conditions of rule ${ruleId}`,
    outcome: (result) => (result ? 'true' : 'false'),
    condition: (number, outcome, fact, seen, wanted) =>
      `condition ${number} ${outcome}: ${fact} seen ${seen}, wanted: ${wanted}`,
    nothing: 'nothing',
    aFlag: { true: 'yes', false: 'no' },
  },
  zh: {
    noRule: (type) => `没有规则监听事件 ${type}。`,
    matched: (name) => `规则“${name}”已命中。`,
    unmatched: (name) => `规则“${name}”未命中。`,
    off: (name) => `规则“${name}”已关闭。`,
    failed: (name, why) => `规则“${name}”无法判断:${why}`,
    again: (at) => `如无其他变化,将于 ${at} 命中,届时会重新判断。`,
    finished: '只是时间未到，但工单已结束，不再重新判断。',
    group: { all: '满足全部', any: '满足任一', not: '不满足' },
    sameAs: (ruleId) => `规则 ${ruleId} 的条件`,
    outcome: (result) => (result ? '成立' : '不成立'),
    condition: (number, outcome, fact, seen, wanted) =>
      `条件 ${number} ${outcome}:${fact},实际为 ${seen},要求${wanted}`,
    nothing: '无',
    aFlag: { true: '是', false: '否' },
  },
};

/** One block of lines per rule; a single line when no rule listens to the event. */
export function explainVerdict(verdict: Verdict, eventType: string, language: Language): string[] {
  if (verdict.rules.length === 0) return [WORDS[language].noRule(eventType)];
  return verdict.rules.flatMap((rule) => explainRule(rule, language));
}

/** First the outcome, then each condition with the value seen and the value wanted, indented as the rule is nested. */
export function explainRule(rule: RuleVerdict, language: Language): string[] {
  const words = WORDS[language];
  if (rule.off) return [words.off(rule.name)];
  if (rule.error !== undefined) return [words.failed(rule.name, rule.error)];
  const lines = [rule.matched ? words.matched(rule.name) : words.unmatched(rule.name)];
  if (rule.trace) lines.push(...explainTrace(rule.trace, language));
  if (rule.checkAgainAt !== undefined) lines.push(words.again(rule.checkAgainAt));
  if (rule.finished) lines.push(words.finished);
  return lines;
}

function explainTrace(root: Trace, language: Language): string[] {
  const words = WORDS[language];
  const lines: string[] = [];
  let number = 0;
  const say = (depth: number, text: string): void => void lines.push(`${'  '.repeat(depth)}${text}`);
  const visit = (trace: Trace, depth: number): void => {
    if ('fact' in trace) {
      number += 1;
      return say(depth, sentence(trace, number, language));
    }
    const outcome = words.outcome(trace.result);
    if ('all' in trace) {
      say(depth, `${words.group.all} – ${outcome}`);
      for (const child of trace.all) visit(child, depth + 1);
    } else if ('any' in trace) {
      say(depth, `${words.group.any} – ${outcome}`);
      for (const child of trace.any) visit(child, depth + 1);
    } else if ('not' in trace) {
      say(depth, `${words.group.not} – ${outcome}`);
      visit(trace.not, depth + 1);
    } else {
      say(depth, `${words.sameAs(trace.condition)} – ${outcome}`);
      visit(trace.is, depth + 1);
    }
  };
  visit(root, 1);
  return lines;
}

function sentence(leaf: TraceLeaf, number: number, language: Language): string {
  const words = WORDS[language];
  const fact = findFact(leaf.fact)?.label[language] ?? leaf.fact;
  const operator = findOperator(leaf.operator);
  const asked = operator?.label[language] ?? leaf.operator;
  const isFlag = operator?.wants === 'flag';
  const wanted = isFlag && leaf.wanted === true ? asked : `${asked} ${valueText(leaf.wanted, words)}`;
  const of =
    leaf.wantedFact === undefined
      ? ''
      : ` (${findFact(leaf.wantedFact)?.label[language] ?? leaf.wantedFact})`;
  return words.condition(
    number,
    words.outcome(leaf.result),
    fact,
    valueText(leaf.seen, words),
    `${wanted}${of}`,
  );
}

function valueText(value: Shown, words: Words): string {
  if (value === null) return words.nothing;
  if (typeof value === 'boolean') return words.aFlag[value ? 'true' : 'false'];
  if (Array.isArray(value)) return `[${value.map((item) => valueText(item, words)).join(', ')}]`;
  if (typeof value === 'object') return `${valueText(value.from, words)} → ${valueText(value.to, words)}`;
  return String(value);
}
