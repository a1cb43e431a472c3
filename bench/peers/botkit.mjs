// Botkit serving bot.json over its web adapter's WebSocket. Botkit does not classify: it compares a text with the
// sentences that it is told.
//
//   node bench/peers/botkit.mjs FOLDER-WITH-NODE-MODULES
//
// Prints its port, ends when its input does.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const require = createRequire(join(resolve(process.argv[2]), 'package.json'));
const { Botkit } = require('botkit');
const { WebAdapter } = require('botbuilder-adapter-web');

const bot = JSON.parse(readFileSync(join(import.meta.dirname, 'bot.json')));
const server = createServer();
const adapter = new WebAdapter({ server });
const controller = new Botkit({ adapter, disable_webserver: true, disable_console: true });
for (const { sentences, reply } of Object.values(bot))
  controller.hears(sentences.map((sentence) => new RegExp(`^${sentence}$`, 'i')), 'message', async (session, message) => {
    await session.reply(message, reply);
  });
controller.ready(() => {
  server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
});
process.stdin.on('end', () => process.exit()).resume();
