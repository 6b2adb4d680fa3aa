import { z } from 'zod';
import { appNamed } from '../../control/lookups';
import { controlRoute, ControlError } from '../../control/route';
import type { World } from '../../world/world';
import type { Platform } from '../gates';
import { PlatformError } from '../gates';
import { EventDelivery } from './delivery';
import { eventLog } from './event-log';
import { LongConnections, MAX_CONNECTIONS, SOCKET_PATH } from './long-connection';
import { verifyRequestUrl } from './webhook';

const parts = new WeakMap<World, { delivery: EventDelivery; connections: LongConnections }>();

function partsOf(world: World): { delivery: EventDelivery; connections: LongConnections } {
  let found = parts.get(world);
  if (!found) {
    const connections = new LongConnections(world);
    found = { connections, delivery: new EventDelivery(world, connections) };
    parts.set(world, found);
  }
  return found;
}

/** The one delivery of a world. */
export function deliveryOf(world: World): EventDelivery {
  return partsOf(world).delivery;
}

/** The long connection (endpoint and socket) and the control routes that show, emit and resend events. */
export function registerEvents(platform: Platform): void {
  const { server, world } = platform;
  const { connections, delivery } = partsOf(world);
  registerEndpoint(platform, connections);
  server.server.on('upgrade', (request, socket, head) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (path.replace(/^\/(feishu|lark)/, '') === SOCKET_PATH) connections.upgrade(request, socket, head);
    else socket.destroy();
  });
  server.addHook('preClose', async () => connections.closeAll());
  registerEventControl(platform, delivery, connections);
}

function registerEndpoint(platform: Platform, connections: LongConnections): void {
  platform.open({
    method: 'POST',
    path: '/callback/ws/endpoint',
    body: z.object({ AppID: z.string(), AppSecret: z.string().optional() }),
    handler: ({ world, body, brand, request }) => {
      const app = world.apps.get(body.AppID);
      if (!app || app.brand !== brand || app.appSecret !== body.AppSecret) throw refusal(514, 'auth failed');
      if (app.status !== 'enabled') throw refusal(403, 'app is not in use');
      if (brand === 'lark' && !world.switches.longConnectionOnLark)
        throw refusal(403, 'long connection is not available');
      if (connections.count(app.appId) >= MAX_CONNECTIONS)
        throw refusal(1000040350, 'the number of connections exceeded the limit');
      const prefix = request.prefixBrand ? `/${request.prefixBrand}` : '';
      const url = `ws://${request.host}${prefix}${SOCKET_PATH}?${connections.issueTicket(app)}`;
      return { URL: url, ClientConfig: world.switches.longConnectionClient };
    },
  });
}

/** HTTP 200 and an empty `data`: the official Node client reads `data` before it looks at the code. */
function refusal(code: number, msg: string): PlatformError {
  return new PlatformError(code, msg, 200, { data: {} });
}

const listQuery = z.strictObject({
  app: z.string().optional(),
  type: z.string().optional(),
  state: z.enum(['pending', 'delivered', 'failed']).optional(),
  cursor: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

function registerEventControl(
  { server, world }: Platform,
  delivery: EventDelivery,
  connections: LongConnections,
): void {
  controlRoute(server, {
    method: 'GET',
    path: '/_control/events',
    query: listQuery,
    handler: ({ query }) => {
      const items: object[] = [];
      for (const [position, record] of world.use(eventLog).list(query.cursor)) {
        if (query.app !== undefined && record.appId !== query.app) continue;
        if (query.type !== undefined && record.eventType !== query.type) continue;
        if (query.state !== undefined && record.state !== query.state) continue;
        if (items.length === query.limit) return { items, nextCursor: String(position) };
        items.push(record);
      }
      return { items, nextCursor: null };
    },
  });
  controlRoute(server, {
    method: 'POST',
    path: '/_control/events',
    body: z.strictObject({
      appId: z.string(),
      eventType: z.string().min(1),
      event: z.record(z.string(), z.unknown()),
    }),
    handler: ({ body }) => {
      const app = appNamed(world, body.appId);
      const subscribed = app.subscribedEvents.includes(body.eventType);
      world.emit(app, body.eventType, body.event);
      return { emitted: subscribed && app.status === 'enabled' };
    },
  });
  controlRoute(server, {
    method: 'POST',
    path: '/_control/events/:eventId/resend',
    handler: ({ params }) => {
      const record = world.use(eventLog).get(params['eventId'] ?? '');
      if (!record) throw new ControlError('eventId', 'is not in the log', 404);
      delivery.resend(record);
      return {};
    },
  });
  controlRoute(server, {
    method: 'POST',
    path: '/_control/apps/:appId/verify-url',
    body: z.strictObject({ url: z.url().optional() }),
    handler: ({ params, body }) => {
      const app = appNamed(world, params['appId'] ?? '');
      return verifyRequestUrl(app, body.url ?? app.eventUrl);
    },
  });
  controlRoute(server, {
    method: 'GET',
    path: '/_control/apps/:appId/connections',
    handler: ({ params }) => ({ count: connections.count(appNamed(world, params['appId'] ?? '').appId) }),
  });
  controlRoute(server, {
    method: 'DELETE',
    path: '/_control/apps/:appId/connections',
    handler: ({ params }) => ({ closed: connections.closeOf(appNamed(world, params['appId'] ?? '').appId) }),
  });
}
