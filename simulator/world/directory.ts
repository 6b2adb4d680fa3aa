import type { Department, Group, Person } from './types';

/** Inserts by ascending serial, so that pages have a stable order and a cursor survives changes. */
function insertBySerial<T extends { serial: number }>(list: T[], item: T): void {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.serial ?? 0) < item.serial) low = middle + 1;
    else high = middle;
  }
  if (list[low] !== item) list.splice(low, 0, item);
}

function remove<T>(list: T[] | undefined, item: T): void {
  const at = list?.indexOf(item) ?? -1;
  if (at >= 0) list?.splice(at, 1);
}

const nobody: readonly Person[] = [];
const nothing: readonly Department[] = [];

/** Departments, people and groups of one tenant with the indexes that the contact calls read. */
export class Directory {
  readonly departments = new Map<string, Department>();
  readonly people = new Map<string, Person>();
  readonly groups = new Map<string, Group>();
  /** Grows with every change of a person, so that indexes kept elsewhere know when they are stale. */
  revision = 0;
  private readonly openIdByDepartmentId = new Map<string, string>();
  private readonly membersOf = new Map<string, Person[]>();
  private readonly childrenOf = new Map<string, Department[]>();

  addDepartment(department: Department): void {
    this.departments.set(department.openDepartmentId, department);
    this.openIdByDepartmentId.set(department.departmentId, department.openDepartmentId);
    insertBySerial(this.listOf(this.childrenOf, department.parentId), department);
  }

  moveDepartment(department: Department, parentId: string): void {
    remove(this.childrenOf.get(department.parentId), department);
    department.parentId = parentId;
    insertBySerial(this.listOf(this.childrenOf, parentId), department);
  }

  /** Takes a department without members and children out of the tree. */
  removeDepartment(department: Department): void {
    remove(this.childrenOf.get(department.parentId), department);
    this.departments.delete(department.openDepartmentId);
    this.openIdByDepartmentId.delete(department.departmentId);
    department.deleted = true;
  }

  /** Accepts both kinds of department id; the root is not a department and answers undefined. */
  findDepartment(id: string): Department | undefined {
    return this.departments.get(id) ?? this.departments.get(this.openIdByDepartmentId.get(id) ?? '');
  }

  addPerson(person: Person): void {
    this.revision++;
    this.people.set(person.userId, person);
    this.list(person);
  }

  /** Changes a person and keeps the lists right; someone who resigned stays on record but is listed nowhere. */
  changePerson(person: Person, changes: Partial<Omit<Person, 'serial' | 'tenantKey' | 'userId'>>): void {
    this.revision++;
    for (const id of person.departmentIds) remove(this.membersOf.get(id), person);
    Object.assign(person, changes);
    this.list(person);
  }

  /** Direct members (nobody who resigned), by ascending serial. `0` answers the members of the root. */
  members(openDepartmentId: string): readonly Person[] {
    return this.membersOf.get(openDepartmentId) ?? nobody;
  }

  children(openDepartmentId: string): readonly Department[] {
    return this.childrenOf.get(openDepartmentId) ?? nothing;
  }

  /** All departments below, by ascending serial; stops early once `limit` is passed. */
  descendants(openDepartmentId: string, limit = Infinity): Department[] {
    const found: Department[] = [];
    const open = [openDepartmentId];
    for (let id = open.pop(); id !== undefined && found.length <= limit; id = open.pop()) {
      for (const child of this.children(id)) {
        found.push(child);
        open.push(child.openDepartmentId);
      }
    }
    return found.sort((a, b) => a.serial - b.serial);
  }

  /** The departments above, nearest first, without the root. */
  ancestors(department: Department): Department[] {
    const found: Department[] = [];
    for (
      let parent = this.departments.get(department.parentId);
      parent && !found.includes(parent);
      parent = this.departments.get(parent.parentId)
    ) {
      found.push(parent);
    }
    return found;
  }

  private list(person: Person): void {
    if (person.status === 'resigned') return;
    for (const id of person.departmentIds) insertBySerial(this.listOf(this.membersOf, id), person);
  }

  private listOf<T>(index: Map<string, T[]>, key: string): T[] {
    let list = index.get(key);
    if (!list) {
      list = [];
      index.set(key, list);
    }
    return list;
  }
}
