// botframework-directlinejs as its authors ship it, in Node: only the browser's globals are lent to it.

import { createRequire } from 'node:module';

import { WebSocket } from 'ws';
import xhr2 from 'xhr2';

import { employeeToken, until } from './server.mjs';

// The library looks for them when it is loaded.
globalThis.WebSocket = WebSocket;
globalThis.XMLHttpRequest = xhr2;
globalThis.window ??= globalThis;
export const { DirectLine, ConnectionStatus } = createRequire(import.meta.url)('botframework-directlinejs');

async function post(url, { bearer, body, origin } = {}) {
  const headers = { ...(bearer ? { authorization: `Bearer ${bearer}` } : {}), ...(origin ? { origin } : {}) };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const response = await fetch(url, { method: 'POST', headers, body: body === undefined ? undefined : JSON.stringify(body) });
  return { status: response.status, body: await response.json().catch(() => null) };
}

/** A Direct Line token, as the intranet's backend (helpdesk) or a page (webchat) gets one. */
export async function generateToken(server, channel = 'helpdesk', claims = {}) {
  const url = `${server.url}/${channel}/v3/directline/tokens/generate`;
  const access = channel === 'helpdesk' ? { bearer: employeeToken(claims) } : { origin: server.url };
  const { status, body } = await post(url, access);
  if (status !== 200) throw new Error(`no token: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** A connected client that remembers all that it was given. */
export class Client {
  activities = [];
  statuses = [];

  constructor(server, token, options = {}) {
    const channel = options.channel ?? 'helpdesk';
    this.line = new DirectLine({ token, domain: `${server.url}/${channel}/v3/directline`, webSocket: true, ...options });
    this.subscription = this.line.activity$.subscribe((activity) => this.activities.push(activity));
    this.line.connectionStatus$.subscribe((status) => this.statuses.push(status));
  }

  async connected() {
    await until(() => this.statuses.includes(ConnectionStatus.Online), 'the client is online');
    return this;
  }

  /** Resolves to the activity's id once the server has answered the POST. */
  send(text, extra = {}) {
    return new Promise((sent, failed) => {
      this.line.postActivity({ type: 'message', from: { id: 'me' }, text, ...extra }).subscribe(sent, failed);
    });
  }

  texts(role) {
    return this.activities.filter((a) => a.type === 'message' && a.from.role === role).map((a) => a.text);
  }

  /** The replies to the user's message number `index` (from 0) so far. */
  async hears(text, what = text) {
    const matches = (heard) => (text instanceof RegExp ? text.test(heard ?? '') : heard === text);
    return until(() => this.activities.find((a) => a.from.role === 'bot' && matches(a.text)), `the bot says ${what}`);
  }

  end() {
    this.subscription.unsubscribe();
    this.line.end();
  }
}
