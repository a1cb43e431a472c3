// The own widget when the world is not kind: reloads, restarts, lost frames, several tabs, expired tokens.
// What was written arrives once, in order, whatever happens between.

import assert from 'node:assert/strict';

import { openBrowser } from './support/browser.mjs';
import { employeeToken, startServer, until } from './support/server.mjs';
import { after, before, test } from './support/test.mjs';
import {
  box,
  hears,
  messages,
  online,
  openWidget,
  say,
  stored,
  transcript,
} from './support/widget.mjs';

let server, browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser({ viewport: { width: 700, height: 700 } });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});
const own = (list) => list.filter((line) => line.startsWith('> '));

test('a reload shows the same conversation, in the same order', async () => {
  const tab = await openWidget(browser, server);
  await say(tab, 'pick a colour');
  await hears(tab, 'Which colour do you like?');
  await say(tab, 'red');
  await hears(tab, 'You picked red.');
  const before = await transcript(tab);
  await tab.reload();
  await hears(tab, 'You picked red.');
  assert.deepEqual(await transcript(tab), before);
  await tab.close();
});

test('the server is killed and started again in mid-conversation: nothing lost, nothing doubled', async () => {
  const tab = await openWidget(browser, server);
  await say(tab, 'count one up');
  await hears(tab, 'The counter stands at');
  await server.kill();
  await tab.locator('parley-chat [data-kind=reconnecting]').waitFor();
  await say(tab, 'pick a colour');
  await say(tab, 'red');
  await messages(tab, 'Waiting to be sent').nth(1).waitFor();
  await server.start();
  await hears(tab, 'You picked red.', 60_000);
  await stored(tab, 'red');
  assert.deepEqual(own(await transcript(tab)), ['> count one up', '> pick a colour', '> red']);
  assert.equal(await messages(tab, 'You picked red.').count(), 1);
  const before = await transcript(tab);
  await tab.reload();
  await hears(tab, 'You picked red.');
  assert.deepEqual((await transcript(tab)).sort(), before.sort());
  await tab.close();
});

test('coming back is said, and only for a moment', async () => {
  const tab = await openWidget(browser, server);
  await server.terminate();
  await tab.locator('parley-chat [data-kind=reconnecting]').waitFor();
  await server.start();
  await tab.locator('parley-chat [data-kind=restored]').waitFor({ timeout: 60_000 });
  await tab.locator('parley-chat .notice:empty').waitFor({ state: 'attached' });
  await tab.close();
});

test('what was written without a server survives a reload of the page and is sent once', async () => {
  const tab = await openWidget(browser, server, {
    line: (socket) => {
      const real = socket.connectToServer();
      if (tabState.cut) socket.close({ code: 1001, reason: 'cut' });
      real.onMessage((data) => socket.send(data));
      tabState.socket = socket;
    },
  });
  tabState.cut = true;
  tabState.socket.close({ code: 1001, reason: 'cut' });
  await tab.locator('parley-chat [data-kind=reconnecting]').waitFor();
  await say(tab, 'count one up');
  await tab.reload();
  await messages(tab, 'count one up', 'own').waitFor();
  tabState.cut = false;
  await hears(tab, 'The counter stands at', 60_000);
  assert.equal(await messages(tab, 'count one up', 'own').count(), 1);
  assert.equal(await messages(tab, 'The counter stands at').count(), 1);
  await tab.close();
});
const tabState = {};

test('an acknowledgement that is lost on the way leads to a repeat with the same id, and no double', async () => {
  const ids = [];
  let lose = true;
  const tab = await openWidget(browser, server, {
    line: (socket) => {
      const real = socket.connectToServer();
      socket.onMessage((data) => {
        const frame = JSON.parse(data);
        if (frame.type === 'activity') ids.push(frame.id);
        real.send(data);
      });
      real.onMessage((data) => {
        const frame = JSON.parse(data);
        const about = frame.type === 'ack' || frame.type === 'activities';
        if (!(lose && ids.length && about)) return socket.send(data);
        if (frame.type !== 'ack') return;
        lose = false;
        socket.close({ code: 1001, reason: 'lost' });
      });
    },
  });
  await say(tab, 'count one up');
  await hears(tab, 'The counter stands at', 60_000);
  await stored(tab, 'count one up');
  await say(tab, 'pick a colour');
  await hears(tab, 'Which colour do you like?');
  assert.ok(ids.length >= 2, String(ids));
  assert.equal(ids.filter((id) => id === ids[0]).length >= 1, true);
  assert.equal(await messages(tab, 'The counter stands at').count(), 1);
  assert.equal(await messages(tab, 'count one up', 'own').count(), 1);
  await tab.close();
});

test('a refused message can be tried again, with the id that it had', async () => {
  const ids = [];
  const tab = await openWidget(browser, server, {
    line: (socket) => {
      const real = socket.connectToServer();
      socket.onMessage((data) => {
        const frame = JSON.parse(data);
        if (frame.type === 'activity') ids.push(frame.id);
        if (frame.type !== 'activity' || ids.length > 1) return real.send(data);
        socket.send(JSON.stringify({ type: 'error', id: frame.id, code: 'invalid', message: 'No.' }));
      });
    },
  });
  await say(tab, 'count one up');
  await messages(tab, 'Not sent', 'own').getByRole('button', { name: 'Try again' }).click();
  await hears(tab, 'The counter stands at');
  assert.equal(ids.length, 2);
  assert.equal(ids[0], ids[1]);
  await stored(tab, 'count one up');
  await tab.close();
});

test('a message that came too fast is sent by itself when the server allows', async () => {
  let refused = 0;
  const tab = await openWidget(browser, server, {
    line: (socket) => {
      const real = socket.connectToServer();
      socket.onMessage((data) => {
        const frame = JSON.parse(data);
        if (frame.type !== 'activity' || refused++) return real.send(data);
        socket.send(
          JSON.stringify({ type: 'error', id: frame.id, code: 'busy', message: 'Slower.', retry_after_ms: 200 }),
        );
      });
    },
  });
  await say(tab, 'count one up');
  await hears(tab, 'The counter stands at');
  await stored(tab, 'count one up');
  await tab.close();
});

test('two tabs show the same conversation, and a start over moves both', async () => {
  const first = await openWidget(browser, server);
  await say(first, 'pick a colour');
  await hears(first, 'Which colour do you like?');
  const second = await openWidget(browser, server, { returning: true });
  await hears(second, 'Which colour do you like?');
  await say(second, 'blue');
  await hears(first, 'You picked blue.');
  await hears(second, 'You picked blue.');
  assert.deepEqual(await transcript(first), await transcript(second));
  await second.getByRole('button', { name: 'Start over' }).click();
  await second.getByRole('alertdialog').getByRole('button', { name: 'Start over' }).click();
  await until(async () => (await messages(first, 'You picked blue.').count()) === 0, 'the first tab follows');
  await online(second);
  await say(second, 'count one up');
  await hears(first, 'The counter stands at');
  await first.close();
  await second.close();
});

test('a browser that is offline says so, keeps what is written, and sends it when it is back', async () => {
  const tab = await openWidget(browser, server);
  await browser.setOffline(true);
  await server.kill();
  await tab.locator('parley-chat [data-kind=offline]').waitFor();
  await say(tab, 'count one up');
  await messages(tab, 'Waiting to be sent').waitFor();
  await server.start();
  await browser.setOffline(false);
  await hears(tab, 'The counter stands at', 60_000);
  assert.equal(await messages(tab, 'count one up', 'own').count(), 1);
  await tab.close();
});

test('an expired token is replaced by asking the page, and the conversation goes on', async () => {
  let socket;
  const tab = await openWidget(browser, server, {
    attributes: { channel: 'helpdesk', token: employeeToken() },
    line: (route) => {
      socket = route;
      route.connectToServer();
    },
  });
  await say(tab, 'count one up');
  await hears(tab, 'The counter stands at');
  await tab.evaluate(
    (token) =>
      document.addEventListener('parley:token-needed', (event) => {
        window.asked = (window.asked ?? 0) + 1;
        event.detail.respond(Promise.resolve(token));
      }),
    employeeToken(),
  );
  socket.close({ code: 4401, reason: 'expired' });
  await until(() => tab.evaluate(() => window.asked), 'the page is asked for a token');
  await online(tab);
  await say(tab, 'pick a colour');
  await hears(tab, 'Which colour do you like?', 60_000);
  assert.equal(await messages(tab, 'count one up', 'own').count(), 1);
  await tab.close();
});

test('a token is refreshed on the socket before it expires', async () => {
  const heard = [];
  const tab = await openWidget(browser, server, {
    line: (socket) => {
      const real = socket.connectToServer();
      socket.onMessage((data) => {
        heard.push(JSON.parse(data).type);
        real.send(data);
      });
      real.onMessage((data) => {
        const frame = JSON.parse(data);
        socket.send(JSON.stringify(frame.type === 'welcome' ? { ...frame, expires_in: 1 } : frame));
      });
    },
  });
  await until(() => heard.includes('refresh'), 'a refresh is asked for');
  await say(tab, 'count one up');
  await hears(tab, 'The counter stands at');
  await tab.close();
});

test('two employees at one browser each have their own conversation', async () => {
  const attributes = { channel: 'helpdesk', token: employeeToken() };
  const tab = await openWidget(browser, server, { attributes });
  await say(tab, 'pick a colour');
  await hears(tab, 'Which colour do you like?');
  const change = (token) =>
    tab.locator('parley-chat').evaluate((chat, value) => chat.setAttribute('token', value), token);
  await change(employeeToken({ sub: 'e1002', name: 'Ben Okafor' }));
  await until(async () => (await messages(tab, 'pick a colour').count()) === 0, 'the other one starts empty');
  await online(tab);
  await say(tab, 'count one up');
  await hears(tab, 'The counter stands at');
  await change(employeeToken());
  await hears(tab, 'Which colour do you like?');
  assert.equal(await messages(tab, 'count one up').count(), 0);
  await tab.close();
});
