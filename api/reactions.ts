/** What people did with a card, by a click or through an operator: part of its proof. */
import type { Language } from '../rules';
import type { ClickRecord, Delivery, Store } from '../store';

/** By the delivery whose card it was. */
export type Reactions = ReadonlyMap<string, ClickRecord[]>;

/** Of cards of one ticket. */
export async function reactionsTo(
  { clicks }: Pick<Store, 'clicks'>,
  dockingId: string,
  ticketId: string,
  deliveries: readonly Pick<Delivery, 'id'>[],
): Promise<Reactions> {
  const ids = deliveries.map(({ id }) => id);
  const found = ids.length > 0 ? await clicks.onCards(dockingId, ticketId, ids) : [];
  return new Map(ids.map((id) => [id, found.filter(({ deliveryId }) => deliveryId === id)]));
}

/** `account`: who decided it in the employee's place; null for a click of their own. The text of a note is nobody else's. */
export const reactionShape = (click: ClickRecord): object => ({
  action: click.action,
  employeeId: click.employeeId,
  account: click.by ?? null,
  at: click.askedAt,
  minutes: click.minutes,
  state: click.state,
  reason: click.reason,
});

const ACTIONS: Record<Language, Record<ClickRecord['action'], string>> = {
  en: {
    claim: 'claimed',
    acknowledge: 'acknowledged',
    snooze: 'snoozed',
    reply: 'answered',
    close: 'closed',
  },
  zh: { claim: '领取', acknowledge: '确认知晓', snooze: '稍后提醒', reply: '备注', close: '关闭' },
};

/** As a half sentence that follows what became of the card; empty where nobody did anything that took effect. */
export function saidOf(reactions: readonly ClickRecord[] | undefined, language: Language): string {
  return (reactions ?? [])
    .filter(({ state }) => state === 'done')
    .map(({ action, by, askedAt }) => {
      const at = `${askedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
      const what = ACTIONS[language][action];
      if (language === 'zh') return `，${at} ${by === undefined ? '在卡片上' : `由账号 ${by} `}${what}`;
      return `, ${what} ${by === undefined ? 'on the card' : `by the account ${by}`} at ${at}`;
    })
    .join('');
}
