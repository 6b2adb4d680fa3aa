import type { Platform } from '../gates';
import { registerConfigure } from './configure';
import { registerRegistration } from './registration';

/** Set-up by API: an app that configures itself, and app creation by device flow. */
export function registerConfiguration(platform: Platform): void {
  registerConfigure(platform);
  registerRegistration(platform);
}
