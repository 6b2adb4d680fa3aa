import { MESSAGE_TEXTS, type MessageCode } from '../codes';
import { PlatformError } from '../gates';
import type { CardViolation } from './cards/validation';
import { violationText } from './cards/validation';

export type { MessageCode } from '../codes';

/** A refusal of a message call, HTTP 400. `ext` follows the text, as on the platform. */
export function refuse(code: MessageCode, ext?: string): PlatformError {
  return new PlatformError(code, ext ? `${MESSAGE_TEXTS[code]} ext=${ext}` : MESSAGE_TEXTS[code]);
}

/** 230099 for a card that breaks a rule. */
export function refuseCard(violation: CardViolation): PlatformError {
  return new PlatformError(230099, violationText(violation));
}
