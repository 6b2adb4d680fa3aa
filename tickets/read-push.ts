import type { PushedBody, RestConfig, SobotConfig, TicketHint } from './port';
import { restHints } from './rest/push';
import { checkAccess, hintsIn } from './sobot/push';
import { SobotTime } from './sobot/time';

/**
 * What a push says, without a network call: for the door, which answers before anything is read. Fails with
 * `push-refused` on a bad signature or token and `push-malformed` on a body that cannot be read.
 */
export function readPush(
  config: Pick<RestConfig, 'kind' | 'webhookSecret'> | Pick<SobotConfig, 'kind' | 'webhookSecret'>,
  push: PushedBody,
): TicketHint[] {
  if (config.kind === 'rest') return restHints(config, push);
  if (!push.verified) checkAccess([config.webhookSecret ?? []].flat(), push.query ?? {});
  return hintsIn(push.body, new SobotTime('UTC'));
}
