// <parley-chat>: attributes in, events out, and the frame around the messages (docs/widget.md). It stands in
// a shadow root with an adopted style sheet, so a page's strict security policy needs no exception.

import {avatar, button, div, element, icon} from './dom.js';
import {isOwn, Messages} from './messages.js';
import {Session} from './session.js';
import {personOf, Store} from './store.js';
import {sheet} from './styles.js';
import {direction, text} from './texts.js';

const kTextMax = 4000; // characters, as the server has it
const kFlash = 3000; // ms that good news is shown
const kNearEnd = 40; // pixels that count as the end

const drawings = {
  open: 'M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z',
  close: 'M6 6l12 12M18 6L6 18',
  startOver: 'M4 5v5h5M4.6 10a8 8 0 1 1-.5 4',
  send: 'M4 12l16-8-6 16-3-6.5zM11 13.5L20 4',
};

export class ParleyChat extends HTMLElement {
  static observedAttributes = ['channel', 'server', 'token', 'language', 'mode', 'heading'];
  getToken;
  #root = this.attachShadow({mode: 'open'});
  #parts;
  #messages;
  #session;
  #store;
  #state;
  #seen; // sequence up to which all is history
  #unread = 0;
  #builds = 0;
  #flash;
  #atEnd = true;
  #top = 0;
  #resized = new ResizeObserver(() => this.#atEnd && this.#toEnd());

  connectedCallback() {
    this.#root.adoptedStyleSheets = [sheet];
    this.#begin();
  }

  disconnectedCallback() {
    this.#builds++;
    this.#session?.stop();
  }

  attributeChangedCallback() {
    if (this.#parts && this.isConnected) this.#begin();
  }

  open() {
    if (!this.#parts) return this.setAttribute('open', '');
    this.#toggle(true);
    this.#focusBox();
  }

  close() {
    if (this.#inline || !this.#parts) return;
    this.#toggle(false);
    this.#parts.launcher.focus();
  }

  send(words) {
    this.#send({type: 'message', text: words});
  }

  startOver() {
    this.#session?.startOver();
  }

  get #inline() {
    return this.getAttribute('mode') === 'inline';
  }

  get #language() {
    const own = this.getAttribute('language') || document.documentElement.lang || navigator.language;
    return own.replace('_', '-');
  }

  #say = (key) => text(this.#language, key);

  /** Builds all anew and connects, at first and when attributes change; several changes at once are one. */
  async #begin() {
    const build = ++this.#builds;
    await null;
    if (build !== this.#builds) return;
    this.#session?.stop();
    this.#session = this.#state = undefined;
    this.#build();
    const token = await this.#askToken().catch(() => undefined);
    if (build !== this.#builds) return;
    const {origin} = new URL(this.getAttribute('server') ?? import.meta.url, location.href);
    const channel = this.getAttribute('channel') ?? 'webchat';
    this.#store = new Store(origin, channel, personOf(token));
    this.#seen = this.#store.get('last') ?? 0;
    this.#parts.box.value ||= this.#store.get('draft') ?? '';
    this.#session = new Session({
      address: `${origin.replace('http', 'ws')}/${channel}/socket`,
      store: this.#store,
      language: this.#language,
      askToken: (renew) => this.#askToken(renew),
      on: {
        state: (state) => this.#changed(state),
        activities: (items) => this.#arrived(items),
        transient: ({type}) => this.#messages.showTyping(type === 'typing'),
        outgoing: (item) => this.#messages.outgoing(item),
        reset: () => this.#empty(),
      },
    });
    this.#show(!this.#parts.panel.hidden || (this.#store.get('open') ?? this.hasAttribute('open')));
  }

  /** From the attribute, the page's function, or whoever answers the event; undefined if nobody does. */
  async #askToken(renew) {
    const given = this.getAttribute('token');
    if (given && !renew) return given;
    const ask = this.getToken ?? globalThis[this.getAttribute('get-token')];
    if (ask) return ask();
    let answer;
    this.#tell('token-needed', {respond: (token) => (answer = token)});
    return (await answer) ?? given ?? undefined;
  }

  #build() {
    const say = this.#say;
    const inline = this.#inline;
    const name = this.getAttribute('heading') || say('title');
    const parts = (this.#parts = {
      status: element('p', 'status'),
      mark: element('span', {class: 'mark', hidden: true}, say('preview')),
      again: this.#drawn('startOver', 'icon', () => this.#ask(true)),
      notice: element('p', {class: 'notice', role: 'status'}),
      scroll: element('div', {class: 'scroll', tabindex: 0, role: 'group', 'aria-label': say('log')}),
      jump: button('button jump', () => this.#toEnd(), `↓ ${say('newMessages')}`),
      question: this.#question(),
      box: this.#box(),
      badge: element('span', 'badge'),
      launcher: this.#drawn('open', 'launcher', () =>
        this.#parts.panel.hidden ? this.open() : this.close(),
      ),
    });
    parts.scroll.onscroll = () => this.#scrolled();
    parts.launcher.append(parts.badge);
    parts.launcher.hidden = inline;
    const names = div('names', element('h2', '', name), div('under', parts.status, parts.mark));
    const close = !inline && this.#drawn('close', 'icon', () => this.close());
    parts.panel = element(
      'section',
      {class: 'panel', role: inline ? 'region' : 'dialog', 'aria-label': name, hidden: !inline},
      element('header', '', avatar(), names, parts.again, close),
      parts.notice,
      parts.scroll,
      parts.jump,
      parts.question,
      div(
        'composer',
        parts.box,
        this.#drawn('send', 'send', () => this.#submit()),
      ),
    );
    const language = {lang: this.#language, dir: direction(this.#language)};
    parts.root = element(
      'div',
      {class: inline ? 'inline' : 'floating', ...language},
      parts.panel,
      parts.launcher,
    );
    parts.root.onkeydown = (event) => this.#escape(event);
    this.#root.replaceChildren(parts.root);
    this.#empty();
  }

  #drawn(key, className, press) {
    const node = button(className, press, icon(drawings[key]));
    node.ariaLabel = node.title = this.#say(key);
    return node;
  }

  #question() {
    const say = this.#say;
    return element(
      'div',
      {class: 'question actions', role: 'alertdialog', 'aria-label': say('startOver'), hidden: true},
      element('p', '', say('startOverAsk')),
      button('button', () => this.#answer(true), say('startOver')),
      button('button', () => this.#answer(false), say('cancel')),
    );
  }

  #box() {
    const label = this.#say('placeholder');
    const box = element('textarea', {rows: 1, maxlength: kTextMax, placeholder: label, 'aria-label': label});
    box.dir = 'auto';
    box.enterKeyHint = 'send';
    box.oninput = () => this.#store?.set('draft', box.value);
    box.onkeydown = (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    };
    return box;
  }

  #empty() {
    this.#seen = 0;
    this.#atEnd = true;
    this.#messages = new Messages({
      say: this.#say,
      language: this.#language,
      retry: (id) => this.#session.retry(id),
      send: (activity, label) => {
        this.#send(activity, label);
        this.#focusBox();
      },
    });
    this.#parts.scroll.replaceChildren(this.#messages.node);
    this.#parts.jump.hidden = true;
    // Whatever changes its size, a picture that has loaded or the window: who reads the end stays there.
    this.#resized.disconnect();
    for (const node of [this.#messages.node, this.#parts.scroll]) this.#resized.observe(node);
  }

  #toggle(open) {
    this.#show(open);
    this.#store?.set('open', open);
    this.#tell(open ? 'open' : 'close');
  }

  #show(open) {
    const {panel, root} = this.#parts;
    panel.hidden = !open;
    root.classList.toggle('open', open);
    this.#count(open ? 0 : this.#unread);
    // Who never opens the chat never connects.
    if (!this.#state && (open || this.#seen)) this.#session?.start();
  }

  #changed(state) {
    const before = this.#state;
    this.#state = state;
    this.#parts.root.dataset.state = state;
    this.#parts.status.textContent = this.#say(/^(online|connecting)$/.test(state) ? state : 'away');
    if (state === 'online') this.#notice(before === 'reconnecting' && 'restored');
    else if (state !== 'connecting')
      this.#notice(state === 'reconnecting' && !navigator.onLine ? 'offline' : state);
    this.#tell('state', {state});
  }

  #notice(kind) {
    const {notice} = this.#parts;
    notice.textContent = kind ? this.#say(kind) : '';
    notice.dataset.kind = kind || '';
    clearTimeout(this.#flash);
    if (kind === 'restored') this.#flash = setTimeout(() => this.#notice(), kFlash);
  }

  #arrived(items) {
    const news = items.filter((item) => item.sequence > this.#seen);
    const said = items.findLast(({activity}) => !isOwn(activity));
    if (said) this.#parts.mark.hidden = !said.activity.channelData?.preview;
    const heard = news.filter(({activity}) => activity.type === 'message' && !isOwn(activity)).length;
    this.#messages.add(items, news.length < items.length);
    if (this.#parts.panel.hidden) this.#count(this.#unread + heard);
    else this.#parts.jump.hidden = this.#atEnd || !heard;
    for (const {activity} of news) this.#tell('message', {activity});
  }

  #count(unread) {
    const {badge, launcher, panel} = this.#parts;
    this.#unread = unread;
    badge.textContent = unread || '';
    const label = this.#say(panel.hidden ? 'open' : 'close');
    launcher.ariaLabel = unread ? `${label}, ${unread} ${this.#say('unread')}` : label;
    launcher.ariaExpanded = !panel.hidden;
  }

  #submit() {
    const {box} = this.#parts;
    const words = box.value.trim();
    if (!words || !this.#session) return;
    this.send(words);
    box.value = '';
    this.#store.set('draft');
  }

  #send(activity, label) {
    this.#atEnd = true;
    this.#session?.send({...activity, locale: this.#language}, label);
  }

  #escape({key}) {
    if (key !== 'Escape') return;
    if (this.#parts.question.hidden) this.close();
    else this.#answer(false);
  }

  #ask(open) {
    this.#parts.question.hidden = !open;
    if (open) this.#parts.question.querySelector('button').focus();
  }

  #answer(yes) {
    this.#ask(false);
    if (!yes) return this.#parts.again.focus();
    this.startOver();
    this.#focusBox();
  }

  /** Not into the box on touch screens: a keyboard would rise over the answer. */
  #focusBox() {
    const {box, scroll} = this.#parts;
    (matchMedia('(pointer: coarse)').matches ? scroll : box).focus({preventScroll: true});
  }

  #scrolled() {
    const {scrollHeight, scrollTop, clientHeight} = this.#parts.scroll;
    const near = scrollHeight - scrollTop - clientHeight < kNearEnd;
    // Only a person scrolls back; growing must not look like it.
    if (near || scrollTop < this.#top) this.#atEnd = near;
    this.#top = scrollTop;
    if (near) this.#parts.jump.hidden = true;
  }

  #toEnd() {
    this.#parts.scroll.scrollTop = this.#parts.scroll.scrollHeight;
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`parley:${name}`, {detail, bubbles: true, composed: true}));
  }
}
