// The stock Bot Framework Web Chat widget, unmodified, in the real Chromium, against the real binary.

import assert from 'node:assert/strict';

import { generateToken } from './support/direct_line.mjs';
import { openGate } from './support/gate.mjs';
import { until } from './support/server.mjs';
import { after, before, test } from './support/test.mjs';
import { bubbles, bundles, failures, hears, send, serveWebChat } from './support/web_chat.mjs';

let chat;
before(async () => { chat = await serveWebChat({ between: openGate }); });
after(() => chat.close());
const open = (...parameters) => chat.open(...parameters);

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

for (const end of ['kill', 'terminate']) {  // a dropped connection; a clean close with 1001
  test(`a server that ended by ${end} and started again is found again; nothing is lost or doubled`, async () => {
    const tab = await open();
    await send(tab, 'pick a colour');
    await hears(tab, 'Which colour do you like?');
    await chat.server[end]();
    await chat.server.start();
    await send(tab, 'red');
    await hears(tab, 'You picked red.', 60_000);
    assert.equal(await bubbles(tab, 'Which colour do you like?').count(), 1);
    assert.equal(await failures(tab), 0);
    await tab.close();
  });
}

test('a refused upgrade is tried again until the stream is there; what was said meanwhile is shown once', async () => {
  const tab = await open();
  await send(tab, 'pick a colour');
  await hears(tab, 'Which colour do you like?');
  chat.front.refused = 0;
  chat.front.refusals = 2;
  chat.front.cut();
  await send(tab, 'green');
  await hears(tab, 'You picked green.', 90_000);
  assert.equal(chat.front.refused, 2);
  assert.equal(await bubbles(tab, 'You picked green.').count(), 1);
  assert.equal(await failures(tab), 0);
  await tab.close();
});

test('the bot is seen typing while a slow service is asked, and no longer when it has answered', async () => {
  const tab = await open();
  await send(tab, 'ponder the question');
  const typing = tab.locator('.webchat__typing-indicator, [class*="typingIndicator"], [class*="typing-indicator"]').first();
  await typing.waitFor();
  await hears(tab, 'I pondered');
  await typing.waitFor({ state: 'detached' });
  await tab.close();
});

test('a person who is typing is let type: the server takes it and keeps nothing of it', async () => {
  const tab = await open();
  const told = tab.waitForResponse((response) => response.request().postData()?.includes('"typing"'));
  await tab.locator('[data-id="webchat-sendbox-input"]').pressSequentially('pick a colour');
  assert.equal((await told).status(), 200);
  await tab.keyboard.press('Enter');
  await hears(tab, 'Which colour do you like?');
  const kept = await tab.evaluate(async () => {
    const { id, token } = JSON.parse(sessionStorage.getItem('conversation'));
    const url = `${new URLSearchParams(location.search).get('domain')}/conversations/${id}/activities`;
    const answer = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
    return (await answer.json()).activities.map(({ type }) => type);
  });
  assert.equal(kept.includes('typing'), false);
  assert.equal(kept.includes('message'), true);
  await tab.close();
});

for (const bundle of bundles.slice(1)) {
  test(`the widget's bundle ${bundle} sends, hears, presses and reloads`, async () => {
    const tab = await open({}, bundle);
    await send(tab, 'pick a colour');
    await tab.locator('.webchat__suggested-action', { hasText: 'Green' }).click();
    await hears(tab, 'You picked green.');
    await tab.reload();
    await hears(tab, 'You picked green.');
    assert.equal(await bubbles(tab, 'pick a colour').count(), 1);
    assert.deepEqual(tab.problems, []);
    await tab.close();
  });
}

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
  const second = await chat.browser.newPage();
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
  const tab = await chat.browser.newPage();
  await tab.clock.install();
  const { token } = await generateToken(chat.server);
  await tab.goto(chat.address(token));
  await until(async () => { await tab.clock.runFor(200); return tab.evaluate(() => window.statuses?.includes(2)); }, 'online');
  const refreshed = tab.waitForResponse((response) => response.url().endsWith('/tokens/refresh') && response.request().method() === 'POST');
  await tab.clock.fastForward(15 * 60_000 + 1_000);
  assert.equal((await refreshed).status(), 200);
  await tab.close();
});

test('an Arabic page is laid out from right to left', async () => {
  const tab = await open({ locale: 'ar-EG' });
  await tab.locator('[dir="rtl"]').first().waitFor();
  await tab.close();
});
