/** What the timing of the firing rules means for one person's card. */
import type { ReminderRule } from '../rules';
import type { Delivery, FollowUpPlan } from '../store';

/** The platform lets a card be changed for 14 days; a margin covers clocks that differ. */
const CARD_LIFE_SECONDS = 13 * 24 * 3600;

type Timed = Pick<Delivery, 'followUp' | 'updateWithinSeconds'>;

/** The shortest wait of all rules counts; a card is updated in place only when every rule is content with that. */
export function timingOf(rules: readonly ReminderRule[], urgent: boolean): Timed {
  const followUp: FollowUpPlan = {
    ...least('repeatEveryMinutes', rules),
    ...least('escalateAfterMinutes', rules),
    ...least('unreadAfterMinutes', rules),
  };
  if (followUp.repeatEveryMinutes !== undefined) {
    const counts = rules.map(({ timing }) => (timing?.repeatEveryMinutes ? (timing.repeatAtMost ?? 3) : 0));
    followUp.repeatAtMost = Math.max(...counts);
  }
  const within = urgent ? 0 : Math.min(...rules.map(updateWithin));
  return {
    ...(Object.keys(followUp).length > 0 ? { followUp } : {}),
    ...(within > 0 ? { updateWithinSeconds: within } : {}),
  };
}

function updateWithin({ timing }: ReminderRule): number {
  return timing?.card === 'update' ? CARD_LIFE_SECONDS : (timing?.coalesceSeconds ?? 0);
}

function least(
  field: 'repeatEveryMinutes' | 'escalateAfterMinutes' | 'unreadAfterMinutes',
  rules: readonly ReminderRule[],
): FollowUpPlan {
  const minutes = rules.flatMap(({ timing }) => timing?.[field] ?? []);
  return minutes.length > 0 ? { [field]: Math.min(...minutes) } : {};
}
