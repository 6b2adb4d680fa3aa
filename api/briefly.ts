/** A person who clicked is answered within a second. */
const PATIENCE_MS = 500;

/** Waits for work that is durable already, or not longer than the sender should; true when it is done. It goes on either way. */
export async function briefly(work: Promise<unknown>, patienceMs = PATIENCE_MS): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<boolean>((done) => {
    timer = setTimeout(() => done(false), patienceMs);
  });
  const isDone = await Promise.race([work.then(() => true), patience]);
  clearTimeout(timer);
  return isDone;
}
