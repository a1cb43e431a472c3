// The start page, as `parley serve --demo` hands it out: both channels made with the widget, in every shape that a
// visitor may see it in, and what a screen reader and a strict policy find in it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { openBrowser } from './support/browser.mjs';
import { root, startServer } from './support/server.mjs';
import { after, before, test } from './support/test.mjs';
import { watch } from './support/widget.mjs';

const axe = readFileSync(`${root}/tests/e2e/node_modules/axe-core/axe.min.js`, 'utf8');
let server, browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser({ viewport: { width: 1440, height: 900 } });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The page in a shape of its own; both chats connected where both are to be seen. */
async function openPage({
  width = 1440,
  height = 900,
  address = '/',
  scheme = 'light',
  chats = ['helpdesk', 'webchat'],
} = {}) {
  const tab = await browser.newPage();
  watch(tab, server);
  await tab.setViewportSize({ width, height });
  await tab.emulateMedia({ colorScheme: scheme });
  await tab.goto(server.url + address);
  for (const channel of chats) await tab.locator(`#${channel} [data-state=online]`).waitFor({ state: 'attached' });
  return tab;
}

async function closeClean(tab) {
  assert.deepEqual(tab.problems, []);
  assert.deepEqual(tab.foreign, []);
  await tab.evaluate(() => localStorage.clear());
  await tab.close();
}

async function say(tab, channel, text) {
  await tab.locator(`#${channel} .composer textarea`).fill(text);
  await tab.locator(`#${channel} .composer textarea`).press('Enter');
}

const hears = (tab, channel, text) => tab.locator(`#${channel} .bot`, { hasText: text }).first().waitFor();

test('an employee and a visitor talk side by side, each in a conversation of their own', async () => {
  const tab = await openPage();
  await say(tab, 'helpdesk', 'count one up');
  await hears(tab, 'helpdesk', 'The counter stands at');
  await say(tab, 'webchat', 'pick a colour');
  await hears(tab, 'webchat', 'Which colour do you like?');
  assert.equal(await tab.locator('#helpdesk .own').count(), 1);
  assert.equal(await tab.locator('#webchat .own').count(), 1);
  await closeClean(tab);
});

test('another employee is another person: the chat starts anew, and is found again', async () => {
  const tab = await openPage();
  await say(tab, 'helpdesk', 'count one up');
  await hears(tab, 'helpdesk', 'The counter stands at');
  await tab.getByRole('radio', { name: /Ben Okafor/ }).click();
  await tab.locator('#helpdesk [data-state=online]').waitFor();
  assert.equal(await tab.locator('#helpdesk .own').count(), 0);
  await tab.keyboard.press('ArrowLeft');
  await hears(tab, 'helpdesk', 'The counter stands at');
  assert.equal(await tab.getByRole('radio', { name: /Anna de Vries/ }).getAttribute('aria-checked'), 'true');
  await closeClean(tab);
});

test('the page and both chats change to Dutch, and remember it', async () => {
  const tab = await openPage();
  await tab.getByRole('button', { name: 'Nederlands' }).click();
  await tab.getByRole('heading', { name: 'Helpdesk voor medewerkers' }).waitFor();
  await tab.locator('#helpdesk').getByPlaceholder('Typ uw bericht').waitFor();
  await tab.reload();
  await tab.getByRole('heading', { name: 'Helpdesk voor medewerkers' }).waitFor();
  assert.equal(await tab.evaluate(() => document.documentElement.lang), 'nl');
  await closeClean(tab);
});

test('on a phone the two channels are tabs, and nothing is wider than the screen', async () => {
  const tab = await openPage({ width: 390, height: 844, chats: ['helpdesk'] });
  const wide = () => tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok((await wide()) <= 0);
  assert.equal(await tab.locator('#outside').isVisible(), false);
  await tab.getByRole('tab', { name: 'For employees' }).press('ArrowRight');
  await tab.locator('#outside').waitFor();
  assert.equal(await tab.locator('#inside').isVisible(), false);
  await tab.getByRole('button', { name: 'Open chat' }).click();
  await say(tab, 'webchat', 'pick a colour');
  await hears(tab, 'webchat', 'Which colour do you like?');
  assert.ok((await wide()) <= 0);
  await closeClean(tab);
});

test('in a language from right to left the chat is mirrored', async () => {
  const tab = await openPage({ address: '/?language=ar' });
  await say(tab, 'helpdesk', 'pick a colour');
  await hears(tab, 'helpdesk', 'Which colour do you like?');
  const [own, bot] = await Promise.all(
    ['own', 'bot'].map((side) => tab.locator(`#helpdesk .${side} .bubble`).last().boundingBox()),
  );
  const panel = await tab.locator('#helpdesk .panel').boundingBox();
  assert.ok(own.x - panel.x < panel.x + panel.width - own.x - own.width, 'own words stand at the left');
  assert.ok(bot.x - panel.x > panel.x + panel.width - bot.x - bot.width, 'the bot stands at the right');
  await closeClean(tab);
});

for (const scheme of ['light', 'dark']) {
  test(`axe finds nothing to complain of on the page, ${scheme}`, async () => {
    const tab = await openPage({ scheme });
    await say(tab, 'helpdesk', 'give me the form');
    await tab.locator('#helpdesk .card').waitFor();
    await say(tab, 'webchat', 'pick a colour');
    await tab.getByRole('group', { name: 'Suggested answers' }).last().getByRole('button').first().waitFor();
    await tab.evaluate(axe);
    const { violations } = await tab.evaluate(() =>
      window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }),
    );
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`,
    );
    assert.deepEqual(found, []);
    await closeClean(tab);
  });
}

test('the guide shows a live example in the colour that is chosen, and axe is content', async () => {
  const tab = await openPage({ address: '/web/guide.html', chats: [] });
  await tab.locator('parley-chat [data-state=online]').waitFor();
  await tab.locator('#accent').fill('#1144aa');
  assert.equal(
    await tab.locator('parley-chat header').evaluate((node) => getComputedStyle(node).backgroundColor),
    'rgb(17, 68, 170)',
  );
  assert.ok((await tab.locator('pre').nth(1).innerText()).includes(server.url));
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate(() => window.axe.run());
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`),
    [],
  );
  await closeClean(tab);
});

test('without motion nothing moves', async () => {
  const tab = await openPage();
  await tab.emulateMedia({ reducedMotion: 'reduce' });
  const moving = await tab
    .locator('#webchat parley-chat')
    .evaluate(
      (chat) =>
        [...chat.shadowRoot.querySelectorAll('*')].filter((node) => getComputedStyle(node).animationName !== 'none')
          .length,
    );
  assert.equal(moving, 0);
  await closeClean(tab);
});
