/** Links of a ticket, as sources send them. A card has room for a web address of a certain length and for nothing else. */

/** UTF-16 units; also what a card's button takes. */
const LONGEST_LINK = 2000;

export const LINK_FAULTS = ['too-long', 'no-web-address'] as const;
export type LinkFault = (typeof LINK_FAULTS)[number];

/** Null for a link that can be shown. A link is left out rather than cut: half of an address leads nowhere. */
export function linkFault(url: string): LinkFault | null {
  if (url.length > LONGEST_LINK) return 'too-long';
  if (!URL.canParse(url)) return 'no-web-address';
  return /^https?:$/.test(new URL(url).protocol) ? null : 'no-web-address';
}

/** The event stays whatever its link is; `urlLeftOut` says why there is none. An empty link is none. */
export function withoutBadLink<
  T extends { url?: string | null | undefined; urlLeftOut?: LinkFault | null | undefined },
>(ticket: T): T {
  if (typeof ticket.url !== 'string') return ticket;
  const fault = ticket.url === '' ? null : linkFault(ticket.url);
  if (ticket.url !== '' && fault === null) return ticket;
  return { ...ticket, url: null, ...(fault ? { urlLeftOut: fault } : {}) };
}

/**
 * The address of a ticket by a template with `{id}` or `{code}` in it. Null where the template asks for a code that the ticket has
 * not, or makes no link that can be shown.
 */
export function ticketLink(
  template: string | null | undefined,
  { id, code }: { id: string; code?: string | null | undefined },
): string | null {
  if (!template || (template.includes('{code}') && !code)) return null;
  const values: Record<string, string> = { id, code: code ?? '' };
  const url = template.replace(/\{(id|code)\}/g, (_sign, name: string) =>
    encodeURIComponent(values[name] ?? ''),
  );
  return linkFault(url) === null ? url : null;
}

/** Whoever sends an event can mend what is no link at all; a long one they can not. */
export function isNonsenseLink(input: unknown): boolean {
  const ticket = (input as { ticket?: { url?: unknown } | null } | null)?.ticket;
  const url = ticket?.url;
  return typeof url === 'string' && url !== '' && linkFault(url) === 'no-web-address';
}
