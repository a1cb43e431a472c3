// What hangs on a bot's message: pictures, files, hero and Adaptive Cards, and the buttons that speak for the person.
// `chat` is the widget as cards see it: say(key) gives its words, send(activity, label) sends.

import {adaptiveCard} from './adaptive.js';
import {element, safeImageUrl} from './dom.js';
import {link, markdown} from './markdown.js';

export function attachments(activity, chat) {
  return (activity.attachments ?? []).map(({contentType = '', content, contentUrl, name}) => {
    const kind = contentType.replace('application/vnd.microsoft.card.', '');
    if (kind === 'adaptive') return adaptiveCard(content, chat, activity);
    if (kind === 'hero' || kind === 'thumbnail') return heroCard(content, chat);
    return kind.startsWith('image/') ? picture(contentUrl, name) : link(contentUrl, name ?? contentUrl);
  });
}

export function actionButton(action, chat) {
  const {type, title = action.text ?? action.value, value = title} = action;
  if (!/Back$/.test(type)) return link(value, title, 'button');
  return element('button', {type: 'button', class: 'button answer', onclick: () => chat.send(said(action, title, value), title)}, title);
}

/** imBack is said aloud, postBack is not shown, messageBack has a text and a value. */
function said({type, text, displayText}, title, value) {
  if (type === 'messageBack') return {type: 'message', text: text ?? displayText ?? title, value};
  const words = typeof value === 'string' ? {text: value} : {value};
  return {type: 'message', ...words, channelData: type === 'postBack' ? {postBack: true} : {}};
}

export function picture(url, alt = '', className) {
  const src = safeImageUrl(url);
  return src && element('img', {src, alt, class: className, loading: 'lazy', referrerpolicy: 'no-referrer'});
}

function heroCard({title, subtitle, text, image, images = [image], buttons}, chat) {
  return element('div', {class: 'card'},
    images[0] && picture(images[0].url ?? images[0], images[0].alt),
    element('div', {class: 'parts'}, title && element('strong', {}, title), subtitle && element('p', {class: 'muted'}, subtitle),
      ...markdown(text)),
    buttons && element('div', {class: 'actions'}, ...buttons.map((action) => actionButton(action, chat))));
}
