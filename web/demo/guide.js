// The guide: shows this server's own address in the examples, and lets the reader try a colour.

import '/web/parley.js';

for (const place of document.querySelectorAll('.origin')) place.textContent = location.origin;

const accent = document.getElementById('accent');
const chat = document.querySelector('parley-chat');
// Named in time, for the chat begins with the page: who the people are is asked when it wants to know.
const people = import('./people.js');
chat.getToken = async () => {
  const {previewerOf, tokenOf} = await people;
  const previewer = previewerOf('webchat');
  return previewer && tokenOf(previewer.id, 'webchat')();
};
const show = () => chat.style.setProperty('--parley-accent', accent.value);
accent.addEventListener('input', show);
show();
