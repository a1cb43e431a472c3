// The file that a page includes. It defines <parley-chat>, and makes one if its own tag names a channel:
//   <script type="module" src="https://HOST/web/parley.js" data-channel="webchat"></script>

import {ParleyChat} from './widget/element.js';

export {addTexts} from './widget/texts.js';

if (!customElements.get('parley-chat')) customElements.define('parley-chat', ParleyChat);

for (const script of document.querySelectorAll('script[data-channel]')) {
  if (script.src !== import.meta.url) continue;
  const chat = document.createElement('parley-chat');
  for (const {name, value} of script.attributes) {
    if (name.startsWith('data-')) chat.setAttribute(name.slice(5), value);
  }
  document.body.append(chat);
}
