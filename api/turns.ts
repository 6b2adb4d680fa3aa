/** What concerns one thing is done one after the other, whoever asks for it; other things meanwhile. */
export interface Turns {
  /** Runs `step` when everything taken before it for this key has ended, well or not. */
  take<T>(key: string, step: () => Promise<T>): Promise<T>;
  isTaken(key: string): boolean;
}

export function createTurns(): Turns {
  /** By key what was taken last. */
  const last = new Map<string, Promise<unknown>>();
  return {
    take(key, step) {
      const mine = (last.get(key) ?? Promise.resolve()).then(step);
      const over = mine
        .catch(() => undefined)
        .then(() => {
          if (last.get(key) === over) last.delete(key);
        });
      last.set(key, over);
      return mine;
    },
    isTaken: (key) => last.has(key),
  };
}
