import type { Platform } from '../gates';
import { registerContactsRange } from './ranges';
import { registerApplicationRead } from './read';
import { registerApplicationScopes } from './scopes';
import { registerVisibility } from './visibility';

export function registerApplication(platform: Platform): void {
  registerApplicationRead(platform);
  registerApplicationScopes(platform);
  registerContactsRange(platform);
  registerVisibility(platform);
}
