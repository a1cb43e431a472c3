// `parley check` and the library that clients draw Adaptive Cards with agree on which cards are good.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { cases, complaints } from './support/adaptive_cards.mjs';
import { root } from './support/server.mjs';
import { test } from './support/test.mjs';

const binary = process.env.PARLEY_BINARY ?? join(root, 'build/release/parley');
const cardCodes = ['card', 'card-id', 'card-ignored', 'missing-alt-text', 'too-many-buttons', 'unlabelled-input'];

/** What `check` finds in each of the cards: one flow, a line a card. JSON is YAML. */
function findingsOf(cards) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-cards-'));
  try {
    cpSync(join(root, 'tests/e2e/bot'), folder, { recursive: true });
    const steps = cards.map((card) => `  - {card: {adaptive: ${JSON.stringify(card)}}}\n`);
    writeFileSync(join(folder, 'flows/cards.yaml'), `flow: cards\nwhen_event: cards\nsteps:\n${steps.join('')}`);
    const { stdout } = spawnSync(binary, ['check', '--json', folder], { encoding: 'utf8' });
    const found = JSON.parse(stdout).filter(({ path, code }) => path.endsWith('cards.yaml') && cardCodes.includes(code));
    return cards.map((_, i) => found.filter(({ line }) => line === i + 4).map(({ code, message }) => `${code}: ${message}`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The cards of the sample bots and of the tests' bot, as they stand in their files. */
function cardsOfBots() {
  const script = `
import glob, json, sys, yaml
def cards(node):
    if isinstance(node, dict):
        if isinstance(node.get('adaptive'), dict): yield node['adaptive']
        for value in node.values(): yield from cards(value)
    if isinstance(node, list):
        for value in node: yield from cards(value)
files = sorted(glob.glob(sys.argv[1] + '/bots/*/flows/*.yaml') + glob.glob(sys.argv[1] + '/tests/e2e/bot/flows/*.yaml'))
print(json.dumps([card for file in files for document in yaml.safe_load_all(open(file)) for card in cards(document)]))`;
  return JSON.parse(spawnSync('python3', ['-c', script, root], { encoding: 'utf8' }).stdout);
}

test('cards are good or bad for both, but for what the library reads leniently', () => {
  const found = findingsOf(cases.map(({ card }) => card));
  const wrong = cases.flatMap(({ what, card, bad, library }, i) => {
    const said = complaints(card);
    return [
      ...(found[i].length > 0 === bad ? [] : [`${what}: check says ${JSON.stringify(found[i])}`]),
      ...(said.length > 0 === library ? [] : [`${what}: the library says ${JSON.stringify(said)}`]),
    ];
  });
  assert.deepEqual(wrong, []);
});

test('where they differ it is said why', () => {
  assert.deepEqual(cases.filter(({ bad, library, why }) => (bad !== library) !== (why !== '')).map(({ what }) => what), []);
});

test('the cards of the sample bots are good for both', () => {
  const cards = cardsOfBots();
  assert.ok(cards.length >= 3);
  for (const card of cards) assert.deepEqual(complaints({ version: '1.3', ...card }), []);
});
