/** Kinds of nodes of a condition tree, and how one becomes another. */
import type { Condition, Group, Leaf } from '../shapes';

export const GROUP_KINDS = ['all', 'any', 'not', 'condition'] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

/** Null: a leaf, or nothing that can be edited by eye. */
export function kindOf(node: Condition): GroupKind | null {
  return GROUP_KINDS.find((kind) => Object.hasOwn(node, kind)) ?? null;
}

export const isLeaf = (node: Condition): node is Leaf =>
  kindOf(node) === null && typeof (node as Leaf).fact === 'string';

/** False for what somebody wrote by hand and this editor cannot draw. */
export function isDrawable(node: unknown): node is Condition {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return false;
  const known = node as Record<string, unknown>;
  switch (kindOf(node as Condition)) {
    case 'all':
    case 'any': {
      const inner = known['all'] ?? known['any'];
      return Array.isArray(inner) && inner.every(isDrawable);
    }
    case 'not':
      return isDrawable(known['not']);
    case 'condition':
      return typeof known['condition'] === 'string';
    case null:
      return typeof known['fact'] === 'string' && typeof known['operator'] === 'string';
  }
}

/** What stands directly in a group. */
export function childrenOf(group: Group): Condition[] {
  if ('all' in group) return group.all;
  if ('any' in group) return group.any;
  return 'not' in group ? [group.not] : [];
}

export const blankLeaf = (): Leaf => ({ fact: '', operator: '' });
export const blankGroup = (): Group => ({ any: [blankLeaf()] });

/** The same content under another kind. */
export function turnInto(group: Group, kind: GroupKind): Group {
  const inner = 'not' in group ? unwrapped(group.not) : childrenOf(group);
  switch (kind) {
    case 'all':
      return { all: inner };
    case 'any':
      return { any: inner };
    case 'not':
      return { not: inner.length === 1 && inner[0] ? inner[0] : { any: inner } };
    case 'condition':
      return { condition: '' };
  }
}

/** Of a group without `condition`. */
export function withAdded(group: Group, added: Condition): Group {
  if ('all' in group) return { all: [...group.all, added] };
  if ('any' in group) return { any: [...group.any, added] };
  return 'not' in group ? { not: { any: [...unwrapped(group.not), added] } } : group;
}

export function withReplaced(group: Group, index: number, by: Condition): Group {
  const replace = (nodes: Condition[]): Condition[] => nodes.map((node, at) => (at === index ? by : node));
  if ('all' in group) return { all: replace(group.all) };
  if ('any' in group) return { any: replace(group.any) };
  return 'not' in group ? { not: by } : group;
}

export function withRemoved(group: Group, index: number): Group {
  if ('all' in group) return { all: group.all.toSpliced(index, 1) };
  if ('any' in group) return { any: group.any.toSpliced(index, 1) };
  return { all: [] };
}

/** What `not` denies, when that is "any of". */
const unwrapped = (node: Condition): Condition[] => ('any' in node ? node.any : [node]);

/** JSON pointer of a child. */
export const pointerOf = (group: Group, pointer: string, index: number): string => {
  const kind = kindOf(group) ?? '';
  return kind === 'not' ? `${pointer}/not` : `${pointer}/${kind}/${index}`;
};
