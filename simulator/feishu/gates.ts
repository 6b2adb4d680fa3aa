/**
 * Every endpoint of the platform is declared here-through, so that all pass the same gates in the same order:
 * route (99991201) → token (99991661, 71, 63, 64, 68) → app state (99991662) → IP (99991401) → rate (99991400) →
 * scope (99991672) → fields (99992402) → the handler.
 *
 * How to add endpoints. Export one function per part and call it in `feishu/server.ts`:
 * `registerMessaging`, `registerEvents`, `registerOAuth`, `registerConfiguration`, `registerPage`
 * `(platform: Platform): void`, and `registerMessageControl(server: FastifyInstance, world: World): void`.
 *
 *   platform.route({
 *     method: 'POST', path: '/open-apis/im/v1/messages', tier: '1000/min+50/s',
 *     scopes: ['im:message', 'im:message:send_as_bot'],          // any one suffices
 *     query: z.object({ receive_id_type: z.enum([...]) }),        // failures become 99992402
 *     body: z.object({ receive_id: z.string() }),
 *     handler: ({ app, tenant, world, query, body }) => ({ ... }) // becomes `data`; throw PlatformError to refuse
 *   });
 *
 * `platform.open` declares an endpoint without token (its handler sees no app). `platform.server` is the Fastify
 * instance for everything that is not a JSON API (pages, sockets); request bodies arrive there as raw Buffers.
 * State of your own lives in a `Slot` of the world. Lists are cut with `pageOf` of `feishu/pages.ts`.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { z } from 'zod';
import type { App, Brand, IssuedToken, TokenKind } from '../world/types';
import type { Tenant, World } from '../world/world';
import { answerError, answerOk, type Envelope } from './envelope';
import { brandOf, checkAddress, checkScopes, checkState, checkToken } from './checks';
import { missingScope } from './errors';
import { isScopeFault } from './fault-answers';
import { checkFields, parseJson } from './fields';
import { checkRate, type RateTier } from './rate-limits';

export { PlatformError, fieldViolations, missingScope } from './errors';

/** What an endpoint without token sees. */
export interface OpenContext<Query = unknown, Body = unknown> {
  readonly world: World;
  readonly query: Query;
  readonly body: Body;
  readonly params: Readonly<Record<string, string>>;
  /** The bytes of the body as they came. */
  readonly rawBody: Buffer;
  /** The brand that the address of this call stands for. */
  readonly brand: Brand;
  readonly logId: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** What every other endpoint sees. */
export interface Context<Query = unknown, Body = unknown> extends OpenContext<Query, Body> {
  readonly app: App;
  readonly tenant: Tenant;
  readonly token: IssuedToken;
}

interface Declaration<Query, Body> {
  readonly method: Extract<HTTPMethods, 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'>;
  /** With `:name` segments, e.g. `/open-apis/im/v1/messages/:message_id`. */
  readonly path: string;
  /** Unknown fields are ignored; each issue becomes one field violation. */
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /** `data` (default): `{code, msg, data}`; `top`: `{code, msg, ...result}`; `raw`: the result as it is. */
  readonly envelope?: Envelope;
  /** What to throw instead of 99992402 where an older endpoint has its own way. */
  readonly onInvalid?: () => Error;
}

export interface OpenRoute<Query, Body> extends Declaration<Query, Body> {
  handler(context: OpenContext<Query, Body>): unknown;
}

export interface Route<Query, Body> extends Declaration<Query, Body> {
  /** Default: tenant tokens only. */
  readonly tokens?: readonly TokenKind[];
  /** Any one suffices; none = no scope needed. */
  readonly scopes?: readonly string[] | ((world: World) => readonly string[]);
  /** Default `1000/min+50/s`. */
  readonly tier?: RateTier;
  handler(context: Context<Query, Body>): unknown;
}

/** The platform's HTTP side: one Fastify server in front of one world. */
export class Platform {
  constructor(
    readonly server: FastifyInstance,
    readonly world: World,
  ) {}

  open<Query = unknown, Body = unknown>(route: OpenRoute<Query, Body>): void {
    this.mount(route, (context) => route.handler(readFields(route, context)));
  }

  route<Query = unknown, Body = unknown>(route: Route<Query, Body>): void {
    const api = `${route.method} ${route.path}`;
    const kinds = route.tokens ?? ['tenant'];
    const tier = route.tier ?? '1000/min+50/s';
    this.mount(route, (context) => {
      const { world, request } = context;
      const { token, app } = checkToken(world, request, kinds, context.brand);
      if (request.call) request.call.appId = app.appId;
      checkState(world, app);
      checkAddress(app, request.ip);
      checkRate(world, app, api, tier);
      const scopes = typeof route.scopes === 'function' ? route.scopes(world) : route.scopes;
      if (scopes) checkScopes(app, token, scopes);
      if (isScopeFault(request.fault))
        throw missingScope(app, scopes ?? [], request.fault?.code === 99991679 ? 'user' : token.kind);
      return route.handler({ ...readFields(route, context), token, app, tenant: world.tenantOf(app) });
    });
  }

  private mount(declaration: Declaration<unknown, unknown>, answer: (context: OpenContext) => unknown): void {
    const envelope = declaration.envelope ?? 'data';
    this.server.route({
      method: declaration.method,
      url: declaration.path,
      handler: async (request, reply) => {
        const context: OpenContext = {
          world: this.world,
          query: request.query,
          body: undefined,
          params: request.params as Record<string, string>,
          rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
          brand: brandOf(this.world, request),
          logId: request.id,
          request,
          reply,
        };
        try {
          return answerOk(request, await answer(context), envelope);
        } catch (error) {
          return answerError(request, reply, error);
        }
      },
    });
  }
}

function readFields<Query, Body>(
  route: Declaration<Query, Body>,
  context: OpenContext,
): OpenContext<Query, Body> {
  try {
    const query = route.query ? checkFields(route.query, context.query) : (context.query as Query);
    const body = route.body ? checkFields(route.body, parseJson(context.rawBody)) : (undefined as Body);
    return { ...context, query, body };
  } catch (error) {
    throw route.onInvalid?.() ?? error;
  }
}
