// A small client of the native socket (docs/protocol.md), for tests that are about something else.

import { once } from 'node:events';

import { WebSocket } from 'ws';

import { until } from './server.mjs';

export class NativeClient {
  #socket;
  #next = 1;
  #after = 0;
  acks = new Map();
  items = [];

  static async open(server, channel, hello = {}) {
    const client = new NativeClient();
    client.channel = channel;
    await client.#connect(server, hello);
    return client;
  }

  reconnect(server) {
    return this.#connect(server, { token: this.token, conversation: this.conversation, after: this.#after });
  }

  async #connect(server, hello) {
    const url = `${server.url.replace('http', 'ws')}/${this.channel}/socket`;
    this.#socket = new WebSocket(url, 'parley.v1', { origin: server.url });
    this.#socket.on('message', (data) => this.#take(JSON.parse(data)));
    this.#socket.on('error', () => {});
    await once(this.#socket, 'open');
    this.welcome = undefined;
    this.#socket.send(JSON.stringify({ type: 'hello', ...hello }));
    await until(() => this.welcome, 'a welcome');
  }

  #take(frame) {
    if (frame.type === 'welcome') {
      this.welcome = frame;
      this.token = frame.token;
      this.conversation = frame.conversation;
    }
    if (frame.type === 'ack') this.acks.set(frame.id, frame);
    if (frame.type !== 'activities') return;
    this.items.push(...frame.items);
    this.#after = frame.items.at(-1).sequence;
  }

  /** Sends `text` and waits until it is stored; gives the ack. */
  tell(text) {
    const id = `m${this.#next++}`;
    this.#socket.send(JSON.stringify({ type: 'activity', id, activity: { type: 'message', text } }));
    return until(() => this.acks.get(id), `an ack of '${text}'`);
  }

  /** Sends `text`, waits until it is stored and the bot has said `reply` in answer. */
  async ask(text, reply) {
    const ack = await this.tell(text);
    const said = () => this.items.filter((i) => i.sequence > ack.sequence && i.activity.from?.role === 'bot').map((i) => i.activity.text);
    await until(() => said().includes(reply), `the bot says '${reply}' (it said: ${said()})`).catch((error) => {
      throw new Error(`${error.message}; it said: ${JSON.stringify(said())}`);
    });
  }

  async closed() {
    const [code] = await once(this.#socket, 'close');
    return code;
  }

  close() { this.#socket.close(); }
}
