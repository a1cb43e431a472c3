// A conversation as the server keeps it: says hello, resumes where it was, sends what was written exactly once.
//
// Messages leave one at a time: the next goes when the server has acknowledged (stored) the one before, so their order
// holds whatever happens in between. Each has an id of its own from the moment it is written. Until the acknowledgement it
// stays in the queue, in storage, and is sent again after a reconnect or a reload with the same id; the server answers a
// repeat with the receipt of the first. So nothing is lost and nothing is said twice.
//
// The frames are described in docs/protocol.md.

import {Link} from './link.js';

const kHistory = 300; // activities asked for when the page is loaded
const kReceipt = 20_000; // ms to wait for an acknowledgement before the line is taken for dead
const kBusyWait = 5_000; // ms at least before coming back to a server that had too much of us
const kRefusalsMax = 2; // refused tokens in a row before the page is told

// Answers to a hello that mean: this conversation is not ours (any more); begin another one.
const lostConversation = ['not_found', 'denied'];

export class Session {
  #store;
  #language;
  #askToken;
  #on;
  #link;
  #queue;
  #last;
  #inFlight;
  #receipt;
  #refresh;
  #welcomed = false;
  #refusals = 0;
  #unwatch;
  user;

  /**
   * `askToken(renew)` gives a promise of the page's token, or of undefined on an anonymous channel. `on` holds the
   * listeners: state(name), activities(items), transient(activity), outgoing(item), rejected(error), reset().
   */
  constructor({address, store, language, askToken, on}) {
    this.#store = store;
    this.#language = language;
    this.#askToken = askToken;
    this.#on = on;
    this.#queue = (store.get('queue') ?? []).map((item) => ({...item, state: item.state.replace('sending', 'waiting')}));
    this.#last = Math.max(0, (store.get('last') ?? 0) - kHistory);
    this.#link = new Link(address, {
      hello: () => this.#hello(),
      frame: (frame) => this.#frames[frame.type]?.(frame),
      lost: (code) => this.#lost(code),
    });
  }

  start() {
    this.#on.state('connecting');
    for (const item of this.#queue) this.#on.outgoing(item);
    this.#unwatch = this.#store.watchConversation((id) => {
      if (id && id !== this.conversation) this.#moveTo(id);
    });
    this.conversation = this.#store.get('conversation');
    this.#link.start();
  }

  stop() {
    this.#unwatch?.();
    this.#pause();
    this.#link.stop();
  }

  /** Takes a message in; what becomes of it is told through on.outgoing. `label` stands for one without a text. */
  send(activity, label = activity.text) {
    const item = {id: newId(), activity, label, at: Date.now(), state: 'waiting'};
    this.#queue.push(item);
    this.#on.outgoing(item);
    this.#keepQueue();
    this.#sendNext();
  }

  /** A failed message, once more with the id it had. */
  retry(id) {
    const item = this.#queue.find((queued) => queued.id === id);
    if (item) this.#change(item, 'waiting');
    this.#sendNext();
  }

  startOver() {
    this.#store.forgetConversation();
    this.#queue = [];
    this.#moveTo(undefined);
  }

  #moveTo(conversation) {
    this.stop();
    this.conversation = conversation;
    this.#last = 0;
    this.#store.set('token', undefined);
    this.#on.reset();
    const id = this.#store.get('conversation');
    if (id !== conversation) this.#store.set('conversation', conversation);
    this.start();
  }

  async #hello() {
    const fresh = (this.#store.get('expires') ?? 0) > Date.now() + 5000 ? this.#store.get('token') : undefined;
    return {
      type: 'hello',
      token: fresh ?? (await this.#askToken(this.#refusals > 0)),
      visitor: this.#store.get('visitor'),
      conversation: this.conversation,
      after: this.#last,
      language: this.#language,
    };
  }

  #frames = {
    welcome: (frame) => {
      this.#refusals = 0;
      this.#welcomed = true;
      this.user = frame.user;
      if (this.conversation && this.conversation !== frame.conversation) this.#on.reset();
      this.conversation = frame.conversation;
      this.#store.set('conversation', frame.conversation);
      if (frame.visitor) this.#store.set('visitor', frame.visitor);
      this.#keepToken(frame);
      this.#on.state('online');
      this.#sendNext();
    },
    ack: (frame) => this.#stored(frame.id),
    activities: (frame) => {
      const items = frame.items.filter((item) => item.sequence > this.#last);
      if (!items.length) return;
      this.#last = items.at(-1).sequence;
      this.#store.set('last', this.#last);
      this.#on.activities(items);
      for (const item of items) this.#stored(item.client_id);
    },
    transient: (frame) => this.#on.transient(frame.activity),
    token: (frame) => this.#keepToken(frame),
    error: (frame) => this.#error(frame),
  };

  #keepToken({token, expires_in: seconds}) {
    if (!token) return;
    this.#store.set('token', token);
    this.#store.set('expires', Date.now() + seconds * 1000);
    clearTimeout(this.#refresh);
    const wait = Math.min(seconds * 750, 2 ** 31 - 1);
    this.#refresh = setTimeout(() => this.#link.send({type: 'refresh'}), wait);
  }

  #sendNext() {
    if (!this.#welcomed || this.#inFlight) return;
    const item = this.#queue.find((queued) => queued.state !== 'failed');
    if (!item || !this.#link.send({type: 'activity', id: item.id, activity: item.activity})) return;
    this.#inFlight = item.id;
    this.#receipt = setTimeout(() => this.#link.drop(), kReceipt);
    this.#change(item, 'sending');
  }

  #stored(id) {
    const item = this.#queue.find((queued) => queued.id === id);
    if (!item) return;
    this.#queue = this.#queue.filter((queued) => queued !== item);
    this.#change(item, 'sent');
    this.#release(id);
  }

  #release(id) {
    if (this.#inFlight !== id) return;
    this.#inFlight = undefined;
    clearTimeout(this.#receipt);
    this.#sendNext();
  }

  #error(frame) {
    const item = this.#queue.find((queued) => queued.id === frame.id);
    if (!item) return this.#conversationError(frame);
    if (frame.retry_after_ms === undefined) {
      this.#change(item, 'failed');
      this.#release(item.id);
    } else {
      this.#on.rejected(frame);
      this.#change(item, 'waiting');
      clearTimeout(this.#receipt);
      this.#receipt = setTimeout(() => this.#release(item.id), frame.retry_after_ms);
    }
  }

  #conversationError(frame) {
    if (this.#welcomed || !this.conversation || !lostConversation.includes(frame.code)) return;
    this.#store.set('conversation', undefined);
    this.#moveTo(undefined);
  }

  #lost(code) {
    const welcomed = this.#welcomed;
    this.#pause();
    const item = this.#queue.find((queued) => queued.state === 'sending');
    // 1009: the message was too big; sent again it would only close the next socket.
    if (item) this.#change(item, code === 1009 && welcomed ? 'failed' : 'waiting');
    if (code === 4401) {
      this.#store.set('token', undefined);
      if (++this.#refusals > kRefusalsMax) return this.#giveUp('signIn');
    }
    if (code === 1008) return this.#giveUp('refused');
    this.#on.state('reconnecting');
    return code === 4429 ? kBusyWait : 0;
  }

  #giveUp(state) {
    this.#on.state(state);
    return false;
  }

  #pause() {
    this.#welcomed = false;
    this.#inFlight = undefined;
    clearTimeout(this.#receipt);
    clearTimeout(this.#refresh);
  }

  #change(item, state) {
    item.state = state;
    this.#keepQueue();
    this.#on.outgoing(item);
  }

  #keepQueue() {
    this.#store.set('queue', this.#queue.length ? this.#queue : undefined);
  }
}

/** 128 random bits. (crypto.randomUUID exists only on https pages; an intranet may have none.) */
function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
