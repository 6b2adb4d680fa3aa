import { PlatformError } from '../gates';
import type { CardViolation } from './cards/validation';
import { violationText } from './cards/validation';

/** The message calls' refusals with the exact texts of the official table. */
const texts = {
  230001: 'Your request contains an invalid request parameter.',
  230002: 'The bot can not be outside the group.',
  230006: 'Bot ability is not activated.',
  // unverified: the wordings of 230009, 230011, 230012, 230026, 230031, 230033, 230050, 230110 and 300xxx.
  230009: 'The operation is over the time limit.',
  230011: 'The message was recalled.',
  230012: 'Bot is NOT the sender of the message.',
  230013: 'Bot has NO availability to this user.',
  230020: 'This operation triggers the frequency limit.',
  230025: 'The length of the message content reaches its limit.',
  230026: 'No permission to recall this message.',
  230028: 'The messages do NOT pass the audit.',
  230029: 'User has resigned.',
  230031: 'The message is too old to be updated.',
  230033: 'The message is too old to read its readers.',
  230034: 'The receive_id is invalid.',
  230035: 'Send Message Permission deny.',
  230038: 'Cross tenant p2p chat operate forbid.',
  230049: 'The message is being sent.',
  230050: 'The message is invisible to the operator.',
  230053: 'The user has stopped the bot from sending messages.',
  230054: 'This operation is unavailable for this type of message.',
  230110: 'The message has been deleted.',
  232009: 'Your request specifies a chat which has already been dissolved.',
} as const;

export type MessageCode = keyof typeof texts;

/** A refusal of a message call, HTTP 400. `ext` follows the text, as on the platform. */
export function refuse(code: MessageCode, ext?: string): PlatformError {
  return new PlatformError(code, ext ? `${texts[code]} ext=${ext}` : texts[code]);
}

/** 230099 for a card that breaks a rule. */
export function refuseCard(violation: CardViolation): PlatformError {
  return new PlatformError(230099, violationText(violation));
}
