import { LIMITS, validateReminders } from '../../rules';
import { faultsOf, leaf, nested, refused, refusedLeaf, rule } from './fixtures';

describe('saving a rule', () => {
  it('accepts the documented example and keeps it as it is', () => {
    const example = {
      id: 'r1',
      name: 'High for me',
      enabled: true,
      triggers: ['ticket.assigned_agent'],
      conditions: { all: [{ fact: 'ticket.priority', operator: 'in', value: ['high', 'urgent'] }] },
      receivers: [{ role: 'assignee' }],
      urgency: 'urgent',
    };
    expect(validateReminders({ rules: [example] })).toEqual({ ok: true, rules: [example] });
  });

  it('fills in on and routine, and leaves the id to whoever saves', () => {
    const { name, triggers, conditions, receivers } = rule({ all: [leaf] });
    const checked = validateReminders({ rules: [{ name, triggers, conditions, receivers }] });
    expect(checked).toEqual({
      ok: true,
      rules: [{ name, triggers, conditions, receivers, enabled: true, urgency: 'routine' }],
    });
  });

  it('hands back a copy, so that what was checked is what is saved', () => {
    const sent = rule({ all: [leaf] });
    const checked = validateReminders({ rules: [sent] });
    sent.conditions = { all: [] };
    expect(checked).toMatchObject({ ok: true, rules: [{ conditions: { all: [leaf] } }] });
  });

  it.each<[string, unknown]>([
    ['nested groups', { any: [{ all: [leaf, { not: leaf }] }, { not: { any: [leaf] } }] }],
    ['a plain path', { all: [{ fact: 'ticket', path: '$.customer.vip', operator: 'equal', value: true }] }],
    ['a path without the dollar', { all: [{ ...leaf, fact: 'ticket', path: '.priority' }] }],
    [
      'a custom field',
      { all: [{ fact: 'ticket.customFields.金额 (CNY)', operator: 'greaterThan', value: 1000 }] },
    ],
    [
      'another fact',
      { all: [{ fact: 'actor.id', operator: 'notEqual', value: { fact: 'ticket.assigneeId' } }] },
    ],
    [
      'a list fact on the right',
      { all: [{ fact: 'actor.id', operator: 'in', value: { fact: 'ticket.followerIds' } }] },
    ],
    ['no value where none is wanted', { all: [{ fact: 'ticket.assigneeId', operator: 'isEmpty' }] }],
    ['null as absence', { all: [{ fact: 'ticket.assigneeId', operator: 'equal', value: null }] }],
    ['eight groups inside each other', nested(8)],
    ['as many conditions as allowed', { all: Array.from({ length: LIMITS.conditions }, () => leaf) }],
  ])('accepts %s', (_what, conditions) => {
    expect(refused(conditions)).toEqual([]);
  });

  it('refuses missing conditions and a leaf as the root', () => {
    expect(refused(undefined)).toEqual(['/rules/0/conditions required']);
    expect(refused(leaf)).toEqual(['/rules/0/conditions not-a-group']);
    expect(refused({})).toEqual(['/rules/0/conditions not-one-kind']);
  });

  it('refuses nine groups inside each other, and reads no deeper', () => {
    expect(refused(nested(9)).map((line) => line.split(' ')[1])).toEqual(['too-deep']);
    expect(refused(nested(20_000)).map((line) => line.split(' ')[1])).toEqual(['too-deep']);
  });

  it('refuses one condition too many, once, wherever they stand', () => {
    const many = Array.from({ length: LIMITS.conditions / 2 }, () => leaf);
    expect(refused({ all: [{ any: many }, { not: { all: [...many, leaf, leaf] } }] })).toEqual([
      `/rules/0/conditions/all/1/not/all/${LIMITS.conditions / 2} too-many-conditions`,
    ]);
  });

  it('refuses conditions that contain themselves as an object', () => {
    const circle: Record<string, unknown> = {};
    circle['not'] = circle;
    expect(refused(circle).map((line) => line.split(' ')[1])).toEqual(['too-deep']);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s anywhere', (key) => {
    const with_ = (target: object): unknown =>
      JSON.parse(`{${JSON.stringify(key)}: {"polluted": true}, ${JSON.stringify(target).slice(1)}`);
    expect(refusedLeaf(with_(leaf))).toEqual([`…/${key} forbidden-key`]);
    expect(refused(with_({ all: [leaf] }))).toEqual([`/rules/0/conditions/${key} forbidden-key`]);
    expect(faultsOf(with_(rule({ all: [leaf] }))).map(({ path, code }) => `${path} ${code}`)).toEqual([
      `/rules/0/${key} forbidden-key`,
    ]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('takes another list of event types', () => {
    const rules = [rule({ all: [leaf] }, { triggers: ['ticket.exploded'] })];
    expect(validateReminders({ rules }, { triggers: ['ticket.exploded'] }).ok).toBe(true);
  });

  it('refuses two rules with one id', () => {
    expect(faultsOf(rule({ all: [leaf] }), rule({ all: [leaf] }))).toEqual([
      { path: '/rules/1/id', code: 'duplicate-id', message: expect.any(String) as string },
    ]);
  });

  it('refuses more rules than a docking may have', () => {
    const rules = Array.from({ length: LIMITS.rules + 1 }, (_, index) =>
      rule({ all: [leaf] }, { id: `r${index}` }),
    );
    expect(faultsOf(...rules).map(({ path, code }) => `${path} ${code}`)).toEqual(['/rules too-many-rules']);
    expect(faultsOf(...rules.slice(1))).toEqual([]);
  });

  it.each([
    undefined,
    null,
    5,
    'rules',
    [],
    {},
    { rules: {} },
    { rules: [null] },
    { rules: [[]] },
    { rules: ['x'] },
  ])('refuses %j as a whole without throwing', (input) => {
    expect(validateReminders(input).ok).toBe(false);
  });

  it('names every fault at once, over all rules', () => {
    const faults = faultsOf(
      {
        ...rule({
          all: [
            { ...leaf, fact: 'x' },
            { ...leaf, operator: 'y' },
          ],
        }),
        name: '',
      },
      { ...rule({ any: [] }), id: 'r2', receivers: [] },
    );
    expect(faults.map(({ path }) => path).sort()).toEqual([
      '/rules/0/conditions/all/0/fact',
      '/rules/0/conditions/all/1/operator',
      '/rules/0/name',
      '/rules/1/conditions/any',
      '/rules/1/receivers',
    ]);
  });

  it('names at most a hundred faults, in short messages', () => {
    const rules = Array.from({ length: 300 }, () => ({
      ...rule({ any: [] }),
      ['x'.repeat(5000)]: 1,
      receivers: [],
    }));
    const faults = faultsOf(...rules);
    expect(faults).toHaveLength(LIMITS.faults);
    expect(Math.max(...faults.map(({ path, message }) => path.length + message.length))).toBeLessThan(400);
  });

  it('escapes names in the path as JSON pointers do', () => {
    expect(faultsOf({ ...rule({ all: [leaf] }), 'a/b~c': 1 }).map(({ path }) => path)).toEqual([
      '/rules/0/a~1b~0c',
    ]);
  });
});
