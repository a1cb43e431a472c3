// Attachments and buttons of a bot's message: pictures, hero and thumbnail cards, files, suggested answers.
// Adaptive Cards have a file of their own.
//
// `chat` is what a card may do: chat.say(key) gives interface words, chat.send(activity, label) sends.

import {adaptiveCard} from './adaptive.js';
import {element, safeImageUrl, safeUrl} from './dom.js';
import {anchor, markdown} from './markdown.js';

const card = 'application/vnd.microsoft.card.';
const kinds = {
  [card + 'adaptive']: (content, chat, activity) => adaptiveCard(content, chat, activity),
  [card + 'hero']: (content, chat) => heroCard(content, chat, 'hero'),
  [card + 'thumbnail']: (content, chat) => heroCard(content, chat, 'thumbnail'),
};

/** The attachments of `activity`, as nodes. Kinds that the widget does not know are a link, or nothing. */
export function attachments(activity, chat) {
  const nodes = (activity.attachments ?? []).map((attachment) => {
    const make = kinds[attachment.contentType];
    return make ? make(attachment.content ?? {}, chat, activity) : file(attachment, chat);
  });
  if (activity.attachmentLayout !== 'carousel' || nodes.length < 2) return nodes;
  return [element('div', {class: 'carousel', role: 'group', tabindex: 0}, ...nodes)];
}

/** One button of the Activity Protocol's card actions. Links open; everything else is said to the bot. */
export function actionButton(action, chat) {
  const title = action.title ?? String(action.text ?? action.value ?? '');
  if (/^(openUrl|call|downloadFile|showImage|playVideo)$/.test(action.type)) {
    const url = safeUrl(action.value);
    if (!url) return '';
    const link = anchor(url, title, chat.say);
    link.classList.add('button');
    return link;
  }
  const press = () => chat.send(said(action, title), title);
  return element('button', {type: 'button', class: 'button answer', onclick: press}, title);
}

function said(action, title) {
  const value = action.value ?? title;
  if (action.type === 'imBack') return {type: 'message', text: String(value)};
  if (action.type === 'messageBack') return {type: 'message', text: action.text ?? action.displayText ?? title, value};
  const content = typeof value === 'string' ? {text: value} : {value};
  return {type: 'message', ...content, channelData: {postBack: true}};
}

export function picture(url, description, className) {
  const source = safeImageUrl(url);
  return source && element('img', {src: source, alt: description ?? '', class: className, loading: 'lazy', referrerpolicy: 'no-referrer'});
}

function heroCard(content, chat, kind) {
  const image = content.images?.[0] ?? (content.image && {url: content.image});
  return element('div', {class: `card ${kind}`},
    image && picture(image.url, image.alt),
    element('div', {class: 'body'},
      content.title && element('p', {class: 'title'}, content.title),
      content.subtitle && element('p', {class: 'muted'}, content.subtitle),
      ...(content.text ? markdown(content.text, chat.say) : [])),
    content.buttons?.length && element('div', {class: 'actions', role: 'group'},
      ...content.buttons.map((action) => actionButton(action, chat))));
}

function file(attachment, chat) {
  if (/^image\//.test(attachment.contentType ?? '')) return picture(attachment.contentUrl, attachment.name, 'picture');
  const url = safeUrl(attachment.contentUrl);
  return url ? anchor(url, attachment.name ?? url, chat.say) : '';
}
