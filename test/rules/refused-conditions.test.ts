import { leaf, refusedLeaf } from './fixtures';

describe('saving a condition', () => {
  it.each<[string, unknown, string[]]>([
    ['an unknown fact', { ...leaf, fact: 'ticket.prio' }, ['…/fact unknown-fact']],
    ['an inherited name as a fact', { ...leaf, fact: 'constructor' }, ['…/fact unknown-fact']],
    ['a missing fact', { operator: 'equal', value: 1 }, ['…/fact unknown-fact']],
    ['a fact that is no text', { ...leaf, fact: ['ticket.priority'] }, ['…/fact unknown-fact']],
    ['an unknown operator', { ...leaf, operator: 'is' }, ['…/operator unknown-operator']],
    ['an inherited name as an operator', { ...leaf, operator: 'toString' }, ['…/operator unknown-operator']],
    ["one of the engine's decorators", { ...leaf, operator: 'not:equal' }, ['…/operator unknown-operator']],
    ['a missing operator', { fact: 'ticket.priority', value: 'high' }, ['…/operator required']],
    [
      'an operator for other facts',
      { ...leaf, fact: 'ticket.customer.vip', operator: 'contains' },
      ['…/operator operator-not-for-fact'],
    ],
    [
      'more or less of what has no order',
      { fact: 'ticket.statusType', operator: 'greaterThan', value: 'new' },
      ['…/value operator-not-for-fact'],
    ],
    ['a missing value', { fact: 'ticket.priority', operator: 'equal' }, ['…/value required']],
    ['a value that the fact never has', { ...leaf, value: 'hihg' }, ['…/value wrong-value']],
    ['a list for one value', { ...leaf, value: ['high'] }, ['…/value wrong-value']],
    ['one value for a list', { ...leaf, operator: 'in' }, ['…/value wrong-value']],
    ['an empty list', { ...leaf, operator: 'in', value: [] }, ['…/value wrong-value']],
    [
      'each wrong item of a list',
      { ...leaf, operator: 'in', value: ['high', 2, 'urgent', null] },
      ['…/value/1 wrong-value', '…/value/3 wrong-value'],
    ],
    [
      'text for a number',
      { fact: 'ticket.urgeCount', operator: 'greaterThan', value: '2' },
      ['…/value wrong-value'],
    ],
    [
      'an infinite number',
      { fact: 'ticket.urgeCount', operator: 'greaterThan', value: Infinity },
      ['…/value wrong-value'],
    ],
    [
      'text for true or false',
      { fact: 'ticket.customer.vip', operator: 'equal', value: 'true' },
      ['…/value wrong-value'],
    ],
    [
      'a time without a zone',
      { fact: 'ticket.dueAt', operator: 'lessThan', value: '2026-07-20 10:00:00' },
      ['…/value wrong-value'],
    ],
    [
      'a duration that is none',
      { fact: 'ticket.dueAt', operator: 'withinNext', value: 'soon' },
      ['…/value wrong-value'],
    ],
    [
      'an endless duration',
      { fact: 'ticket.dueAt', operator: 'withinNext', value: '999999999w' },
      ['…/value wrong-value'],
    ],
    [
      'an unknown calendar window',
      { fact: 'ticket.createdAt', operator: 'inCalendar', value: 'lunch' },
      ['…/value wrong-value'],
    ],
    [
      'a range of one',
      { fact: 'ticket.urgeCount', operator: 'between', value: [1] },
      ['…/value wrong-value'],
    ],
    [
      'a range the wrong way round',
      { fact: 'ticket.urgeCount', operator: 'between', value: [3, 1] },
      ['…/value wrong-value'],
    ],
    [
      'a flag that is none',
      { fact: 'ticket.tags', operator: 'isEmpty', value: 'yes' },
      ['…/value wrong-value'],
    ],
    [
      'a pattern that looks ahead',
      { fact: 'ticket.title', operator: 'regex', value: 'a(?=b)' },
      ['…/value bad-pattern'],
    ],
    [
      'a pattern that refers back',
      { fact: 'ticket.title', operator: 'regex', value: '(a)\\1' },
      ['…/value bad-pattern'],
    ],
    [
      'a pattern that grows by repetition',
      { fact: 'ticket.title', operator: 'regex', value: '((a{30}){30})' },
      ['…/value bad-pattern'],
    ],
    [
      'a pattern that is too long',
      { fact: 'ticket.title', operator: 'regex', value: 'a'.repeat(201) },
      ['…/value bad-pattern'],
    ],
    ['an object as a value', { ...leaf, value: { a: 1 } }, ['…/value/a unknown-key']],
    ['an empty object as a value', { ...leaf, value: {} }, ['…/value wrong-value']],
    ['a path of no fact as a value', { ...leaf, value: { path: '$.x' } }, ['…/value wrong-value']],
    [
      'an empty object as a flag',
      { fact: 'ticket.tags', operator: 'isEmpty', value: {} },
      ['…/value wrong-value'],
    ],
    ['an unknown fact as a value', { ...leaf, value: { fact: 'nope' } }, ['…/value/fact unknown-fact']],
    [
      'params of a value',
      { ...leaf, value: { fact: 'ticket.priority', params: {} } },
      ['…/value/params unknown-key'],
    ],
    [
      'facts of two kinds',
      { fact: 'ticket.urgeCount', operator: 'equal', value: { fact: 'ticket.title' } },
      ['…/value wrong-value'],
    ],
    ['a priority on a leaf', { ...leaf, priority: 'constructor' }, ['…/priority leaf-priority']],
    ['params on a leaf', { ...leaf, params: {} }, ['…/params unknown-key']],
    ['a group beside another', { all: [leaf], any: [leaf] }, ['… not-one-kind']],
    ['a group that is also a leaf', { all: [leaf], ...leaf }, ['… not-one-kind']],
    ['a node of no kind', {}, ['… not-one-kind']],
    ['a node with a misspelt kind', { al: [leaf] }, ['… not-one-kind']],
    ['an empty any', { any: [] }, ['…/any empty-group']],
    ['an empty all', { all: [] }, ['…/all empty-group']],
    ['a group that is no list', { all: leaf }, ['…/all wrong-type']],
    ['a list under not', { not: [leaf] }, ['…/not wrong-type']],
    ['a priority on a group', { all: [leaf], priority: 2 }, ['…/priority leaf-priority']],
    ['null', null, ['… wrong-type']],
    ['a text', 'true', ['… wrong-type']],
    ['a list', [leaf], ['… wrong-type']],
    ['a reference to nothing', { condition: 'nope' }, ['…/condition unknown-condition']],
    ['a reference that is no text', { condition: 5 }, ['…/condition wrong-type']],
  ])('refuses %s', (_what, condition, expected) => {
    expect(refusedLeaf(condition)).toEqual(expected);
  });

  it.each([
    '$[?(@.id)]',
    "$..[?(''.constructor)]",
    '$..priority',
    '$.*',
    '$[0]',
    "$['priority']",
    '(a)',
    '@',
    '^',
    '~',
    '$.a b',
    'constructor',
    '$.customer.__proto__',
    '$.customFields.constructor.constructor',
    '',
    'a'.repeat(201),
  ])('refuses the path %j on the left and on the right', (path) => {
    expect(refusedLeaf({ ...leaf, fact: 'ticket', path })).toEqual(['…/path path-not-plain']);
    expect(refusedLeaf({ ...leaf, value: { fact: 'ticket', path } })).toEqual([
      '…/value/path path-not-plain',
    ]);
  });

  it('refuses a path that is no text, and a plain one that leads nowhere', () => {
    expect(refusedLeaf({ ...leaf, path: { path: '$', json: {}, eval: 'native' } })).toEqual([
      '…/path path-not-plain',
    ]);
    expect(refusedLeaf({ ...leaf, path: ['$'] })).toEqual(['…/path path-not-plain']);
    expect(refusedLeaf({ ...leaf, fact: 'ticket', path: '$.prio' })).toEqual(['…/path unknown-fact']);
  });
});
