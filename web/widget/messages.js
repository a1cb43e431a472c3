// Who said what, when, and whether it has arrived. Stored messages stand in the ledger's order, below them those on their
// way; an own message keeps its node from the moment it is written. What the bot says is Markdown, unless marked as plain.

import {actionButton, attachments} from './cards.js';
import {element, icon} from './dom.js';
import {markdown} from './markdown.js';

const kTogether = 120_000; // ms between messages of one group
const kTyping = 8_000; // ms that a typing sign stays
const face = 'M12 3v3M8 6h8a4 4 0 0 1 4 4v5a4 4 0 0 1-4 4h-5l-4 3v-3.4A4 4 0 0 1 4 15v-5a4 4 0 0 1 4-4zM9 11v2m6-2v2';

export const avatar = () => element('span', {class: 'avatar'}, icon(face));
export const isOwn = (activity) => activity.from?.role === 'user';
const isHidden = (activity) => Boolean(activity.channelData?.postBack) || !activity.text;

export class Messages {
  #chat;
  #log;
  #typing;
  #suggestions;
  #outgoing = new Map(); // client id -> node
  #forms = []; // cards that were not answered: {id, node}
  #newest; // the last stored one: {own, time, node}
  #timer;

  constructor(chat) {
    const {say} = chat;
    this.#chat = chat;
    this.#log = element('div', {class: 'log', role: 'log', 'aria-label': say('log')});
    this.#typing = element('div', {class: 'typing', hidden: true}, avatar(),
      element('span', {class: 'dots', role: 'img', 'aria-label': say('typing')}, ...[1, 2, 3].map(() => element('i'))));
    this.#suggestions = element('div', {class: 'actions', role: 'group', 'aria-label': say('suggestions')});
    this.node = element('div', {class: 'messages'}, this.#log, this.#typing, this.#suggestions);
  }

  /** Stored items; `quietly`: history, which is not read out. */
  add(items, quietly) {
    this.#log.ariaLive = quietly ? 'off' : 'polite';
    for (const {client_id: id, activity} of items) if (activity.type === 'message') this.#addOne(id, activity);
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
    const plain = own || activity.textFormat === 'plain';
    const cards = own ? [] : attachments(activity, this.#chat);
    for (const node of cards) if (node?.done) this.#forms.push({id: activity.id, node});
    return element('div', {class: `message ${own ? 'own' : 'bot'}`},
      !own && avatar(),
      element('div', {class: 'content'},
        element('span', {class: 'hidden'}, `${say(own ? 'you' : 'bot')}: `),
        activity.text && element('div', {class: 'bubble'},
          ...(plain ? [element('p', {class: 'plain'}, activity.text)] : markdown(activity.text))),
        ...cards),
      element('div', {class: 'meta'},
        element('time', {}, new Intl.DateTimeFormat(language, {hour: 'numeric', minute: '2-digit'}).format(time)),
        own && element('span', {class: 'state'})));
  }

  #showState(node, state, id) {
    const {say, retry} = this.#chat;
    node.dataset.state = state;
    const again = state === 'failed' && element('button', {type: 'button', onclick: () => retry(id)}, say('retry'));
    node.querySelector('.state').replaceChildren(say(state), ' ', again || '');
  }

  /** Messages of one side together, and the date above the first of a day. */
  #group(node, own, time) {
    const {own: before, time: last = new Date(), node: neighbour} = this.#newest ?? {};
    if (time.toDateString() !== last.toDateString()) {
      const day = new Intl.DateTimeFormat(this.#chat.language, {weekday: 'long', day: 'numeric', month: 'long'});
      node.before(element('p', {class: 'day'}, day.format(time)));
    } else if (before === own && time - last < kTogether) {
      neighbour.classList.add('followed');
      node.classList.add('following');
    }
    this.#newest = {own, time, node};
  }

  /** Own words make older buttons stale; an own value answers its card. */
  #closeCards({value, replyToId}) {
    for (const button of this.#log.querySelectorAll('.answer')) button.disabled = true;
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
