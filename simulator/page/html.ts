/** Text that is safe inside an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The link if it leads to a page or an app, else `#`: a card must not run script in the reader's browser. */
export function safeHref(url: string): string {
  return /^(https?|mailto|tel|lark|feishu):/i.test(url.trim()) ? escapeHtml(url.trim()) : '#';
}
