/** People before a real browser. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../support/browser';

export interface Visitors {
  /** A browser without a session. */
  visitor(language?: 'en' | 'zh'): Promise<Page>;
  /** The page at `path`, signed in with the token by the link of the first start. */
  signedIn(path: string, options: { token: string; language?: 'en' | 'zh' }): Promise<Page>;
  /** Fails when a page broke meanwhile: no test may have passed over that. */
  close(): Promise<void>;
}

/** `url`: of the API that serves the console. */
export async function openVisitors(url: string): Promise<Visitors> {
  const browser = await openBrowser();
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];
  const visitor: Visitors['visitor'] = async (language = 'en') => {
    const context = await browser.newContext({
      locale: language === 'zh' ? 'zh-CN' : 'en-GB',
      viewport: { width: 1400, height: 900 },
    });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(45_000);
    page.on('pageerror', (error) => faults.push(error.message));
    return page;
  };
  return {
    visitor,
    async signedIn(path, { token, language }) {
      const page = await visitor(language);
      await page.goto(`${url}/#token=${token}`);
      await page.getByRole('button', { name: language === 'zh' ? '退出' : 'Sign out' }).waitFor();
      await page.goto(`${url}/#${path}`);
      return page;
    },
    async close() {
      await Promise.all(contexts.map((context) => context.close()));
      await browser.close();
      if (faults.length > 0) throw new Error(`pages broke: ${faults.join('; ')}`);
    },
  };
}

/** A picture of the page in the folder that `SCREENSHOTS` names; without it, none. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
