/** The admin link of the first start is `/#token=…`: a fragment never leaves the browser. */

/** `unreadable`: it was cut or mistyped on its way. */
export type AdminLink = { token: string } | 'unreadable' | null;

/** What the page was opened with, which is taken out of the address and the history; null where it is no such link. */
export function takeAdminLink(): AdminLink {
  const match = /^#token=(.*)$/.exec(window.location.hash);
  if (!match) return null;
  window.history.replaceState(null, '', window.location.pathname);
  const token = decoded(match[1] ?? '');
  return token !== null && isToken(token) ? { token } : 'unreadable';
}

/** Whether it can be sent as one at all: a header takes nothing else. */
export const isToken = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
