import { FACTS, cardLabel } from '../../rules';

test('every fact has a word or two for a card, in both languages, and explains itself nowhere on it', () => {
  for (const { name } of FACTS) {
    const label = cardLabel(name);
    expect(label?.en).toMatch(/^[^",:]{2,20}$/);
    expect(label?.zh).toMatch(/^[^",:]{2,8}$/);
  }
  expect(cardLabel('ticket.nonsense')).toBeUndefined();
});

test('a custom field is called what the ticket system calls it, and a change what changed', () => {
  const names = [
    'ticket.categoryPath',
    'ticket.customFields.Region',
    'changes.priority',
    'changes.priority.from',
  ];
  expect(names.map(cardLabel)).toEqual([
    { en: 'Category', zh: '分类' },
    { en: 'Region', zh: 'Region' },
    { en: 'Priority changed', zh: '优先级变更' },
    { en: 'Priority before', zh: '原优先级' },
  ]);
});
