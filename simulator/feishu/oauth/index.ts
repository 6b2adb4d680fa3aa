import type { Platform } from '../gates';
import { registerAuthorize } from './authorize';
import { registerToken } from './token';
import { registerUserInfo } from './user-info';

/** Single sign-on for web apps: the authorize page, tokens with refresh, and who the token belongs to. */
export function registerOAuth(platform: Platform): void {
  registerAuthorize(platform);
  registerToken(platform);
  registerUserInfo(platform);
}
