// The own widget on a page of the server, as a visitor or an employee would have it.
//
//   const tab = await openWidget(browser, server);
//   await say(tab, 'pick a colour');
//   await hears(tab, 'Which colour do you like?');
//
// The page stands on the server's own origin under the strict policy that the server gives its pages.

export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:";

/** The attributes become those of <parley-chat>; `tag` replaces the element by other HTML. */
function pageText(attributes, tag) {
  const list = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Widget</title>
    ${tag ?? `<script type="module" src="/web/parley.js"></script><parley-chat${list}></parley-chat>`}</html>`;
}

/**
 * A new tab with the widget, for a visitor who was never here unless `returning`. `attributes` and `tag`: see above.
 * `line(socket)` may tamper with the WebSocket (Playwright's WebSocketRoute). The tab collects `problems` (page errors,
 * policy violations) and `foreign` requests.
 */
export async function openWidget(browser, server, options = {}) {
  const { attributes = {}, tag, line, connected = true, returning = false } = options;
  const tab = await browser.newPage();
  watch(tab, server);
  const body = pageText({ channel: 'webchat', mode: 'inline', language: 'en', ...attributes }, tag);
  const headers = { 'content-security-policy': policy };
  await tab.route(`${server.url}/page`, (route) => route.fulfill({ contentType: 'text/html', headers, body }));
  if (!returning) {
    await tab.goto(`${server.url}/web/demo/texts.js`);
    await tab.evaluate(() => localStorage.clear());
  }
  if (line) await tab.routeWebSocket(/\/socket$/, line);
  await tab.goto(`${server.url}/page`);
  if (connected) await online(tab);
  return tab;
}

export function watch(tab, server) {
  tab.problems = [];
  tab.foreign = [];
  tab.on('pageerror', (error) => tab.problems.push(String(error.stack ?? error)));
  tab.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) tab.problems.push(message.text());
  });
  tab.on('request', (request) => {
    const { host, protocol } = new URL(request.url());
    if (/^(http|ws)/.test(protocol) && host !== new URL(server.url).host) tab.foreign.push(request.url());
  });
}

export const online = (tab, timeout = 30_000) =>
  tab.locator('parley-chat [data-state=online]').first().waitFor({ state: 'attached', timeout });
export const box = (tab) => tab.locator('parley-chat .composer textarea');

export async function say(tab, text) {
  await box(tab).fill(text);
  await box(tab).press('Enter');
}

/** The messages of one side ('own' or 'bot'), or of both, that hold `text`. */
export const messages = (tab, text = '', side = '') =>
  tab.locator(`parley-chat .message${side && `.${side}`}`, { hasText: text });
export const hears = (tab, text, timeout = 30_000) => messages(tab, text, 'bot').last().waitFor({ timeout });
export const stored = (tab, text) =>
  tab.locator('parley-chat .own[data-state=sent]', { hasText: text }).last().waitFor();
export const suggestion = (tab, title) =>
  tab.getByRole('group', { name: 'Suggested answers' }).getByRole('button', { name: title });

/** The texts of all messages from top to bottom, own ones after '> '. */
export const transcript = (tab) =>
  messages(tab).evaluateAll((nodes) =>
    nodes.map(
      (node) => (node.classList.contains('own') ? '> ' : '') + (node.querySelector('.bubble')?.innerText ?? ''),
    ),
  );
