import { CITIES, FOREIGN_GIVEN_NAMES, FOREIGN_SURNAMES, GIVEN_NAMES, JOB_TITLES, SURNAMES } from './names';
import type { Person, PersonStatus } from './types';
import type { Tenant, World } from './world';

const CHINESE_PREFIXES = ['138', '139', '150', '158', '186', '188'] as const;

function pick<T>(world: World, list: readonly T[]): T {
  const item = list[world.randomInt(0, list.length - 1)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

function nameOf(world: World, foreign: boolean): { name: string; enName: string; account: string } {
  if (foreign) {
    const given = pick(world, FOREIGN_GIVEN_NAMES);
    const surname = pick(world, FOREIGN_SURNAMES);
    const account = `${given}.${surname}`.normalize('NFD').replace(/[^A-Za-z.]/g, '');
    return { name: `${given} ${surname}`, enName: `${given} ${surname}`, account: account.toLowerCase() };
  }
  const [surname, latinSurname] = pick(world, SURNAMES);
  const [given, latinGiven] = pick(world, GIVEN_NAMES);
  return {
    name: surname + given,
    enName: `${latinGiven} ${latinSurname}`,
    account: `${latinSurname}${latinGiven}`.toLowerCase(),
  };
}

/** Unique per serial and valid for its country. */
function mobileOf(world: World, serial: number, foreign: boolean): string {
  // Serial numbers are scattered so that neighbours do not have neighbouring numbers.
  const scattered = (serial * 7_654_321) % 8_000_000;
  if (!foreign) {
    const tail = String((serial * 48_271) % 100_000_000).padStart(8, '0');
    return `+86${pick(world, CHINESE_PREFIXES)}${tail}`;
  }
  return world.randomInt(0, 1) === 0
    ? `+659${String(scattered).padStart(7, '0')}`
    : `+1415${2_000_000 + scattered}`;
}

/**
 * The `index`-th person of a tenant. Most are ordinary; every 13th has no mobile, every 11th no email, every 17th
 * only an enterprise email, every 97th shares the email of the one before.
 */
export function makePerson(
  world: World,
  tenant: Tenant,
  index: number,
  status: PersonStatus,
  departmentIds: string[],
): Person {
  const serial = world.nextSerial();
  const foreign = world.randomInt(0, 9) < (tenant.brand === 'lark' ? 6 : 2);
  const { name, enName, account } = nameOf(world, foreign);
  const enterpriseEmail = `${account}${serial}@corp.${tenant.domain}`;
  const onlyEnterprise = index % 17 === 16;
  const previous = world.peopleBySerial[serial - 1];
  const duplicate = index % 97 === 96 && previous?.tenantKey === tenant.tenantKey ? previous.email : '';
  const email =
    onlyEnterprise || index % 11 === 10 ? '' : duplicate || `${account}${serial}@${tenant.domain}`;
  return {
    serial,
    tenantKey: tenant.tenantKey,
    userId: world.ids.userId(serial),
    name,
    enName,
    email,
    enterpriseEmail: onlyEnterprise || index % 3 === 0 ? enterpriseEmail : '',
    mobile: index % 13 === 12 ? '' : mobileOf(world, serial, foreign),
    mobileVisible: index % 7 !== 6,
    departmentIds,
    status,
    jobTitle: pick(world, JOB_TITLES),
    employeeNo: String(1000 + serial),
    gender: world.randomInt(0, 2),
    employeeType: index % 20 === 19 ? world.randomInt(2, 5) : 1,
    joinTime: 1_500_000_000 + world.randomInt(0, 200_000_000),
    leaderUserId: '',
    city: pick(world, CITIES),
  };
}
