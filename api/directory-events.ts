/** Changes of the company's directory: a leaver's binding is suspended before the answer, the rest is read by a workflow. */
import type { FeishuEvent } from '../feishu';
import type { ApiPorts } from './ports';

/** A range change can name thousands; the full run that follows it sees them all. */
const NAMED_PEOPLE = 500;

/** Does nothing for events that say nothing about the directory. Safe to repeat. */
export async function takeDirectoryEvent(
  { store, client }: Pick<ApiPorts, 'store' | 'client'>,
  dockingId: string,
  event: FeishuEvent,
): Promise<void> {
  const { eventId, eventType: type } = event;
  switch (event.type) {
    case 'contact.user.deleted_v3':
      await store.leavers.suspend(dockingId, [event.user.openId]);
      return client.directoryChanged(dockingId, { eventId, type, subjectId: event.user.openId });
    case 'contact.user.created_v3':
    case 'contact.user.updated_v3':
      return client.directoryChanged(dockingId, { eventId, type, subjectId: event.user.openId });
    case 'contact.department.created_v3':
    case 'contact.department.updated_v3':
    case 'contact.department.deleted_v3':
      return client.directoryChanged(dockingId, {
        eventId,
        type,
        subjectId: event.department.openDepartmentId,
      });
    case 'contact.scope.updated_v3': {
      const named = [...event.removed.openIds, ...event.added.openIds];
      return client.directoryChanged(dockingId, {
        eventId,
        type,
        employeeIds: [...new Set(named)].slice(0, NAMED_PEOPLE),
      });
    }
    default:
      return;
  }
}
