// Channels that are not open: the widget in a preview as the person who is named for it sees it, and others; and on a
// closed channel. The Direct Line client that others write is let in and turned away likewise.

import assert from 'node:assert/strict';

import { openBrowser } from './support/browser.mjs';
import { startServer } from './support/server.mjs';
import { after, before, test } from './support/test.mjs';
import { watch } from './support/widget.mjs';

let previewing, closed, browser;
before(async () => {
  previewing = await startServer({ webchat: ['phase: preview', 'people: [e1001]'] });
  closed = await startServer({ webchat: ['phase: closed'] });
  browser = await openBrowser({ viewport: { width: 1440, height: 900 } });
});
after(async () => {
  await browser?.close();
  await previewing?.stop();
  await closed?.stop();
});

async function openPage(server, address) {
  const tab = await browser.newPage();
  watch(tab, server);
  await tab.goto(server.url + address);
  return tab;
}

async function close(tab) {
  assert.deepEqual(tab.problems, []);
  await tab.evaluate(() => localStorage.clear());
  await tab.close();
}

test('the start page signs the person in who is named for the preview, and marks it', async () => {
  const tab = await openPage(previewing, '/?language=en');
  const chat = tab.locator('#webchat');
  await chat.locator('[data-state=online]').waitFor({ state: 'attached' });
  await chat.locator('.bot', { hasText: 'You are using a preview.' }).waitFor();
  assert.equal(await chat.locator('.mark').textContent(), 'Preview');
  assert.ok(await chat.locator('.mark').isVisible());
  assert.ok(!(await tab.locator('#helpdesk .mark').isVisible()), 'the open channel has no mark');
  await tab.getByText('signed in as Anna de Vries').waitFor();
  await chat.locator('.composer textarea').fill('pick a colour');
  await chat.locator('.composer textarea').press('Enter');
  await chat.locator('.bot', { hasText: 'Which colour do you like?' }).waitFor();
  await tab.locator('[data-language=nl]').click();
  await tab.getByText('aangemeld als Anna de Vries').waitFor();
  await tab.locator('#webchat .mark', { hasText: 'Proefversie' }).waitFor();
  await close(tab);
});

test('the guide lets the same person try', async () => {
  const tab = await openPage(previewing, '/web/guide.html');
  await tab.locator('.bot', { hasText: 'You are using a preview.' }).waitFor();
  await close(tab);
});

test('who is not named for the preview is told so, and not asked again', async () => {
  const tab = await openPage(previewing, '/web/chat.html?channel=webchat&person=e1002&language=en');
  await tab.locator('[data-state=notNamed]').waitFor();
  await tab.getByText('This chat is being tried out and not open to everybody yet.').waitFor();
  await close(tab);
});

test('a closed channel says so', async () => {
  const tab = await openPage(closed, '/web/chat.html?channel=webchat&language=en');
  await tab.locator('[data-state=closed]').waitFor();
  await tab.getByText('This chat is closed at the moment.').waitFor();
  await close(tab);
});

test('over Direct Line the answers are those that its clients know', async () => {
  const generate = (server) => fetch(`${server.url}/webchat/v3/directline/tokens/generate`,
    { method: 'POST', headers: { origin: server.url } });
  const turnedAway = await generate(previewing);
  assert.equal(turnedAway.status, 403);
  assert.equal((await turnedAway.json()).error.code, 'PreviewOnly');
  const shut = await generate(closed);
  assert.equal(shut.status, 503);
  assert.equal((await shut.json()).error.code, 'ChannelClosed');
  assert.equal(shut.headers.get('retry-after'), '5');
});
