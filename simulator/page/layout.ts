import { escapeHtml } from './html';
import { stylesheet } from './style';

/** A whole page. Each says on top that it is a simulator; nothing is loaded from elsewhere. */
export function layout(page: { title: string; body: string; language?: string; script?: string }): string {
  const { title, body, language = 'en', script = '' } = page;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} · simulator</title>
<style>${stylesheet}</style>
</head>
<body>
<div class="banner">Simulator – this is not Feishu or Lark. Nobody real is here and nothing leaves this machine.</div>
${body}
${script ? `<script>${script}</script>` : ''}
</body>
</html>`;
}

/** Headers of every page: HTML that may run only its own script and be framed by nobody. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;
