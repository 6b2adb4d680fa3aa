import { condition, setCurrentDetails, setHandler } from '@temporalio/workflow';
import { digestDue, type PersonDigestInput, type PersonDigestResult } from './messages';
import { line, minute } from './narrate';
import { told } from './ticket-steps';
import { readReplay } from './told';

/** Brings one person all that waits for one moment in one card; ends when nothing waits any more. */
export async function personDigest({
  dockingId,
  digestId,
  at,
}: PersonDigestInput): Promise<PersonDigestResult> {
  const result: PersonDigestResult = { sent: 0, failed: 0 };
  const replays: string[] = [];
  let waiting = true;
  setHandler(digestDue, (due) => {
    const replay = readReplay(due);
    if (replay === null) waiting = true;
    else if (!replays.includes(replay)) replays.push(replay);
  });

  for (;;) {
    const replay = replays.shift() ?? null;
    if (replay === null && !waiting) return result;
    const wait = at - Date.now();
    if (replay === null && wait > 0) {
      const until = minute(new Date(at).toISOString());
      setCurrentDetails(`Cards wait for ${until}.`);
      await condition(() => replays.length > 0, wait, { summary: line(`digest at ${until}`) });
      continue;
    }
    if (replay === null) waiting = false;
    const { sent, failed } = await told(dockingId, digestId, replay);
    result.sent += sent;
    result.failed += failed;
    setCurrentDetails(`Digests sent: ${result.sent}, failed: ${result.failed}.`);
  }
}
