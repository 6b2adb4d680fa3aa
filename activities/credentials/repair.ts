import { FeishuError, type FeishuClient } from '../../feishu';
import type { RepairStep } from '../../store';
import { refuse, withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { isFinal, requireDocking } from './proofs';

export interface RepairOutcome {
  outcome: 'done' | 'refused';
}

/**
 * One change to the app by the platform's configuration calls, exactly as it was shown. Repeats safely: lists take what
 * they have already, and a version of this repair is looked for before one is submitted.
 * unverified: whether every edition of Feishu and Lark allows these calls to an ordinary custom app.
 */
export function applyRepairChange(
  { store, feishu }: ActivityPorts,
  repairId: string,
  changeId: string,
): Promise<RepairOutcome> {
  return withFailures(async () => {
    const repair = await store.repairs.get(repairId);
    const change = repair?.changes.find(({ id }) => id === changeId);
    if (!repair || !change) {
      throw refuse('Repair.NotFound', 'There is no such change.', 'Plan the repair again.');
    }
    if (change.outcome !== 'pending') return { outcome: change.outcome };
    const docking = await requireDocking(store, repair.dockingId);
    const { appSecret } = await store.dockings.secrets(docking.id);
    const client = feishu.for({ appId: docking.appId, appSecret, baseUrl: docking.platformUrl });
    try {
      await call(client, change.step, repairId);
    } catch (error) {
      if (!(error instanceof FeishuError) || !isFinal(error)) throw error;
      const { code, meaning, nextStep } = error;
      const reason = {
        en: `code ${code ?? 'none'}: ${meaning.en} ${nextStep.en}`,
        zh: `错误码 ${code ?? '无'}：${meaning.zh}${nextStep.zh}`,
      };
      await store.repairs.settleChange(repairId, changeId, 'refused', reason);
      return { outcome: 'refused' };
    }
    await store.repairs.settleChange(repairId, changeId, 'done', null);
    return { outcome: 'done' };
  });
}

async function call(
  { configuration, application }: FeishuClient,
  step: RepairStep,
  repairId: string,
): Promise<void> {
  switch (step.kind) {
    case 'redirect-urls':
      return configuration.configure({ redirectUrls: { add: step.add } });
    case 'permissions':
      return configuration.configure({ scopes: { add: step.add } });
    case 'abilities':
      return configuration.setAbilities({
        ...(step.bot ? { bot: { enable: true } } : {}),
        ...(step.webApp ? { webApp: { enable: true, ...step.webApp } } : {}),
      });
    case 'publish': {
      const { items } = await application.versions();
      if (items.some(({ remark }) => remark?.includes(repairId))) return;
      const { changelog, mobileDefault, desktopDefault } = step;
      await configuration.publish({ changelog, remark: repairId, mobileDefault, desktopDefault });
    }
  }
}
