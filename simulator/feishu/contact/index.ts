import type { Platform } from '../gates';
import { registerDepartments } from './departments';
import { registerGroups } from './groups';
import { registerLookup } from './lookup';
import { registerContactScopes } from './scopes';
import { registerUsers } from './users';

export function registerContact(platform: Platform): void {
  registerContactScopes(platform);
  registerDepartments(platform);
  registerUsers(platform);
  registerLookup(platform);
  registerGroups(platform);
}
