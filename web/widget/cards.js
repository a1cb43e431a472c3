// What hangs on a bot's message: pictures, files, buttons, hero cards, and the part of Adaptive Cards (adaptivecards.io)
// that conversations need; for the rest a card's `fallback`, or nothing. `chat` gives words and sends: say, send.

import {element, safeImageUrl} from './dom.js';
import {link, markdown} from './markdown.js';

let fieldCount = 0;

export function attachments(activity, chat) {
  return (activity.attachments ?? []).map((attachment) => {
    try {
      return shown(attachment, chat, activity.id);
    } catch {
      return undefined; // A card that is none.
    }
  });
}

function shown({contentType, content, contentUrl, name = contentUrl}, chat, id) {
  const kind = contentType.replace('application/vnd.microsoft.card.', '');
  if (kind === 'adaptive') return adaptiveCard(content, chat, id);
  if (/^(hero|thumbnail)$/.test(kind)) return heroCard(content, chat);
  return kind.startsWith('image/') ? picture(contentUrl, name) : link(contentUrl, name);
}

export function actionButton({type, value, title = value}, chat) {
  if (!/Back$/.test(type)) return link(value, title, 'button');
  return element('button', {type: 'button', class: 'button answer', onclick: () => chat.send(said(type, value ?? title), title)}, title);
}

/** What a button stands for: imBack is said aloud, anything else is not shown. */
function said(type, value) {
  const words = typeof value === 'string' ? {text: value} : {value};
  return {type: 'message', ...words, channelData: {postBack: type !== 'imBack'}};
}

function picture(url, alt = '', className) {
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

/** A form that says its action's data and inputs. node.done(value) shows it answered so, also in a reloaded history. */
function adaptiveCard(content, chat, id) {
  const card = {chat, fields: []};
  const body = element('fieldset', {}, ...parts(content.body, card), actionRow(content.actions, card));
  const form = element('form', {class: 'card adaptive', novalidate: true, onsubmit: (event) => {
    event.preventDefault();
    submit(card, (event.submitter ?? form.querySelector('button')).action, id);
  }}, body);
  if (form.querySelector('button')) {
    form.done = (value) => {
      body.disabled = true;
      for (const {id, write} of card.fields) if (id in value) write(String(value[id]));
      form.append(element('p', {class: 'muted'}, `✓ ${chat.say('sent')}`));
    };
  }
  return form;
}

function submit({chat, fields}, {data, title}, replyToId) {
  const wrong = fields.filter((field) => !field.check());
  if (wrong.length) return wrong[0].focus();
  if (typeof data === 'string') return chat.send({type: 'message', text: data});
  const given = fields.map(({id, read}) => [id, read()]).filter(([, value]) => value);
  const value = {...data, ...Object.fromEntries(given)};
  chat.send({type: 'message', value, replyToId, channelData: {postBack: true}}, title);
}

const makers = {
  TextBlock: (part) => {
    const heading = part.style === 'heading' && {role: 'heading', 'aria-level': 3};
    const look = `${looks(part, 'size', 'weight', 'color', 'horizontalAlignment')} ${part.isSubtle ? 'muted' : ''}`;
    return element('div', {class: look, ...heading}, ...markdown(part.text));
  },
  Image: (part) => picture(part.url, part.altText, looks(part, 'size', 'style', 'horizontalAlignment')),
  FactSet: (part) => element('dl', {}, ...part.facts.flatMap(({title, value}) =>
    [element('dt', {}, title), element('dd', {}, ...markdown(value))])),
  Container: (part, card) => element('div', {class: `parts ${looks(part, 'style')}`}, ...parts(part.items, card)),
  ColumnSet: (part, card) => element('div', {class: 'columns'}, ...part.columns.map((one) => column(one, card))),
  ActionSet: (part, card) => actionRow(part.actions, card),
  'Input.Text': (part, card) => typed(part, card, /^(email|tel|url)$/i.test(part.style) ? part.style : 'text'),
  'Input.Number': (part, card) => typed(part, card, 'number'),
  'Input.Date': (part, card) => typed(part, card, 'date'),
  'Input.Toggle': (part, card) => ticked({...part, choices: [{title: part.title, value: part.valueOn ?? 'true'}]}, card, 'checkbox'),
  'Input.ChoiceSet': (part, card) => {
    if (part.isMultiSelect || part.style === 'expanded') return ticked(part, card, part.isMultiSelect ? 'checkbox' : 'radio');
    const choices = [{title: part.placeholder ?? card.chat.say('choose'), value: ''}, ...part.choices];
    return field(part, card, element('select', {}, ...choices.map(({title, value}) => element('option', {value}, title))));
  },
};

function parts(list = [], card) {
  return list.map((part) => {
    if (part.isVisible === false) return '';
    const make = makers[part.type];
    return make ? make(part, card) : part.fallback?.type && parts([part.fallback], card)[0];
  });
}

function actionRow(actions, card) {
  return actions && element('div', {class: 'actions'}, ...actions.map((action) => {
    const {type, title, url} = action;
    const look = `button ${looks(action, 'style')}`;
    if (type === 'Action.OpenUrl') return link(url, title, look);
    if (type === 'Action.Submit') return Object.assign(element('button', {class: look}, title), {action});
    return undefined;
  }));
}

function column(part, card) {
  const node = element('div', {class: 'parts'}, ...parts(part.items, card));
  const {width = 'stretch'} = part;
  node.style.flex = width === 'auto' ? 'none' : /px$/.test(width) ? `0 0 ${width}` : `${parseFloat(width) || 1} 1 0`;
  return node;
}

function typed(part, card, type) {
  const {placeholder, min, max, maxLength: maxlength, regex: pattern} = part;
  const rules = {placeholder, min, max, maxlength, pattern};
  return field(part, card, part.isMultiline ? element('textarea', {...rules, rows: 3}) : element('input', {...rules, type, step: 'any'}));
}

/** An input under its label. */
function field(part, card, input) {
  const label = part.label ?? part.placeholder ?? part.id;
  const error = register(part, card, [input], (value) => (input.value = value), () => input.value.trim());
  return element('div', {class: 'field'}, element('label', {}, element('span', {}, label, part.isRequired && ' *'), input), error);
}

/** Boxes to tick, each with its label behind it. */
function ticked(part, card, type) {
  const name = `choice-${++fieldCount}`;
  const inputs = part.choices.map(({value}) => element('input', {type, name, value}));
  const write = (value) => inputs.forEach((input) => (input.checked = value.split(',').includes(input.value)));
  const read = () => inputs.filter((input) => input.checked).map((input) => input.value).join();
  const error = register(part, card, inputs, write, read);
  return element('fieldset', {class: 'field'}, part.label && element('legend', {}, part.label, part.isRequired && ' *'),
    ...inputs.map((input, index) => element('label', {class: 'option'}, input, part.choices[index].title)), error);
}

/** Makes the inputs one field of the card; gives the node for its error. */
function register(part, card, inputs, write, read) {
  const id = `error-${++fieldCount}`;
  const error = element('p', {class: 'error', id});
  const check = () => {
    const absent = part.isRequired && !read();
    const good = !absent && inputs.every((input) => input.validity.valid);
    error.textContent = good ? '' : (part.errorMessage ?? card.chat.say(absent ? 'required' : 'invalid'));
    for (const input of inputs) input.ariaInvalid = !good;
    return good;
  };
  for (const input of inputs) input.setAttribute('aria-describedby', id);
  if (part.value !== undefined) write(String(part.value));
  card.fields.push({id: part.id, write, read: () => read() || part.valueOff, check, focus: () => inputs[0].focus()});
  return error;
}

const looks = (part, ...keys) => keys.filter((key) => part[key]).map((key) => `${key}-${part[key]}`.toLowerCase()).join(' ');
