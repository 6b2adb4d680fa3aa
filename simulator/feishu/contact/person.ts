import type { App, Person, UserIdType } from '../../world/types';
import type { World } from '../../world/world';
import { PlatformError } from '../errors';

/**
 * Who an id in a contact call means. Throws 41012 for an id of nobody; for one of another app or tenant 99992361,
 * 99992364 or, by the switch `foreignIds`, 41012 too.
 */
export function personNamed(world: World, app: App, type: UserIdType, id: string): Person {
  const found = world.findPerson(app, type, id);
  if (found.person) return found.person;
  if (world.switches.foreignIds === 'gateway') {
    if (found.problem === 'cross-app') throw new PlatformError(99992361, 'open_id cross app', 400);
    if (found.problem === 'cross-tenant') throw new PlatformError(99992364, 'user_id cross tenant', 400);
  }
  throw new PlatformError(41012, 'user id invalid error', 400);
}
