/** One step for somebody who has only a link: what to do, where, and what the platform says now. */
import type { HandedStep } from './routes/handovers';

const MARK = { passed: '✅', failed: '❌', waiting: '⏳', unknown: '❔' } as const;

export function handoverPage(
  { docking, step, items, permissions, to, expiresAt }: HandedStep,
  path: string,
): string {
  const human = step.proof.length === 0 && step.state !== 'done';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(step.title)}</title><style>${STYLE}</style></head><body><main>
<p class="who">${text(docking.name)} · ${docking.brand === 'lark' ? 'Lark' : 'Feishu'} app ${text(docking.appId)}${
    docking.tenantName ? ` · ${text(docking.tenantName)}` : ''
  }</p>
<h1>${text(step.title)}</h1>
<p>For <b>${text(to)}</b>, as ${text(step.owner)}. State: <b>${text(step.state)}</b> since ${day(step.since)}.</p>
${step.rejectReason ? `<p class="no">Rejected: ${text(step.rejectReason)}</p>` : ''}
${step.link ? `<p><a class="go" href="${text(step.link)}">Open the page where it is done</a></p>` : ''}
${
  permissions.link
    ? `<p><a href="${text(permissions.link)}">Open the permission page with all missing ones selected</a>, or copy this into its batch import:</p>
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
<form method="post" action="${path}:check"><button>Check again</button></form>
${
  human
    ? `<form method="post" action="${path}:approve"><input name="comment" placeholder="Comment" maxlength="1000"><button>Approve</button></form>
<form method="post" action="${path}:reject"><input name="reason" placeholder="Why not" maxlength="1000" required><button>Reject</button></form>`
    : ''
}
<p class="who">This link shows this step only and works until ${day(expiresAt)}.</p>
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
const day = (at: Date): string => new Date(at).toISOString().slice(0, 10);
