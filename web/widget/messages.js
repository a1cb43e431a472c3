// The list of messages: who said what, when, and whether it has arrived.
//
// Stored messages stand in the order of the ledger; below them the ones still on their way. An own message keeps its node
// from the moment it is written until it is stored, so nothing jumps. Text from people is shown as it was typed; text
// from the bot is Markdown unless it says otherwise.

import {actionButton, attachments} from './cards.js';
import {element, icon} from './dom.js';
import {markdown} from './markdown.js';

const kTogether = 120_000; // ms: messages of one side closer than this are one group
const kTyping = 8_000; // ms after which a typing sign is stale
const botFace = 'M12 3v3M8 6h8a4 4 0 0 1 4 4v5a4 4 0 0 1-4 4h-5l-4 3v-3.4A4 4 0 0 1 4 15v-5a4 4 0 0 1 4-4zM9 11v2m6-2v2';

export class Messages {
  #chat;
  #log;
  #suggestions;
  #outgoing = new Map(); // client id -> node
  #forms = []; // cards that can be submitted: {id, node}
  #newest; // {own, time, day, node} of the last stored message shown
  #typingTimer;

  /** `chat`: say, send, retry, language(), own(item). */
  constructor(chat) {
    this.#chat = chat;
    this.#log = element('div', {class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': chat.say('log')});
    this.typing = element('div', {class: 'typing', hidden: true}, avatar(), element('span', {class: 'dots'}, element('i'), element('i'), element('i')),
      element('span', {class: 'hidden'}, chat.say('typing')));
    this.#suggestions = element('div', {class: 'suggestions', role: 'group', 'aria-label': chat.say('suggestions'), hidden: true});
    this.node = element('div', {class: 'messages'}, element('p', {class: 'empty'}, chat.say('empty')), this.#log, this.typing, this.#suggestions);
  }

  /** Shows stored items; `quietly` without having them read out. */
  add(items, quietly) {
    if (quietly) this.#log.setAttribute('aria-live', 'off');
    for (const item of items) this.#addOne(item);
    if (quietly) setTimeout(() => this.#log.setAttribute('aria-live', 'polite'), 500);
  }

  /** Shows, or changes, a message on its way: {id, activity, label, at, state}. */
  outgoing(item) {
    let node = this.#outgoing.get(item.id);
    if (item.state === 'sent' && !node) return;
    if (!node && isHidden(item.activity) && item.state !== 'failed') return;
    if (!node) {
      node = this.#message({text: item.label, textFormat: 'plain'}, true, new Date(item.at));
      this.#outgoing.set(item.id, node);
      this.#log.append(node);
      this.#suggest();
    }
    this.#showState(node, item);
    if (item.state === 'sent' && isHidden(item.activity)) this.#removeOutgoing(item.id);
  }

  showTyping(on = true) {
    clearTimeout(this.#typingTimer);
    this.typing.hidden = !on;
    if (on) this.#typingTimer = setTimeout(() => this.showTyping(false), kTyping);
  }

  #addOne({client_id: clientId, activity}) {
    if (activity.type !== 'message') return;
    const own = this.#chat.own(activity);
    if (own) this.#closeCards(activity);
    else this.showTyping(false);
    const known = this.#outgoing.get(clientId);
    this.#outgoing.delete(clientId);
    if (own && isHidden(activity)) return known?.remove();
    const time = new Date(activity.timestamp ?? Date.now());
    const node = known ?? this.#message(activity, own, time);
    const next = [...this.#outgoing.values()][0] ?? null;
    if (own) this.#showState(node, {state: 'sent'});
    // A node that stands right is not moved: moving would take the focus and be read out again.
    if (!known || known.nextSibling !== next) this.#log.insertBefore(node, next);
    this.#addDay(time, node);
    this.#group(node, own, time);
    this.#suggest(own ? [] : activity.suggestedActions?.actions);
  }

  #message(activity, own, time) {
    const chat = this.#chat;
    const plain = own || activity.textFormat === 'plain';
    const content = plain ? [element('p', {class: 'plain'}, activity.text)] : markdown(activity.text ?? '', chat.say);
    const cards = own ? [] : attachments(activity, chat);
    this.#forms.push(...cards.filter((node) => node.done).map((node) => ({id: activity.id, node})));
    const clock = new Intl.DateTimeFormat(chat.language(), {hour: 'numeric', minute: '2-digit'}).format(time);
    return element('div', {class: `message ${own ? 'own' : 'bot'}`},
      !own && avatar(),
      element('div', {class: 'content'},
        element('span', {class: 'hidden'}, `${chat.say(own ? 'you' : 'bot')}: `),
        activity.text && element('div', {class: 'bubble', dir: 'auto', lang: !own && activity.locale}, ...content),
        ...cards),
      element('div', {class: 'meta'}, element('time', {datetime: time.toISOString()}, clock), own && element('span', {class: 'state'})));
  }

  #showState(node, {id, state}) {
    const chat = this.#chat;
    const words = {waiting: 'waiting', sending: 'sending', sent: 'sent', failed: 'failed'};
    node.dataset.state = state;
    const again = element('button', {type: 'button', class: 'retry', onclick: () => chat.retry(id)}, chat.say('retry'));
    node.querySelector('.state').replaceChildren(chat.say(words[state]), state === 'failed' ? again : '');
  }

  #removeOutgoing(id) {
    this.#outgoing.get(id)?.remove();
    this.#outgoing.delete(id);
  }

  #addDay(time, before) {
    const day = time.toDateString();
    if (this.#newest?.day === day || (!this.#newest && day === new Date().toDateString())) return;
    const daysAgo = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(time).setHours(0, 0, 0, 0)) / 86_400_000);
    const full = new Intl.DateTimeFormat(this.#chat.language(), {weekday: 'long', day: 'numeric', month: 'long'});
    const name = this.#chat.say(['today', 'yesterday'][daysAgo] ?? 'today');
    this.#log.insertBefore(element('p', {class: 'day'}, daysAgo < 2 ? name : full.format(time)), before);
    this.#newest = undefined;
  }

  #group(node, own, time) {
    const newest = this.#newest;
    if (newest?.own === own && time - newest.time < kTogether) {
      newest.node.classList.add('followed');
      node.classList.add('following');
    }
    this.#newest = {own, time, day: time.toDateString(), node};
  }

  /** Own words make older buttons stale; an own submit closes the card that it answers. */
  #closeCards(activity) {
    for (const button of this.#log.querySelectorAll('.card .answer:enabled')) button.disabled = true;
    if (typeof activity.value !== 'object' || !activity.value) return;
    const found = this.#forms.find((form) => form.id === activity.replyToId) ?? this.#forms.at(-1);
    found?.node.done(activity.value);
    this.#forms = this.#forms.filter((form) => form !== found);
  }

  #suggest(actions = []) {
    this.#suggestions.replaceChildren(...actions.map((action) => actionButton(action, this.#chat)));
    this.#suggestions.hidden = !actions.length;
  }
}

const isHidden = (activity) => Boolean(activity.channelData?.postBack) || !activity.text;
export const avatar = () => element('span', {class: 'avatar', 'aria-hidden': 'true'}, icon(botFace));
