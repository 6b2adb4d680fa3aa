import { z } from 'zod';
import type { App, Audience, Availability, ContactRange } from '../world/types';
import type { World } from '../world/world';
import { readDepartmentIds } from './lookups';
import { ControlError } from './route';

const ids = z.array(z.string()).optional();
const audienceFields = { userIds: ids, departmentIds: ids, groupIds: ids };
const audience = z.strictObject(audienceFields);

/** `'all'` is short for `{all: true}`; lists that are left out stay as they are. */
export const availabilityInput = z.union([
  z.literal('all'),
  z.strictObject({ all: z.boolean().optional(), ...audienceFields, excluded: audience.optional() }),
]);

const rangeType = z.enum(['equal_to_availability', 'some', 'all']);

/** `'all'` is short for `{type: 'all'}`; lists that are left out stay as they are. */
export const contactRangeInput = z.union([
  rangeType,
  z.strictObject({ type: rangeType.optional(), ...audienceFields }),
]);

export const webAppInput = z.union([
  z.null(),
  z.strictObject({ pcUrl: z.string().optional(), mobileUrl: z.string().optional() }),
]);

export const ability = z.enum(['bot', 'web_app', 'gadget', '']);

/** Words, or the numbers of the platform. */
export const appStatusInput = z.union([
  z.enum(['enabled', 'disabled', 'not-enabled']),
  z.literal(0).transform(() => 'disabled' as const),
  z.literal(1).transform(() => 'enabled' as const),
  z.literal(2).transform(() => 'not-enabled' as const),
]);

function readUserIds(world: World, app: App, list: string[]): string[] {
  const { directory } = world.tenantOf(app);
  return [...new Set(list)].map((id) => {
    const person = directory.people.get(id) ?? world.findPerson(app, 'open_id', id).person;
    if (!person) throw new ControlError('userIds', `${id} is not a person of the app's tenant`);
    return person.userId;
  });
}

type AudienceInput = z.output<typeof audience>;

function readAudience(world: World, app: App, now: Audience, input: AudienceInput): Audience {
  const tenant = world.tenantOf(app);
  for (const id of input.groupIds ?? []) {
    if (!tenant.directory.groups.has(id)) {
      throw new ControlError('groupIds', `${id} is not a group of the app's tenant`);
    }
  }
  return {
    userIds: input.userIds ? readUserIds(world, app, input.userIds) : now.userIds,
    departmentIds: input.departmentIds
      ? readDepartmentIds(tenant, input.departmentIds, false)
      : now.departmentIds,
    groupIds: input.groupIds ?? now.groupIds,
  };
}

export function readAvailability(
  world: World,
  app: App,
  input: z.output<typeof availabilityInput>,
): Availability {
  const now = app.availability;
  if (input === 'all') return { ...now, all: true };
  return {
    all: input.all ?? now.all,
    ...readAudience(world, app, now, input),
    excluded: readAudience(world, app, now.excluded, input.excluded ?? {}),
  };
}

export function readContactRange(
  world: World,
  app: App,
  input: z.output<typeof contactRangeInput>,
): ContactRange {
  const now = app.contactRange;
  if (typeof input === 'string') return { ...now, type: input };
  return { type: input.type ?? now.type, ...readAudience(world, app, now, input) };
}

export function readWebApp(now: App['webApp'], input: z.output<typeof webAppInput>): App['webApp'] {
  if (input === null) return null;
  const pcUrl = input.pcUrl ?? now?.pcUrl ?? '';
  return { pcUrl, mobileUrl: input.mobileUrl ?? now?.mobileUrl ?? pcUrl };
}

const versionInput = z.strictObject({
  versionId: z.string().optional(),
  /** Left out: that of the known version, or the next number. */
  version: z.string().min(1).optional(),
  /** 1 approved, 2 rejected, 3 under review, 4 not submitted. */
  status: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  createTime: z.number().optional(),
  publishTime: z.number().optional(),
  remark: z.string().optional(),
  updateRemark: z.string().optional(),
  rejectReason: z.string().optional(),
  scopes: z.array(z.string()).optional(),
  bot: z.boolean().optional(),
  webApp: webAppInput.optional(),
  events: z.array(z.string()).optional(),
  visibility: availabilityInput.optional(),
  mobileDefault: ability.optional(),
  pcDefault: ability.optional(),
});

export const versionsInput = z.array(versionInput).max(200);
export type VersionInput = z.output<typeof versionInput>;
