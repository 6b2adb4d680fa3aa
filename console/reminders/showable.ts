/** What somebody wrote as JSON may be no rule at all: the form shows what looks like one, the API judges the rest. */
import { isDrawable, isLeaf } from './conditions/nodes';
import type { Rule } from './shapes';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');
const isReceivers = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every(
    (one) => isObject(one) && typeof one['role'] === 'string' && isAbsentOr(one['agentIds'], isTexts),
  );
const isAbsentOr = (value: unknown, is: (value: unknown) => boolean): boolean =>
  value === undefined || is(value);

export function isShowable(value: unknown): value is Rule {
  if (!isObject(value)) return false;
  const { name, triggers, conditions, receivers, template, timing } = value;
  return (
    typeof name === 'string' &&
    isTexts(triggers) &&
    isDrawable(conditions) &&
    !isLeaf(conditions) &&
    isReceivers(receivers) &&
    isAbsentOr(
      template,
      (one) =>
        isObject(one) &&
        isAbsentOr(one['title'], isObject) &&
        isAbsentOr(one['text'], isObject) &&
        isAbsentOr(one['fields'], isTexts),
    ) &&
    isAbsentOr(timing, (one) => isObject(one) && isAbsentOr(one['escalateTo'], isReceivers))
  );
}
