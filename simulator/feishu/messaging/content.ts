import { z } from 'zod';
import type { App } from '../../world/types';
import type { World } from '../../world/world';
import { chats } from './chats';
import type { CardJson, CardSurroundings } from './cards/validation';
import { checkCard, isObject, parseCard } from './cards/validation';
import { refuse, refuseCard } from './failures';
import { images } from './images';

export const msgTypes = [
  'text',
  'post',
  'image',
  'file',
  'audio',
  'media',
  'sticker',
  'interactive',
  'share_chat',
  'share_user',
] as const;

export type MsgType = (typeof msgTypes)[number];

const KB = 1024;
/** Largest content in bytes (platform page "send message"). */
export const MAX_TEXT_BYTES = 150 * KB;
export const MAX_CARD_BYTES = 30 * KB;

const resource = (name: string): z.ZodType => z.object({ [name]: z.string().min(1) });
const shapes: Record<Exclude<MsgType, 'interactive'>, z.ZodType> = {
  text: z.object({ text: z.string().min(1) }),
  post: z.record(z.string(), z.object({ content: z.array(z.array(z.object({ tag: z.string() }))) })),
  image: resource('image_key'),
  file: resource('file_key'),
  audio: resource('file_key'),
  media: resource('file_key'),
  sticker: resource('file_key'),
  share_chat: resource('chat_id'),
  share_user: resource('user_id'),
};

/**
 * Throws 230025 (too long), 230001 (malformed), 230099 (bad card), 230017 and 230015 (foreign picture, private chat)
 * and by switch 230028 (leak prevention) and 230022 (sensitive words).
 */
export function checkContent(world: World, app: App, msgType: MsgType, content: string): void {
  const limit = msgType === 'interactive' || msgType === 'post' ? MAX_CARD_BYTES : MAX_TEXT_BYTES;
  if (Buffer.byteLength(content) > limit) throw refuse(230025);
  if (msgType === 'interactive') validCard(world, app, content);
  else if (!shapes[msgType].safeParse(parsed(content)).success)
    throw refuse(230001, `content is not a valid ${msgType} message`);
  checkResource(world, app, msgType, content);
  if (world.switches.dlpAudit && leaks.test(content)) throw refuse(230028);
  if (world.switches.sensitiveWords.some((word) => content.includes(word))) throw refuse(230022);
}

/** Throws 230017 for a picture that another app uploaded and 230015 for a private chat as a card of a chat. */
function checkResource(world: World, app: App, msgType: MsgType, content: string): void {
  const { image_key: image, chat_id: chatId } = (parsed(content) ?? {}) as Record<string, unknown>;
  if (msgType === 'image' && typeof image === 'string' && !world.use(images).has(`${app.appId} ${image}`)) {
    const uploaded = [...world.apps.keys()].some((appId) => world.use(images).has(`${appId} ${image}`));
    throw uploaded ? refuse(230017) : refuse(230001, 'invalid image_key');
  }
  if (msgType === 'share_chat' && typeof chatId === 'string') {
    const chat = world.use(chats).get(chatId);
    if (chat?.kind === 'p2p') throw refuse(230015);
    if (chat?.tenantKey !== app.tenantKey) throw refuse(230001, 'invalid chat_id');
  }
}

/** The card in a content string. Throws 230099 with the platform's sub-code. */
export function validCard(world: World, app: App, content: string): CardJson {
  const found = parseCard(content);
  if ('violation' in found) throw refuseCard(found.violation);
  const violation = checkCard(found.card, surroundingsOf(world, app));
  if (violation) throw refuseCard(violation);
  return found.card;
}

/** Plain mobile numbers and email addresses: what the tenant's leak prevention looks for. */
const leaks = /(?<!\d)1[3-9]\d{9}(?!\d)|[\w.+-]+@[\w-]+\.\w+/;

/** What cards of this app may mention: people it can name, images it uploaded. */
export function surroundingsOf(world: World, app: App): CardSurroundings {
  return {
    knowsPerson: (id) => {
      if (id === 'all') return true;
      if (id.includes('@')) return true;
      const type = id.startsWith('ou_') ? 'open_id' : id.startsWith('on_') ? 'union_id' : 'user_id';
      return world.findPerson(app, type, id).person !== undefined;
    },
    knowsImage: (key) => world.use(images).has(`${app.appId} ${key}`),
  };
}

function parsed(content: string): unknown {
  try {
    const value: unknown = JSON.parse(content);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
