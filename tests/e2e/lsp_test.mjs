// The language server, as an editor uses it: the protocol's own client against the real binary.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import {
  CompletionRequest, DefinitionRequest, DocumentSymbolRequest, HoverRequest, ReferencesRequest,
} from 'vscode-languageserver-protocol/node';

import { LanguageClient, positionOf } from './support/language_client.mjs';
import { root } from './support/server.mjs';
import { after, before, test } from './support/test.mjs';

const files = {
  'bot.yaml': 'bot: shop\ntitle: Shop\nlanguages: [en]\n',
  'intents/order.yaml': [
    'intent: order', 'title: Order something', 'en:', '  - order a [laptop](device:thing)', '  - I want to order',
    '  - can I order something', '  - an order please', '  - ordering', '  - I need a [screen](device:thing) by [monday](date)',
    ''].join('\n'),
  'vocabulary/things.yaml':
    'entity: device\nvalues:\n  laptop: {en: [laptop, notebook]}\n  monitor: {en: [monitor, screen]}\n',
  'services.yaml': [
    'service: stock', 'sqlite: stock.db', 'seed: data/stock.sql', 'operations:', '  count:', '    with: {thing: text}',
    '    sql: SELECT amount, place FROM stock WHERE thing = :thing', '    returns: {amount: int, place: text}', ''].join('\n'),
  'data/stock.sql': 'CREATE TABLE stock (thing TEXT, amount INTEGER, place TEXT);\n',
  'flows/order.yaml': [
    'flow: order', 'title: Order something', 'when: order', 'slots:', '  thing: {type: device, ask: Welk ding? Één 😀 graag}',
    'steps:', '  - name: again', '    collect: [thing]', '  - call: stock.count', '    with: {thing: thing}', '    as: found',
    '    failed:', '      - say: "Ça ne va pas 😀 {thing}."', '  - if: found.amount == 0 && thing == \'laptop\'', '    then:',
    '      - set: {thing: null}', '      - go: again', '  - run: thank', '    with: {what: thing}', '---', 'flow: thank',
    'title: Thank', 'params: {what: text}', 'steps:', '  - say: "Thanks for the {what}."', '  - end: thanked', ''].join('\n'),
  'tests/order.yaml': [
    'test: orders a laptop', 'stubs: {stock.count: {amount: 1, place: here}}', 'steps:', '  - user: order a laptop',
    '  - bot: Thanks for the laptop.', '  - ended: {flow: order}', ''].join('\n'),
};

let folder, client;
const path = (name) => join(folder, name);
const flow = files['flows/order.yaml'];

before(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'parley-lsp-')));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text);
  }
  client = await LanguageClient.start({ workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } });
});
after(() => rmSync(folder, { recursive: true, force: true }));

const ask = (type, uri, position, more = {}) => client.request(type, { textDocument: { uri }, position, ...more });
const labels = async (uri, position) =>
  (await ask(CompletionRequest.type, uri, position)).items.map((item) => item.label);
// "flows/order.yaml:20:5" of each location.
const places = (locations) => locations.map(({ uri, range }) =>
  `${fileURLToPath(uri).slice(folder.length + 1)}:${range.start.line + 1}:${range.start.character + 1}`).sort();

test('a good bot has no diagnostics, and the server asks to be told of changes on the disk', async () => {
  const uri = client.open(path('flows/order.yaml'), flow);
  const spoiled = flow.replace('stock.count', 'stock.cuont');
  client.change(uri, spoiled);
  await client.diagnostics(uri, (list) => list.some((one) => one.code === 'unknown-operation'));
  client.change(uri, flow);
  assert.deepEqual(await client.diagnostics(uri, (list) => list.length === 0), []);
  assert.equal(client.registrations[0].method, 'workspace/didChangeWatchedFiles');
  client.close(uri);
});

test('a mistake is underlined exactly while it is typed, with its hint and its page, and cleared when it is mended', async () => {
  const spoiled = flow.replace('{thing}."', '{thnig}."');
  const uri = client.open(path('flows/order.yaml'), spoiled);
  const [found] = await client.diagnostics(uri, (list) => list.some((one) => one.code === 'expression'));
  const start = positionOf(spoiled, 'thnig');
  assert.deepEqual(found.range, { start, end: { line: start.line, character: start.character + 5 } });
  assert.equal(found.severity, 1);
  assert.match(found.relatedInformation[0].message, /did you mean 'thing'/);
  assert.match(found.codeDescription.href, /docs\/findings\.md#L\d+$/);
  // One word is typed again, as an editor sends it.
  client.change(uri, [{ range: found.range, text: 'thing' }]);
  await client.diagnostics(uri, (list) => list.length === 0);
  client.close(uri);
});

test('what is typed in one file is known in the others before it is saved', async () => {
  const services = client.open(path('services.yaml'), files['services.yaml'].replace('  count:', '  amount_of:'));
  const uri = client.open(path('flows/order.yaml'), flow);
  await client.diagnostics(uri, (list) => list.some((one) => one.code === 'unknown-operation'));
  client.change(uri, flow.replace('stock.count', 'stock.amount_of'));
  await client.diagnostics(uri, (list) => !list.some((one) => one.code === 'unknown-operation'));
  client.close(services);
  client.change(uri, flow);
  await client.diagnostics(uri, (list) => list.length === 0);
  client.close(uri);
});

test('a warning is one, and a new file counts before it is on the disk', async () => {
  const uri = client.open(path('flows/more.yaml'), 'flow: lonely\ntitle: Nobody starts this\nsteps:\n  - say: Hello.\n');
  const list = await client.diagnostics(uri, (all) => all.length > 0);
  assert.deepEqual(list.map((one) => [one.code, one.severity]), [['unused-flow', 2]]);
  client.close(uri);
  await client.diagnostics(uri, (all) => all.length === 0);
});

test('definitions are found from every kind of use', async () => {
  const uri = client.open(path('flows/order.yaml'), flow);
  const from = async (needle, offset) => places(await ask(DefinitionRequest.type, uri, positionOf(flow, needle, offset)));
  assert.deepEqual(await from('when: order', 7), ['intents/order.yaml:1:9']);
  assert.deepEqual(await from('type: device', 7), ['vocabulary/things.yaml:1:9']);
  assert.deepEqual(await from('[thing]', 2), ['flows/order.yaml:5:3']);
  assert.deepEqual(await from('stock.count', 2), ['services.yaml:1:10']);
  assert.deepEqual(await from('stock.count', 8), ['services.yaml:5:3']);
  assert.deepEqual(await from('{thing: thing}', 2), ['services.yaml:6:12'], 'an argument');
  assert.deepEqual(await from('{thing: thing}', 9), ['flows/order.yaml:5:3'], 'an expression');
  assert.deepEqual(await from('found.amount', 1), ['flows/order.yaml:11:9'], 'the result of a call');
  assert.deepEqual(await from("'laptop'", 3), ['vocabulary/things.yaml:3:3'], 'a value');
  assert.deepEqual(await from('go: again', 5), ['flows/order.yaml:7:11']);
  assert.deepEqual(await from('run: thank', 6), ['flows/order.yaml:21:7']);
  assert.deepEqual(await from('{what: thing}', 2), ['flows/order.yaml:23:10'], 'a parameter');
  assert.deepEqual(await from('😀 {thing}', 5), ['flows/order.yaml:5:3'], 'behind an emoji and an accent');
  client.close(uri);
});

test('definitions are found from sentences and tests, and references from a definition', async () => {
  const sentences = files['intents/order.yaml'], tests = files['tests/order.yaml'];
  const intents = client.open(path('intents/order.yaml'), sentences);
  assert.deepEqual(places(await ask(DefinitionRequest.type, intents, positionOf(sentences, 'device:thing', 2))), ['vocabulary/things.yaml:1:9']);
  assert.deepEqual(places(await ask(DefinitionRequest.type, intents, positionOf(sentences, 'device:thing', 8))), ['flows/order.yaml:5:3']);
  const uri = client.open(path('tests/order.yaml'), tests);
  assert.deepEqual(places(await ask(DefinitionRequest.type, uri, positionOf(tests, 'stock.count', 7))), ['services.yaml:5:3']);
  assert.deepEqual(places(await ask(DefinitionRequest.type, uri, positionOf(tests, '{flow: order}', 8))), ['flows/order.yaml:1:7']);
  const uses = await ask(ReferencesRequest.type, intents, positionOf(sentences, 'intent: order', 9), { context: { includeDeclaration: false } });
  assert.deepEqual(places(uses), ['flows/order.yaml:3:7']);
  client.close(intents);
  client.close(uri);
});

test('what may be typed is offered by its place', async () => {
  const uri = client.open(path('flows/order.yaml'), flow);
  const typed = async (before, add) => {
    const text = flow.replace(before, before + add);
    client.change(uri, text);
    return labels(uri, positionOf(text, before + add, before.length + add.length));
  };
  assert.deepEqual((await typed('when: order', '\nl')).filter((label) => /^(level|flow)$/.test(label)), ['level']);
  const verbs = await typed('  - call: stock.count\n    with: {thing: thing}\n    as: found\n    failed:\n', '      - ');
  assert.ok(verbs.includes('say') && verbs.includes('handoff') && !verbs.includes('then'), verbs.join());
  assert.deepEqual((await typed('    collect: [thing]\n', '    ')).filter((label) => label === 'then'), []);
  assert.ok((await typed('when: ', '')).includes('order'));
  const types = await typed('{type: ', '');
  assert.ok(types.includes('device') && types.includes('date'), types.join());
  assert.deepEqual(await typed('- call: ', ''), ['stock.count']);
  assert.deepEqual(await typed('    as: found\n    with: {', '').catch(() => []), []);
  assert.ok((await typed('- run: ', '')).includes('thank'));
  assert.deepEqual(await typed('- go: ', ''), ['again']);
  const scope = await typed('😀 {', '');
  assert.ok(['thing', 'found', 'user', 'today', 'days', 'failure'].every((name) => scope.includes(name)), scope.join());
  const outside = await typed('- if: ', '');
  assert.ok(outside.includes('found') && !outside.includes('failure'), outside.join());
  const fields = await typed('- if: found.', '');
  assert.ok(fields.includes('amount') && fields.includes('place') && !fields.includes('today'), fields.join());
  const variant = await typed('    collect: [thing]\n', '  - say:\n      - {if: found.');
  assert.ok(variant.includes('amount') && !variant.includes('today'), variant.join());
  assert.deepEqual(await typed('    collect: [thing]\n', '  - say:\n      - if: "true"\n        '), ['text']);
  client.change(uri, flow);
  client.close(uri);
});

test('arguments, annotations and values are offered, also in a file that is no YAML yet', async () => {
  const uri = client.open(path('flows/order.yaml'), flow);
  const broken = flow.replace('with: {thing: thing}', 'with: {th');
  client.change(uri, broken);
  assert.deepEqual(await labels(uri, positionOf(broken, 'with: {th', 9)), ['thing']);
  client.close(uri);
  const sentences = files['intents/order.yaml'].replace('[monday](date)', '[monday](');
  const intents = client.open(path('intents/order.yaml'), sentences);
  const kinds = await labels(intents, positionOf(sentences, '[monday](', 9));
  assert.ok(kinds.includes('device') && kinds.includes('duration'), kinds.join());
  client.close(intents);
});

test('hovering tells what a name means', async () => {
  const uri = client.open(path('flows/order.yaml'), flow);
  const told = async (needle, offset) => (await ask(HoverRequest.type, uri, positionOf(flow, needle, offset))).contents.value;
  const intent = await told('when: order', 7);
  assert.match(intent, /6 in en/);
  assert.match(intent, /order a laptop/);
  assert.match(await told('[thing]', 2), /`device`[\s\S]*Welk ding\? Één 😀 graag/);
  assert.match(await told('stock.count', 8), /`thing: text`[\s\S]*`amount: int`/);
  assert.match(await told('run: thank', 6), /Title: Thank[\s\S]*`what: text`[\s\S]*`thanked`/);
  assert.match(await told('  - if: ', 5), /A branch/);
  const replacing = flow + '---\nflow: pattern_fallback\nsteps:\n  - say: "{days(today, today)}"\n';
  client.change(uri, replacing);
  const days = await ask(HoverRequest.type, uri, positionOf(replacing, 'days(', 1));
  assert.match(days.contents.value, /days\(timestamp, timestamp\) -> int/);
  client.close(uri);
});

test('the outline of a file names its flows with what they define', async () => {
  const uri = client.open(path('flows/order.yaml'), flow);
  const symbols = await client.request(DocumentSymbolRequest.type, { textDocument: { uri } });
  assert.deepEqual(symbols.map(({ name }) => name), ['order', 'thank']);
  assert.deepEqual(symbols[0].children.map(({ name }) => name), ['thing', 'again', 'found']);
  client.close(uri);
});

test('line ends of Windows shift nothing', async () => {
  const text = flow.replaceAll('\n', '\r\n').replace('😀 {thing}', '😀 {thnig}');
  const uri = client.open(path('flows/order.yaml'), text);
  const [found] = await client.diagnostics(uri, (list) => list.some((one) => one.code === 'expression'));
  const start = positionOf(text, 'thnig');
  assert.deepEqual(found.range, { start, end: { line: start.line, character: start.character + 5 } });
  assert.deepEqual(places(await ask(DefinitionRequest.type, uri, positionOf(text, 'when: order', 7))), ['intents/order.yaml:1:9']);
  client.close(uri);
});

test('a file outside any bot is left alone', async () => {
  const outside = realpathSync(mkdtempSync(join(tmpdir(), 'parley-lsp-')));
  const uri = client.open(join(outside, 'notes.yaml'), 'flow: [\n');
  assert.equal(await ask(HoverRequest.type, uri, { line: 0, character: 1 }), null);
  const own = client.open(path('flows/order.yaml'), flow.replace('when: order', 'when: ordre'));
  await client.diagnostics(own, (list) => list.length > 0);
  assert.equal(client.hasDiagnostics(uri), false);
  client.close(uri);
  client.close(own);
  rmSync(outside, { recursive: true, force: true });
});

test('a bot whose bot.yaml vanishes has no diagnostics any more, and gets them back with it', async () => {
  const uri = client.open(path('flows/order.yaml'), flow.replace('when: order', 'when: ordre'));
  await client.diagnostics(uri, (list) => list.length > 0);
  unlinkSync(path('bot.yaml'));
  client.fileChanged(path('bot.yaml'));
  await client.diagnostics(uri, (list) => list.length === 0);
  assert.equal(await ask(HoverRequest.type, uri, positionOf(flow, 'title', 1)), null);
  writeFileSync(path('bot.yaml'), files['bot.yaml']);
  client.fileChanged(path('bot.yaml'));
  await client.diagnostics(uri, (list) => list.length > 0);
  client.close(uri);
});

test('what the server does not know, or cannot read, is answered by the right error', async () => {
  await assert.rejects(client.request('textDocument/dance', {}), { code: -32601 });
  await assert.rejects(client.request('textDocument/hover', { nonsense: true }), { code: -32602 });
  await assert.rejects(client.request('initialize', {}), { code: -32600 });
});

test('after shutdown everything is refused, and exit gives 0', async () => {
  assert.equal(await client.stop(), 0);
});

// Bytes that no client library would send.
async function exchange(bytes) {
  const server = spawn(process.env.PARLEY_BINARY ?? join(root, 'build/release/parley'), ['lsp']);
  let out = '';
  server.stdout.on('data', (data) => { out += data; });
  server.stdin.end(bytes);
  const [code] = await once(server, 'close');
  const answers = out.split(/Content-Length: \d+\r\n\r\n/).slice(1).map((text) => JSON.parse(text));
  return { code, answers };
}
const frame = (message) => {
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};

test('malformed input is answered by JSON-RPC errors, and the exit code tells of an end without shutdown', async () => {
  const { code, answers } = await exchange([
    frame('{'), frame([]), frame({ jsonrpc: '2.0', id: 1, method: 'textDocument/hover' }),
    frame({ jsonrpc: '2.0', id: 2 }), frame({ jsonrpc: '2.0', method: '$/unknown' }), 'No-Length: 1\r\n\r\n'].join(''));
  assert.deepEqual(answers.map((answer) => [answer.id, answer.error.code]),
    [[null, -32700], [null, -32600], [1, -32002], [2, -32600], [null, -32700]]);
  assert.equal(code, 1);
});
