// The part of Adaptive Cards (adaptivecards.io, schema 1.3) that conversations need: text, pictures, facts, columns,
// inputs with validation, submit and links. What is unknown shows its `fallback`, or nothing.
//
// A submitted card keeps its values and is closed, also when the history is loaded again: node.done(value).

import {picture} from './cards.js';
import {element, safeUrl} from './dom.js';
import {anchor, markdown} from './markdown.js';

let ids = 0;

/** The card as a form. A submit is a message whose `value` holds the action's data and the inputs. */
export function adaptiveCard(content, chat, activity) {
  const card = {chat, fields: []};
  const all = element('fieldset', {}, ...parts(content.body, card), actionRow(content.actions, card));
  const form = element('form', {class: 'card adaptive', novalidate: true}, all);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit(card, (event.submitter ?? form.querySelector('button')).action, activity);
  });
  form.done = (value) => {
    all.disabled = true;
    for (const field of card.fields) if (value[field.id] !== undefined) field.write(String(value[field.id]));
    form.append(element('p', {class: 'done'}, `✓ ${chat.say('submitted')}`));
    form.done = undefined;
  };
  if (!card.fields.length && !all.querySelector('button')) form.done = undefined;
  return form;
}

function submit(card, action, activity) {
  const fields = action.associatedInputs === 'none' ? [] : card.fields;
  const wrong = fields.filter((field) => !field.check());
  if (wrong.length) return wrong[0].input.focus();
  const data = action.data;
  if (typeof data === 'string') return card.chat.send({type: 'message', text: data}, data);
  const value = {...data};
  for (const field of fields) if (field.read() !== '') value[field.id] = field.read();
  card.chat.send({type: 'message', value, replyToId: activity.id, channelData: {postBack: true}}, action.title);
}

const makers = {
  TextBlock: (part, card) => element('div', {
    class: `text ${names(part, 'size', 'weight', 'color')} ${part.isSubtle ? 'muted' : ''}`,
    ...(part.style === 'heading' && {role: 'heading', 'aria-level': 3}),
  }, ...markdown(String(part.text ?? ''), card.chat.say)),
  RichTextBlock: (part) => element('p', {}, ...(part.inlines ?? []).map((run) => run.text ?? String(run))),
  Image: (part) => picture(part.url, part.altText, names(part, 'size', 'style')),
  FactSet: (part, card) => element('dl', {}, ...(part.facts ?? []).flatMap((fact) => [
    element('dt', {}, fact.title), element('dd', {}, ...markdown(String(fact.value), card.chat.say))])),
  Container: (part, card) => element('div', {class: `container ${names(part, 'style')}`}, ...parts(part.items, card)),
  ColumnSet: (part, card) => element('div', {class: 'columns'}, ...(part.columns ?? []).map((one) => column(one, card))),
  ActionSet: (part, card) => actionRow(part.actions, card),
  'Input.Text': (part, card) => field(part, card, element(part.isMultiline ? 'textarea' : 'input', {
    type: !part.isMultiline && ({Email: 'email', Tel: 'tel', Url: 'url'}[capital(part.style)] ?? 'text'),
    maxlength: part.maxLength, pattern: part.regex, rows: part.isMultiline && 3,
  })),
  'Input.Number': (part, card) => field(part, card, element('input', {type: 'number', min: part.min, max: part.max, step: 'any'})),
  'Input.Date': (part, card) => field(part, card, element('input', {type: 'date', min: part.min, max: part.max})),
  'Input.Time': (part, card) => field(part, card, element('input', {type: 'time', min: part.min, max: part.max})),
  'Input.Toggle': toggle,
  'Input.ChoiceSet': (part, card) => (part.style === 'expanded' || part.isMultiSelect ? options(part, card) : select(part, card)),
};

function parts(list, card) {
  return (list ?? []).map((part) => {
    if (part.isVisible === false) return '';
    const make = makers[part.type];
    const node = make ? make(part, card) : part.fallback?.type ? parts([part.fallback], card)[0] : '';
    if (node && part.separator) node.classList.add('separator');
    if (node && part.horizontalAlignment) node.classList.add(capital(part.horizontalAlignment));
    return node;
  });
}

function actionRow(actions, card) {
  const buttons = (actions ?? []).map((action) => {
    const style = `button ${names(action, 'style')}`;
    if (action.type === 'Action.Submit' || action.type === 'Action.Execute') {
      const button = element('button', {type: 'submit', class: style}, action.title);
      button.action = action;
      return button;
    }
    const url = action.type === 'Action.OpenUrl' && safeUrl(action.url);
    const link = url && anchor(url, action.title, card.chat.say);
    if (link) link.className = style;
    return link;
  });
  return buttons.length && element('div', {class: 'actions'}, ...buttons);
}

function column(part, card) {
  const node = element('div', {}, ...parts(part.items, card));
  const width = part.width ?? 'stretch';
  node.style.flex = width === 'auto' ? '0 0 auto' : /px$/.test(width) ? `0 0 ${parseInt(width, 10)}px` : `${parseFloat(width) || 1} 1 0`;
  return node;
}

/** One labelled input, with its error below it. */
function field(part, card, input, label = part.label ?? part.placeholder ?? part.id) {
  const id = `field-${++ids}`;
  const error = element('p', {class: 'error', id: `${id}-error`, hidden: true});
  for (const [key, value] of Object.entries({id, placeholder: part.placeholder, 'aria-describedby': error.id})) {
    if (value) input.setAttribute(key, value);
  }
  if (part.value !== undefined) input.value = part.value;
  register(part, card, input, error, {read: () => input.value.trim(), write: (value) => (input.value = value)});
  return element('div', {class: 'field'}, element('label', {for: id}, label, part.isRequired && ' *'), input, error);
}

function toggle(part, card) {
  const [on, off] = [part.valueOn ?? 'true', part.valueOff ?? 'false'];
  const write = (value) => (input.checked = value === on);
  const input = element('input', {type: 'checkbox'});
  const error = element('p', {class: 'error', hidden: true});
  write(part.value);
  register(part, card, input, error, {read: () => (input.checked ? on : off), write, missing: () => !input.checked});
  return element('div', {class: 'field'}, element('label', {class: 'option'}, input, part.title ?? part.label ?? part.id), error);
}

function select(part, card) {
  const choices = (part.choices ?? []).map((choice) => element('option', {value: choice.value}, choice.title));
  return field(part, card, element('select', {}, element('option', {value: ''}, part.placeholder ?? card.chat.say('choose')), ...choices));
}

function options(part, card) {
  const name = `field-${++ids}`;
  const inputs = (part.choices ?? []).map((choice) => element('input', {type: part.isMultiSelect ? 'checkbox' : 'radio', name, value: choice.value}));
  const error = element('p', {class: 'error', hidden: true});
  const write = (value) => inputs.forEach((input) => (input.checked = value.split(',').includes(input.value)));
  const read = () => inputs.filter((input) => input.checked).map((input) => input.value).join(',');
  write(part.value ?? '');
  register(part, card, inputs[0] ?? error, error, {read, write});
  return element('div', {class: 'field', role: 'group', 'aria-label': part.label ?? part.placeholder ?? part.id},
    part.label && element('p', {class: 'label'}, part.label, part.isRequired && ' *'),
    ...inputs.map((input, index) => element('label', {class: 'option'}, input, part.choices[index].title)), error);
}

function register(part, card, input, error, {read, write, missing = () => !read()}) {
  if (part.isRequired) input.setAttribute('aria-required', 'true');
  const check = () => {
    const absent = part.isRequired && missing();
    const good = !absent && input.validity?.valid !== false;
    error.textContent = part.errorMessage ?? card.chat.say(absent ? 'required' : 'invalid');
    error.hidden = good;
    input.setAttribute('aria-invalid', String(!good));
    return good;
  };
  card.fields.push({id: part.id, input, read, write, check});
}

const capital = (word = '') => word[0]?.toUpperCase() + word.slice(1).toLowerCase();
const names = (part, ...keys) => keys.map((key) => (typeof part[key] === 'string' ? `${key}-${part[key].toLowerCase()}` : '')).join(' ');
