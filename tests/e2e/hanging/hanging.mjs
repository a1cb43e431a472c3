// Tests that hang on purpose, with a real server and a real browser; limits_test.mjs runs them.

import { spawn } from 'node:child_process';

import { openBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { after, before, test } from '../support/test.mjs';

let server, browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  process.stderr.write(`server ${server.pid}, profile ${browser.profile}\n`);
});
after(async () => {
  await browser.close();
  await server.stop();
});

if (process.env.PARLEY_HANG === 'loop') {
  test('never yields', () => { for (;;); });
} else {
  test('waits for ever', () => new Promise(() => {}));
  test('goes on behind it', () => {});
}
