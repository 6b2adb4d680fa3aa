import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { announcePerson, changePerson } from '../feishu/contact/changes';
import { makePerson } from '../world/people';
import type { Person } from '../world/types';
import type { Tenant, World } from '../world/world';
import { appNamed, readDepartmentIds, tenantNamed } from './lookups';
import { controlRoute, ControlError } from './route';

const personStatus = z.enum(['active', 'not-activated', 'frozen', 'resigned', 'exited']);

const personFields = {
  name: z.string().min(1).max(200).optional(),
  enName: z.string().max(200).optional(),
  email: z.string().max(254).optional(),
  enterpriseEmail: z.string().max(254).optional(),
  mobile: z
    .string()
    .regex(/^(\+\d{6,15})?$/, 'is E.164 (+8613800138000) or empty')
    .optional(),
  mobileVisible: z.boolean().optional(),
  departmentIds: z.array(z.string()).min(1).max(50).optional(),
  status: personStatus.optional(),
  jobTitle: z.string().max(200).optional(),
  employeeNo: z.string().max(100).optional(),
  gender: z.int().min(0).max(3).optional(),
  employeeType: z.int().min(1).max(5).optional(),
  leaderUserId: z.string().optional(),
  city: z.string().max(100).optional(),
};

type PersonInput = z.output<z.ZodObject<typeof personFields>>;

/** The input without the keys that were left out, ids brought into their stored form. */
function changesOf(
  tenant: Tenant,
  input: PersonInput,
): Partial<Omit<Person, 'serial' | 'tenantKey' | 'userId'>> {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  if (input.departmentIds) given['departmentIds'] = readDepartmentIds(tenant, input.departmentIds, true);
  return given;
}

/** The person as the control surface shows them; `openId` is the id under `appId`, or under the only app. */
export function personView(world: World, person: Person, appId?: string): object {
  const apps = world.appsOf(person.tenantKey);
  const openIds = Object.fromEntries(apps.map((app) => [app.appId, world.openId(app, person)]));
  const { serial: _serial, ...fields } = person;
  const openId = openIds[appId ?? (apps.length === 1 ? (apps[0]?.appId ?? '') : '')];
  return { ...fields, unionId: world.unionId(person), openIds, ...(openId === undefined ? {} : { openId }) };
}

/** By userId, or by an open_id of any app. */
function personNamed(world: World, id: string): Person {
  for (const tenant of world.tenants.values()) {
    const person = tenant.directory.people.get(id);
    if (person) return person;
  }
  for (const app of world.apps.values()) {
    const { person } = world.findPerson(app, 'open_id', id);
    if (person) return person;
  }
  throw new ControlError('id', 'is not a person of this world', 404);
}

function tenantOfPerson(world: World, person: Person): Tenant {
  return tenantNamed(world, person.tenantKey);
}

/** The open_department_ids that a filter means; department_ids are unique per tenant only. */
function departmentIdsNamed(world: World, id: string | undefined): string[] | undefined {
  if (id === undefined || id === '0') return id === undefined ? undefined : ['0'];
  return [...world.tenants.values()].flatMap(
    (tenant) => tenant.directory.findDepartment(id)?.openDepartmentId ?? [],
  );
}

function matches(person: Person, q: string): boolean {
  return [
    person.name,
    person.enName,
    person.email,
    person.enterpriseEmail,
    person.mobile,
    person.userId,
  ].some((text) => text.toLowerCase().includes(q));
}

export function registerPeopleControl(server: FastifyInstance, world: World): void {
  controlRoute(server, {
    method: 'GET',
    path: '/_control/people',
    query: z.strictObject({
      tenant: z.string().optional(),
      appId: z.string().optional(),
      q: z.string().optional(),
      department: z.string().optional(),
      status: personStatus.optional(),
      cursor: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
    handler({ query }) {
      const tenant = query.appId
        ? world.tenantOf(appNamed(world, query.appId))
        : query.tenant === undefined
          ? undefined
          : tenantNamed(world, query.tenant);
      const q = query.q?.toLowerCase();
      const departments = departmentIdsNamed(world, query.department);
      const items: Person[] = [];
      const { peopleBySerial } = world;
      let serial = query.cursor + 1;
      for (; serial < peopleBySerial.length && items.length < query.limit; serial++) {
        const person = peopleBySerial[serial];
        if (!person) continue;
        if (tenant && person.tenantKey !== tenant.tenantKey) continue;
        if (query.status && person.status !== query.status) continue;
        if (departments && !person.departmentIds.some((id) => departments.includes(id))) continue;
        if (q && !matches(person, q)) continue;
        items.push(person);
      }
      const more = serial < peopleBySerial.length;
      return {
        items: items.map((one) => personView(world, one, query.appId)),
        nextCursor: more ? String(serial - 1) : null,
      };
    },
  });

  controlRoute(server, {
    method: 'GET',
    path: '/_control/people/:id',
    query: z.strictObject({ appId: z.string().optional() }),
    handler: ({ params, query }) => personView(world, personNamed(world, params['id'] ?? ''), query.appId),
  });

  controlRoute(server, {
    method: 'POST',
    path: '/_control/people',
    status: 201,
    body: z.strictObject({
      ...personFields,
      tenantKey: z.string().optional(),
      userId: z
        .string()
        .regex(/^[a-zA-Z0-9][\w.@-]{0,63}$/, 'starts with a letter or digit, then letters, digits, _ - . @')
        .optional(),
    }),
    handler({ body: { tenantKey, userId, ...fields } }) {
      const tenant = tenantNamed(world, tenantKey);
      const changes = changesOf(tenant, fields);
      if (userId !== undefined && tenant.directory.people.has(userId)) {
        throw new ControlError('userId', 'exists already', 409);
      }
      const made = makePerson(world, tenant, 0, 'active', ['0']);
      const person: Person = { ...made, ...changes, userId: userId ?? made.userId };
      world.addPerson(tenant, person);
      announcePerson(world, person);
      return personView(world, person);
    },
  });

  controlRoute(server, {
    method: 'PATCH',
    path: '/_control/people/:id',
    body: z.strictObject(personFields),
    handler({ params, body }) {
      const person = personNamed(world, params['id'] ?? '');
      changePerson(world, person, changesOf(tenantOfPerson(world, person), body));
      return personView(world, person);
    },
  });

  controlRoute(server, {
    method: 'DELETE',
    path: '/_control/people/:id',
    handler({ params }) {
      const person = personNamed(world, params['id'] ?? '');
      changePerson(world, person, { status: 'resigned' });
      return personView(world, person);
    },
  });
}
