// The guide: shows this server's own address in the examples, and lets the reader try a colour.

import '/web/parley.js';

for (const place of document.querySelectorAll('.origin')) place.textContent = location.origin;

const accent = document.getElementById('accent');
const chat = document.querySelector('parley-chat');
const show = () => chat.style.setProperty('--parley-accent', accent.value);
accent.addEventListener('input', show);
show();
