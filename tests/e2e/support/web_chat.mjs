// The stock Bot Framework Web Chat widget, unmodified, on a page with a strict content security policy.
//
//   const chat = await serveWebChat();           // {server, pages, browser, open, close}
//   const tab = await chat.open({ locale: 'nl-NL' });
//   await send(tab, 'hello');
//   await hears(tab, 'Hello!');

import { readFileSync } from 'node:fs';

import { openBrowser } from './browser.mjs';
import { generateToken } from './direct_line.mjs';
import { root, startServer } from './server.mjs';
import { servePages } from './static_page.mjs';

const nonce = 'bm9uY2U';
const dist = `${root}/tests/e2e/node_modules/botframework-webchat/dist`;
/** The forms in which its authors ship it. */
export const bundles = ['webchat.js', 'webchat-es5.js', 'webchat-minimal.js'];

// The page takes everything from its address, so that a reload is a reload.
const pageOf = (bundle) => `<!doctype html><meta charset="utf-8"><title>Web Chat</title>
<style nonce="${nonce}">html, body, #chat { height: 100%; margin: 0 }</style><div id="chat"></div>
<script nonce="${nonce}" src="/${bundle}"></script>
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

function csp(origins) {
  const connect = origins.flatMap((origin) => [origin, origin.replace('http', 'ws')]).join(' ');
  return `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'nonce-${nonce}'; ` +
    `img-src data: blob:; worker-src blob:; connect-src ${connect}`;
}

/** `between(server)` may start something that stands between page and server: {url, close}. */
export async function serveWebChat({ between } = {}) {
  const files = {};
  for (const bundle of bundles) {
    files[`/${bundle}`] = { type: 'text/javascript', body: readFileSync(`${dist}/${bundle}`) };
    files[`/with/${bundle}`] = { type: 'text/html', body: pageOf(bundle), headers: {} };
  }
  const pages = await servePages(files);
  const server = await startServer({ origins: [pages.url] });
  const front = between ? await between(server) : { url: server.url, close: async () => {} };
  for (const bundle of bundles) files[`/with/${bundle}`].headers['content-security-policy'] = csp([server.url, front.url]);
  const browser = await openBrowser();

  /** A page with the widget, connected. Notes errors of scripts in `problems`, requests to others in `foreign`. */
  async function open(parameters = {}, bundle = bundles[0]) {
    const { token } = await generateToken(server);
    const tab = await browser.newPage();
    tab.problems = [];
    tab.on('pageerror', (error) => tab.problems.push(String(error)));
    tab.foreign = [];
    tab.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && ![pages.url, server.url, front.url].includes(origin)) tab.foreign.push(request.url());
    });
    await tab.goto(address(token, parameters, bundle));
    await tab.waitForFunction(() => window.statuses?.includes(2));
    return tab;
  }

  function address(token, parameters = {}, bundle = bundles[0]) {
    const query = new URLSearchParams({ token, domain: `${front.url}/helpdesk/v3/directline`, user: 'e1001', ...parameters });
    return `${pages.url}/with/${bundle}?${query}`;
  }

  async function close() {
    await browser.close();
    await front.close();
    await server.stop();
    await pages.close();
  }
  return { server, pages, browser, front, open, address, close };
}

export async function send(tab, text) {
  await tab.locator('[data-id="webchat-sendbox-input"]').fill(text);
  await tab.keyboard.press('Enter');
}
export const bubbles = (tab, text) => tab.locator('.webchat__bubble__content', { hasText: text });
export const hears = (tab, text, timeout = 30_000) => bubbles(tab, text).first().waitFor({ timeout });
export const failures = (tab) => tab.getByText('Send failed').count();
