// The real binary for one test: its own port, data folder and settings; can be killed, stopped and started again.
//
//   const server = await startServer({ bot: 'tests/e2e/bot' });      // webchat: ['phase: closed'], more of its settings
//   server.url                      // http://127.0.0.1:PORT
//   await server.kill();            // SIGKILL
//   await server.start();           // again, same port, same data
//   await server.stop();            // SIGTERM, waits, removes the data
//
// Nothing here sleeps for a fixed time: start() waits for the line that says where the server listens.

import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const root = resolve(fileURLToPath(import.meta.url), '../../../..');
const binary = process.env.PARLEY_BINARY ?? join(root, 'build/release/parley');
const startDeadlineMs = 60_000;
const endDeadlineMs = 30_000;

// No server outlives its test file, however that ends.
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

export const employeeSecret = 'a secret that only these tests use, and nobody else';

/** A token as the company's own login would sign it. */
export function employeeToken(claims = {}, { secret = employeeSecret, header = { alg: 'HS256', typ: 'JWT' } } = {}) {
  const now = Math.floor(Date.now() / 1000);
  const body = { iss: 'tests', aud: 'helpdesk', sub: 'e1001', name: 'Anna de Vries', roles: ['employee'],
    iat: now, exp: now + 3600, ...claims };
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode(header)}.${encode(body)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

function settingsText({ port, bot, origins, limits, webchat = [] }) {
  const lines = [
    `listen: 127.0.0.1:${port}`,
    'data: data',
    `bots: {tester: ${JSON.stringify(resolve(root, bot))}}`,
    'channels:',
    '  helpdesk:',
    '    bot: tester',
    '    access: signed',
    '    tokens: {algorithm: HS256, secret_env: TEST_EMPLOYEE_SECRET, issuer: tests, audience: helpdesk}',
    `    origins: ${JSON.stringify(origins)}`,
    '  webchat:',
    '    bot: tester',
    '    access: anonymous',
    `    origins: ${JSON.stringify(origins)}`,
    ...webchat.map((line) => `    ${line}`),
    'demo:',
    '  employees:',
    '    - {id: e1001, name: Anna de Vries, roles: [employee]}',
    '    - {id: e1002, name: Ben Okafor, roles: [employee, manager]}',
  ];
  const overrides = Object.entries(limits).map(([name, value]) => `  ${name}: ${value}`);
  return [...lines, ...(overrides.length ? ['limits:', ...overrides] : []), ''].join('\n');
}

class TestServer {
  #folder = mkdtempSync(join(tmpdir(), 'parley-e2e-'));
  #process;
  #port = 0;
  #options;
  log = '';

  constructor(options) {
    // Origins of pages that tests serve themselves are added; many connections of one address are normal here.
    const limits = { messages_per_minute_max: 100000, messages_per_minute_per_address_max: 100000,
      conversations_per_minute_per_address_max: 100000, connections_per_address_max: 10000, ...options.limits };
    this.#options = { bot: 'tests/e2e/bot', ...options, limits, origins: ['self', ...(options.origins ?? [])] };
  }

  get url() { return `http://127.0.0.1:${this.#port}`; }
  get port() { return this.#port; }
  get folder() { return this.#folder; }
  get dataFolder() { return join(this.#folder, 'data'); }
  get pid() { return this.#process?.pid; }

  async start() {
    const settings = join(this.#folder, 'parley.yaml');
    writeFileSync(settings, settingsText({ port: this.#port, ...this.#options }));
    const args = ['serve', '--settings', settings, '--demo'];
    const child = spawn(binary, args, { env: { ...process.env, TEST_EMPLOYEE_SECRET: employeeSecret } });
    this.#process = child;
    running.add(child);
    child.once('exit', () => running.delete(child));
    child.stderr.on('data', (data) => { this.log += data; });
    const lines = createInterface({ input: child.stdout });
    const listening = new Promise((found) => lines.on('line', (line) => {
      const match = /listens on http:\/\/127\.0\.0\.1:(\d+)/.exec(line);
      if (match) found(Number(match[1]));
    }));
    const ended = once(child, 'exit').then(([code]) => { throw new Error(`the server ended with ${code}: ${this.log}`); });
    const late = new Promise((_, fail) => {
      setTimeout(() => fail(new Error(`no server after ${startDeadlineMs} ms: ${this.log}`)), startDeadlineMs).unref();
    });
    ended.catch(() => {});
    this.#port = await Promise.race([listening, ended, late]);
    return this;
  }

  async #end(signal) {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode;
    const gone = once(child, 'exit');
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), endDeadlineMs);
    const [code] = await gone;
    clearTimeout(late);
    return code;
  }

  /** As a power cut would. */
  kill() { return this.#end('SIGKILL'); }
  /** As an operator would; gives the exit code. */
  terminate() { return this.#end('SIGTERM'); }
  signal(name) { this.#process.kill(name); }

  async stop() {
    await this.terminate();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export async function startServer(options = {}) {
  return new TestServer(options).start();
}

/** Polls until `probe` gives something true; fails after `deadlineMs`. */
export async function until(probe, what, deadlineMs = 30_000) {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`not within ${deadlineMs} ms: ${what}`);
    await new Promise((wake) => setTimeout(wake, 20));
  }
}
