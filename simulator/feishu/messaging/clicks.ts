import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { holdsScope } from '../checks';
import { deliveryOf } from '../events/index';
import type { App, Person } from '../../world/types';
import type { World } from '../../world/world';
import { Slot } from '../../world/world';
import { checkCard, isObject } from './cards/validation';
import { checkSuccession } from './change';
import { surroundingsOf } from './content';
import { PlatformError } from '../gates';
import type { Message } from './message';
import { messages } from './message-store';

const TOKEN_LIFE_MS = 1_800_000;

/** The token of a card click, good for late updates once the click has been answered. */
export interface CallbackToken {
  readonly appId: string;
  readonly messageId: string;
  readonly expiresAt: number;
  answered: boolean;
  uses: number;
}

export const callbackTokens = new Slot(() => new LRUCache<string, CallbackToken>({ max: 100_000 }));

/** What somebody did with a card: the `action` of the callback. */
export interface ClickAction {
  readonly tag: string;
  readonly value?: unknown;
  readonly [field: string]: unknown;
}

/** What the person sees after a click. `code` is 0, or the number in the client's error message. */
export interface ClickResult {
  readonly code: 0 | ClientError;
  readonly message: string;
  readonly toast: { type: string; content: string; i18n?: Record<string, string> } | null;
  readonly cardUpdated: boolean;
  /** For a late update; null where nobody was called. */
  readonly token: string | null;
}

const clientErrors = {
  200340: 'no callback URL is set',
  200341: 'the callback did not answer in time',
  200671: 'the callback answered with another status than 200',
  200672: 'the callback answered with a malformed body',
  200673: 'the callback answered with an invalid card',
} as const;

type ClientError = keyof typeof clientErrors;

const replySchema = z.looseObject({
  toast: z
    .looseObject({
      type: z.enum(['info', 'success', 'error', 'warning']).default('info'),
      content: z.string().default(''),
      i18n: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  card: z.object({ type: z.enum(['raw', 'template']), data: z.record(z.string(), z.unknown()) }).optional(),
});

/**
 * A click by anybody who can see the card, forwarded copies included. Calls the app, waits for its answer and
 * shows what it says; a late or wrong answer becomes the client's error and is not repeated.
 */
export async function click(
  world: World,
  message: Message,
  person: Person,
  action: ClickAction,
): Promise<ClickResult> {
  const app = world.apps.get(message.appId);
  if (!app || message.batchId) return shown({ cardUpdated: false });
  if (!app.subscribedCallbacks.includes('card.action.trigger')) return failed(200340);
  const token = `c-${randomBytes(20).toString('hex')}`;
  const entry: CallbackToken = {
    appId: app.appId,
    messageId: message.messageId,
    expiresAt: world.clock.now() + TOKEN_LIFE_MS,
    answered: false,
    uses: 0,
  };
  world.use(callbackTokens).set(token, entry);
  const body = callbackBody(world, app, { message, person, action, token });
  const reply = await deliveryOf(world).callback(app, 'card.action.trigger', body);
  entry.answered = true;
  if (reply.kind === 'no-receiver') return failed(200340);
  const { answer } = reply;
  // unverified: whether the client tells an unreachable address from one that does not answer.
  if (answer.problem) return failed(200341, token);
  if (answer.status !== 200) return failed(200671, token);
  return applyReply(world, app, message, { text: answer.text, token });
}

function callbackBody(
  world: World,
  app: App,
  {
    message,
    person,
    action,
    token,
  }: { message: Message; person: Person; action: ClickAction; token: string },
): object {
  return {
    operator: {
      tenant_key: person.tenantKey,
      ...(holdsScope(app, ['contact:user.employee_id:readonly']) ? { user_id: person.userId } : {}),
      open_id: world.openId(app, person),
      union_id: world.unionId(person),
    },
    token,
    action: { timezone: 'Asia/Shanghai', ...action, value: action.value ?? {} },
    host: 'im_message',
    context: { open_message_id: message.messageId, open_chat_id: message.chatId },
  };
}

function applyReply(
  world: World,
  app: App,
  message: Message,
  { text, token }: { text: string; token: string },
): ClickResult {
  const reply = replySchema.safeParse(parsed(text));
  if (!reply.success)
    return failed(reply.error.issues.some((issue) => issue.path[0] === 'card') ? 200673 : 200672, token);
  const { toast, card } = reply.data;
  if (card && !showCard(world, app, message, card)) return failed(200673, token);
  return shown({
    cardUpdated: card !== undefined,
    token,
    ...(toast && {
      toast: { type: toast.type, content: toast.content, ...(toast.i18n && { i18n: toast.i18n }) },
    }),
  });
}

/** Puts the card of an answer in place of the message's; false when the platform would refuse it. */
function showCard(
  world: World,
  app: App,
  message: Message,
  card: { type: string; data: Record<string, unknown> },
): boolean {
  if (message.deleted || card.type !== 'raw' || checkCard(card.data, surroundingsOf(world, app)))
    return false;
  try {
    checkSuccession(message, card.data);
  } catch (error) {
    // A card that is not shared may still change for the person who clicked; another schema may not.
    if (!(error instanceof PlatformError) || error.code === 230099) return false;
  }
  world.use(messages).update(message, JSON.stringify(card.data), Math.floor(world.clock.now()));
  return true;
}

/** An empty body counts as `{}`; anything but an object is malformed. */
function parsed(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function shown(part: Partial<ClickResult> & { cardUpdated: boolean }): ClickResult {
  return { code: 0, message: '', toast: null, token: null, ...part };
}

function failed(code: ClientError, token: string | null = null): ClickResult {
  return { code, message: clientErrors[code], toast: null, cardUpdated: false, token };
}
