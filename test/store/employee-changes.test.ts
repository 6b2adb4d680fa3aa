import { compareEmployee, type PulledEmployee } from '../../store';
import { person } from './fixture';

const known = person('ou-1');

/** A pull that knows nothing but the id and the state. */
const bare: PulledEmployee = { employeeId: 'ou-1', state: 'unknown' };

test.each<
  [what: string, before: PulledEmployee | undefined, pulled: PulledEmployee, kind: string, fields: string[]]
>([
  ['the same content', known, person('ou-1'), 'unchanged', []],
  [
    'departments in another order',
    person('ou-1', { departmentIds: ['a', 'b'] }),
    person('ou-1', { departmentIds: ['b', 'a'] }),
    'unchanged',
    [],
  ],
  ['fields that were not sent', known, bare, 'unchanged', []],
  ['a new name', known, person('ou-1', { name: '张维' }), 'changed', ['name']],
  ['a mobile that was emptied', known, person('ou-1', { mobile: '' }), 'changed', ['mobile']],
  ['a frozen account', known, person('ou-1', { state: 'frozen' }), 'changed', ['state']],
  ['another department', known, person('ou-1', { departmentIds: ['od-2'] }), 'moved', ['departmentIds']],
  [
    'another department and title',
    known,
    person('ou-1', { departmentIds: ['od-2'], jobTitle: 'Lead' }),
    'moved',
    ['departmentIds', 'jobTitle'],
  ],
  ['a resignation', known, person('ou-1', { state: 'left' }), 'left', ['state']],
  ['somebody who is back', person('ou-1', { state: 'left' }), person('ou-1'), 'returned', ['state']],
  ['somebody who is back, state not sent', person('ou-1', { state: 'left' }), bare, 'returned', ['state']],
  [
    'a change of somebody who had left',
    person('ou-1', { state: 'left' }),
    person('ou-1', { state: 'left', name: 'X' }),
    'changed',
    ['name'],
  ],
  ['somebody unknown who has left', undefined, person('ou-1', { state: 'left' }), 'unchanged', []],
])('%s', (_what, before, pulled, kind, fields) => {
  const comparison = compareEmployee(before, pulled);
  expect(comparison.kind).toBe(kind);
  expect(comparison.fields.map(({ field }) => field).sort()).toEqual(fields);
});

test('somebody new shows everything that is known, from nothing', () => {
  const { kind, fields } = compareEmployee(undefined, person('ou-1'));
  expect(kind).toBe('joined');
  expect(fields).toContainEqual({ field: 'name', from: null, to: '张伟' });
  expect(fields.map(({ field }) => field)).not.toContain('jobTitle');
});

test('a change names the value before and after', () => {
  expect(compareEmployee(known, person('ou-1', { name: '张维' })).fields).toEqual([
    { field: 'name', from: '张伟', to: '张维' },
  ]);
});
