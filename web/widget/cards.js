// What hangs on a bot's message: pictures, files, buttons, hero cards, and the part of Adaptive Cards
// (adaptivecards.io) that conversations need. `chat` gives words and sends: say, send.

import {button, div, element, safeImageUrl} from './dom.js';
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
  return button('button answer', () => chat.send(said(type, value ?? title), title), title);
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
  return div(
    'card',
    images[0] && picture(images[0].url ?? images[0], images[0].alt),
    div(
      'parts',
      title && element('strong', '', title),
      subtitle && element('p', 'muted', subtitle),
      ...markdown(text),
    ),
    buttons && div('actions', ...buttons.map((action) => actionButton(action, chat))),
  );
}

/** A form that says its action's data and its inputs. node.done(value) shows it as answered so. */
function adaptiveCard(content, chat, id) {
  const card = {chat, fields: []};
  const body = element('fieldset', '', ...parts(content.body, card), actionRow(content.actions, card));
  const form = element('form', {class: 'card adaptive', novalidate: true}, body);
  form.onsubmit = (event) => {
    event.preventDefault();
    submit(card, event.submitter.action, id);
  };
  if (form.querySelector('button')) {
    form.done = (value) => {
      body.disabled = true;
      for (const {id, write} of card.fields) if (id in value) write(String(value[id]));
      form.append(element('p', 'muted', `✓ ${chat.say('sent')}`));
    };
  }
  return form;
}

function submit({chat, fields}, {data, title}, replyToId) {
  const wrong = fields.filter((field) => !field.check());
  if (wrong.length) return wrong[0].input.focus();
  if (typeof data === 'string') return chat.send({type: 'message', text: data});
  const given = fields.map(({id, read}) => [id, read()]).filter(([, value]) => value);
  const value = {...data, ...Object.fromEntries(given)};
  chat.send({type: 'message', value, replyToId, channelData: {postBack: true}}, title);
}

const makers = {
  TextBlock: (part) => {
    const heading = part.style === 'heading' && {role: 'heading', 'aria-level': 3};
    const look = looks(part, 'size', 'weight', 'color') + (part.isSubtle ? ' muted' : '');
    return element('div', {class: look, ...heading}, ...markdown(part.text));
  },
  Image: (part) => picture(part.url, part.altText, looks(part, 'size')),
  FactSet: (part) =>
    element(
      'dl',
      '',
      ...part.facts.flatMap(({title, value}) => [
        element('dt', '', title),
        element('dd', '', ...markdown(value)),
      ]),
    ),
  Container: (part, card) => div('parts', ...parts(part.items, card)),
  ColumnSet: (part, card) => div('columns', ...part.columns.map((one) => column(one, card))),
  ActionSet: (part, card) => actionRow(part.actions, card),
  'Input.Text': typed,
  'Input.Number': typed,
  'Input.Date': typed,
  'Input.Time': typed,
  'Input.Toggle': (part, card) =>
    ticked({...part, choices: [{title: part.title, value: part.valueOn ?? 'true'}]}, card, 'checkbox'),
  'Input.ChoiceSet': (part, card) => {
    if (part.isMultiSelect || part.style === 'expanded')
      return ticked(part, card, part.isMultiSelect ? 'checkbox' : 'radio');
    const choices = [{title: part.placeholder ?? '–', value: ''}, ...part.choices];
    const options = choices.map(({title, value}) => element('option', {value}, title));
    return field(part, card, element('select', '', ...options));
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
  const buttons = actions?.map((action) => {
    const {type, title, url} = action;
    const look = `button ${looks(action, 'style')}`;
    if (type === 'Action.OpenUrl') return link(url, title, look);
    return type === 'Action.Submit' && Object.assign(element('button', look, title), {action});
  });
  return buttons && div('actions', ...buttons);
}

function column(part, card) {
  const node = div('parts', ...parts(part.items, card));
  const {width = 1} = part;
  node.style.flex = {auto: 'none', stretch: 1}[width] ?? (/px$/.test(width) ? `0 0 ${width}` : width);
  return node;
}

function typed(part, card) {
  const type = part.style ?? part.type.slice(6).toLowerCase();
  const {placeholder, min, max, maxLength: maxlength, regex: pattern} = part;
  const rules = {placeholder, min, max, maxlength, pattern, type, step: 'any'};
  return field(part, card, element(part.isMultiline ? 'textarea' : 'input', rules));
}

/** An input under its label. */
function field(part, card, input) {
  const label = part.label ?? part.placeholder ?? part.id;
  const write = (value) => (input.value = value);
  const error = register(part, card, [input], write, () => input.value.trim());
  return div(
    'field',
    element('label', '', element('span', '', label, part.isRequired && ' *'), input),
    error,
  );
}

/** Boxes to tick, each with its label behind it. */
function ticked(part, card, type) {
  const name = `choice-${++fieldCount}`;
  const inputs = part.choices.map(({value}) => element('input', {type, name, value}));
  const write = (value) =>
    inputs.forEach((input) => (input.checked = value.split(',').includes(input.value)));
  const ticks = () => inputs.filter((input) => input.checked).map(({value}) => value);
  const error = register(part, card, inputs, write, () => ticks().join());
  return element(
    'fieldset',
    'field',
    part.label && element('legend', '', part.label, part.isRequired && ' *'),
    ...inputs.map((input, index) => element('label', 'option', input, part.choices[index].title)),
    error,
  );
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
  card.fields.push({id: part.id, write, read: () => read() || part.valueOff, check, input: inputs[0]});
  return error;
}

const looks = (part, ...keys) =>
  keys
    .filter((key) => part[key])
    .map((key) => `${key}-${part[key]}`.toLowerCase())
    .join(' ');
