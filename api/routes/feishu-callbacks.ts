import type { z } from 'zod';
import type { FeishuEvent } from '../../feishu';
import { takeClick } from '../card-clicks';
import { takeDirectoryEvent } from '../directory-events';
import { createEventOpener } from '../event-keys';
import type { ApiPorts } from '../ports';
import { badRequest, Problem } from '../problems';
import { dockingParams, type Routes } from './route';

/** Events and card clicks of the platform: verified on the raw bytes, recorded once, answered within its 3 seconds. */
export function registerFeishuCallbacks(app: Routes, ports: ApiPorts): void {
  const { store, client, now } = ports;
  const open = createEventOpener(ports);
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

    scope.post('/feishu/:id/events', { schema: { params: dockingParams } }, async (request, reply) => {
      const { id } = request.params as z.output<typeof dockingParams>;
      await store.dockings.require(id);
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const opened = await open(id, body, request.headers);
      if (opened.kind === 'refused') {
        if (opened.reason === 'malformed') throw badRequest([{ field: '(body)', message: opened.detail }]);
        throw new Problem(401, 'FeishuEvent.Refused', opened.detail, {
          nextStep:
            'Compare encrypt key and verification token with "Events & Callbacks" of the developer console.',
        });
      }
      if (opened.kind === 'challenge') return reply.send({ challenge: opened.challenge });
      // A click is answered whenever it comes: its own record makes a repetition harmless.
      if (opened.event.type === 'card.action.trigger') {
        return reply.send(await takeClick(ports, id, opened.event.eventId, opened.event.click));
      }
      // The platform repeats an event up to seven hours: the first one counts.
      if (await store.feishuEvents.seen(id, opened.event.eventId)) {
        try {
          await take(id, opened.event);
        } catch (error) {
          // Not taken: when the platform repeats it, it must not look like a repetition.
          await store.feishuEvents.forget(id, opened.event.eventId);
          throw error;
        }
      }
      return reply.send({});
    });
  });

  async function take(dockingId: string, event: FeishuEvent): Promise<void> {
    switch (event.type) {
      case 'im.message.message_read_v1': {
        const at = event.readAtMs === undefined ? now() : new Date(event.readAtMs);
        await Promise.all(
          event.messageIds.map((messageId) => store.deliveries.markRead(messageId, event.openId, at)),
        );
        return;
      }
      case 'application.application.app_version.audit_v6':
        // The reviewer's words come with this event only; the list of versions does not hold them.
        await store.dockings.patch(dockingId, {
          lastAudit: {
            versionId: event.versionId,
            approved: event.approved,
            remark: event.remark || null,
            at: now(),
          },
        });
        await client.nudgeOnboarding(dockingId, { eventId: event.eventId, type: event.type });
        return;
      case 'application.application.app_version.publish_apply_v6':
      case 'application.application.app_version.publish_revoke_v6':
      case 'application.application.visibility.added_v6':
        await client.nudgeOnboarding(dockingId, { eventId: event.eventId, type: event.type });
        return;
      default:
        await takeDirectoryEvent(ports, dockingId, event);
    }
  }
}
