/**
 * Writes that may come a moment later and together: what is lost by a kill is either found again by a sweep or only a
 * note for people.
 */
export interface WriteBehind<Item> {
  add(item: Item): void;
  /** Writes what is left. */
  flush(): Promise<void>;
}

/** `write` gets everything of the last `everyMs`; a failed write is given to `failed` and not repeated. */
export function createWriteBehind<Item>(options: {
  everyMs: number;
  write: (items: Item[]) => Promise<void>;
  failed: (error: unknown) => void;
}): WriteBehind<Item> {
  let due: Item[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const items = due;
    due = [];
    if (items.length > 0) writing = writing.then(() => options.write(items)).catch(options.failed);
    return writing;
  };
  return {
    add(item) {
      due.push(item);
      timer ??= setTimeout(() => void flush(), options.everyMs);
    },
    flush,
  };
}
