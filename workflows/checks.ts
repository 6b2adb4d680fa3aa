/**
 * The proofs of the checklist, one activity each, so that a fault in one never hides the others. Shared by
 * credential validation and onboarding review.
 */
import { ActivityFailure, ApplicationFailure, isCancellation } from '@temporalio/workflow';
import type { CredentialValidationReport } from './messages';
import { checking, storing } from './proxies';

/** Proof activities in the order of the checklist, with what the operator reads beside them. */
const PROOFS = [
  ['checkTenant', 'Read the company: name and tenant key'],
  ['checkApp', 'Read the app: type, redirect URLs, default features'],
  ['checkVersion', 'Read the versions: release, review, bot, web app, homepage'],
  ['checkBot', 'Ask the bot itself'],
  ['checkPermissions', 'Read the granted permissions one by one'],
  ['checkContactRange', 'Read whom the app may see'],
] as const;
export type ProofName = (typeof PROOFS)[number][0];

/** Runs every proof, stores every verdict, answers with ids and states. */
export async function runChecks(dockingId: string): Promise<CredentialValidationReport> {
  const open = await prove('checkCredentials', () =>
    checking.checkCredentials.executeWithOptions({ summary: 'Ask for a token with App ID and App Secret' }, [
      dockingId,
    ]),
  );
  const proofs = open.passed
    ? await Promise.all(
        PROOFS.map(([name, summary]) =>
          prove(name, () => checking[name].executeWithOptions({ summary }, [dockingId])),
        ),
      )
    : PROOFS.map(([name]) => ({ name, passed: false, failure: 'credentials' }));
  const unread = [open, ...proofs].flatMap(({ name, failure }) =>
    failure ? [{ proof: name, failure }] : [],
  );
  return storing.concludeChecklist.executeWithOptions({ summary: 'Store the verdicts' }, [dockingId, unread]);
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

function failureType(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure ? (cause.type ?? 'unknown') : 'timeout';
}
