/** The whole product with a live docking of a simulated company, and a real browser before it. */
import type { Page } from 'playwright-core';
import { httpTo, type Http } from '../../stack/story/http';
import { checklistOf, createDocking, foundCompany, goLive, type Company } from '../../stack/story/set-up';
import { startWholeStack } from '../support/whole-stack';
import { openVisitors } from './visitors';

export interface ConsoleGround {
  /** Of the API and the console. */
  url: string;
  api: Http;
  simulator: Http;
  company: Company;
  /** Of the simulated platform. */
  platformUrl: string;
  dockingId: string;
  /** The page at `path`, signed in; default: with the admin's token. */
  signedIn(path: string, options?: { token?: string; language?: 'en' | 'zh' }): Promise<Page>;
  stop(): Promise<void>;
}

export async function startConsole(): Promise<ConsoleGround> {
  const whole = await startWholeStack();
  const { api: url, adminToken, simulator: platform } = whole.stack.endpoints;
  if (!platform) throw new Error('the stack has no simulator');
  const visitors = await openVisitors(url);
  const api = httpTo(url, adminToken);
  const simulator = httpTo(platform);
  const company = await foundCompany(simulator);
  const dockingId = await createDocking(api, company, platform);
  await checklistOf(api, dockingId);
  await goLive(api, dockingId);
  return {
    url,
    api,
    simulator,
    company,
    platformUrl: platform,
    dockingId,
    signedIn: (path, options = {}) => visitors.signedIn(path, { token: adminToken, ...options }),
    async stop() {
      try {
        await visitors.close();
      } finally {
        await whole.stop();
      }
    },
  };
}
