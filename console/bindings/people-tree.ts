/** Departments with the people of those that are open, as a tree shows them. */
import type { DepartmentNode } from '../directory/people';
import type { Member, Members } from './members';

export interface PeopleNode {
  key: string;
  kind: 'department' | 'person' | 'note';
  isLeaf: boolean;
  checkable: boolean;
  disableCheckbox?: boolean;
  name: string;
  /** Of an open department: those who may be chosen. */
  choosable?: Member[];
  person?: Member;
  children?: PeopleNode[];
}

export interface TreeInput {
  /** Of the open departments; undefined = being read. */
  members: ReadonlyMap<string, Members | undefined>;
  mayChoose: (person: Member) => boolean;
  notes: { reading: string; empty: string; more: string };
}

export function departmentNodes(departments: readonly DepartmentNode[], input: TreeInput): PeopleNode[] {
  return departments.map(({ value: id, title, children }) => {
    const members = input.members.get(id);
    return {
      key: id,
      kind: 'department',
      isLeaf: false,
      checkable: false,
      name: title,
      choosable: members?.people.filter(input.mayChoose) ?? [],
      children: input.members.has(id)
        ? [...departmentNodes(children, input), ...below(id, members, children.length > 0, input)]
        : [],
    };
  });
}

function below(
  departmentId: string,
  members: Members | undefined,
  hasChildren: boolean,
  input: TreeInput,
): PeopleNode[] {
  const note = (name: string): PeopleNode => ({
    key: `${departmentId}/note`,
    kind: 'note',
    isLeaf: true,
    checkable: false,
    name,
  });
  if (!members) return [note(input.notes.reading)];
  const people = personNodes(departmentId, members.people, input);
  if (members.more) return [...people, note(input.notes.more)];
  return people.length === 0 && !hasChildren ? [note(input.notes.empty)] : people;
}

/** Somebody may be in several departments, so the key names the place too. */
export const personNodes = (
  place: string,
  people: readonly Member[],
  { mayChoose }: Pick<TreeInput, 'mayChoose'>,
): PeopleNode[] =>
  people.map((person) => ({
    key: `${place}/${person.employeeId}`,
    kind: 'person',
    isLeaf: true,
    checkable: true,
    disableCheckbox: !mayChoose(person),
    name: person.employeeId,
    person,
  }));

/** Departments whose name has the text in it, wherever they stand. */
export function departmentsNamed(departments: readonly DepartmentNode[], text: string): DepartmentNode[] {
  const wanted = text.toLowerCase();
  return departments.flatMap((one) =>
    one.title.toLowerCase().includes(wanted) ? [one] : departmentsNamed(one.children, text),
  );
}

export function checkedKeys(nodes: readonly PeopleNode[], chosen: ReadonlySet<string>): string[] {
  return nodes.flatMap(({ key, person, children = [] }) => [
    ...(person && chosen.has(person.employeeId) ? [key] : []),
    ...checkedKeys(children, chosen),
  ]);
}
