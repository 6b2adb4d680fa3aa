/** What an event of Feishu asks for is handed over: at the door, or by the sweep where a crash came between. */
import type { FeishuEventNote, Store } from '../store';

/** Those who are told; each may be told twice. */
export interface FeishuEventReceivers {
  directoryChanged(
    dockingId: string,
    change: { eventId: string; type: string; subjectId?: string; employeeIds?: string[] },
  ): Promise<void>;
  nudgeOnboarding(dockingId: string, event: { eventId: string; type: string }): Promise<void>;
}

/** Safe to repeat. A leaver's binding is suspended first: the next ticket event must not find it. */
export async function handOverFeishuEvent(
  store: Store,
  receivers: FeishuEventReceivers,
  dockingId: string,
  note: FeishuEventNote,
): Promise<void> {
  const { eventId, type, subjectId, employeeIds, messageIds, at, audit } = note;
  if (messageIds !== undefined && subjectId !== undefined && at !== undefined) {
    await Promise.all(messageIds.map((messageId) => store.deliveries.markRead(messageId, subjectId, at)));
  } else if (type.startsWith('contact.')) {
    if (type === 'contact.user.deleted_v3' && subjectId !== undefined)
      await store.leavers.suspend(dockingId, [subjectId]);
    await receivers.directoryChanged(dockingId, {
      eventId,
      type,
      ...(subjectId === undefined ? {} : { subjectId }),
      ...(employeeIds === undefined ? {} : { employeeIds }),
    });
  } else {
    // The reviewer's words come with this event only; the list of versions does not hold them.
    if (audit) await store.dockings.patch(dockingId, { lastAudit: audit });
    await receivers.nudgeOnboarding(dockingId, { eventId, type });
  }
  await store.feishuEvents.settle(dockingId, eventId);
}
