// A test that hangs is ended, named and counted as failed, and nothing that it started lives on.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root, until } from './support/server.mjs';
import { test } from './support/test.mjs';

/** Runs hanging/hanging.mjs as ./dev runs a file, with short limits (seconds for the file, as `timeout` takes them). */
async function hang(environment, fileLimit) {
  const { NODE_TEST_CONTEXT, ...clean } = process.env;
  const child = spawn('bash', [join(root, 'dev'), 'e2e', 'tests/e2e/hanging/hanging.mjs'],
    { env: { ...clean, PARLEY_E2E_FILE_LIMIT: String(fileLimit), ...environment } });
  let out = '';
  child.stdout.on('data', (data) => { out += data; });
  child.stderr.on('data', (data) => { out += data; });
  const [status] = await once(child, 'close');
  return { out, status };
}

/** The command lines of all processes that run now. */
function commands() {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      return [{ pid: Number(pid), line: readFileSync(`/proc/${pid}/cmdline`, 'utf8') }];
    } catch {
      return [];  // it has just ended
    }
  });
}

async function nothingLeft(out) {
  const [, server, profile] = /server (\d+), profile (\S+)/.exec(out) ?? [];
  assert.ok(profile, `the server and the browser had started: ${out}`);
  const left = () => commands().filter(({ pid, line }) => pid === Number(server) || line.includes(profile));
  await until(() => left().length === 0, 'the server and the browser are gone');
}

test('a test that waits for ever fails by its name, those behind it are run', async () => {
  const { out, status } = await hang({ PARLEY_TEST_LIMIT_MS: '12000' }, 100);
  assert.notEqual(status, 0);
  assert.match(out, /^not ok \d+ - waits for ever$/m);
  assert.match(out, /test timed out after 12000ms/);
  assert.match(out, /^ok \d+ - goes on behind it$/m);
  await nothingLeft(out);
});

test('a file that can\'t be ended from inside is ended from outside', async () => {
  const { out, status } = await hang({ PARLEY_HANG: 'loop' }, 30);
  assert.notEqual(status, 0);
  assert.match(out, /^not ok - tests\/e2e\/hanging\/hanging.mjs had not ended after 30 seconds$/m);
  await nothingLeft(out);
});
