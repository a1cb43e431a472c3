// The Parley chat widget. One tag puts it on a page:
//
//   <script type="module" src="https://HOST/web/parley.js" data-channel="webchat"></script>
//
// Each data-* attribute of the tag becomes an attribute of a <parley-chat> element at the end of the page. A tag without
// data-channel only defines the element, for pages that place it themselves. See docs/widget.md.

import {ParleyChat} from './widget/element.js';

export {addTexts} from './widget/texts.js';
export {ParleyChat};

if (!customElements.get('parley-chat')) customElements.define('parley-chat', ParleyChat);

for (const script of document.querySelectorAll('script[data-channel]')) {
  if (script.src !== import.meta.url) continue;
  const chat = document.createElement('parley-chat');
  for (const [name, value] of Object.entries(script.dataset)) {
    chat.setAttribute(name.replace(/[A-Z]/g, (letter) => '-' + letter.toLowerCase()), value);
  }
  document.body.append(chat);
}
