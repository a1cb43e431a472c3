// node:test with a time limit on everything, so that a hang is a failure with a name and not the end of the run.
// Test files take `test`, `before` and `after` from here. What can't be ended from inside (a loop that never
// yields, a handle that keeps a finished file alive) is ended by the limit of the file, which ./dev sets.

import * as node from 'node:test';

/** The slowest test takes a sixth of this on two busy cores. */
export const testLimitMs = Number(process.env.PARLEY_TEST_LIMIT_MS || 120_000);

export function test(name, ...rest) {
  const [options, body] = rest.length > 1 ? rest : [{}, rest[0]];
  return node.test(name, { timeout: testLimitMs, ...options }, body);
}

export const before = (body) => node.before(body, { timeout: testLimitMs });
export const after = (body) => node.after(body, { timeout: testLimitMs });
