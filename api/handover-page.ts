/** One step for somebody who has only a link: what to do, where, and what the platform says now. */
import { HANDOVER_WORDS } from './handover-words';
import type { Language } from './language';
import type { HandedStep } from './routes/handovers';

const MARK = { passed: '✅', failed: '❌', waiting: '⏳', unknown: '❔' } as const;

export function handoverPage(
  { docking, step, items, permissions, to, expiresAt }: HandedStep,
  path: string,
  language: Language,
): string {
  const words = HANDOVER_WORDS[language];
  const human = step.proof.length === 0 && step.state !== 'done';
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(step.title)}</title><style>${STYLE}</style></head><body><main>
<p class="who">${text(docking.name)} · ${words.app[docking.brand]} ${text(docking.appId)}${
    docking.tenantName ? ` · ${text(docking.tenantName)}` : ''
  }</p>
<h1>${text(step.title)}</h1>
<p>${words.whose(bold(to), words.owner[step.owner], bold(words.state[step.state]), day(step.since))}</p>
${step.rejectReason ? `<p class="no">${words.rejected}${text(step.rejectReason)}</p>` : ''}
${step.link ? `<p><a class="go" href="${text(step.link)}">${words.open}</a></p>` : ''}
${
  permissions.link
    ? `<p>${words.permissions((said) => `<a href="${text(permissions.link ?? '')}">${said}</a>`)}</p>
<pre>${text(permissions.batchImport ?? '')}</pre>`
    : ''
}
<ul>${items
    .map(
      (item) =>
        `<li>${MARK[item.state]} <code>${text(item.id)}</code> ${text(item.message)}${
          item.state === 'passed' ? '' : ` <small>${text(item.effectNote)}</small>`
        }</li>`,
    )
    .join('')}</ul>
<form method="post" action="${path}:check"><button>${words.check}</button></form>
${
  human
    ? `<form method="post" action="${path}:approve"><input name="comment" placeholder="${words.comment}" maxlength="1000"><button>${words.approve}</button></form>
<form method="post" action="${path}:reject"><input name="reason" placeholder="${words.whyNot}" maxlength="1000" required><button>${words.reject}</button></form>`
    : ''
}
<p class="who">${words.until(day(expiresAt))}</p>
</main></body></html>`;
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f5f6f7;color:#1f2329}
main{max-width:40rem;margin:2rem auto;padding:2rem;background:#fff;border-radius:8px}
h1{font-size:1.3rem;margin:.2rem 0 1rem}.who,small{color:#646a73;font-size:.85rem}.no{color:#d83931}
.go,button{display:inline-block;padding:.5rem 1rem;border:0;border-radius:6px;background:#3370ff;color:#fff;font:inherit;text-decoration:none}
form{margin:.75rem 0}input{font:inherit;padding:.45rem;margin-right:.5rem;border:1px solid #d0d3d6;border-radius:6px}
ul{padding-left:1.2rem;list-style:none}li{margin:.5rem 0}pre{background:#f5f6f7;padding:.75rem;overflow:auto}`;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const text = (value: string): string => value.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
const bold = (value: string): string => `<b>${text(value)}</b>`;
const day = (at: Date): string => new Date(at).toISOString().slice(0, 10);
