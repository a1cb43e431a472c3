// <parley-chat>: the widget's outside. Attributes in, events out, the frame around the messages.
//
//   <parley-chat channel="webchat" mode="inline" language="nl"></parley-chat>
//
// docs/widget.md lists attributes, properties, events and custom properties. The element builds everything in its shadow
// root, styled by an adopted style sheet, so that a page's strict Content-Security-Policy needs no exception.

import {direction, text} from './texts.js';
import {avatar, Messages} from './messages.js';
import {element, icon} from './dom.js';
import {personOf, Store} from './store.js';
import {Session} from './session.js';
import {sheet} from './styles.js';

const kTextMax = 4000; // characters; the server's own limit of one message
const kRestored = 3000; // ms that 'back online' is shown
const icons = {
  chat: 'M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z',
  close: 'M6 6l12 12M18 6L6 18',
  again: 'M4 5v5h5M4.6 10a8 8 0 1 1-.5 4',
  send: 'M4 12l16-8-6 16-3-6.5zM11 13.5L20 4',
  down: 'M6 9l6 6 6-6',
};

export class ParleyChat extends HTMLElement {
  static observedAttributes = ['channel', 'server', 'token', 'language', 'mode', 'heading'];
  /** A function that gives (a promise of) a token for a signed channel. */
  getToken;
  #root = this.attachShadow({mode: 'open'});
  #parts = {};
  #messages;
  #session;
  #store;
  #state = 'idle';
  #seen = 0;
  #unread = 0;
  #starting = 0;
  #flash;
  #stick = true;

  connectedCallback() {
    this.#root.adoptedStyleSheets = [sheet];
    addEventListener('offline', this.#network);
    addEventListener('online', this.#network);
    this.#begin();
  }

  disconnectedCallback() {
    removeEventListener('offline', this.#network);
    removeEventListener('online', this.#network);
    this.#starting++;
    this.#session?.stop();
  }

  attributeChangedCallback(name, before, now) {
    if (this.isConnected && before !== now && this.#parts.root) this.#begin();
  }

  get language() {
    return this.getAttribute('language') || document.documentElement.lang || navigator.language || 'en';
  }

  get state() {
    return this.#state;
  }

  open() {
    if (this.#isOpen) return;
    this.#show(true);
    this.#focusBox();
    this.#emit('open');
  }

  close() {
    if (!this.#isOpen || this.#inline) return;
    this.#show(false);
    this.#parts.launcher.focus();
    this.#emit('close');
  }

  /** Says `words` for the person. */
  send(words) {
    this.#send({type: 'message', text: words, textFormat: 'plain'});
  }

  startOver() {
    this.#session?.startOver();
    this.#focusBox();
  }

  #say = (key, ...values) => text(this.language, key, ...values);

  get #inline() {
    return this.getAttribute('mode') === 'inline';
  }

  get #isOpen() {
    return !this.#parts.panel.hidden;
  }

  /** Builds everything anew and connects: at the start, and whenever an attribute changes. Changes at once are one. */
  async #begin() {
    const start = ++this.#starting;
    await null;
    if (start !== this.#starting) return;
    this.#session?.stop();
    this.#session = undefined;
    this.#state = 'idle';
    this.#build();
    const token = await this.#askToken().catch(() => undefined);
    if (start !== this.#starting) return;
    const server = new URL(this.getAttribute('server') ?? import.meta.url, document.baseURI).origin;
    const channel = this.getAttribute('channel') ?? 'webchat';
    this.#store = new Store(server, channel, personOf(token));
    this.#seen = this.#store.get('last') ?? 0;
    this.#parts.box.value = this.#store.get('draft') ?? '';
    this.#grow();
    this.#session = this.#newSession(`${server.replace(/^http/, 'ws')}/${channel}/socket`, token);
    this.#show(this.#inline || (this.#store.get('open') ?? this.hasAttribute('open')));
  }

  #newSession(address, token) {
    let first = token;
    const askToken = async (renew) => {
      const known = first;
      first = undefined;
      return (!renew && known) || this.#askToken(renew);
    };
    return new Session({address, store: this.#store, language: this.language, askToken, on: {
      state: (state) => this.#stateChanged(state),
      activities: (items) => this.#arrived(items),
      transient: (activity) => activity.type === 'typing' && this.#messages.showTyping(),
      outgoing: (item) => this.#messages.outgoing(item),
      rejected: () => this.#notice('busy'),
      reset: () => this.#newMessages(),
    }});
  }

  /** The page's token: from the attribute, the function, or whoever answers the event; undefined on an open channel. */
  async #askToken(renew) {
    const given = this.getAttribute('token');
    if (given && !renew) return given;
    const ask = this.getToken ?? globalThis[this.getAttribute('get-token')];
    if (ask) return ask.call(this, {renew});
    let answer;
    this.#emit('token-needed', {renew, respond: (token) => (answer = token)});
    return (await answer) ?? (given || undefined);
  }

  #build() {
    const say = this.#say;
    const name = this.getAttribute('heading') || say('title');
    const parts = (this.#parts = {});
    const button = (key, path, press, className = 'icon') =>
      element('button', {type: 'button', class: className, 'aria-label': say(key), title: say(key), onclick: press}, icon(path));
    parts.status = element('p', {class: 'status'});
    parts.notice = element('p', {class: 'notice', role: 'status'});
    parts.scroll = element('div', {class: 'scroll', tabindex: 0, role: 'group', 'aria-label': say('log'), onscroll: () => this.#scrolled()});
    parts.jump = element('button', {type: 'button', class: 'jump', hidden: true, onclick: () => this.#toEnd()}, icon(icons.down), say('newMessages'));
    parts.again = button('startOver', icons.again, () => this.#askStartOver(true));
    parts.ask = element('div', {class: 'ask', role: 'alertdialog', 'aria-label': say('startOver'), hidden: true},
      element('p', {}, say('startOverAsk')),
      element('button', {type: 'button', class: 'button primary', onclick: () => this.#answerStartOver(true)}, say('yes')),
      element('button', {type: 'button', class: 'button', onclick: () => this.#answerStartOver(false)}, say('no')));
    parts.box = element('textarea', {rows: 1, maxlength: kTextMax, placeholder: say('placeholder'), 'aria-label': say('placeholder'),
      dir: 'auto', enterkeyhint: 'send', oninput: () => this.#typed(), onkeydown: (event) => this.#keyDown(event)});
    parts.send = element('button', {type: 'submit', class: 'send', 'aria-label': say('send'), title: say('send')}, icon(icons.send));
    const composer = element('form', {class: 'composer', onsubmit: (event) => this.#submit(event)}, parts.box, parts.send);
    const header = element('header', {}, avatar(), element('div', {class: 'names'}, element('h2', {}, name), parts.status), parts.again,
      !this.#inline && button('close', icons.close, () => this.close()));
    parts.panel = element('section', {class: 'panel', id: 'panel', role: this.#inline ? 'region' : 'dialog', 'aria-label': name, hidden: true},
      header, parts.notice, parts.scroll, parts.jump, parts.ask, composer);
    parts.launcher = element('button', {type: 'button', class: 'launcher', 'aria-controls': 'panel', hidden: this.#inline,
      onclick: () => (this.#isOpen ? this.close() : this.open())}, icon(icons.chat), element('span', {class: 'badge', hidden: true}));
    parts.root = element('div', {class: `root ${this.#inline ? 'inline' : 'bubble'}`, dir: direction(this.language), lang: this.language,
      onkeydown: (event) => event.key === 'Escape' && this.#escape(event)}, parts.panel, parts.launcher);
    this.#root.replaceChildren(parts.root);
    this.#newMessages();
    this.#showUnread(0);
  }

  #newMessages() {
    this.#seen = 0;
    this.#stick = true;
    this.#messages = new Messages({
      say: this.#say,
      send: (activity, label) => {
        this.#send(activity, label);
        this.#focusBox();
      },
      retry: (id) => this.#session.retry(id),
      language: () => this.language,
      own: (activity) => activity.from?.role === 'user' || activity.from?.id === this.#session?.user?.id,
    });
    this.#parts.scroll.replaceChildren(this.#messages.node);
    // Whatever grows (a message, a picture that has loaded) or shrinks (the window): who reads the end stays at the end.
    const observer = new ResizeObserver(() => this.#stick && this.#toEnd());
    observer.observe(this.#messages.node);
    observer.observe(this.#parts.scroll);
  }

  #show(open) {
    const {panel, launcher, root} = this.#parts;
    panel.hidden = !open;
    root.classList.toggle('open', open);
    launcher.setAttribute('aria-expanded', String(open));
    this.#store.set('open', open);
    if (open) this.#showUnread(0);
    // A bubble connects when it is first opened, or had been; visitors who never open it cost nothing.
    if (this.#state === 'idle' && (open || this.#store.get('last'))) this.#session.start();
  }

  #stateChanged(state) {
    const before = this.#state;
    this.#state = state;
    this.#parts.root.dataset.state = state;
    this.#parts.status.textContent = this.#say(['online', 'connecting'].includes(state) ? state : 'away');
    clearTimeout(this.#flash);
    if (state === 'online') this.#notice(before === 'reconnecting' ? 'restored' : undefined, kRestored);
    else this.#notice(state === 'connecting' ? undefined : state);
    if (state === 'reconnecting') this.#network();
    this.#emit('state', {state});
  }

  #network = () => {
    if (this.#state !== 'reconnecting') return;
    this.#notice(navigator.onLine ? 'reconnecting' : 'offline');
  };

  #notice(key, milliseconds = key === 'busy' ? kRestored : 0) {
    const {notice} = this.#parts;
    notice.textContent = key ? this.#say(key) : '';
    notice.dataset.kind = key ?? '';
    if (key && milliseconds) this.#flash = setTimeout(() => this.#notice(), milliseconds);
  }

  #arrived(items) {
    const fresh = items.filter((item) => item.sequence > this.#seen);
    const messages = fresh.filter(({activity}) => activity.type === 'message' && activity.from?.role !== 'user');
    this.#messages.add(items, fresh.length < items.length);
    if (!this.#isOpen) this.#showUnread(this.#unread + messages.length);
    else if (!this.#stick && messages.length) this.#parts.jump.hidden = false;
    for (const {activity} of fresh) this.#emit('message', {activity});
  }

  #showUnread(count) {
    const badge = this.#parts.launcher.lastChild;
    this.#unread = count;
    badge.hidden = !count;
    badge.textContent = count;
    const words = this.#say(this.#isOpen ? 'close' : 'open');
    this.#parts.launcher.setAttribute('aria-label', count ? `${words}, ${this.#say('unread', count)}` : words);
  }

  #submit(event) {
    event.preventDefault();
    const words = this.#parts.box.value.trim();
    if (!words || !this.#session) return;
    this.send(words);
    this.#parts.box.value = '';
    this.#typed();
  }

  #send(activity, label) {
    this.#stick = true;
    this.#session?.send({...activity, locale: this.language}, label);
  }

  #typed() {
    this.#store?.set('draft', this.#parts.box.value || undefined);
    this.#grow();
  }

  /** The box is as high as its text. */
  #grow() {
    const {box} = this.#parts;
    box.style.blockSize = 'auto';
    if (box.value) box.style.blockSize = `${box.scrollHeight}px`;
  }

  #keyDown(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#parts.send.form.requestSubmit();
  }

  #escape(event) {
    event.stopPropagation();
    if (!this.#parts.ask.hidden) this.#answerStartOver(false);
    else this.close();
  }

  #askStartOver(ask) {
    this.#parts.ask.hidden = !ask;
    if (ask) this.#parts.ask.querySelector('button').focus();
  }

  #answerStartOver(yes) {
    this.#askStartOver(false);
    if (yes) this.startOver();
    else this.#parts.again.focus();
  }

  /** Into the box, but not on touch screens, where that would raise the keyboard over the answer. */
  #focusBox() {
    if (matchMedia('(pointer: coarse)').matches) this.#parts.scroll.focus({preventScroll: true});
    else this.#parts.box.focus({preventScroll: true});
  }

  #scrolled() {
    const {scroll, jump} = this.#parts;
    this.#stick = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 40;
    if (this.#stick) jump.hidden = true;
  }

  #toEnd() {
    const {scroll, jump} = this.#parts;
    scroll.scrollTop = scroll.scrollHeight;
    jump.hidden = true;
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(`parley:${name}`, {detail, bubbles: true, composed: true}));
  }
}
