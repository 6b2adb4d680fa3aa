/** One try to send a card, in a company without faults. */
import { deliverOnce } from '../../activities/notification/deliver';
import type { Company } from '../workflows/company';
import { notifiedCompany, type Due } from './notified-company';

export interface Tries {
  /** `afterMs` moves our clock, not the platform's. */
  attempt: (due: Due, afterMs?: number) => Promise<string>;
  /** Dockings whose checklist was asked to look again, in this test. */
  checked: () => string[];
}

export function oneTry(use: (company: Company) => void): Tries {
  let company: Company;
  let checked: string[];
  notifiedCompany((opened) => use((company = opened)));
  beforeEach(() => {
    checked = [];
  });
  return {
    checked: () => checked,
    async attempt({ dockingId, deliveryId }, afterMs = 0) {
      const ports = {
        ...company.ports,
        now: () => new Date(Date.now() + afterMs),
        checkAgain: async (id: string) => void checked.push(id),
      };
      return (await deliverOnce(ports, dockingId, deliveryId, { pace: 'wait', timeoutMs: 8000 })).outcome;
    },
  };
}
