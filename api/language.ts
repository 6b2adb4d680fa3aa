/** In which language somebody is answered: what `Accept-Language` prefers, English without a wish. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import type { Localized } from '../feishu';

export type Language = keyof Localized;

/** The first one answers whoever has no wish, or wants none of them. */
const SPOKEN: Language[] = ['en', 'zh'];

/** `zh-CN` and its like are `zh`. */
export const languageOf = ({ headers }: FastifyRequest): Language =>
  (new Negotiator({ headers }).language(SPOKEN) as Language | undefined) ?? 'en';

/** For answers that hold sentences: the language is told with them, so that no cache mixes them up. */
export function answerIn(request: FastifyRequest, reply: FastifyReply): Language {
  const language = languageOf(request);
  reply.header('content-language', language).header('vary', 'Accept-Language');
  return language;
}
