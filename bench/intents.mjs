// Accuracy and cost of the classifier beside its peers, all trained here and now on the same rows.
//
//   node bench/intents.mjs PARLEY WORK-FOLDER
//
// Data: $PARLEY_DATA/intents, or ../shared/data/intents beside the project. Trained on the train split without its rows
// out of scope, measured on the test split in scope. fastText runs with the settings that did best on validation rows
// (word pairs, runs of 3 to 5, 50 passes), nlp.js as it comes. Both are asked by one process, after warming up;
// fastText's time a query includes reading lines and printing.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [parley, folder] = process.argv.slice(2).map((path) => resolve(path));
const project = resolve(import.meta.dirname, '..');
const data = join(process.env.PARLEY_DATA ?? join(project, '../shared/data'), 'intents');
const sets = ['clinc150', 'banking77'];

const seconds = (work) => {
  const begin = performance.now();
  work();
  return (performance.now() - begin) / 1000;
};

function rows(set, split) {
  const lines = readFileSync(join(data, set, `${split}.tsv`), 'utf8').split('\n').slice(1).filter(Boolean);
  return lines.map((line) => line.split('\t')).filter(([, intent]) => intent !== 'oos');
}

function table(path, list) {
  writeFileSync(path, `text\tintent\n${list.map((row) => row.join('\t')).join('\n')}\n`);
  return path;
}

function measureParley(kind, train, test) {
  const tables = ['--train', table(join(folder, 'train.tsv'), train), '--test', table(join(folder, 'test.tsv'), test)];
  const result = JSON.parse(execFileSync(parley, ['evaluate', '--json', ...kind, ...tables], { stdio: ['ignore', 'pipe', 'ignore'] }));
  return {
    accuracy: result.accuracy,
    training: result.training_seconds,
    query: result.microseconds_per_query,
    bytes: result.model_bytes,
  };
}

function measureFastText(train, test) {
  const clean = (text) => text.toLowerCase().replace(/([.,!?'"()/-])/g, ' $1 ');
  const lines = (list) => list.map(([text, intent]) => `__label__${intent} ${clean(text)}`).join('\n') + '\n';
  const path = (name) => join(folder, name);
  writeFileSync(path('fasttext.train'), lines(train));
  writeFileSync(path('fasttext.test'), lines(test));
  const settings = '-epoch 50 -lr 0.5 -wordNgrams 2 -minn 3 -maxn 5 -bucket 200000 -loss softmax -thread 2 -verbose 0';
  const training = seconds(() =>
    execFileSync('fasttext', ['supervised', '-input', path('fasttext.train'), '-output', path('fasttext'), ...settings.split(' ')]));
  const predict = (input) => execFileSync('fasttext', ['predict', path('fasttext.bin'), input], { maxBuffer: 1 << 28 }).toString();
  writeFileSync(path('fasttext.one'), lines(test.slice(0, 1)));
  const starting = seconds(() => predict(path('fasttext.one')));
  let answers = '';
  const asking = seconds(() => { answers = predict(path('fasttext.test')); });
  const right = answers.trim().split('\n').filter((answer, i) => answer === `__label__${test[i][1]}`).length;
  return {
    accuracy: right / test.length,
    training,
    query: ((asking - starting) / test.length) * 1e6,
    bytes: statSync(path('fasttext.bin')).size,
  };
}

async function measureNlpJs(train, test) {
  const require = createRequire(join(folder, 'package.json'));
  const { NlpManager } = require('node-nlp');
  const manager = new NlpManager({ languages: ['en'], forceNER: false, nlu: { log: false }, autoSave: false });
  for (const [text, intent] of train) manager.addDocument('en', text, intent);
  const begin = performance.now();
  await manager.train();
  const training = (performance.now() - begin) / 1000;
  for (const [text] of test.slice(0, 200)) await manager.nlp.nluManager.process('en', text);
  let right = 0;
  const asking = performance.now();
  for (const [text, intent] of test) {
    const answer = await manager.nlp.nluManager.process('en', text);
    right += answer.classifications[0].intent === intent ? 1 : 0;
  }
  const query = ((performance.now() - asking) * 1000) / test.length;
  return { accuracy: right / test.length, training, query, bytes: manager.export(true).length };
}

function print(set, name, { accuracy, training, query, bytes }) {
  const columns = [
    set.padEnd(10), name.padEnd(18), accuracy.toFixed(4), `${training.toFixed(1)} s`.padStart(9),
    `${query.toFixed(0)} µs`.padStart(8), `${(bytes / 1e6).toFixed(1)} MB`.padStart(9),
  ];
  console.log(columns.join('  '));
}

if (!existsSync(data)) {
  console.log(`SKIPPED: ${data} is not there (set PARLEY_DATA)`);
  process.exit(0);
}
mkdirSync(folder, { recursive: true });
console.log('set         classifier          accuracy  training     query      model');
for (const set of sets) {
  const train = rows(set, 'train');
  const test = rows(set, 'test');
  print(set, 'parley fast', measureParley(['--fast'], train, test));
  print(set, 'parley thorough', measureParley([], train, test));
  print(set, 'fastText', measureFastText(train, test));
  print(set, 'nlp.js', await measureNlpJs(train, test));
}
