/** The admin's web page, as `npm run build` left it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyHelmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { refused } from './problems';

/** Beside the compiled files, or below the checkout where the sources themselves run. */
const BUILT = [join(__dirname, '..', 'console'), join(__dirname, '..', 'dist', 'console')].find((folder) =>
  existsSync(join(folder, 'assets')),
);
/** Names of built files change with their content. */
const YEAR_S = 31_536_000;

export async function serveConsole(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    if (BUILT === undefined) {
      scope.get('/', { schema: { hide: true } }, () => {
        throw refused('Route.NotFound', { console: false });
      });
      return;
    }
    await scope.register(fastifyHelmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          // The components write their styles into the page.
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:'],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
        },
      },
      // Whether the address is reached over TLS is decided in front of us.
      strictTransportSecurity: false,
    });
    await scope.register(fastifyStatic, {
      root: BUILT,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (response, path) => {
        const named = path.includes('/assets/');
        response.setHeader('cache-control', named ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
      },
    });
  });
}
