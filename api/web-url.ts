/** Addresses that people give us and that we call or show. */
import { BlockList } from 'node:net';
import { z } from 'zod';
import { said } from './plain-faults';

/** Cloud machines hand out their credentials on such an address; nothing that anybody docks lives there. */
const linkLocal = new BlockList();
linkLocal.addSubnet('169.254.0.0', 16, 'ipv4');
linkLocal.addSubnet('fe80::', 10, 'ipv6');
// The same IPv4 addresses as a translator (NAT64) is asked for them.
linkLocal.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');

/**
 * An http(s) URL whose host is not a link-local address, however it is written (`[::ffff:a9fe:a9fe]`, `2852039166`).
 * Loopback and private networks stay allowed: ticket systems run there. Limits: a name is not looked up, so one that
 * leads to such an address passes.
 */
export const webUrl = z
  .url({ protocol: /^https?$/, error: said({ en: 'must be an http(s) URL', zh: '必须是 http(s) 地址' }) })
  .max(2000)
  .refine(
    (url) => !isLinkLocal(url),
    said({
      en: 'must not be a link-local address, such as 169.254.169.254',
      zh: '不能是链路本地地址，如 169.254.169.254',
    }),
  );

/**
 * Where we POST our own JSON. A custom bot of a Feishu chat reads no such thing and refuses it with HTTP 200, which would
 * count as heard.
 */
export const receiverUrl = webUrl.refine(
  (url) => !isChatBot(url),
  said({
    en: 'must not be the custom bot of a Feishu chat, which cannot read what is sent. Next: give an address of your own that takes signed JSON; docs/operating.md shows what comes',
    zh: '不能是飞书群自定义机器人的地址，它读不懂发送的内容。下一步：填写自有的、能接收带签名 JSON 的地址，内容见 docs/operating.md',
  }),
);

const BOT_HOSTS: readonly string[] = ['open.feishu.cn', 'open.larksuite.com'];

function isChatBot(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, pathname } = new URL(url);
  return BOT_HOSTS.includes(hostname) && pathname.startsWith('/open-apis/bot/');
}

/** Where people open a ticket: an https URL with `{id}` or `{code}` behind its host. */
export const ticketUrlTemplate = z
  .string()
  .max(1000)
  .refine(
    isTicketUrl,
    said({
      en: 'must be an https URL with {id} or {code} in it, such as https://desk.example.com/tickets/{id}',
      zh: '必须是包含 {id} 或 {code} 的 https 地址，如 https://desk.example.com/tickets/{id}',
    }),
  );

function isTicketUrl(template: string): boolean {
  const [one, other] = ['1', '2'].map((value) => template.replace(/\{(id|code)\}/g, value));
  if (one === undefined || other === undefined || !URL.canParse(one) || !URL.canParse(other)) return false;
  const [{ protocol, host, username, password }, second] = [new URL(one), new URL(other)];
  // Whoever may name a ticket must not name the place that its card leads to.
  return protocol === 'https:' && one !== other && host === second.host && !username && !password;
}

function isLinkLocal(url: string): boolean {
  if (!URL.canParse(url)) return false;
  // The parser has already turned every notation of an address into the usual one.
  const { hostname } = new URL(url);
  if (hostname.startsWith('[')) return linkLocal.check(hostname.slice(1, -1), 'ipv6');
  return linkLocal.check(hostname, 'ipv4');
}
