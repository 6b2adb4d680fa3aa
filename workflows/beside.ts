import { condition, patched } from '@temporalio/workflow';

/** While the ticket system is away a click takes long: `meanwhile` what `isDue` says is done, again and again, until it is over. */
export async function beside(
  work: Promise<void>,
  isDue: () => boolean,
  meanwhile: () => Promise<void>,
): Promise<void> {
  let over = false;
  const done = work.finally(() => (over = true));
  for (;;) {
    await condition(() => over || isDue());
    if (over || !patched('cards-beside-clicks')) return done;
    await meanwhile();
  }
}
