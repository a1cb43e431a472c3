// The page of `parley dev`: one channel, and nothing around it. ?channel=NAME chooses it, ?language=xx the language,
// ?person=ID the made-up person to be; without one, the first.

import '/web/parley.js';
import {employees, tokenOf} from '/web/demo/people.js';

const asked = new URLSearchParams(location.search);
const channel = asked.get('channel');
const person = asked.get('person') ?? employees[0]?.id;

const chat = document.createElement('parley-chat');
chat.setAttribute('channel', channel);
chat.setAttribute('mode', 'inline');
chat.setAttribute('heading', channel);
if (asked.has('language')) chat.setAttribute('language', asked.get('language'));
if (person) chat.getToken = tokenOf(person, channel);
document.title = channel;
document.querySelector('main').append(chat);
