/**
 * A real browser for tests, found without a person: `CHROMIUM_PATH`, then a Chromium or Chrome of this machine, then the
 * one that an npm package carries, so that no test of a page is ever left out.
 */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const INSTALLED = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
/** Nothing is looked up or downloaded beside what the test opens. */
const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function openBrowser(): Promise<Browser> {
  const installed = INSTALLED.find((path) => path !== undefined && existsSync(path));
  if (installed) return chromium.launch({ executablePath: installed, args: QUIET });
  const { executablePath, env } = await carriedChromium();
  return chromium.launch({ executablePath, args: QUIET, env });
}

/** Its libraries come with it, as on the bare machines that the package is made for. */
async function carriedChromium(): Promise<{ executablePath: string; env: Record<string, string> }> {
  const before = { ...process.env };
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs22.x';
  try {
    const { default: carried } = await import('@sparticuz/chromium');
    const executablePath = await carried.executablePath();
    const env = Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    return { executablePath, env: Object.fromEntries(env) };
  } finally {
    process.env = before;
  }
}
