/** References between rules: they must exist, not go round in circles, and not grow past the limits. */
import type { Extent } from './check-conditions';
import { named, quoted, type FaultList } from './fault';
import { LIMITS } from './rule';

interface Size {
  conditions: number;
  depth: number;
}

/** `extents` by rule id; every reference of `all` is checked. Each rule is measured once, so fan-out costs nothing. */
export function checkReferences(
  all: readonly Extent[],
  extents: ReadonlyMap<string, Extent>,
  faults: FaultList,
): void {
  const sizes = new Map<Extent, Size | 'measuring'>();
  for (const extent of all) measure(extent);

  function measure(extent: Extent): Size | null {
    const known = sizes.get(extent);
    if (known === 'measuring') return null;
    if (known) return known;
    sizes.set(extent, 'measuring');
    const size: Size = { conditions: extent.conditions, depth: extent.depth };
    for (const { target, pointer, depth } of extent.references) {
      const referred = extents.get(target);
      if (!referred) {
        faults.add(
          pointer,
          'unknown-condition',
          `No rule with the id ${quoted(target)} in this set.`,
          named(target),
        );
        continue;
      }
      const inner = measure(referred);
      if (!inner) {
        faults.add(pointer, 'cycle', `The conditions of ${quoted(target)} lead back here.`);
        continue;
      }
      size.conditions += inner.conditions - 1;
      size.depth = Math.max(size.depth, depth + inner.depth);
      if (size.conditions > LIMITS.conditions) {
        faults.add(
          pointer,
          'too-many-conditions',
          `With this reference the rule has more than ${LIMITS.conditions}.`,
        );
        size.conditions = LIMITS.conditions;
      }
      if (size.depth > LIMITS.depth) {
        faults.add(
          pointer,
          'too-deep',
          `With this reference groups are nested more than ${LIMITS.depth} deep.`,
        );
        size.depth = LIMITS.depth;
      }
    }
    sizes.set(extent, size);
    return size;
  }
}
