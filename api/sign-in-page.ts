/** The pages that an employee sees who binds themselves: plain HTML, both languages, no script. */
import type { Localized } from '../feishu';
import type { Problem } from './problems';
import type { Offer } from './sign-in';

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:12vh auto;padding:0 1rem;color:#1f2329}' +
  'h1{font-size:1.25rem}p{margin:.5rem 0}.quiet{color:#646a73}' +
  'button{font:inherit;padding:.5rem 1.25rem;border:0;border-radius:6px;background:#3370ff;color:#fff}';

export function offerPage(dockingId: string, { employee, bound, offer, reason, ticket }: Offer): string {
  const name = employee.name ?? employee.employeeId;
  if (bound) {
    return layout(
      '已绑定 / Already bound',
      `<p>${escape(name)} ↔ ${escape(bound.name ?? bound.agentId)}</p>` +
        (bound.state === 'suspended'
          ? '<p class="quiet">暂停中，请联系管理员。 / Suspended: ask an admin.</p>'
          : ''),
    );
  }
  if (!offer || ticket === null) {
    return layout(
      '没有可绑定的客服账号 / No agent to bind',
      `<p>${escape(name)}</p><p class="quiet">请联系工单系统管理员。 / Ask an admin of the ticket system (${escape(reason ?? '')}).</p>`,
    );
  }
  return layout(
    '绑定客服账号 / Bind your agent',
    `<p>${escape(name)} ↔ <b>${escape(offer.name ?? offer.agentId)}</b></p>` +
      '<p class="quiet">绑定后，工单提醒会发到你的飞书。 / Ticket reminders will then reach you here.</p>' +
      `<form method="post" action="/sign-in/${encodeURIComponent(dockingId)}/bind">` +
      `<input type="hidden" name="ticket" value="${escape(ticket)}"><button>绑定 / Bind</button></form>`,
  );
}

export const boundPage = (): string =>
  layout('绑定成功 / Bound', '<p>工单提醒会发到你的飞书。 / Ticket reminders reach you from now on.</p>');

export function refusalPage({ detail, nextStep }: Problem['told']): string {
  const both = ({ en, zh }: Localized): string => escape(`${zh} / ${en}`);
  return layout(
    '未能绑定 / Not bound',
    `<p>${both(detail)}</p><p class="quiet">${nextStep ? both(nextStep) : ''}</p>`,
  );
}

function layout(title: string, body: string): string {
  return (
    '<!doctype html><html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
    `<title>${title}</title><style>${STYLE}</style><h1>${title}</h1>${body}</html>`
  );
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
