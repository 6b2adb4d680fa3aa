import { FeishuError, type FeishuClient } from '../../feishu';
import type { ChecklistItem, Docking } from '../../store';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import {
  appFindings,
  botFinding,
  contactRangeFinding,
  permissionFindings,
  versionFindings,
} from './findings';
import { itemFrom, itemIds, PROOF_ITEMS, type Finding } from './items';

/** What a proof tells its workflow; the items themselves are in the store. */
export interface ProofResult {
  /** True when every item of this proof is passed. */
  passed: boolean;
}
export interface UnreadProof {
  proof: string;
  failure: string;
}
export interface ItemVerdict {
  id: string;
  state: ChecklistItem['state'];
  blocking: boolean;
}

/** The whole verdict in ids and states; the texts are in the store. */
export interface CredentialValidationReport {
  ready: boolean;
  items: ItemVerdict[];
}

/** Classes of answers that repeating cannot change: they decide the item. Everything else is worth another try. */
const FINAL = new Set([
  'scope',
  'app-state',
  'network-policy',
  'contact-range',
  'parameters',
  'wrong-url',
  'token',
]);

/** Reads the set-up back from the platform, item by item. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- the inferred type is the contract that workflows import
export function createCredentialActivities(ports: ActivityPorts) {
  const { store, feishu, now } = ports;
  const prove = (
    dockingId: string,
    proof: string,
    read: (client: FeishuClient, docking: Docking) => Promise<Finding[]>,
  ): Promise<ProofResult> =>
    withFailures(async () => {
      const docking = await store.dockings.require(dockingId);
      const { appSecret } = await store.dockings.secrets(dockingId);
      const client = feishu.for({ appId: docking.appId, appSecret, baseUrl: docking.platformUrl });
      const findings = await orUnreadable(docking, proof, () => read(client, docking));
      await store.checklists.putItems(
        dockingId,
        findings.map((finding) => itemFrom(docking, finding, now())),
      );
      return { passed: findings.every((finding) => finding.state === 'passed') };
    });

  return {
    /** Fails nothing: wrong id, secret, brand or state of the app become a failed item with its next step. */
    checkCredentials: (dockingId: string) =>
      prove(dockingId, 'checkCredentials', async (client) => {
        await client.checkCredentials();
        return [
          {
            id: 'credentials',
            state: 'passed',
            expected: 'a token',
            found: 'a token',
            message: 'Feishu accepts them.',
          },
        ];
      }),

    checkTenant: (dockingId: string) =>
      prove(dockingId, 'checkTenant', async (client, docking) => {
        const tenant = await client.tenant.get();
        const known = docking.tenantKey;
        if (known !== undefined && tenant.tenantKey !== known) {
          return [
            {
              id: 'tenant',
              state: 'failed',
              expected: known,
              found: tenant.tenantKey ?? null,
              message: 'These credentials belong to another company than before.',
            },
          ];
        }
        if (tenant.tenantKey === undefined) {
          return [{ id: 'tenant', state: 'unknown', message: 'Feishu does not tell the company.' }];
        }
        await store.dockings.patch(dockingId, {
          tenantKey: tenant.tenantKey,
          ...(tenant.name === undefined ? {} : { tenantName: tenant.name }),
        });
        return [
          {
            id: 'tenant',
            state: 'passed',
            found: tenant.name ?? tenant.tenantKey,
            message: 'The company was read.',
          },
        ];
      }),

    checkApp: (dockingId: string) =>
      prove(dockingId, 'checkApp', async (client, docking) =>
        appFindings(await client.application.get(), docking),
      ),

    checkVersion: (dockingId: string) =>
      prove(dockingId, 'checkVersion', async (client, docking) => {
        const { items } = await client.application.versions();
        return versionFindings(items, docking);
      }),

    checkBot: (dockingId: string) =>
      prove(dockingId, 'checkBot', async (client) => {
        try {
          return [botFinding(await client.application.bot())];
        } catch (error) {
          // unverified: no page names the code for a bot that is off, so any refusal of this call means just that.
          if (!(error instanceof FeishuError) || error.code === undefined || error.errorClass === 'rate')
            throw error;
          if (error.errorClass === 'server') throw error;
          return [
            { id: 'bot', state: 'failed', expected: 'enabled', found: 'off', message: error.nextStep.en },
          ];
        }
      }),

    checkPermissions: (dockingId: string) =>
      prove(dockingId, 'checkPermissions', async (client, docking) =>
        permissionFindings(await client.application.scopes(), docking),
      ),

    checkContactRange: (dockingId: string) =>
      prove(dockingId, 'checkContactRange', async (client) => {
        const range = await client.application.contactsRange();
        if (range.kind !== 'equal_to_availability') return [contactRangeFinding(range, undefined)];
        const { items } = await client.application.versions();
        const released = items.find((version) => version.status === 'released');
        return [contactRangeFinding(range, released?.visibility?.everybody)];
      }),

    /** Marks what could not be read as unknown, and sums up. `unread` names proofs that gave no verdict. */
    concludeChecklist: (dockingId: string, unread: UnreadProof[]): Promise<CredentialValidationReport> =>
      withFailures(async () => {
        const docking = await store.dockings.require(dockingId);
        const unknown = unread.flatMap(({ proof, failure }) =>
          (PROOF_ITEMS[proof]?.(docking.brand) ?? []).map((id) =>
            itemFrom(docking, unreadable(id, failure), now()),
          ),
        );
        if (unknown.length > 0) await store.checklists.putItems(dockingId, unknown);
        const checklist = await store.checklists.conclude(dockingId, itemIds(docking.brand), now());
        // Only what the platform paused; a person's pause is a person's to end.
        if (checklist.ready && docking.state === 'paused' && docking.pausedReason) {
          await store.dockings.setState(dockingId, 'live', { onlyFrom: ['paused'] });
          await ports.replayParked(dockingId, ['docking-paused', docking.pausedReason]);
        }
        const items: ItemVerdict[] = checklist.items.map(({ id, state, blocking }) => ({
          id,
          state,
          blocking,
        }));
        return { ready: checklist.ready, items };
      }),
  };
}

/** A refusal that repeating cannot change is itself the finding. */
async function orUnreadable(
  docking: Docking,
  proof: string,
  read: () => Promise<Finding[]>,
): Promise<Finding[]> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof FeishuError) || !FINAL.has(error.errorClass)) throw error;
    const ids = PROOF_ITEMS[proof]?.(docking.brand) ?? [];
    const failed = proof === 'checkCredentials';
    return ids.map((id) => ({
      id,
      state: failed ? 'failed' : 'unknown',
      found: error.code === undefined ? null : `code ${error.code}`,
      message: `${error.meaning.en} ${error.nextStep.en}`,
    }));
  }
}

function unreadable(id: string, failure: string): Finding {
  return failure === 'credentials'
    ? { id, state: 'unknown', message: 'Not looked at: Feishu does not accept the credentials.' }
    : {
        id,
        state: 'unknown',
        message: `Feishu could not be read (${failure}). Check again in a few minutes.`,
      };
}
