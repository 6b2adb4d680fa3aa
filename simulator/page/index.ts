import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { chats, findAnybody, messages } from '../feishu/messaging/index';
import type { Message } from '../feishu/messaging/index';
import type { Platform } from '../feishu/gates';
import type { App, Person } from '../world/types';
import type { World } from '../world/world';
import type { Language } from './card';
import { escapeHtml } from './html';
import { layout, pageHeaders } from './layout';
import { renderMessages } from './messages';
import { avatar, peopleList, searchPeople } from './people';
import { chatScript } from './script';
import { words } from './words';

const MAX_SHOWN = 200;

const querySchema = z.object({
  /** Which bot; left out = the one that wrote last. */
  app: z.string().optional(),
  lang: z.enum(['zh_cn', 'en_us']).catch('en_us'),
  search: z.string().catch(''),
});

type Query = z.output<typeof querySchema>;

/** What one employee sees: `/` lists people, `/chat/{userId}` is the chat with each bot, its buttons work. */
export function registerPage({ server, world }: Platform): void {
  server.get('/', async (request, reply) => send(reply, home(world, querySchema.parse(request.query))));
  server.get('/chat/:userId', async (request, reply) => {
    const view = chatOf(world, request.params, querySchema.parse(request.query));
    return view ? send(reply, chatPage(world, view)) : nobody(reply);
  });
  server.get('/chat/:userId/messages', async (request, reply) => {
    const view = chatOf(world, request.params, querySchema.parse(request.query));
    if (!view) return nobody(reply);
    const html = messageList(world, view);
    const etag = etagOf(html);
    reply.headers({ ...pageHeaders, etag });
    return request.headers['if-none-match'] === etag ? reply.code(304).send() : reply.send(html);
  });
}

function send(reply: FastifyReply, html: string): FastifyReply {
  return reply.headers(pageHeaders).send(html);
}

function nobody(reply: FastifyReply): FastifyReply {
  const body =
    '<main class="sheet"><h1>Nobody here</h1><p class="lead">This world has no such person or no app for them.</p><p><a href="/">All people</a></p></main>';
  return send(reply.code(404), layout({ title: 'Nobody here', body }));
}

function etagOf(html: string): string {
  return `"${createHash('sha1').update(html).digest('base64url')}"`;
}

function home(world: World, { search }: Query): string {
  const recent = world.use(messages).recentPeople(30);
  const withMessages = recent.flatMap((key) => findAnybody(world, key.split('/')[1] ?? '') ?? []);
  const known = new Set(withMessages);
  const found = searchPeople(world, search).filter((person) => search !== '' || !known.has(person));
  const href = (person: Person): string => `/chat/${encodeURIComponent(person.userId)}`;
  const latest =
    search === '' && withMessages.length > 0
      ? `<h2>Latest conversations</h2>${peopleList(withMessages, href)}<h2>Everybody</h2>`
      : '';
  const body = `<main class="sheet"><h1>Whose chat do you want to see?</h1>
<p class="lead">Open the bot chat of any employee of this simulated company: read its cards, press their buttons.</p>
<form method="get"><input type="search" name="search" value="${escapeHtml(search)}" placeholder="Name or userId" aria-label="Search"><button class="button solid">Search</button></form>
${latest}${peopleList(found, href)}</main>`;
  return layout({ title: 'People', body });
}

interface ChatView {
  readonly person: Person;
  readonly app: App;
  readonly apps: readonly App[];
  readonly language: Language;
}

function chatOf(world: World, params: unknown, query: Query): ChatView | undefined {
  const { userId } = params as { userId: string };
  const person = findAnybody(world, userId);
  if (!person) return undefined;
  const apps = world.appsOf(person.tenantKey);
  const app =
    query.app === undefined
      ? (apps.find((one) => inChat(world, one, person).length > 0) ?? apps[0])
      : apps.find((one) => one.appId === query.app);
  return app && { person, app, apps, language: query.lang };
}

function inChat(world: World, app: App, person: Person): Message[] {
  const chatId = world.use(chats).p2pId(app, person);
  return [...world.use(messages).list({ chatId })].map(([, message]) => message);
}

function messageList(world: World, { person, app, language }: ChatView): string {
  return renderMessages(inChat(world, app, person).slice(-MAX_SHOWN), {
    language,
    words: words[language],
    botName: app.name,
    personName: person.name,
    nameOf: (id) => (id === 'all' ? words[language].all : (findAnybody(world, id)?.name ?? id)),
  });
}

function chatPage(world: World, view: ChatView): string {
  const { person, app, language } = view;
  const word = words[language];
  const list = messageList(world, view);
  const languages = (['zh_cn', 'en_us'] as const).map((one) => {
    const here = one === language ? ' class="here" aria-current="true"' : '';
    return `<a${here} href="${linkTo(person, app, one)}">${one === 'zh_cn' ? '中文' : 'English'}</a>`;
  });
  const body = `<div class="client"><aside class="side">
<div class="me">${avatar(person.name)}<div><b>${escapeHtml(person.name)}</b><span class="quiet small">${escapeHtml(person.jobTitle || person.userId)}</span></div></div>
<nav aria-label="${word.chats}"><ul class="chats">${sidebar(world, view)}</ul></nav>
<footer><a href="/">${word.everybody}</a></footer></aside>
<main class="chat" data-user="${escapeHtml(person.userId)}" data-app="${escapeHtml(app.appId)}" data-lang="${language}" data-failed="${word.failed}" data-unreachable="${word.unreachable}">
<header class="chat-header"><h1>${escapeHtml(app.name)}<span class="badge">${word.bot}</span></h1><div class="languages">${languages.join('')}</div></header>
<section class="messages" aria-live="polite" data-version="${escapeHtml(etagOf(list))}">${list}</section>
<form class="compose"><input type="text" name="text" autocomplete="off" placeholder="${word.write}" aria-label="${word.write}"><button class="button solid">${word.send}</button></form>
</main></div>`;
  const title = `${app.name} · ${person.name}`;
  return layout({ title, body, language: language === 'zh_cn' ? 'zh' : 'en', script: chatScript });
}

function sidebar(world: World, { person, app, apps, language }: ChatView): string {
  return apps
    .map((one) => {
      const count = inChat(world, one, person).filter(
        (message) => message.senderType === 'app' && message.reads.length === 0,
      ).length;
      const here = one === app ? ' class="here" aria-current="page"' : '';
      const unread = count > 0 && one !== app ? `<span class="badge">${count}</span>` : '';
      return `<li><a${here} href="${linkTo(person, one, language)}">${avatar(one.name, 'bot')}<span class="text"><span class="name"><span>${escapeHtml(one.name)}</span>${unread}</span><span class="last quiet small">${escapeHtml(one.appId)}</span></span></a></li>`;
    })
    .join('');
}

function linkTo(person: Person, app: App, language: Language): string {
  return escapeHtml(`/chat/${encodeURIComponent(person.userId)}?app=${app.appId}&lang=${language}`);
}
