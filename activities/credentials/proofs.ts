/** How a proof is run: with the docking's own client, its findings kept, a refusal of the platform turned into findings. */
import { FeishuError, setupLinks, type FeishuClient } from '../../feishu';
import { NotFound, type Docking } from '../../store';
import { refuse, withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { itemFrom, type Finding } from './finding';
import { PROOF_ITEMS } from './items';

/** What a proof tells its workflow; the items themselves are in the store. */
export interface ProofResult {
  /** True when every item of this proof is passed. */
  passed: boolean;
}

export type Proving = (
  dockingId: string,
  proof: string,
  read: (client: FeishuClient, docking: Docking) => Promise<Finding[]>,
) => Promise<ProofResult>;

export function proving({ store, feishu, now }: ActivityPorts): Proving {
  return (dockingId, proof, read) =>
    withFailures(async () => {
      const docking = await requireDocking(store, dockingId);
      const { appSecret } = await store.dockings.secrets(dockingId);
      const client = feishu.for({ appId: docking.appId, appSecret, baseUrl: docking.platformUrl });
      const findings = await orRefused(docking, proof, () => read(client, docking));
      await store.checklists.putItems(
        dockingId,
        findings.map((finding) => itemFrom(docking, finding, now())),
      );
      return { passed: findings.every((finding) => finding.state === 'passed') };
    });
}

/** A docking that is gone will not come back: no retry. */
export async function requireDocking(store: ActivityPorts['store'], dockingId: string): Promise<Docking> {
  try {
    return await store.dockings.require(dockingId);
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    throw refuse('Docking.NotFound', 'There is no such docking.', 'Check the docking id.');
  }
}

/** A refusal that repeating cannot change says why the items cannot be read; anything else is worth another try. */
async function orRefused(
  docking: Docking,
  proof: string,
  read: () => Promise<Finding[]>,
): Promise<Finding[]> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof FeishuError) || !isFinal(error)) throw error;
    return (PROOF_ITEMS[proof]?.(docking) ?? []).map((id) => refused(docking, id, error));
  }
}

/** A token that is refused although it is fresh stays refused. */
export const isFinal = (error: FeishuError): boolean =>
  error.code !== undefined && (error.retry === 'never' || error.errorClass === 'token');

function refused({ brand, appId }: Docking, id: string, error: FeishuError): Finding {
  const scopes = error.missingScopes ?? [];
  return {
    id,
    state: 'unknown',
    found: error.code === undefined ? null : { en: `code ${error.code}`, zh: `错误码 ${error.code}` },
    message:
      scopes.length > 0
        ? {
            en: `Cannot be read without the permission ${scopes.join(' or ')}. Grant it, or compare by hand and approve the step.`,
            zh: `缺少权限 ${scopes.join(' 或 ')}，无法读取。请开通该权限，或人工核对后批准此步骤。`,
          }
        : {
            en: `Cannot be read. ${error.meaning.en} ${error.nextStep.en}`,
            zh: `无法读取。${error.meaning.zh}${error.nextStep.zh}`,
          },
    ...(scopes.length > 0 ? { link: setupLinks(brand, appId).permissions(scopes.slice(0, 1)) } : {}),
    detail: { reason: 'refused', code: error.code ?? null, logId: error.logId ?? null },
  };
}
