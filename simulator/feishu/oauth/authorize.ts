import { z } from 'zod';
import type { App, Person } from '../../world/types';
import type { World } from '../../world/world';
import { escapeHtml } from '../../page/html';
import { layout, pageHeaders } from '../../page/layout';
import { peopleList, searchPeople } from '../../page/people';
import { brandOf } from '../checks';
import type { Platform } from '../gates';
import { CODE_LIFE_SECONDS, grants } from './grants';

const MAX_SCOPES = 50;

const querySchema = z.object({
  client_id: z.string().optional(),
  /** The older name of `client_id`. */
  app_id: z.string().optional(),
  redirect_uri: z.string().default(''),
  response_type: z.string().default('code'),
  scope: z.string().default(''),
  state: z.string().optional(),
  code_challenge: z.string().optional(),
  code_challenge_method: z.enum(['S256', 'plain']).default('plain'),
  /** Simulator only: approves at once as this userId, or refuses with `-`. */
  auto_user: z.string().optional(),
  /** Simulator only: filters the picker. */
  search: z.string().default(''),
});

type Query = z.output<typeof querySchema>;

class PageProblem extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** `GET /authen/v1/authorize`: who are you, and may this app know. Answers by redirect or with an error page. */
export function registerAuthorize({ server, world }: Platform): void {
  server.get('/open-apis/authen/v1/authorize', async (request, reply) => {
    const parsed = querySchema.safeParse(request.query);
    reply.headers(pageHeaders);
    try {
      if (!parsed.success) throw new PageProblem(20001, 'The request is malformed.');
      const query = parsed.data;
      const app = checkRequest(world, query, brandOf(world, request));
      if (query.auto_user === '-') return await reply.redirect(withAnswer(query, { error: 'access_denied' }));
      if (query.auto_user !== undefined) {
        const code = approve(world, app, query, query.auto_user);
        return await reply.redirect(withAnswer(query, { code }));
      }
      return await reply.send(picker(world, app, query, request.url));
    } catch (error) {
      if (!(error instanceof PageProblem)) throw error;
      return reply.code(400).send(problemPage(error));
    }
  });
}

/** unverified: the codes on this page other than 20027. */
function checkRequest(world: World, query: Query, brand: App['brand']): App {
  const app = world.apps.get(query.client_id ?? query.app_id ?? '');
  if (!app || app.brand !== brand) throw new PageProblem(20048, 'The app does not exist.');
  if (app.status !== 'enabled') throw new PageProblem(20069, 'The app is not enabled.');
  if (!app.redirectUrls.includes(query.redirect_uri))
    throw new PageProblem(20029, 'The redirect URL is not in the redirect URL list of the app.');
  if (query.response_type !== 'code') throw new PageProblem(20001, 'response_type must be code.');
  const scopes = scopesOf(query);
  if (scopes.length > MAX_SCOPES) throw new PageProblem(20001, `More than ${MAX_SCOPES} scopes.`);
  const missing = scopes.filter((scope) => !openToAll.has(scope) && !app.scopes.granted.includes(scope));
  if (missing.length > 0)
    throw new PageProblem(20027, `The app has not been granted these scopes: ${missing.join(', ')}`);
  return app;
}

/** Scopes that need no approval. */
const openToAll = new Set(['offline_access', 'auth:user.id:read']);

function scopesOf(query: Query): string[] {
  return query.scope.split(/\s+/).filter(Boolean);
}

function approve(world: World, app: App, query: Query, userId: string): string {
  const person = world.tenantOf(app).directory.people.get(userId);
  if (!person) throw new PageProblem(20001, 'Nobody of this company has that userId.');
  const requested = scopesOf(query);
  return world.use(grants).addCode({
    appId: app.appId,
    userId: person.userId,
    redirectUri: query.redirect_uri,
    // unverified: without `scope` the token carries what the app holds.
    scopes: requested.length > 0 ? requested : [...app.scopes.granted],
    challenge: query.code_challenge
      ? { method: query.code_challenge_method, value: query.code_challenge }
      : undefined,
    expiresAt: world.clock.now() + CODE_LIFE_SECONDS * 1000,
    used: false,
  });
}

function withAnswer(query: Query, answer: { code: string } | { error: string }): string {
  const url = new URL(query.redirect_uri);
  for (const [key, value] of Object.entries(answer)) url.searchParams.set(key, value);
  if (query.state !== undefined) url.searchParams.set('state', query.state);
  return url.href;
}

function picker(world: World, app: App, query: Query, url: string): string {
  const people = searchPeople(world, query.search, app.tenantKey);
  const as = (person: Person | undefined): string => {
    const next = new URL(url, 'http://simulator');
    next.searchParams.delete('search');
    next.searchParams.set('auto_user', person?.userId ?? '-');
    return next.search;
  };
  const hidden = [...new URL(url, 'http://simulator').searchParams]
    .filter(([key]) => key !== 'search')
    .map(([key, value]) => `<input type="hidden" name="${escapeHtml(key)}" value="${escapeHtml(value)}">`);
  const scopes = scopesOf(query);
  const wants =
    scopes.length > 0 ? `<p class="quiet small">Scopes: ${escapeHtml(scopes.join(', '))}</p>` : '';
  const body = `<main class="sheet"><h1>Log in to ${escapeHtml(app.name)}</h1>
<p class="lead">Choose who you are at ${escapeHtml(world.tenantOf(app).name)}. The app learns your name and what its scopes allow.</p>${wants}
<form method="get">${hidden.join('')}<input type="search" name="search" value="${escapeHtml(query.search)}" placeholder="Name or userId" aria-label="Search"><button class="button">Search</button></form>
${peopleList(people, as)}
<p><a class="button" href="${escapeHtml(as(undefined))}">Refuse</a></p></main>`;
  return layout({ title: `Log in to ${app.name}`, body });
}

function problemPage(problem: PageProblem): string {
  const body = `<main class="sheet"><h1>Request refused</h1><p class="lead">${escapeHtml(problem.message)}</p><p>Error code: <code>${problem.code}</code></p></main>`;
  return layout({ title: 'Request refused', body });
}
