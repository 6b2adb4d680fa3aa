import { z } from 'zod';
import type { Platform } from '../gates';
import { PlatformError } from '../gates';
import { checkCard } from './cards/validation';
import { checkSuccession } from './change';
import { callbackTokens } from './clicks';
import { surroundingsOf } from './content';
import { messages } from './message-store';

const MAX_CARD_BYTES = 100 * 1024;

/**
 * `POST /interactive/v1/card/update`: changes a card with the token of a click, after the click was answered,
 * within 30 minutes and as often as the switch `lateUpdateUses` says (the platform's pages say two and three).
 * unverified: the texts and the HTTP status of its errors.
 */
export function registerLateUpdate(platform: Platform): void {
  platform.route({
    method: 'POST',
    path: '/open-apis/interactive/v1/card/update',
    envelope: 'top',
    body: z.object({ token: z.string().min(1), card: z.record(z.string(), z.unknown()) }),
    onInvalid: () => new PlatformError(10002, 'bad request'),
    handler: ({ world, app, body, rawBody }) => {
      const token = world.use(callbackTokens).get(body.token);
      if (!token || token.appId !== app.appId) throw new PlatformError(10002, 'invalid token');
      if (!token.answered) throw new PlatformError(10002, 'the callback has not been answered yet');
      if (world.clock.now() > token.expiresAt) throw new PlatformError(300030, 'token expired');
      if (token.uses >= world.switches.lateUpdateUses)
        throw new PlatformError(300040, 'the token has been used too often');
      if (rawBody.length > MAX_CARD_BYTES) throw new PlatformError(10002, 'card is too large');
      const { open_ids: _receivers, ...card } = body.card;
      const message = world.use(messages).get(token.messageId);
      if (!message || message.deleted) throw new PlatformError(300020, 'the message does not exist');
      const violation = checkCard(card, surroundingsOf(world, app));
      if (violation) throw new PlatformError(200310, `${violation.errCode} ${violation.errMsg}`);
      checkSuccession(message, card);
      token.uses += 1;
      world.use(messages).update(message, JSON.stringify(card), Math.floor(world.clock.now()));
      return {};
    },
  });
}
