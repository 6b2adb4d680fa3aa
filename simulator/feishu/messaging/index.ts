import type { Platform } from '../gates';
import { registerBatch } from './batch';
import { registerChange } from './change';
import { registerHistory } from './history';
import { registerImages } from './images';
import { registerInspect } from './inspect';
import { registerLateUpdate } from './late-update';
import { registerSend } from './send';

export { chats } from './chats';
export type { Chat } from './chats';
export { click } from './clicks';
export type { ClickAction, ClickResult } from './clicks';
export { registerMessageControl } from './control';
export type { Message } from './message';
export { messages } from './message-store';
export { enterChat, findAnybody, messagesOf } from './people-actions';

/** Every message call of the platform. */
export function registerMessaging(platform: Platform): void {
  registerSend(platform);
  registerChange(platform);
  registerInspect(platform);
  registerHistory(platform);
  registerImages(platform);
  registerLateUpdate(platform);
  registerBatch(platform);
}
