// Who said what, when, and whether it has arrived. Stored messages stand in the ledger's order, below them
// those on their way; an own message keeps its node from the moment it is written.

import {actionButton, attachments} from './cards.js';
import {avatar, button, div, element} from './dom.js';
import {markdown} from './markdown.js';

const kTogether = 120_000; // ms between messages of one group
const kTyping = 8_000; // ms that a typing sign stays

export const isOwn = (activity) => activity.from?.role === 'user';
const isHidden = (activity) => Boolean(activity.channelData?.postBack) || !activity.text;

export class Messages {
  #chat;
  #log;
  #typing;
  #suggestions;
  #outgoing = new Map(); // client id -> node
  #forms = []; // open cards: {id, node}
  #newest; // the last stored one: {own, time, node}
  #timer;

  constructor(chat) {
    const {say} = chat;
    this.#chat = chat;
    this.#log = element('div', {class: 'log', role: 'log', 'aria-label': say('log')});
    const dots = [1, 2, 3].map(() => element('i', ''));
    const sign = element('span', {class: 'dots', role: 'img', 'aria-label': say('typing')}, ...dots);
    this.#typing = element('div', {class: 'typing', hidden: true}, avatar(), sign);
    this.#suggestions = element('div', {class: 'actions', role: 'group', 'aria-label': say('suggestions')});
    this.node = div('messages', this.#log, this.#typing, this.#suggestions);
  }

  /** Stored items; `quietly`: history, which is not read out. */
  add(items, quietly) {
    this.#log.ariaLive = quietly ? 'off' : 'polite';
    for (const {client_id: id, activity} of items)
      if (activity.type === 'message') this.#addOne(id, activity);
    if (quietly) setTimeout(() => (this.#log.ariaLive = 'polite'), 500);
  }

  /** A message on its way, or what became of it. */
  outgoing({id, activity, label, at, state}) {
    let node = this.#outgoing.get(id);
    // What is not said aloud is shown only when it has failed.
    if (state !== 'failed' && isHidden(activity)) return this.#forget(id)?.remove();
    if (!node && state !== 'sent') {
      node = this.#message({text: label}, true, new Date(at));
      this.#outgoing.set(id, node);
      this.#log.append(node);
      this.#suggest();
    }
    if (node) this.#showState(node, state, id);
  }

  showTyping(on) {
    clearTimeout(this.#timer);
    this.#typing.hidden = !on;
    if (on) this.#timer = setTimeout(() => this.showTyping(false), kTyping);
  }

  #forget(id) {
    const node = this.#outgoing.get(id);
    this.#outgoing.delete(id);
    return node;
  }

  #addOne(id, activity) {
    const own = isOwn(activity);
    const known = this.#forget(id);
    if (own) this.#closeCards(activity);
    else this.showTyping(false);
    this.#suggest(own ? [] : activity.suggestedActions?.actions);
    if (own && isHidden(activity)) return known?.remove();
    const time = new Date(activity.timestamp ?? Date.now());
    const node = known ?? this.#message(activity, own, time);
    const next = this.#outgoing.values().next().value ?? null;
    // Moving a node that stands right would take its focus, and have it read out again.
    if (!known || known.nextSibling !== next) this.#log.insertBefore(node, next);
    if (own) this.#showState(node, 'sent');
    this.#group(node, own, time);
  }

  #message(activity, own, time) {
    const {say, language} = this.#chat;
    const {text, textFormat} = activity;
    const plain = own || textFormat === 'plain';
    const words = plain ? [element('p', 'plain', text)] : markdown(text);
    const clock = time.toLocaleTimeString(language, {hour: 'numeric', minute: '2-digit'});
    const cards = own ? [] : attachments(activity, this.#chat);
    for (const node of cards) if (node?.done) this.#forms.push({id: activity.id, node});
    return div(
      `message ${own ? 'own' : 'bot'}`,
      !own && avatar(),
      div(
        'content',
        element('span', 'hidden', `${say(own ? 'you' : 'bot')}: `),
        text && div('bubble', ...words),
        ...cards,
      ),
      div('meta', element('time', '', clock), own && element('span', 'state')),
    );
  }

  #showState(node, state, id) {
    const {say, retry} = this.#chat;
    node.dataset.state = state;
    const again = state === 'failed' ? button('', () => retry(id), say('retry')) : '';
    node.querySelector('.state').replaceChildren(say(state), ' ', again);
  }

  /** Messages of one side together, and the date above the first of a day. */
  #group(node, own, time) {
    const {own: before, time: last = new Date(), node: neighbour} = this.#newest ?? {};
    if (time.toDateString() !== last.toDateString()) {
      const parts = {weekday: 'long', day: 'numeric', month: 'long'};
      node.before(element('p', 'day', time.toLocaleDateString(this.#chat.language, parts)));
    } else if (before === own && time - last < kTogether) {
      neighbour.classList.add('followed');
      node.classList.add('following');
    }
    this.#newest = {own, time, node};
  }

  /** Own words make older buttons stale; an own value answers its card. */
  #closeCards({value, replyToId}) {
    for (const answer of this.#log.querySelectorAll('.answer')) answer.disabled = true;
    if (typeof value !== 'object' || !value) return;
    const found = this.#forms.find(({id}) => id === replyToId) ?? this.#forms.at(-1);
    found?.node.done(value);
    this.#forms = this.#forms.filter((form) => form !== found);
  }

  #suggest(actions = []) {
    this.#suggestions.replaceChildren(...actions.map((action) => actionButton(action, this.#chat) ?? ''));
    this.#suggestions.hidden = !actions.length;
  }
}
