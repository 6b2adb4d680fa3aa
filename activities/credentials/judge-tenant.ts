/** The finding about the company: the first one that is read stays the right one. Pure. */
import { verbatim, type Finding } from './finding';

/** `known`: the company of the docking so far. */
export function tenantFinding(
  tenantKey: string | undefined,
  name: string | undefined,
  known: string | undefined,
): Finding {
  if (tenantKey === undefined) {
    return {
      id: 'tenant',
      state: 'unknown',
      message: { en: 'Feishu does not tell the company.', zh: '飞书未返回企业信息。' },
    };
  }
  const base = { id: 'tenant', detail: { tenantKey, name: name ?? null } };
  if (known !== undefined && tenantKey !== known) {
    return {
      ...base,
      state: 'failed',
      expected: verbatim(known),
      found: verbatim(tenantKey),
      message: {
        en: 'These credentials belong to another company than before. Enter those of the first one.',
        zh: '这组凭证属于另一家企业，与之前不同。请填写原企业的凭证。',
      },
    };
  }
  const company = name ?? tenantKey;
  return {
    ...base,
    state: 'passed',
    expected:
      known === undefined
        ? { en: 'any company, from now on always the same', zh: '任一企业，此后保持不变' }
        : verbatim(known),
    found: verbatim(company),
    message: { en: `The company is ${company}.`, zh: `企业为“${company}”。` },
  };
}
