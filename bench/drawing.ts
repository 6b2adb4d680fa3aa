/** Numbers from 0 to 1 that a seed repeats. */
export function drawing(seed: string): () => number {
  let state = [...seed].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) >>> 0, 7);
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** One of the list, drawn. */
export function oneOf<T>(draw: () => number, list: readonly T[]): T {
  const item = list[Math.floor(draw() * list.length)];
  if (item === undefined) throw new Error('there is nothing to draw from');
  return item;
}
