import { leaf, nested, refusals, rule } from './fixtures';

describe("referring to another rule's conditions", () => {
  const referring = (id: string, ...to: string[]) =>
    rule({ all: to.map((condition) => ({ condition })) }, { id });
  it('is accepted when it ends somewhere', () => {
    expect(
      refusals(referring('a', 'b', 'c'), referring('b', 'c'), rule({ all: [leaf] }, { id: 'c' })),
    ).toEqual([]);
    expect(
      refusals({ ...referring('a'), conditions: { condition: 'c' } }, rule({ all: [leaf] }, { id: 'c' })),
    ).toEqual([]);
  });

  it('is refused when it comes back, directly or over others', () => {
    expect(refusals(referring('a', 'a'))).toEqual(['/rules/0/conditions/all/0/condition cycle']);
    expect(refusals(referring('a', 'a', 'a', 'a'))).toHaveLength(3);
    expect(refusals(referring('a', 'b'), referring('b', 'c'), referring('c', 'a'))).toEqual([
      '/rules/2/conditions/all/0/condition cycle',
    ]);
  });

  it('counts what it refers to: fan-out cannot outgrow the limits', () => {
    const levels = Array.from({ length: 6 }, (_, level) =>
      referring(`l${level}`, ...Array.from({ length: 10 }, () => `l${level + 1}`)),
    );
    const all = [...levels, rule({ all: [leaf] }, { id: 'l6' })];
    expect(new Set(refusals(...all).map((line) => line.split(' ')[1]))).toEqual(
      new Set(['too-many-conditions']),
    );
  });

  it('counts the depth of what it refers to', () => {
    const deep = { ...rule({ all: [leaf] }, { id: 'deep' }), conditions: nested(8) };
    expect(refusals(deep, referring('a', 'deep')).map((line) => line.split(' ')[1])).toEqual(['too-deep']);
    expect(refusals(deep, { ...referring('a'), conditions: { condition: 'deep' } })).toEqual([]);
  });
});
