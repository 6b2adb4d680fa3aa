import type { Delivery, Store } from '../store';
import type { ReasonCode } from './reasons';

/**
 * Of a card that waited: null as long as one of its rules is on. A test is sent for an admin who wants to see it, whether its rule is on
 * or not.
 */
export async function switchedOff(
  { reminders }: Pick<Store, 'reminders'>,
  { dockingId, ruleIds, role }: Pick<Delivery, 'dockingId' | 'ruleIds' | 'role'>,
): Promise<ReasonCode | null> {
  if (role === 'test') return null;
  const { enabled, rules } = await reminders.atWork(dockingId);
  if (!enabled) return 'reminders-off';
  return rules.some((rule) => rule.enabled && ruleIds.includes(rule.id)) ? null : 'rule-off';
}
