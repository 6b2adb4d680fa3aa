import type { Message } from '../feishu/messaging/message';
import type { Language } from './card';
import { renderCard } from './card';
import { escapeHtml } from './html';
import type { NameOf } from './markdown';
import { renderMarkdown } from './markdown';
import { avatar } from './people';
import type { Words } from './words';

/** How one conversation is shown. */
export interface Conversation {
  readonly language: Language;
  readonly words: Words;
  readonly botName: string;
  readonly personName: string;
  readonly nameOf: NameOf;
}

/** Time zone of the simulated company. */
const ZONE = 'Asia/Shanghai';

/** The messages, oldest first, with a line for each new day. */
export function renderMessages(messages: readonly Message[], around: Conversation): string {
  if (messages.length === 0) return `<p class="empty">${around.words.nothing}</p>`;
  const locale = around.language.replace('_', '-');
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: ZONE });
  const times = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: ZONE,
  });
  let lastDay = '';
  return messages
    .map((message) => {
      const day = days.format(message.createTime);
      const line = day === lastDay ? '' : `<p class="day">${escapeHtml(day)}</p>`;
      lastDay = day;
      return line + renderMessage(message, times.format(message.createTime), around);
    })
    .join('');
}

function renderMessage(message: Message, time: string, around: Conversation): string {
  const mine = message.senderType === 'user';
  const name = mine ? around.personName : around.botName;
  const isCard = message.msgType === 'interactive' && !message.deleted;
  return (
    `<div class="message${mine ? ' mine' : ''}${isCard ? ' with-card' : ''}" data-message="${escapeHtml(message.messageId)}">` +
    `${avatar(name, mine ? 'person' : 'bot')}<div class="content">` +
    `<div class="who"><span>${escapeHtml(name)}</span><time>${escapeHtml(time)}</time></div>` +
    `${body(message, around)}${foot(message, around.words)}</div></div>`
  );
}

function foot(message: Message, words: Words): string {
  if (message.senderType === 'user') return '';
  const marks = [`<span>${message.reads.length > 0 ? words.read : words.unread}</span>`];
  if (message.updates.length > 0) marks.push(`<span>${words.edited}</span>`);
  if (message.urgent.length > 0) marks.push(`<span class="buzz">${words.buzz}</span>`);
  return `<div class="foot">${marks.join('')}</div>`;
}

function body(message: Message, around: Conversation): string {
  if (message.deleted) return `<div class="bubble recalled">${around.words.recalled}</div>`;
  const content = JSON.parse(message.content) as Record<string, unknown>;
  switch (message.msgType) {
    case 'interactive':
      return renderCard(content, around.language, around.nameOf);
    case 'text':
      return `<div class="bubble">${plainText(content['text'], around.nameOf)}</div>`;
    case 'post':
      return `<div class="bubble">${post(content, around)}</div>`;
    default:
      return `<div class="bubble quiet">[${escapeHtml(around.words.attachment[message.msgType] ?? message.msgType)}]</div>`;
  }
}

/** Text is literal but for mentions. */
function plainText(text: unknown, nameOf: NameOf): string {
  return escapeHtml(typeof text === 'string' ? text : '').replace(
    /&lt;at user_id=&quot;([\w-]+)&quot;&gt;(.*?)&lt;\/at&gt;/g,
    (_, id: string, name: string) => `<span class="at">@${name || escapeHtml(nameOf(id))}</span>`,
  );
}

interface PostPart {
  tag: string;
  text?: string;
  href?: string;
  user_id?: string;
}

function post(content: Record<string, unknown>, { language, nameOf }: Conversation): string {
  const translations = content as Record<string, { title?: string; content: PostPart[][] } | undefined>;
  const shown = translations[language] ?? Object.values(translations)[0];
  const lines = (shown?.content ?? []).map((line) => line.map((part) => postPart(part, nameOf)).join(''));
  const title = shown?.title ? `<b>${escapeHtml(shown.title)}</b>\n` : '';
  return title + lines.join('\n');
}

function postPart(part: PostPart, nameOf: NameOf): string {
  if (part.tag === 'at') return `<span class="at">@${escapeHtml(nameOf(part.user_id ?? ''))}</span>`;
  if (part.tag === 'md') return renderMarkdown(part.text ?? '', nameOf);
  if (part.tag === 'a') {
    const label = (part.text ?? '').replace(/[[\]()\\]/g, '\\$&');
    return renderMarkdown(`[${label}](${part.href ?? '#'})`, nameOf).replace(/^<p>|<\/p>$/g, '');
  }
  return part.text === undefined ? `[${escapeHtml(part.tag)}]` : escapeHtml(part.text);
}
