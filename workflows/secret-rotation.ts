import { isCancellation, setCurrentDetails } from '@temporalio/workflow';
import { runChecks } from './checks';
import { failureType } from './failure-type';
import type { SecretRotationInput, SecretRotationReport } from './messages';
import { checklistDetails } from './narrate';
import { checking, storing } from './proxies';

/**
 * Changes the App Secret: the new one is proven with the platform before it takes the place of the old one, which stays
 * in use until that very moment. The secret itself is in the store; this run only knows whether it was proven.
 */
export async function secretRotation({
  dockingId,
  requestedBy,
}: SecretRotationInput): Promise<SecretRotationReport> {
  setCurrentDetails(`A new App Secret is being proven, asked by ${requestedBy}.`);
  const outcome = await prove(dockingId);
  if (outcome !== 'promoted') {
    setCurrentDetails(`The new App Secret was not taken (${outcome}); the old one stays in use.`);
    return { outcome, ready: false };
  }
  const report = await runChecks(dockingId);
  setCurrentDetails(`The new App Secret is in use.\n\n${checklistDetails(report)}`);
  return { outcome, ready: report.ready };
}

async function prove(dockingId: string): Promise<SecretRotationReport['outcome']> {
  try {
    const { outcome } = await checking.provePendingSecret.executeWithOptions(
      { summary: 'Sign in with the new App Secret' },
      [dockingId],
    );
    return outcome;
  } catch (error) {
    if (isCancellation(error)) throw error;
    await storing.dropPendingSecret.executeWithOptions(
      { summary: `Not proven (${failureType(error)}): forget the new App Secret` },
      [dockingId],
    );
    return 'unreachable';
  }
}
