/** Events and card clicks of the platform, however they came: recorded once, handed over, answered at once. */
import type { FeishuEvent } from '../feishu';
import { handOverFeishuEvent } from '../intake';
import type { FeishuEventNote } from '../store';
import { takeClick } from './card-clicks';
import type { ApiPorts } from './ports';
import { refused } from './problems';

/** A range change can name thousands; the full run that follows it sees them all. */
const NAMED_PEOPLE = 500;

/**
 * Gives what the platform is answered. Fails while the event is not durable: then the platform must repeat it. What cannot be
 * handed over now is handed over by the sweep. Fails also for an event of another app or company: a proof by the docking's keys
 * does not make it the docking's, and nothing of it is stored.
 */
export async function takeFeishuEvent(
  ports: ApiPorts,
  dockingId: string,
  event: FeishuEvent,
): Promise<object> {
  const { store, client, log, now } = ports;
  await refuseForeign(ports, dockingId, event);
  // A click is answered whenever it comes: its own record makes a repetition harmless.
  if (event.type === 'card.action.trigger') {
    const madeAt = event.createdAtMs === undefined ? now() : new Date(event.createdAtMs);
    return takeClick(ports, dockingId, event.eventId, event.click, madeAt);
  }
  const note = noteOf(event, now());
  // The platform repeats an event up to seven hours: the first one counts.
  if (note === null || !(await store.feishuEvents.note(dockingId, note))) return {};
  try {
    await handOverFeishuEvent(store, client, dockingId, note);
  } catch (error) {
    log.warn({ err: error, dockingId, eventId: note.eventId }, 'a Feishu event waits for the sweep');
  }
  return {};
}

/** What an envelope leaves out names nobody else: older forms of events do not tell the app. */
async function refuseForeign({ store }: ApiPorts, dockingId: string, event: FeishuEvent): Promise<void> {
  const work = await store.dockings.atWork(dockingId);
  if (!work) return;
  const { appId, tenantKey } = work.docking;
  const isForeign = (named: string | undefined, own: string | undefined): boolean =>
    named !== undefined && own !== undefined && named !== own;
  if (isForeign(event.appId, appId)) throw refused('FeishuEvent.Refused', { foreign: 'app' });
  if (isForeign(event.tenantKey, tenantKey)) {
    throw refused('FeishuEvent.Refused', { foreign: 'company' });
  }
}

/** Null for an event that asks for nothing. */
function noteOf(event: FeishuEvent, now: Date): FeishuEventNote | null {
  const head = { eventId: event.eventId, type: event.eventType };
  switch (event.type) {
    case 'contact.user.created_v3':
    case 'contact.user.updated_v3':
    case 'contact.user.deleted_v3':
      return { ...head, subjectId: event.user.openId };
    case 'contact.department.created_v3':
    case 'contact.department.updated_v3':
    case 'contact.department.deleted_v3':
      return { ...head, subjectId: event.department.openDepartmentId };
    case 'contact.scope.updated_v3': {
      const named = [...event.removed.openIds, ...event.added.openIds];
      return { ...head, employeeIds: [...new Set(named)].slice(0, NAMED_PEOPLE) };
    }
    case 'im.message.message_read_v1': {
      const at = event.readAtMs === undefined ? now : new Date(event.readAtMs);
      return { ...head, subjectId: event.openId, messageIds: [...event.messageIds], at };
    }
    case 'application.application.app_version.audit_v6': {
      const { versionId, approved, remark } = event;
      return { ...head, audit: { versionId, approved, remark: remark || null, at: now } };
    }
    case 'application.application.app_version.publish_apply_v6':
    case 'application.application.app_version.publish_revoke_v6':
    case 'application.application.visibility.added_v6':
      return head;
    default:
      return null;
  }
}
