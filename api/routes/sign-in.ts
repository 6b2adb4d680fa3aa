import { z } from 'zod';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Docking } from '../../store';
import { offerPage, refusalPage, boundPage } from '../sign-in-page';
import type { ApiPorts } from '../ports';
import { Problem, refused } from '../problems';
import { createSignIn } from '../sign-in';
import { dockingParams, type Routes } from './route';

const callbackQuery = z.object({
  code: z.string().max(500).optional(),
  state: z.string().max(200).default(''),
  error: z.string().max(200).optional(),
});
const confirmation = z.object({ ticket: z.string().min(1).max(200) });

/**
 * Public: whoever opens it proves at the platform who they are. Pages for people, JSON for whoever asks for it, e.g. the
 * ticket system's own page at the redirect URL, which hands `code` and `state` on.
 */
export function registerSignIn(app: Routes, ports: ApiPorts): void {
  const signIn = createSignIn(ports);
  const open = async (id: string): Promise<Docking> => {
    const docking = await ports.store.dockings.require(id);
    if (docking.state !== 'disabled') return docking;
    throw refused('Docking.Disabled', { reader: 'employee' });
  };
  const page = (reply: FastifyReply, html: string): FastifyReply =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
      )
      .send(html);
  /** A person reads a page, a program the problem. */
  const told = async (
    request: FastifyRequest,
    reply: FastifyReply,
    work: () => Promise<{ body: object; html: string }>,
  ): Promise<FastifyReply> => {
    const forPeople = (request.headers.accept ?? '').includes('text/html');
    try {
      const { body, html } = await work();
      return await (forPeople ? page(reply, html) : reply.header('cache-control', 'no-store').send(body));
    } catch (error) {
      if (!forPeople || !(error instanceof Problem)) throw error;
      return page(reply.code(error.status), refusalPage(error.told));
    }
  };

  void app.register(async (scope) => {
    // The page's own form; everywhere else a form is refused.
    scope.removeContentTypeParser('application/x-www-form-urlencoded');
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
    );

    scope.get('/sign-in/:id', { schema: { params: dockingParams } }, async (request, reply) => {
      const { id } = request.params as z.output<typeof dockingParams>;
      return reply.header('cache-control', 'no-store').redirect(await signIn.begin(await open(id)));
    });

    scope.get(
      '/sign-in/:id/callback',
      { schema: { params: dockingParams, querystring: callbackQuery } },
      (request, reply) =>
        told(request, reply, async () => {
          const { id } = request.params as z.output<typeof dockingParams>;
          const { code, state, error } = request.query as z.output<typeof callbackQuery>;
          const docking = await open(id);
          if (code === undefined) {
            throw refused('SignIn.Refused', { by: 'person', code: error ?? 'no code' });
          }
          const offer = await signIn.arrive(docking, { code, state });
          return { body: offer, html: offerPage(docking.id, offer) };
        }),
    );

    scope.post(
      '/sign-in/:id/bind',
      { schema: { params: dockingParams, body: confirmation } },
      (request, reply) =>
        told(request, reply, async () => {
          const { id } = request.params as z.output<typeof dockingParams>;
          const { ticket } = request.body as z.output<typeof confirmation>;
          const bound = await signIn.confirm(await open(id), ticket);
          return { body: { ...bound, method: 'self' }, html: boundPage() };
        }),
    );
  });
}
