import { FeishuError, type AppVersion, type FeishuClient } from '../../feishu';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { outsideAvailability, outsideContactRange } from './bound-agents';
import { concludeChecklist, type UnreadProof } from './conclude';
import { noteEventModes } from './event-modes';
import { fieldEvidence } from './field-evidence';
import { verbatim } from './finding';
import { appFindings } from './judge-app';
import { botFinding, botRefused } from './judge-bot';
import { permissionFindings } from './judge-permissions';
import { availabilityFinding, contactRangeFinding } from './judge-ranges';
import { inForce, versionFindings } from './judge-version';
import { tenantFinding } from './judge-tenant';
import { dropPendingSecret, provePendingSecret } from './pending-secret';
import { isFinal, proving } from './proofs';
import { ACCEPTED_TOKEN, credentialsRefused } from './refusals';
import { applyRepairChange } from './repair';

export type { CredentialValidationReport, ItemVerdict, UnreadProof } from './conclude';
export type { RotationResult } from './pending-secret';
export type { ProofResult } from './proofs';

/** Drafts that nobody released can hide the released version behind this many pages at most. */
const MOST_PAGES = 5;
/** Classes of a refusal that are about something else than the bot. */
const NOT_ABOUT_THE_BOT = new Set(['scope', 'network-policy', 'token', 'wrong-url', 'rate', 'server']);

/** Reads the set-up back from the platform, item by item. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- the inferred type is the contract that workflows import
export function createCredentialActivities(ports: ActivityPorts) {
  const { store } = ports;
  const prove = proving(ports);

  return {
    /**
     * A token, and one call with it that needs no permission: some refusals (IP address, state of the app) only show
     * there. Fails nothing: whatever the platform refuses becomes the item's message and next step.
     */
    checkCredentials: (dockingId: string) =>
      prove(dockingId, 'checkCredentials', async (client, docking) => {
        try {
          await client.checkCredentials();
          await firstCall(client);
        } catch (error) {
          if (error instanceof FeishuError && isFinal(error)) return [credentialsRefused(error, docking)];
          throw error;
        }
        return [
          {
            id: 'credentials',
            state: 'passed',
            expected: ACCEPTED_TOKEN,
            found: ACCEPTED_TOKEN,
            message: {
              en: 'Feishu accepts App ID and App Secret.',
              zh: '飞书接受 App ID 和 App Secret。',
            },
          },
        ];
      }),

    checkTenant: (dockingId: string) =>
      prove(dockingId, 'checkTenant', async (client, docking) => {
        const { tenantKey, name } = await client.tenant.get();
        const finding = tenantFinding(tenantKey, name, docking.tenantKey);
        if (finding.state === 'passed') {
          await store.dockings.patch(dockingId, {
            ...(tenantKey === undefined ? {} : { tenantKey }),
            ...(name === undefined ? {} : { tenantName: name }),
          });
        }
        return [finding];
      }),

    checkApp: (dockingId: string) =>
      prove(dockingId, 'checkApp', async (client, docking) => {
        const app = await client.application.get();
        await noteEventModes(store, app, docking);
        return appFindings(app, docking);
      }),

    checkVersion: (dockingId: string) =>
      prove(dockingId, 'checkVersion', async (client, docking) =>
        versionFindings(await versionsOf(client), docking),
      ),

    checkAvailability: (dockingId: string) =>
      prove(dockingId, 'checkAvailability', async (client) => {
        const released = inForce(await versionsOf(client));
        const first = availabilityFinding(released, null);
        if (first.state !== 'failed') return [first];
        return [availabilityFinding(released, await outsideAvailability(store, client, dockingId))];
      }),

    checkBot: (dockingId: string) =>
      prove(dockingId, 'checkBot', async (client) => {
        try {
          return [botFinding(await client.application.bot())];
        } catch (error) {
          if (!(error instanceof FeishuError) || error.code === undefined) throw error;
          if (NOT_ABOUT_THE_BOT.has(error.errorClass)) throw error;
          return [botRefused(error.code)];
        }
      }),

    checkPermissions: (dockingId: string) =>
      prove(dockingId, 'checkPermissions', async (client, docking) => {
        const grants = await client.application.scopes();
        const versions = await orNull(versionsOf(client));
        return permissionFindings(grants, versions, await fieldEvidence(store, client, dockingId), docking);
      }),

    checkContactRange: (dockingId: string) =>
      prove(dockingId, 'checkContactRange', async (client) => {
        const range = await client.application.contactsRange();
        const everybody =
          range.kind === 'equal_to_availability'
            ? inForce((await orNull(versionsOf(client))) ?? [])?.visibility?.everybody
            : undefined;
        const first = contactRangeFinding(range, everybody, null);
        if (first.state !== 'failed') return [first];
        return [contactRangeFinding(range, everybody, await outsideContactRange(store, client, dockingId))];
      }),

    concludeChecklist: (dockingId: string, unread: UnreadProof[]) =>
      concludeChecklist(ports, dockingId, unread),

    applyRepairChange: (repairId: string, changeId: string) => applyRepairChange(ports, repairId, changeId),
    refuseRepairChange: (repairId: string, changeId: string, reason: string) =>
      withFailures(() => store.repairs.settleChange(repairId, changeId, 'refused', verbatim(reason))),
    closeRepair: (repairId: string, state: 'done' | 'failed') =>
      withFailures(() => store.repairs.close(repairId, state)),

    provePendingSecret: (dockingId: string) => provePendingSecret(ports, dockingId),
    dropPendingSecret: (dockingId: string) => dropPendingSecret(ports, dockingId),
  };
}

/** Only what concerns the app as a whole counts here; the call itself is judged by its own proof. */
async function firstCall(client: FeishuClient): Promise<void> {
  try {
    await client.application.scopes();
  } catch (error) {
    if (!(error instanceof FeishuError)) throw error;
    if (error.errorClass === 'app-state' || error.errorClass === 'network-policy') throw error;
  }
}

/** Newest first, up to the released one. */
async function versionsOf(client: FeishuClient): Promise<AppVersion[]> {
  const versions: AppVersion[] = [];
  let pageToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await client.application.versions(pageToken === undefined ? {} : { pageToken });
    versions.push(...answer.items);
    pageToken = answer.nextPageToken;
    if (pageToken === undefined || inForce(versions)) break;
  }
  return versions;
}

/** For what only refines a verdict: without the right to read it, the verdict is coarser. */
async function orNull<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof FeishuError && isFinal(error)) return null;
    throw error;
  }
}
