/** Everything is durable by now: however long Temporal takes, whoever clicked or pushed is answered within a second. */
const HAND_OVER_MS = 500;

/** Waits for the hand-over, or not longer than a person or a ticket system should. `work` goes on either way. */
export async function briefly(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((done) => {
    timer = setTimeout(done, HAND_OVER_MS);
  });
  await Promise.race([work, patience]);
  clearTimeout(timer);
}
