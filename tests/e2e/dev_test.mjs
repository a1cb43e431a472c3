// `parley dev`: a designer edits the files while a conversation is open.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { NativeClient } from './support/native_client.mjs';
import { root, until } from './support/server.mjs';
import { after, before, test } from './support/test.mjs';

const binary = process.env.PARLEY_BINARY ?? join(root, 'build/release/parley');

let folder, bot, flows, intents, dev, client;
let out = '';
const server = { get url() { return /chat at (http:\/\/[^/]+)/.exec(out)[1]; } };
const served = () => [...out.matchAll(/served version (\w+) after \d+ ms; (trained|same model)/g)];
const models = () => readdirSync(join(folder, 'cache')).length;

/** What the program says about a change, until it has said this. */
async function following(change, said) {
  const before = out.length;
  change();
  await until(() => said.test(out.slice(before)), `${said} (it said: ${out.slice(before)})`)
    .catch((error) => { throw new Error(`${error.message}; it said: ${out.slice(before)}`); });
  return out.slice(before);
}
const writeFlows = (text) => writeFileSync(join(bot, 'flows/flows.yaml'), text);

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-dev-'));
  bot = join(folder, 'bot');
  cpSync(join(root, 'tests/e2e/bot'), bot, { recursive: true });
  flows = readFileSync(join(bot, 'flows/flows.yaml'), 'utf8');
  intents = readFileSync(join(bot, 'intents/intents.yaml'), 'utf8');
  dev = spawn(binary, ['dev', bot, '--port', '0', '--cache', join(folder, 'cache')]);
  dev.stdout.on('data', (data) => { out += data; });
  dev.stderr.on('data', (data) => { out += data; });
  await until(() => served().length === 1, 'the bot is served').catch((error) => { throw new Error(`${error.message}: ${out}`); });
});
after(async () => {
  if (dev.exitCode === null) dev.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('the page to chat is there, and signs in by itself', async () => {
  assert.equal((await fetch(`${server.url}/web/chat.html?channel=webchat`)).status, 200);
  assert.match(out, /\/web\/chat\.html\?channel=webchat/);
  const [{ id }] = await (await fetch(`${server.url}/demo/employees`)).json();
  const { token } = await (await fetch(`${server.url}/demo/token?employee=${id}`)).json();
  client = await NativeClient.open(server, 'webchat', { token });
  await client.ask('show me a card', 'Here is a card.');
});

test('a changed text is said in the conversation that is open, and nothing is trained for it', async () => {
  const trained = models();
  const said = await following(() => writeFlows(flows.replace('Here is a card.', 'A card for you.')), /served version/);
  assert.match(said, /after \d+ ms; same model/);
  await client.ask('show me a card', 'A card for you.');
  assert.equal(models(), trained);
});

test('a flow that is open finishes as it began', async () => {
  await client.ask('pick a colour', 'Which colour do you like?');
  await following(() => writeFlows(flows.replace('You picked {colour}.', 'It is {colour} then.')), /served version/);
  await client.ask('green', 'You picked green.');
  await client.ask('pick a colour', 'Which colour do you like?');
  await client.ask('red', 'It is red then.');
});

test('a mistake is shown with its line while the last good version goes on, and is gone when it is mended', async () => {
  const [, version] = served().at(-1);
  const said = await following(() => writeFlows(flows.replace('when: card', 'when: crad')), /goes on/);
  assert.match(said, /flows\.yaml:\d+:\d+: error\[unknown-intent\]/);
  assert.match(said, new RegExp(`1 error, \\d+ warnings?; version ${version} goes on`));
  await client.ask('show me a card', 'Here is a card.');
  const mended = await following(() => writeFlows(flows), /served version/);
  assert.match(mended, /0 errors, 0 warnings/);
});

test('an editor that saves by renaming is seen, and so is a folder that is added', async () => {
  await following(() => {
    writeFileSync(join(bot, 'flows/.flows.yaml.new'), flows.replace('Here is a card.', 'Renamed to this.'));
    renameSync(join(bot, 'flows/.flows.yaml.new'), join(bot, 'flows/flows.yaml'));
  }, /served version/);
  await client.ask('show me a card', 'Renamed to this.');
  const said = await following(() => cpSync(join(root, 'tests/e2e/bot/flows'), join(bot, 'flows/more'), { recursive: true }), /goes on/);
  assert.match(said, /error\[duplicate-flow\]/);
  await following(() => rmSync(join(bot, 'flows/more'), { recursive: true }), /served version/);
});

test('changed sentences are trained in the background, once', async () => {
  const before = models(), times = served().filter(([, , model]) => model === 'trained').length;
  const said = await following(() => writeFileSync(join(bot, 'intents/intents.yaml'),
    intents.replace('show me a card', 'flabbergasted walrus please')), /served version/);
  assert.match(said, /training version/);
  assert.match(said, /ms; trained/);
  await client.ask('flabbergasted walrus', 'Renamed to this.');
  assert.equal(models(), before + 2);  // its own, and that of negative experiences
  assert.equal(served().filter(([, , model]) => model === 'trained').length, times + 1);
});

test('a file that is saved unchanged is not looked at, and the end is clean', async () => {
  const times = served().length;
  writeFileSync(join(bot, 'intents/intents.yaml'), readFileSync(join(bot, 'intents/intents.yaml')));
  await following(() => writeFlows(flows), /served version/);
  assert.equal(served().length, times + 1);
  const ended = once(dev, 'exit');
  const closed = client.closed();
  dev.kill('SIGINT');
  assert.equal(await closed, 1001);
  assert.deepEqual(await ended, [0, null]);
});
