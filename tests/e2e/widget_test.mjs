// The own widget in the real Chromium against the real binary: what is said, shown and pressed.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

import { openBrowser } from './support/browser.mjs';
import { employeeToken, root, startServer, until } from './support/server.mjs';
import { after, before, test } from './support/test.mjs';
import {
  box,
  hears,
  messages,
  online,
  openWidget,
  say,
  stored,
  suggestion,
  transcript,
} from './support/widget.mjs';

let server, browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser({ viewport: { width: 900, height: 700 } });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Nothing went wrong in the page, and it asked nobody but its own server. */
async function closeClean(tab) {
  assert.deepEqual(tab.problems, []);
  assert.deepEqual(tab.foreign, []);
  await tab.close();
}

/** A line whose server says the given activities after the welcome, beside everything real. */
const saying =
  (...activities) =>
  (socket) => {
    const real = socket.connectToServer();
    real.onMessage((data) => {
      socket.send(data);
      if (JSON.parse(data).type !== 'welcome') return;
      const items = activities.map((activity, index) => ({
        sequence: 1000 + index,
        activity: {
          type: 'message',
          from: { role: 'bot' },
          id: `t${index}`,
          timestamp: new Date().toISOString(),
          ...activity,
        },
      }));
      socket.send(JSON.stringify({ type: 'activities', items }));
    });
    return real;
  };

test('a message is shown once, marked as stored, and answered', async () => {
  const tab = await openWidget(browser, server);
  await say(tab, 'pick a colour');
  await hears(tab, 'Which colour do you like?');
  await stored(tab, 'pick a colour');
  assert.equal(await messages(tab, 'pick a colour', 'own').count(), 1);
  assert.equal(await box(tab).inputValue(), '');
  await closeClean(tab);
});

test('a suggested answer is said by pressing it, and only the last message has some', async () => {
  const tab = await openWidget(browser, server);
  await say(tab, 'pick a colour');
  await suggestion(tab, 'Red').click();
  await hears(tab, 'You picked red.');
  assert.equal(await suggestion(tab, 'Red').count(), 0);
  assert.equal(
    await tab.evaluate(() => document.querySelector('parley-chat').shadowRoot.activeElement?.localName),
    'textarea',
  );
  await closeClean(tab);
});

test('a hero card shows its texts, and its button speaks until something else was said', async () => {
  const tab = await openWidget(browser, server);
  await say(tab, 'show me a card');
  const card = tab.locator('parley-chat .card');
  await card.getByText('A card with a button.').waitFor();
  const button = card.getByRole('button', { name: 'Pick a colour' });
  await button.click();
  await hears(tab, 'Which colour do you like?');
  assert.equal(await button.isDisabled(), true);
  await closeClean(tab);
});

test('an Adaptive Card is filled in, sent once, and stays filled in after a reload', async () => {
  const tab = await openWidget(browser, server);
  await say(tab, 'give me the form');
  await tab.getByLabel('Street').fill('Kerkstraat 1');
  await tab.getByRole('button', { name: 'Send the form' }).click();
  await hears(tab, 'Thank you, Kerkstraat 1 it is.');
  assert.equal(await tab.getByLabel('Street').isDisabled(), true);
  await tab.reload();
  await hears(tab, 'Thank you, Kerkstraat 1 it is.');
  assert.equal(await tab.getByLabel('Street').inputValue(), 'Kerkstraat 1');
  assert.equal(await tab.getByLabel('Street').isDisabled(), true);
  assert.equal(await messages(tab, 'Thank you, Kerkstraat 1').count(), 1);
  await closeClean(tab);
});

test('markup in what people and the bot say is shown as text', async () => {
  const attack = '<img src=x onerror=document.title="broken"><script>document.title="broken"</script>';
  const tab = await openWidget(browser, server, {
    line: saying(
      { text: attack },
      {
        text: '[press](javascript:document.title="broken")',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.hero',
            content: {
              title: attack,
              text: attack,
              buttons: [
                { type: 'openUrl', title: 'bad', value: 'javascript:alert(1)' },
                { type: 'openUrl', title: 'good', value: 'https://example.com/' },
              ],
            },
          },
        ],
      },
    ),
  });
  await say(tab, attack);
  await messages(tab, 'onerror', 'own').waitFor();
  const texts = await transcript(tab);
  assert.ok(texts.includes(attack) && texts.includes(`> ${attack}`), String(texts));
  assert.equal(await tab.locator('parley-chat .log').locator('img, script').count(), 0);
  assert.deepEqual(await tab.locator('parley-chat .log a').evaluateAll((links) => links.map((link) => link.href)), [
    'https://example.com/',
  ]);
  assert.equal(await tab.title(), 'Widget');
  await closeClean(tab);
});

test('Markdown becomes emphasis, code, lists and links, and half of it stays text', async () => {
  const text =
    'It is **bold**, *slanted*, `x*y*z` and snake_case_name, see [the page](https://example.com/a_(b)) or https://example.com/c.\n\n' +
    '- one\n- **two**\n\n3. third\n4. fourth\n\n5 * 3 is 15, and **this is open';
  const tab = await openWidget(browser, server, { line: saying({ text }) });
  const bubble = messages(tab, 'It is bold').locator('.bubble');
  await bubble.waitFor();
  const read = (selector) => bubble.locator(selector).allInnerTexts();
  assert.deepEqual(await read('strong'), ['bold', 'two']);
  assert.deepEqual(await read('em'), ['slanted']);
  assert.deepEqual(await read('code'), ['x*y*z']);
  assert.deepEqual(await read('ul li'), ['one', 'two']);
  assert.equal(await bubble.locator('ol').getAttribute('start'), '3');
  assert.deepEqual(
    await bubble.locator('a').evaluateAll((links) => links.map((link) => [link.getAttribute('href'), link.rel])),
    [
      ['https://example.com/a_(b)', 'noopener noreferrer'],
      ['https://example.com/c', 'noopener noreferrer'],
    ],
  );
  assert.match(await bubble.innerText(), /snake_case_name[^]*5 \* 3 is 15, and \*\*this is open/);
  await closeClean(tab);
});

test('a card with every kind of input checks them and sends their values', async () => {
  const heard = [];
  const body = [
    { type: 'TextBlock', text: 'Leave', size: 'Medium', weight: 'Bolder', style: 'heading' },
    { type: 'FactSet', facts: [{ title: 'Days', value: '18' }] },
    {
      type: 'ColumnSet',
      columns: [
        {
          items: [{ type: 'Input.Date', id: 'day', label: 'First day', isRequired: true, errorMessage: 'Which day?' }],
        },
        { width: 'auto', items: [{ type: 'Input.Number', id: 'count', label: 'Days', min: 1, max: 9 }] },
      ],
    },
    {
      type: 'Input.ChoiceSet',
      id: 'kind',
      label: 'Kind',
      choices: [
        { title: 'Holiday', value: 'h' },
        { title: 'Care', value: 'c' },
      ],
    },
    {
      type: 'Input.ChoiceSet',
      id: 'who',
      label: 'Who',
      isMultiSelect: true,
      choices: [
        { title: 'Ann', value: 'a' },
        { title: 'Bob', value: 'b' },
      ],
    },
    { type: 'Input.Toggle', id: 'mail', title: 'Mail me', valueOn: 'yes', valueOff: 'no' },
    { type: 'Unknown', fallback: { type: 'TextBlock', text: 'Shown instead' } },
  ];
  const content = {
    type: 'AdaptiveCard',
    version: '1.3',
    body,
    actions: [{ type: 'Action.Submit', title: 'Book', data: { flow: 'leave' } }],
  };
  const sayCard = saying({ attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] });
  const tab = await openWidget(browser, server, {
    line: (socket) => {
      const real = sayCard(socket);
      socket.onMessage((data) => {
        heard.push(JSON.parse(data));
        real.send(data);
      });
    },
  });
  const card = tab.locator('parley-chat .adaptive');
  await card.getByText('Shown instead').waitFor();
  await card.getByRole('button', { name: 'Book' }).click();
  await card.getByText('Which day?').waitFor();
  assert.equal(await card.getByLabel('First day').getAttribute('aria-invalid'), 'true');
  await card.getByLabel('First day').fill('2026-03-02');
  await card.getByLabel('Days').fill('3');
  await card.getByLabel('Kind').selectOption('Care');
  await card.getByLabel('Ann').check();
  await card.getByLabel('Bob').check();
  await card.getByLabel('Mail me').check();
  await card.getByRole('button', { name: 'Book' }).click();
  const sent = await until(() => heard.find((frame) => frame.type === 'activity'), 'the card is sent');
  assert.deepEqual(sent.activity.value, {
    flow: 'leave',
    day: '2026-03-02',
    count: '3',
    kind: 'c',
    who: 'a,b',
    mail: 'yes',
  });
  await tab.close();
});

test('a hundred and fifty messages are shown, the end in view; reading above is not disturbed', async () => {
  const many = Array.from({ length: 150 }, (_, index) => ({
    text: `Message ${index + 1} ${'long'.repeat(index % 40)}`,
  }));
  const tab = await openWidget(browser, server, { line: saying(...many) });
  await hears(tab, 'Message 150');
  assert.equal(await messages(tab, 'Message').count(), 150);
  const log = tab.locator('parley-chat .scroll');
  const fromEnd = () => log.evaluate((node) => node.scrollHeight - node.scrollTop - node.clientHeight);
  await tab.waitForFunction(() => {
    const node = document.querySelector('parley-chat').shadowRoot.querySelector('.scroll');
    return node.scrollHeight - node.scrollTop - node.clientHeight < 2;
  });
  assert.ok(await log.evaluate((node) => node.scrollWidth <= node.clientWidth), 'long words wrap');
  await log.evaluate((node) => (node.scrollTop = 0));
  await tab.waitForFunction(
    () => document.querySelector('parley-chat').shadowRoot.querySelector('.scroll').scrollTop === 0,
  );
  assert.ok((await fromEnd()) > 1000);
  await tab.close();
});

test('messages that come one after the other keep the end in view', async () => {
  let socket;
  const tab = await openWidget(browser, server, {
    line: (route) => {
      socket = route;
      route.connectToServer();
    },
  });
  await messages(tab, '', 'bot').waitFor();
  for (let index = 1; index <= 60; index++) {
    const activity = {
      type: 'message',
      text: `Line ${index}`,
      from: { role: 'bot' },
      timestamp: new Date().toISOString(),
    };
    socket.send(JSON.stringify({ type: 'activities', items: [{ sequence: 2000 + index, activity }] }));
  }
  await hears(tab, 'Line 60');
  const scroll = tab.locator('parley-chat .scroll');
  await until(
    () => scroll.evaluate((node) => node.scrollHeight - node.scrollTop - node.clientHeight < 2),
    'the end is in view',
  );
  assert.equal(await tab.getByRole('button', { name: 'New messages' }).count(), 0);
  // The widget has heard of it once an event that was listened to later has come.
  await scroll.evaluate(
    (node) =>
      new Promise((seen) => {
        node.addEventListener('scroll', () => seen(), { once: true });
        node.scrollTo(0, 0);
      }),
  );
  const activity = { type: 'message', text: 'One more', from: { role: 'bot' }, timestamp: new Date().toISOString() };
  socket.send(JSON.stringify({ type: 'activities', items: [{ sequence: 3000, activity }] }));
  await tab.getByRole('button', { name: 'New messages' }).click();
  await until(
    () => scroll.evaluate((node) => node.scrollHeight - node.scrollTop - node.clientHeight < 2),
    'the end again',
  );
  await closeClean(tab);
});

test('a typing sign is shown until the answer comes', async () => {
  const typing = JSON.stringify({ type: 'transient', activity: { type: 'typing', from: { role: 'bot' } } });
  let socket;
  const tab = await openWidget(browser, server, {
    line: (route) => {
      socket = route;
      route.connectToServer();
    },
  });
  await messages(tab, '', 'bot').waitFor();
  const sign = tab.locator('parley-chat .typing');
  socket.send(typing);
  await sign.waitFor({ state: 'visible' });
  await say(tab, 'pick a colour');
  await hears(tab, 'Which colour do you like?');
  assert.equal(await sign.isVisible(), false);
  await closeClean(tab);
});

test('one script tag puts a bubble on a page; the keyboard alone opens, speaks and closes it', async () => {
  const tag =
    '<a href="#x">before</a><script type="module" src="/web/parley.js" data-channel="webchat" data-language="en" data-heading="Shop"></script>';
  const tab = await openWidget(browser, server, { tag, connected: false });
  const launcher = tab.getByRole('button', { name: 'Open chat' });
  await launcher.waitFor();
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Enter');
  await tab.getByRole('dialog', { name: 'Shop' }).waitFor();
  await online(tab);
  await tab.keyboard.type('pick a');
  await tab.keyboard.press('Shift+Enter');
  await tab.keyboard.type('colour');
  assert.equal(await box(tab).inputValue(), 'pick a\ncolour');
  await tab.keyboard.press('Enter');
  await hears(tab, 'Which colour do you like?');
  await suggestion(tab, 'Blue').waitFor();
  for (let count = 0; count < 3; count++) await tab.keyboard.press('Shift+Tab');
  assert.equal(
    await tab.evaluate(() => document.querySelector('parley-chat').shadowRoot.activeElement.textContent),
    'Red',
  );
  await tab.keyboard.press('Enter');
  await hears(tab, 'You picked red.');
  await tab.keyboard.press('Escape');
  await tab.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal(
    await tab.evaluate(() => document.querySelector('parley-chat').shadowRoot.activeElement.className),
    'launcher',
  );
  await closeClean(tab);
});

test('a closed bubble counts what was said meanwhile', async () => {
  let socket;
  const tab = await openWidget(browser, server, {
    attributes: { mode: 'bubble', open: '' },
    line: (route) => {
      socket = route;
      route.connectToServer();
    },
  });
  await tab.keyboard.press('Escape');
  await tab.locator('parley-chat').evaluate((chat) => chat.close());
  const activity = {
    type: 'message',
    text: 'Are you there?',
    from: { role: 'bot' },
    timestamp: new Date().toISOString(),
  };
  socket.send(JSON.stringify({ type: 'activities', items: [{ sequence: 5000, activity }] }));
  await tab.getByRole('button', { name: 'Open chat, 1 new' }).click();
  await hears(tab, 'Are you there?');
  await tab.getByRole('button', { name: 'Close chat' }).last().waitFor();
  await closeClean(tab);
});

test('an employee with a signed token is served', async () => {
  const tab = await openWidget(browser, server, { attributes: { channel: 'helpdesk', token: employeeToken() } });
  await say(tab, 'count one up');
  await hears(tab, 'The counter stands at');
  await closeClean(tab);
});

test('a signed channel without a token says that the sign-in has ended, and goes on when one is given', async () => {
  const tab = await openWidget(browser, server, { attributes: { channel: 'helpdesk' }, connected: false });
  await tab.locator('parley-chat').getByText('Your sign-in has ended').waitFor({ timeout: 30_000 });
  await tab.locator('parley-chat').evaluate((chat, token) => chat.setAttribute('token', token), employeeToken());
  await online(tab);
  await say(tab, 'count one up');
  await hears(tab, 'The counter stands at');
  await closeClean(tab);
});

test('the interface speaks Dutch, also after a change of language, and keeps what was typed', async () => {
  const tab = await openWidget(browser, server);
  await box(tab).fill('half a sentence');
  await tab.locator('parley-chat').evaluate((chat) => chat.setAttribute('language', 'nl'));
  await tab.getByPlaceholder('Typ uw bericht').waitFor();
  await online(tab);
  assert.equal(await box(tab).inputValue(), 'half a sentence');
  await closeClean(tab);
});

test('the whole widget is under 20 KB gzipped', () => {
  const folder = `${root}/web`;
  const files = ['parley.js', ...readdirSync(`${folder}/widget`).map((name) => `widget/${name}`)];
  const bytes = files.map((file) => gzipSync(readFileSync(`${folder}/${file}`), { level: 9 }).length);
  assert.ok(
    bytes.reduce((sum, size) => sum + size) < 20_000,
    `${files.map((file, index) => `${file} ${bytes[index]}`)}`,
  );
});
