// The part of Adaptive Cards (adaptivecards.io, 1.3) that conversations need: text, pictures, facts, columns, inputs with
// their checks, submit and links. What is unknown shows its `fallback`, or nothing.

import {picture} from './cards.js';
import {element} from './dom.js';
import {link, markdown} from './markdown.js';

let fieldCount = 0;

/**
 * The card as a form. A submit says the action's data and the inputs' values; node.done(value) shows that it was answered
 * so, which also happens when the history is loaded again.
 */
export function adaptiveCard(content, chat, activity) {
  const card = {chat, fields: []};
  const body = element('fieldset', {}, ...parts(content.body, card), actionRow(content.actions, card));
  const form = element('form', {class: 'card adaptive', novalidate: true, onsubmit: (event) => {
    event.preventDefault();
    submit(card, (event.submitter ?? form.querySelector('[type=submit]')).action, activity.id);
  }}, body);
  if (form.querySelector('[type=submit]')) {
    form.done = (value) => {
      body.disabled = true;
      for (const {id, write} of card.fields) if (id in value) write(String(value[id]));
      form.append(element('p', {class: 'muted'}, `✓ ${chat.say('sent')}`));
    };
  }
  return form;
}

function submit({chat, fields}, {data, title, associatedInputs}, replyToId) {
  const asked = associatedInputs === 'none' ? [] : fields;
  const wrong = asked.filter((field) => !field.check());
  if (wrong.length) return wrong[0].focus();
  if (typeof data === 'string') return chat.send({type: 'message', text: data});
  const given = asked.map(({id, read}) => [id, read()]).filter(([, value]) => value);
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
  'Input.Time': (part, card) => typed(part, card, 'time'),
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
    const look = `button ${looks(action, 'style')}`;
    if (action.type === 'Action.OpenUrl') return link(action.url, action.title, look);
    const button = action.type === 'Action.Submit' && element('button', {type: 'submit', class: look}, action.title);
    return Object.assign(button, {action});
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

/** Makes the inputs one field of the card; gives the place of its error. */
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
