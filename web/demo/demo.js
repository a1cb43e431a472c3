// The demonstration page: two channels, each with the widget as a company would embed it.
//
// Left, the signed channel: /demo/employees lists made-up people, /demo/token signs one in, and the widget asks for the
// token through getToken. Right, the anonymous channel: nothing but the element, or, while the channel is in preview, a
// person who is named for it. ?language=xx sets any language.

import '/web/parley.js';
import {employees, previewerOf, tokenOf} from './people.js';
import {texts} from './texts.js';

const asked = new URLSearchParams(location.search).get('language');
const chosen = {
  language: asked ?? remembered('language') ?? (navigator.language.startsWith('nl') ? 'nl' : 'en'),
  employee: remembered('employee'),
  tab: remembered('tab') ?? 'inside',
};
const previewer = previewerOf('webchat');
if (previewer) document.querySelector('[data-text=outsideNote]').dataset.text = 'previewNote';
const english = new Map(
  [...document.querySelectorAll('[data-text]')].map((node) => [node, node.textContent]),
);
const labels = new Map(
  [...document.querySelectorAll('[data-label]')].map((node) => [node, node.getAttribute('aria-label')]),
);

for (const button of document.querySelectorAll('[data-language]')) {
  button.addEventListener('click', () => choose('language', button.dataset.language));
}
const tabs = [...document.querySelectorAll('[role=tab]')];
for (const tab of tabs) tab.addEventListener('click', () => choose('tab', tab.getAttribute('aria-controls')));
document.querySelector('.tabs').addEventListener('keydown', moveAlong(tabs));
addEventListener('resize', showTabs);

showPeople();
showLanguage();
showTabs();
showHelpdesk();
showWebchat();

function choose(name, value) {
  if (chosen[name] === value) return;
  chosen[name] = value;
  try {
    localStorage.setItem(`demo:${name}`, value);
  } catch {
    // Not remembered.
  }
  if (name === 'language') showLanguage();
  if (name === 'tab') showTabs();
  if (name === 'employee') {
    showPeople();
    showHelpdesk();
  }
}

function remembered(name) {
  try {
    return localStorage.getItem(`demo:${name}`);
  } catch {
    return null;
  }
}

function word(key) {
  return (texts[chosen.language] ?? texts.en)[key];
}

function showLanguage() {
  const {language} = chosen;
  document.documentElement.lang = language;
  document.documentElement.dir = /^(ar|fa|he|ur)/.test(language) ? 'rtl' : 'ltr';
  for (const [node, source] of english) {
    const text = word(node.dataset.text) ?? texts.en[node.dataset.text] ?? source;
    node.textContent = text.replace('{name}', previewer?.name);
  }
  for (const [node, source] of labels) node.setAttribute('aria-label', word(node.dataset.label) ?? source);
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', String(button.dataset.language === language));
  }
  for (const chat of document.querySelectorAll('parley-chat')) {
    chat.setAttribute(
      'heading',
      word(chat.getAttribute('channel')) ?? texts.en[chat.getAttribute('channel')],
    );
    chat.setAttribute('language', language);
  }
}

/** On a phone one stage at a time, chosen by its tab; else both, and no tabs. */
function showTabs() {
  const narrow = matchMedia('(max-width: 760px)').matches;
  for (const tab of tabs) {
    const stage = document.getElementById(tab.getAttribute('aria-controls'));
    const current = stage.id === chosen.tab;
    tab.setAttribute('aria-selected', String(current));
    tab.tabIndex = current ? 0 : -1;
    stage.hidden = narrow && !current;
    if (narrow) stage.setAttribute('role', 'tabpanel');
    else stage.removeAttribute('role');
  }
}

function showPeople() {
  const group = document.querySelector('.people');
  if (!employees.some((person) => person.id === chosen.employee)) chosen.employee = employees[0]?.id;
  const focused = group.contains(document.activeElement);
  const buttons = employees.map((person) => {
    const current = person.id === chosen.employee;
    const button = make(
      'button',
      {type: 'button', role: 'radio', 'aria-checked': current, tabindex: current ? 0 : -1},
      make('span', {class: 'face', 'aria-hidden': true}, initials(person.name)),
      make('span', {}, make('b', {}, person.name), make('small', {}, person.title ?? '')),
    );
    button.addEventListener('click', () => choose('employee', person.id));
    return button;
  });
  group.replaceChildren(...buttons);
  group.onkeydown = moveAlong(buttons);
  if (focused) group.querySelector('[aria-checked=true]').focus();
}

function showHelpdesk() {
  const place = document.getElementById('helpdesk');
  if (!chosen.employee) {
    place.replaceChildren(
      make('p', {class: 'note', 'data-text': 'noDemo'}, word('noDemo') ?? texts.en.noDemo),
    );
    english.set(place.firstChild, texts.en.noDemo);
    return;
  }
  const chat = newChat('helpdesk', {mode: 'inline'});
  chat.getToken = tokenOf(chosen.employee, 'helpdesk');
  place.replaceChildren(chat);
}

function showWebchat() {
  const wide = matchMedia('(min-width: 1100px)').matches;
  const chat = newChat('webchat', wide ? {open: ''} : {});
  if (previewer) chat.getToken = tokenOf(previewer.id, 'webchat');
  document.getElementById('webchat').replaceChildren(chat);
}

function newChat(channel, attributes) {
  return make('parley-chat', {
    channel,
    language: chosen.language,
    heading: word(channel) ?? texts.en[channel],
    ...attributes,
  });
}

/** Arrow keys move between the buttons of a group, and choose. */
function moveAlong(buttons) {
  return (event) => {
    const steps = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1};
    const at = buttons.indexOf(event.target.closest('button'));
    if (!steps[event.key] || at < 0) return;
    event.preventDefault();
    const sign = document.dir === 'rtl' && /Left|Right/.test(event.key) ? -1 : 1;
    const next = buttons[(at + sign * steps[event.key] + buttons.length) % buttons.length];
    next.focus();
    next.click();
  };
}

function initials(name) {
  const words = name.split(' ').filter((part) => /^\p{Lu}/u.test(part));
  return (words[0]?.[0] ?? '') + (words.at(-1)?.[0] ?? '');
}

function make(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}
