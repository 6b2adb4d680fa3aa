import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { App } from '../../world/types';
import type { World } from '../../world/world';
import { availabilityOf } from '../contact/range';
import { parseJson } from '../fields';
import type { Platform } from '../gates';
import type { CodeGrant, RefreshGrant } from './grants';
import { ACCESS_LIFE_SECONDS, grants, REFRESH_LIFE_SECONDS } from './grants';

const text = z.union([z.string().min(1), z.number().transform(String)]);
const client = { client_id: z.string(), client_secret: z.string() };
const bodySchema = z.discriminatedUnion('grant_type', [
  z.object({
    grant_type: z.literal('authorization_code'),
    ...client,
    code: text,
    redirect_uri: z.string().optional(),
    code_verifier: z.string().optional(),
  }),
  z.object({ grant_type: z.literal('refresh_token'), ...client, refresh_token: z.string().min(1) }),
]);

type TokenRequest = z.output<typeof bodySchema>;

class OAuthProblem extends Error {
  constructor(
    readonly code: number,
    readonly error: string,
    description: string,
  ) {
    super(description);
  }
}

/** `POST /authen/v2/oauth/token`: OAuth's own answer form, `access_token` and errors at the top level. */
export function registerToken(platform: Platform): void {
  platform.open({
    method: 'POST',
    path: '/open-apis/authen/v2/oauth/token',
    envelope: 'raw',
    handler: ({ world, rawBody, brand, request, reply }) => {
      try {
        const parsed = bodySchema.safeParse(parseJson(rawBody));
        if (!parsed.success)
          throw new OAuthProblem(20063, 'invalid_request', 'The request is missing a required parameter.');
        const app = authenticate(world, brand, parsed.data);
        request.answerCode = 0;
        return answerOf(world, app, parsed.data);
      } catch (error) {
        if (!(error instanceof OAuthProblem)) throw error;
        request.answerCode = error.code;
        return refuse(reply, error);
      }
    },
  });
}

function refuse(reply: FastifyReply, problem: OAuthProblem): object {
  reply.code(400);
  return { code: problem.code, error: problem.error, error_description: problem.message };
}

function authenticate(world: World, brand: App['brand'], request: TokenRequest): App {
  const app = world.apps.get(request.client_id);
  if (!app || app.brand !== brand || app.appSecret !== request.client_secret)
    throw new OAuthProblem(20002, 'invalid_client', 'The client secret is invalid.');
  if (app.status !== 'enabled') throw new OAuthProblem(20069, 'invalid_client', 'The app is not enabled.');
  return app;
}

function answerOf(world: World, app: App, request: TokenRequest): object {
  const grant =
    request.grant_type === 'authorization_code'
      ? spendCode(world, app, request)
      : spendRefresh(world, app, request.refresh_token);
  const person = world.tenantOf(app).directory.people.get(grant.userId);
  if (!person || !availabilityOf(app, world.tenantOf(app)).hasPerson(person))
    throw new OAuthProblem(20010, 'access_denied', 'The user has no permission to use the app.');
  const access = world.tokens.issue({
    kind: 'user',
    appId: app.appId,
    tenantKey: app.tenantKey,
    expiresAt: world.clock.now() + ACCESS_LIFE_SECONDS * 1000,
    userId: grant.userId,
    scopes: grant.scopes,
  });
  return {
    code: 0,
    access_token: access.token,
    expires_in: ACCESS_LIFE_SECONDS,
    ...refreshOf(world, grant),
    scope: grant.scopes.join(' '),
    token_type: 'Bearer',
  };
}

function refreshOf(world: World, { appId, userId, scopes }: CodeGrant | RefreshGrant): object {
  if (!scopes.includes('offline_access')) return {};
  const issuedAt = world.clock.now();
  const expiresAt = issuedAt + REFRESH_LIFE_SECONDS * 1000;
  return {
    refresh_token: world.use(grants).addRefresh({ appId, userId, scopes, issuedAt, expiresAt, used: false }),
    refresh_token_expires_in: REFRESH_LIFE_SECONDS,
  };
}

function spendCode(
  world: World,
  app: App,
  request: Extract<TokenRequest, { grant_type: 'authorization_code' }>,
): CodeGrant {
  const grant = world.use(grants).codes.get(request.code);
  const bad = (code: number, description: string): OAuthProblem =>
    new OAuthProblem(code, 'invalid_grant', description);
  if (!grant) throw bad(20003, 'The authorization code was not found.');
  if (grant.appId !== app.appId) throw bad(20024, 'The authorization code belongs to another client.');
  if (grant.used) throw bad(20065, 'The authorization code has been used.');
  if (world.clock.now() >= grant.expiresAt) throw bad(20004, 'The authorization code has expired.');
  if (request.redirect_uri !== undefined && request.redirect_uri !== grant.redirectUri)
    throw bad(20071, 'The redirect_uri does not match that of the authorization request.');
  if (grant.challenge && !fits(grant.challenge, request.code_verifier ?? ''))
    throw bad(20049, 'The code_verifier does not fit the code_challenge.');
  grant.used = true;
  return grant;
}

function fits(challenge: NonNullable<CodeGrant['challenge']>, verifier: string): boolean {
  const value =
    challenge.method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  return verifier !== '' && value === challenge.value;
}

function spendRefresh(world: World, app: App, token: string): RefreshGrant {
  const bad = (code: number, description: string): OAuthProblem =>
    new OAuthProblem(code, 'invalid_grant', description);
  const grant = world.use(grants).refreshes.get(token);
  if (!grant || grant.appId !== app.appId) throw bad(20026, 'The refresh token is invalid.');
  if (grant.used) throw bad(20073, 'The refresh token has been used.');
  if (world.tokens.revokedSince(app.appId, grant.issuedAt))
    throw bad(20064, 'The refresh token has been revoked.');
  if (world.clock.now() >= grant.expiresAt) throw bad(20037, 'The refresh token has expired.');
  grant.used = true;
  return grant;
}
