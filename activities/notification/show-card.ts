/** The one way to change a card that is out. */
import { FeishuError, type CallOptions, type ReminderCardModel } from '../../feishu';
import type { Delivery, DockingAtWork } from '../../store';
import type { ActivityPorts } from '../ports';
import { isOfDocking, pauseDocking } from './judge-failure';
import { updateCard, type Updated } from './living-card';

/**
 * `off`: the whole docking lost the right to do it, and is paused; `beforePausing` is done first, so that who resumes it finds what
 * that noted. Repeats safely: the same content twice does no harm. Throws what another try can change.
 */
export async function showCard(
  ports: ActivityPorts,
  { docking, secrets }: DockingAtWork,
  { id, messageId }: Pick<Delivery, 'id'> & { messageId: string },
  model: ReminderCardModel,
  { beforePausing, ...call }: CallOptions & { beforePausing?: () => Promise<void> },
): Promise<Updated | 'off'> {
  const client = ports.feishu.for({
    appId: docking.appId,
    appSecret: secrets.appSecret,
    baseUrl: docking.platformUrl,
  });
  try {
    return await updateCard(client, messageId, model, call);
  } catch (error) {
    if (error instanceof FeishuError && isOfDocking(error)) {
      await beforePausing?.();
      await pauseDocking(ports, docking.id, error);
      return 'off';
    }
    if (!(error instanceof FeishuError) || error.retry !== 'never') throw error;
    ports.log.warn({ deliveryId: id, code: error.code }, 'the card stays as it is');
    return 'refused';
  }
}
