/** References between rules: they must exist, not go round in circles, and not grow past the limits, alone or together. */
import type { Extent } from './check-conditions';
import { below, named, quoted, type FaultList } from './fault';
import { LIMITS } from './rule';

interface Size {
  conditions: number;
  depth: number;
  patterns: number;
}

/** `extents` by rule id; every reference of `all` is checked. Each rule is measured once, so fan-out costs nothing. */
export function checkReferences(
  all: readonly { at: string; extent: Extent }[],
  extents: ReadonlyMap<string, Extent>,
  faults: FaultList,
): void {
  const sizes = new Map<Extent, Size | 'measuring'>();
  let patterns = 0;
  for (const { at, extent } of all) {
    const within = patterns <= LIMITS.patterns;
    patterns += measure(extent)?.patterns ?? 0;
    if (within && patterns > LIMITS.patterns) {
      const message = `Up to this rule the patterns of all rules are too much for one event: ${patterns} steps per character, at most ${LIMITS.patterns}.`;
      faults.add(below(at, 'conditions'), 'too-many-patterns', message);
    }
  }

  function measure(extent: Extent): Size | null {
    const known = sizes.get(extent);
    if (known === 'measuring') return null;
    if (known) return known;
    sizes.set(extent, 'measuring');
    const size: Size = {
      conditions: extent.conditions,
      depth: extent.depth,
      patterns: extent.patterns,
    };
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
      size.patterns += inner.patterns;
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
