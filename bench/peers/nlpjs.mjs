// nlp.js serving bot.json over Direct Line: its own express server and connector, trained at the start.
//
//   node bench/peers/nlpjs.mjs FOLDER-WITH-NODE-MODULES
//
// Prints its port, ends when its input does. It listens on loopback; its own start() would listen everywhere.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const require = createRequire(join(resolve(process.argv[2]), 'package.json'));
const { containerBootstrap, LangEn, Nlp } = require('@nlpjs/basic');
const { DirectlineConnector } = require('@nlpjs/directline-connector');
const { ExpressApiServer } = require('@nlpjs/express-api-server');

const bot = JSON.parse(readFileSync(join(import.meta.dirname, 'bot.json')));
// What goes to standard output is the port alone, and a log line for each request would be measured, too.
const silent = Object.fromEntries(['trace', 'debug', 'info', 'log', 'warn', 'error', 'fatal'].map((level) => [level, () => {}]));

const container = await containerBootstrap();
container.register('logger', silent, true);
container.use(LangEn);
const nlp = new Nlp({ container, languages: ['en'], autoSave: false, nlu: { log: false } });
container.register('nlp', nlp, true);
nlp.addLanguage('en');
for (const [intent, { sentences, reply }] of Object.entries(bot)) {
  for (const sentence of sentences) nlp.addDocument('en', sentence, intent);
  nlp.addAnswer('en', intent, reply);
}
await nlp.train();

const api = new ExpressApiServer({ container, port: 0 });
container.register('api-server', api, true);
api.start();
new DirectlineConnector({ container, log: false }).start();
const server = createServer(api.app).listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.stdin.on('end', () => process.exit()).resume();
