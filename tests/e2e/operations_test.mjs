// What an operator does to a running server: reload, end, start twice, look at its health.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { NativeClient } from './support/native_client.mjs';
import { employeeSecret, root, startServer, until } from './support/server.mjs';
import { after, before, test } from './support/test.mjs';

let folder, bot, flows, server;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-bot-'));
  bot = join(folder, 'bot');
  cpSync(join(root, 'tests/e2e/bot'), bot, { recursive: true });
  flows = readFileSync(join(bot, 'flows/flows.yaml'), 'utf8');
  server = await startServer({ bot });
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const write = (text) => writeFileSync(join(bot, 'flows/flows.yaml'), text);
const parley = (...args) => spawnSync(process.env.PARLEY_BINARY ?? join(root, 'build/release/parley'), args,
  { encoding: 'utf8', env: { ...process.env, TEST_EMPLOYEE_SECRET: employeeSecret } });

test('a changed reply is said after SIGHUP, and an open flow goes on as it began', async () => {
  const open = await NativeClient.open(server, 'webchat');
  await open.ask('pick a colour', 'Which colour do you like?');
  write(flows.replace('You picked {colour}.', 'It is {colour} then.').replace('Here is a card.', 'A card for you.'));
  server.signal('SIGHUP');
  await until(() => /event=bot_swapped/.test(server.log), 'the log says that the bot was swapped');
  const fresh = await NativeClient.open(server, 'webchat');
  await fresh.ask('show me a card', 'A card for you.');
  await open.ask('green', 'You picked green.');
  await open.ask('pick a colour', 'Which colour do you like?');
  await open.ask('red', 'It is red then.');
  open.close();
  fresh.close();
});

test('a broken file leaves the running version in place and names the line', async () => {
  write(flows.replace('steps:', 'stpes:'));
  const settings = join(server.folder, 'parley.yaml');
  const reload = parley('reload', '--settings', settings);
  assert.equal(reload.status, 1);
  assert.match(reload.stderr, /flows\.yaml:\d+:\d+: error\[/);
  server.signal('SIGHUP');
  await until(() => /event=reload_refused/.test(server.log), 'the log says that nothing was swapped');
  assert.match(server.log, /flows\.yaml:\d+:\d+: error\[/);
  const client = await NativeClient.open(server, 'webchat');
  await client.ask('show me a card', 'A card for you.');
  client.close();
  write(flows);
  assert.equal(parley('reload', '--settings', settings).status, 0);
  await until(() => server.log.match(/event=bot_swapped/g).length >= 3, 'the mended version is swapped in');
});

test('health, readiness and metrics are there, and none of them tells what people say', async () => {
  const client = await NativeClient.open(server, 'webchat');
  await client.ask('pick a colour', 'Which colour do you like?');
  await client.tell('zanzibar4711');
  client.close();
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  assert.match(metrics, /^# TYPE parley_\w+ counter$/m);
  assert.doesNotMatch(metrics + server.log, /zanzibar4711/);
});

test('a second server does not touch the ledger of the first', () => {
  const second = parley('serve', '--settings', join(server.folder, 'parley.yaml'), '--port', '0');
  assert.equal(second.status, 1);
  assert.match(second.stderr, /ledger\.db/);
});

test('SIGTERM closes sockets with 1001, loses nothing and ends with 0', async () => {
  const client = await NativeClient.open(server, 'webchat');
  await client.ask('pick a colour', 'Which colour do you like?');
  const closed = client.closed();
  assert.equal(await server.terminate(), 0);
  assert.equal(await closed, 1001);
  await server.start();
  await client.reconnect(server);
  await client.ask('blue', 'You picked blue.');
  client.close();
});
