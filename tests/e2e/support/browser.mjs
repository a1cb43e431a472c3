// The real Chromium, headless, told to ask nobody but the pages under test.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
  // Some pages are handed to the browser by their test, and then must not be asked whether they may talk to this machine.
  '--disable-features=LocalNetworkAccessChecks'];

/** A browser context with an empty profile; `close` removes it. Extra options are Playwright's. */
export async function openBrowser(options = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'parley-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: quiet, ...options });
  const close = context.close.bind(context);
  context.profile = profile;
  context.close = async () => {
    await close();
    rmSync(profile, { recursive: true, force: true });
  };
  return context;
}
