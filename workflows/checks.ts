/**
 * The proofs of the checklist, one activity each, so that a fault in one never hides the others. Shared by
 * credential validation, onboarding review and secret rotation.
 */
import { isCancellation } from '@temporalio/workflow';
import { failureType } from './failure-type';
import type { CredentialValidationReport } from './messages';
import { checking, storing } from './proxies';

/** Proof activities in the order of the checklist, with what the operator reads beside them. */
const PROOFS = [
  ['checkTenant', 'Read the company: name and tenant key'],
  ['checkApp', 'Read the app: type, redirect URLs, default features'],
  ['checkVersion', 'Read the versions: release, review, web app, homepage'],
  ['checkAvailability', 'Read to whom the app is available, and which bound agents are outside'],
  ['checkBot', 'Ask the bot itself'],
  ['checkPermissions', 'Read the granted permissions one by one'],
  ['checkContactRange', 'Read whom the app may see, and which bound agents are outside'],
] as const;
export type ProofName = (typeof PROOFS)[number][0];

/** Runs every proof, stores every verdict, tells the admins what broke or recovered, answers with ids and states. */
export async function runChecks(dockingId: string): Promise<CredentialValidationReport> {
  const open = await prove('checkCredentials', () =>
    checking.checkCredentials.executeWithOptions({ summary: 'Sign in with App ID and App Secret' }, [
      dockingId,
    ]),
  );
  const proofs = open.passed
    ? await Promise.all(
        PROOFS.map(([name, summary]) =>
          prove(name, () => checking[name].executeWithOptions({ summary }, [dockingId])),
        ),
      )
    : PROOFS.map(([name]) => ({ name, passed: false, failure: open.failure ?? 'credentials' }));
  const unread = [open, ...proofs].flatMap(({ name, failure }) =>
    failure ? [{ proof: name, failure }] : [],
  );
  const report = await storing.concludeChecklist.executeWithOptions({ summary: 'Store the verdicts' }, [
    dockingId,
    unread,
  ]);
  const { broken, recovered } = report.changes;
  if (broken.length + recovered.length > 0) {
    const summary = `Tell the admins: ${broken.length} broken, ${recovered.length} recovered`;
    await storing.reportDrift.executeWithOptions({ summary }, [
      { dockingId, checkId: report.checkId, broken, recovered, drifted: report.drifted },
    ]);
  }
  return report;
}

interface Proof {
  name: ProofName | 'checkCredentials';
  passed: boolean;
  /** Why the proof could not be read at all; null when it was read, whatever it said. */
  failure: string | null;
}

async function prove(name: Proof['name'], read: () => Promise<{ passed: boolean }>): Promise<Proof> {
  try {
    const { passed } = await read();
    return { name, passed, failure: null };
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { name, passed: false, failure: failureType(error) };
  }
}
