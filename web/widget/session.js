// A conversation that resumes where it was, and says each message exactly once: README.md says how.

import {Link} from './link.js';

const kHistory = 300; // activities asked for when a page loads
const kReceipt = 20_000; // ms for an acknowledgement
const kRefusals = 2; // refused tokens in a row, then the person is told

export class Session {
  #store;
  #language;
  #askToken;
  #on;
  #link;
  #queue;
  #last;
  #conversation;
  #welcomed = false;
  #sending; // the item on its way
  #receipt;
  #refresh;
  #refusals = 0;
  #away = 0; // ms to stay away, as the server asked
  #why; // the last error that was about no message
  #storage = (event) => {
    if (!this.#store.isKeyOf(event, 'conversation')) return;
    const id = this.#store.get('conversation');
    if (id && id !== this.#conversation) this.#moveTo(id);
  };

  /** `on` listens: state(name), activities(items), transient(activity), outgoing(item), reset(). */
  constructor({address, store, language, askToken, on}) {
    this.#store = store;
    this.#language = language;
    this.#askToken = askToken;
    this.#on = on;
    this.#queue = store.get('queue') ?? [];
    this.#last = Math.max(0, (store.get('last') ?? 0) - kHistory);
    this.#conversation = store.get('conversation');
    this.#link = new Link(address, {
      hello: () => this.#hello(),
      frame: (frame) => this.#frames[frame.type]?.(frame),
      lost: (code) => this.#lost(code),
    });
  }

  start() {
    addEventListener('storage', this.#storage);
    this.#on.state('connecting');
    for (const item of this.#queue) this.#change(item, item.state === 'failed' ? 'failed' : 'waiting');
    this.#link.start();
  }

  stop() {
    removeEventListener('storage', this.#storage);
    this.#pause();
    this.#link.stop();
  }

  /** on.outgoing tells what becomes of it; `label` stands for a message without text. */
  send(activity, label = activity.text) {
    const item = {id: newId(), activity, label, at: Date.now()};
    this.#queue.push(item);
    this.#change(item, 'waiting');
    this.#sendNext();
  }

  retry(id) {
    const item = this.#find(id);
    if (item) this.#change(item, 'waiting');
    this.#sendNext();
  }

  startOver() {
    this.#queue = [];
    this.#keepQueue();
    this.#moveTo();
  }

  #moveTo(conversation) {
    this.stop();
    this.#conversation = conversation;
    this.#last = 0;
    for (const name of ['token', 'last']) this.#store.set(name);
    if (!conversation) this.#store.set('conversation');
    this.#on.reset();
    this.start();
  }

  async #hello() {
    const {value, until} = this.#store.get('token') ?? {};
    const token = until > Date.now() ? value : await this.#askToken(this.#refusals > 0);
    const visitor = this.#store.get('visitor');
    return {
      type: 'hello',
      token,
      visitor,
      conversation: this.#conversation,
      after: this.#last,
      language: this.#language,
    };
  }

  #frames = {
    welcome: (frame) => {
      this.#welcomed = true;
      this.#refusals = this.#away = 0;
      this.#why = undefined;
      this.#conversation = frame.conversation;
      this.#store.set('conversation', frame.conversation);
      if (frame.visitor) this.#store.set('visitor', frame.visitor);
      this.#keepToken(frame);
      this.#on.state('online');
      this.#sendNext();
    },
    ack: ({id}) => this.#stored(id),
    activities: ({items}) => {
      const fresh = items.filter((item) => item.sequence > this.#last);
      if (!fresh.length) return;
      this.#last = fresh.at(-1).sequence;
      this.#store.set('last', this.#last);
      this.#on.activities(fresh);
      for (const item of fresh) this.#stored(item.client_id);
    },
    transient: ({activity}) => this.#on.transient(activity),
    token: (frame) => this.#keepToken(frame),
    error: (frame) => this.#failed(frame),
  };

  #keepToken({token, expires_in: seconds}) {
    this.#store.set('token', {value: token, until: Date.now() + seconds * 1000 - 5000});
    clearTimeout(this.#refresh);
    this.#refresh = setTimeout(
      () => this.#link.send({type: 'refresh'}),
      Math.min(seconds * 750, 2 ** 31 - 1),
    );
  }

  #sendNext() {
    if (!this.#welcomed || this.#sending) return;
    const item = this.#queue.find(({state}) => state !== 'failed');
    if (!item || !this.#link.send({type: 'activity', id: item.id, activity: item.activity})) return;
    this.#sending = item;
    this.#receipt = setTimeout(() => this.#link.drop(), kReceipt);
    this.#change(item, 'sending');
  }

  #stored(id) {
    const item = this.#find(id);
    if (!item) return;
    this.#queue = this.#queue.filter((other) => other !== item);
    this.#change(item, 'sent');
    this.#release(item);
  }

  #release(item) {
    if (this.#sending !== item) return;
    this.#sending = undefined;
    clearTimeout(this.#receipt);
    this.#sendNext();
  }

  #failed({id, code, retry_after_ms: wait}) {
    const item = this.#find(id);
    if (item && wait) {
      this.#change(item, 'waiting');
      clearTimeout(this.#receipt);
      this.#receipt = setTimeout(() => this.#release(item), wait);
    } else if (item) {
      this.#change(item, 'failed');
      this.#release(item);
    } else if (code === 'denied' && this.#conversation && !this.#welcomed) {
      this.#moveTo(); // It is not ours (any more): begin another.
    } else {
      this.#away = wait ?? 0;
      this.#why = code;
    }
  }

  #lost(code) {
    const item = this.#sending;
    this.#pause();
    // 1009: too big, the next time too.
    if (item) this.#change(item, code === 1009 ? 'failed' : 'waiting');
    if (code === 4401) this.#store.set('token');
    const turned = this.#why === 'preview_only' ? 'notNamed' : 'refused';
    const final = code === 1008 ? turned : code === 4401 && ++this.#refusals > kRefusals && 'signIn';
    this.#on.state(final || (this.#why === 'channel_closed' ? 'closed' : 'reconnecting'));
    return !final && this.#away;
  }

  #pause() {
    this.#welcomed = false;
    this.#sending = undefined;
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

  #find(id) {
    return this.#queue.find((item) => item.id === id);
  }
}

/** 128 random bits; crypto.randomUUID is for https pages only. */
const newId = () => crypto.getRandomValues(new Uint32Array(4)).join('-');
