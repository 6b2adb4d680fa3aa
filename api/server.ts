import { randomUUID } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import fastifySwagger from '@fastify/swagger';
import fastify, { LogController, type FastifyError, type FastifyInstance } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { createAuthenticator, knownCaller } from './auth';
import { readBodies, readToItsEnd } from './bodies';
import { serveConsole } from './console-files';
import { completed } from './openapi';
import { speakPlainly } from './plain-faults';
import type { ApiPorts } from './ports';
import { answerProblem, refused } from './problems';
import { registerRoutes } from './routes';

/** A batch of 100 events with long excerpts stays well below. */
const BODY_LIMIT = 4 * 1024 * 1024;

export type ApiServer = FastifyInstance;

/** The API over the given ports; listen on it, or call it in process with `inject`. */
export async function createApi(ports: ApiPorts): Promise<ApiServer> {
  speakPlainly();
  const app: FastifyInstance = fastify({
    bodyLimit: BODY_LIMIT,
    genReqId: () => randomUUID(),
    requestIdHeader: 'x-request-id',
    // Custom verbs are written with a colon; some clients encode it.
    rewriteUrl: (request) => (request.url ?? '/').replace(/%3a(?=[a-zA-Z]+(\?|$))/i, ':'),
    routerOptions: { maxParamLength: 500 },
    logController: new LogController({ disableRequestLogging: true }),
    loggerInstance: ports.log,
    // An address that cannot be decoded meets no route, no hook and no error handler.
    frameworkErrors: (error, request, reply) => {
      void reply.header('x-request-id', request.id);
      answerProblem(error, request, reply);
    },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler<FastifyError>(async (error, request, reply) => {
    if (error.statusCode === 413) await readToItsEnd(request.raw);
    return answerProblem(error, request, reply);
  });
  app.setNotFoundHandler((request) => {
    throw refused('Route.NotFound', { method: request.method });
  });
  readBodies(app);

  await app.register(fastifyCookie);
  const authenticator = createAuthenticator(ports);
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    request.caller = /^\/(v1|tickets)\//.test(request.url) ? await authenticator.identify(request) : null;
  });

  // Before anything is said about the request itself: a stranger learns nothing from what we would find wrong with it.
  app.addHook('preValidation', async (request) => {
    const { url = '', schema } = request.routeOptions;
    const isPublic = (schema as { security?: unknown[] } | undefined)?.security?.length === 0;
    if (url.startsWith('/v1/') && !isPublic) knownCaller(request);
  });

  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Feishu docking',
        version: '1.0.0',
        description: 'Docks a ticket system with Feishu or Lark.',
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      security: [{ bearer: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) =>
      'openapiObject' in document ? completed(document.openapiObject) : document.swaggerObject,
  });
  registerRoutes(app.withTypeProvider<ZodTypeProvider>(), ports);
  await serveConsole(app);
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  return app;
}
