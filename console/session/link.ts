/** The admin link of the first start is `/#token=…`: a fragment never leaves the browser. */

/** The token of the link, which is taken out of the address and the history; null when there is none. */
export function takeTokenFromLink(): string | null {
  const match = /^#token=(.+)$/.exec(window.location.hash);
  if (!match?.[1]) return null;
  window.history.replaceState(null, '', window.location.pathname);
  return decodeURIComponent(match[1]);
}
