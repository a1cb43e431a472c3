// The stock Bot Framework Web Chat widget, unmodified, in the real Chromium, against the real binary.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { openBrowser } from './support/browser.mjs';
import { generateToken } from './support/direct_line.mjs';
import { root, startServer, until } from './support/server.mjs';
import { servePages } from './support/static_page.mjs';

const nonce = 'bm9uY2U';
// The page takes everything from its address, so that a reload is a reload.
const page = `<!doctype html><meta charset="utf-8"><title>Web Chat</title>
<style nonce="${nonce}">html, body, #chat { height: 100%; margin: 0 }</style><div id="chat"></div>
<script nonce="${nonce}" src="/webchat.js"></script>
<script nonce="${nonce}">
  const asked = new URLSearchParams(location.search);
  const kept = JSON.parse(sessionStorage.getItem('conversation') || 'null');
  const line = WebChat.createDirectLine({ token: kept?.token ?? asked.get('token'), domain: asked.get('domain'),
    conversationId: kept?.id, watermark: kept ? '0' : undefined, webSocket: asked.get('polling') !== '1' });
  line.connectionStatus$.subscribe((status) => {
    window.statuses = [...(window.statuses ?? []), status];
    if (status === 2) sessionStorage.setItem('conversation', JSON.stringify({ id: line.conversationId, token: line.token }));
  });
  window.line = line;
  WebChat.renderWebChat({ directLine: line, userID: asked.get('user') ?? undefined, locale: asked.get('locale') ?? 'en-US',
    nonce: '${nonce}', sendTypingIndicator: true }, document.getElementById('chat'));
</script>`;

let server, pages, browser;

function csp(connect) {
  return `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'nonce-${nonce}'; ` +
    `img-src data: blob:; worker-src blob:; connect-src ${connect}`;
}

before(async () => {
  const file = process.env.WEBCHAT_BUNDLE ?? 'webchat.js';
  const bundle = readFileSync(`${root}/tests/e2e/node_modules/botframework-webchat/dist/${file}`);
  const files = { '/webchat.js': { type: 'text/javascript', body: bundle }, '/': { type: 'text/html', body: page, headers: {} } };
  pages = await servePages(files);
  server = await startServer({ origins: [pages.url] });
  files['/'].headers['content-security-policy'] = csp(`${server.url} ${server.url.replace('http', 'ws')}`);
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await server.stop();
  await pages.close();
});

/** A page with the widget, connected. */
async function open(parameters = {}) {
  const { token } = await generateToken(server);
  const tab = await browser.newPage();
  tab.problems = [];
  tab.on('pageerror', (error) => tab.problems.push(String(error)));
  tab.foreign = [];
  tab.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== pages.url && origin !== server.url) tab.foreign.push(request.url());
  });
  const query = new URLSearchParams({ token, domain: `${server.url}/helpdesk/v3/directline`, user: 'e1001', ...parameters });
  await tab.goto(`${pages.url}/?${query}`);
  await tab.waitForFunction(() => window.statuses?.includes(2));
  return tab;
}

async function send(tab, text) {
  await tab.locator('[data-id="webchat-sendbox-input"]').fill(text);
  await tab.keyboard.press('Enter');
}

const bubbles = (tab, text) => tab.locator('.webchat__bubble__content', { hasText: text });
const hears = (tab, text, timeout = 30_000) => bubbles(tab, text).first().waitFor({ timeout });
const failures = (tab) => tab.getByText('Send failed').count();

test('the widget sends, shows the message once, and shows the answer', async () => {
  const tab = await open();
  await send(tab, 'pick a colour');
  await hears(tab, 'Which colour do you like?');
  assert.equal(await bubbles(tab, 'pick a colour').count(), 1);
  assert.equal(await failures(tab), 0);
  assert.deepEqual(tab.problems, []);
  assert.deepEqual(tab.foreign, [], 'nothing is asked of any other host');
  await tab.close();
});

test('a suggested action is pressed and answered', async () => {
  const tab = await open();
  await send(tab, 'pick a colour');
  await tab.locator('.webchat__suggested-action', { hasText: 'Green' }).click();
  await hears(tab, 'You picked green.');
  await tab.close();
});

test('a hero card is shown, and its button speaks', async () => {
  const tab = await open();
  await send(tab, 'show me a card');
  await hears(tab, 'Here is a card.');
  await tab.getByRole('button', { name: 'Pick a colour' }).first().click();
  await hears(tab, 'Which colour do you like?');
  await tab.close();
});

test('an Adaptive Card is filled in and submitted', async () => {
  const tab = await open();
  await send(tab, 'give me the form');
  await tab.getByRole('textbox', { name: 'Street' }).fill('Herengracht 1');
  await tab.locator('button.ac-pushButton', { hasText: 'Send the form' }).click();
  await hears(tab, 'Thank you, Herengracht 1 it is.');
  await tab.close();
});

test('a reload shows the history and goes on', async () => {
  const tab = await open();
  await send(tab, 'pick a colour');
  await hears(tab, 'Which colour do you like?');
  await tab.reload();
  await hears(tab, 'Which colour do you like?');
  await send(tab, 'blue');
  await hears(tab, 'You picked blue.');
  assert.equal(await bubbles(tab, 'pick a colour').count(), 1);
  await tab.close();
});

test('a server that is killed and started again is found again; nothing is lost or doubled', async () => {
  const tab = await open();
  await send(tab, 'pick a colour');
  await hears(tab, 'Which colour do you like?');
  await server.kill();
  await server.start();
  await send(tab, 'red');
  await hears(tab, 'You picked red.', 60_000);
  assert.equal(await bubbles(tab, 'Which colour do you like?').count(), 1);
  assert.equal(await failures(tab), 0);
  await tab.close();
});

test('polling works in the widget', async () => {
  const tab = await open({ polling: '1' });
  await send(tab, 'pick a colour');
  await hears(tab, 'Which colour do you like?');
  await tab.close();
});

test('two tabs of one conversation show the same', async () => {
  const first = await open();
  await send(first, 'pick a colour');
  await hears(first, 'Which colour do you like?');
  const kept = await first.evaluate(() => sessionStorage.getItem('conversation'));
  const second = await browser.newPage();
  await second.addInitScript((value) => sessionStorage.setItem('conversation', value), kept);
  await second.goto(first.url());
  await hears(second, 'Which colour do you like?');
  await send(second, 'green');
  await hears(first, 'You picked green.');
  assert.equal(await bubbles(first, 'green').count() >= 1, true);
  await first.close();
  await second.close();
});

test('the token is refreshed after fifteen minutes of the page\'s clock', async () => {
  const tab = await browser.newPage();
  await tab.clock.install();
  const { token } = await generateToken(server);
  const query = new URLSearchParams({ token, domain: `${server.url}/helpdesk/v3/directline`, user: 'e1001' });
  await tab.goto(`${pages.url}/?${query}`);
  await until(async () => { await tab.clock.runFor(200); return tab.evaluate(() => window.statuses?.includes(2)); }, 'online');
  const refreshed = tab.waitForResponse((response) => response.url().endsWith('/tokens/refresh') && response.request().method() === 'POST');
  await tab.clock.runFor(15 * 60_000 + 1_000);
  assert.equal((await refreshed).status(), 200);
  await tab.close();
});

test('an Arabic page is laid out from right to left', async () => {
  const tab = await open({ locale: 'ar-EG' });
  await tab.locator('[dir="rtl"]').first().waitFor();
  await tab.close();
});
