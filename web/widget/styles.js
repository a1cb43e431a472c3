// The looks, as one adopted style sheet. A page sets --parley-* properties; all colours follow from four.
// light-dark() goes by the color-scheme, the visitor's own unless the page fixes it.

export const sheet = new CSSStyleSheet();

sheet.replaceSync(`
:host {
  --accent: var(--parley-accent, #0f6b63);
  --on-accent: var(--parley-on-accent, #fff);
  --surface: var(--parley-surface, light-dark(#fff, #16191d));
  --text: var(--parley-text, light-dark(#1b2126, #e8ecef));
  --muted: color-mix(in oklab, var(--text) 72%, var(--surface));
  --edge: color-mix(in oklab, var(--text) 50%, var(--surface));
  --line: color-mix(in oklab, var(--text) 14%, var(--surface));
  --soft: color-mix(in oklab, var(--text) 6%, var(--surface));
  --link: light-dark(color-mix(in oklab, var(--accent) 88%, #000), color-mix(in oklab, var(--accent) 45%,
  #fff));
  --danger: light-dark(#b3261e, #ff9e94);
  color-scheme: light dark;
  color: var(--text);
  font: 15px/1.5 var(--parley-font, system-ui, 'Segoe UI', Roboto, Arial, sans-serif);
}
:host([mode=inline]) { display: block; height: 560px; }
* { box-sizing: border-box; min-width: 0; }
[hidden] { display: none !important; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
h2, p, dl, dd, ul, ol, pre, fieldset { margin: 0; padding: 0; border: 0; }
button, input, textarea, select { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
svg { width: 22px; height: 22px; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round;
  stroke-linejoin: round; }

.inline { height: 100%; }
.panel { position: relative; display: flex; flex-direction: column; overflow: hidden; height: 100%;
  background: var(--surface); border-radius: var(--parley-radius, 16px); }
.floating .panel, .launcher { position: var(--parley-position, fixed); inset-inline-end: 20px;
  z-index: var(--parley-layer, 2147483000); }
.floating .panel { bottom: 90px; width: min(var(--parley-width, 384px), calc(100% - 40px));
  height: min(var(--parley-height, 640px), calc(100% - 108px)); animation: rise .18s;
  box-shadow: 0 0 0 1px var(--line), 0 16px 48px -8px rgb(10 20 30 / .3); }
.launcher, .send, .icon, .avatar { display: grid; place-items: center; flex: none; border: 0;
  border-radius: 50%; background: var(--accent); color: var(--on-accent); }
.launcher { bottom: 20px; width: 56px; height: 56px; box-shadow: 0 6px 20px -4px rgb(10 20 30 / .4); }
.badge { position: absolute; top: -4px; inset-inline-end: -4px; min-width: 22px; border-radius: 11px;
  background: #b3261e; color: #fff; font-size: 13px; line-height: 22px; font-weight: 600; }
.launcher:hover, .send:hover, .style-positive:hover { filter: brightness(.9); }

header { display: flex; align-items: center; gap: 12px; padding: 12px 14px; background: var(--accent);
  color: var(--on-accent); }
header .avatar { width: 40px; height: 40px;
  background: color-mix(in oklab, var(--on-accent) 16%, transparent); }
.names { flex: 1; }
h2 { font-size: 16px; line-height: 1.35; font-weight: 650; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; }
.under { display: flex; align-items: center; gap: 10px; }
.mark { padding: 0 8px; border: 1px solid; border-radius: 99px; font-size: 12px; font-weight: 600; }
.status { font-size: 13px; line-height: 1.4; min-height: 18px; }
.status::before { content: ''; display: inline-block; width: 8px; height: 8px; margin-inline-end: 6px;
  border-radius: 50%; border: 1.5px solid; }
[data-state=online] .status::before { background: #7ee2a8; }
.icon { width: 38px; height: 38px; }
.icon:hover { filter: brightness(1.25); }
header :focus-visible { outline-color: currentColor; outline-offset: -3px; }

.notice { padding: 8px 16px; font-size: 14px; background: light-dark(#fff3d6, #3b2f12);
  color: light-dark(#5c4300, #ffdf9a); }
[data-kind=restored] { background: light-dark(#ddf5e6, #12321f); color: light-dark(#0d4f2a, #a5e9c1); }
.notice:empty, .badge:empty, .error:empty { display: none; }
.scroll { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 4px 16px 16px;
  scrollbar-width: thin; }
.scroll:focus-visible { outline-offset: -3px; }
.day { text-align: center; margin-top: 14px; }
.day, .meta, .muted, dt { color: var(--muted); font-size: 13px; }
.message, .typing { display: grid; margin-top: 14px; }
.following { margin-top: 4px; }
.bot, .typing { grid-template-columns: 28px 1fr; column-gap: 8px; padding-inline-end: 20px; }
.own { justify-items: end; padding-inline-start: 56px; }
.avatar { width: 28px; height: 28px; }
.content .hidden { top: 0; }
.message .avatar, .typing .avatar { background: var(--soft); color: var(--link); }
.message svg, .typing svg { width: 18px; height: 18px; }
.following .avatar { visibility: hidden; }
.messages * { unicode-bidi: plaintext; }
.content { display: grid; gap: 6px; justify-items: start; max-width: 100%; overflow-wrap: anywhere;
  position: relative; }
.bubble, .dots { padding: 9px 14px; border-radius: 18px; max-width: 100%; background: var(--soft);
  border-start-start-radius: 6px; }
.own .bubble { background: var(--accent); color: var(--on-accent); border-radius: 18px;
  border-end-end-radius: 6px; }
.plain { white-space: pre-wrap; }
.bubble > * + * { margin-top: 8px; }
.meta { grid-column: -2; display: flex; gap: 8px; margin: 2px 4px 0; }
.followed:not([data-state=failed]) .meta { display: none; }
[data-state=failed] .meta, .error, .color-attention { color: var(--danger); }
.meta button { padding: 0 4px; border: 0; background: none; font-weight: 600; text-decoration: underline; }

a { color: var(--link); }
ul, ol { padding-inline-start: 22px; }
code, pre { font: .92em ui-monospace, Consolas, Menlo, monospace; background: var(--line);
  border-radius: 6px; padding: 1px 4px; }
pre { overflow-x: auto; padding: 8px 10px; }
pre code { background: none; padding: 0; overflow-wrap: normal; }
img { max-width: 100%; border-radius: 12px; display: block; }

.dots { display: flex; gap: 4px; padding-block: 13px; justify-self: start; }
i { width: 7px; height: 7px; border-radius: 50%; background: var(--muted); animation: blink 1.2s infinite; }
i:nth-child(2) { animation-delay: .2s; }
i:nth-child(3) { animation-delay: .4s; }
.jump, .jump:hover { position: absolute; bottom: 82px; align-self: center; background: var(--text);
  color: var(--surface); }

.actions { display: flex; flex-wrap: wrap; gap: 8px; }
.messages > .actions { margin-top: 14px; padding-inline-start: 36px; }
.button { padding: 7px 15px; border: 1px solid var(--link); border-radius: 18px; background: none;
  color: var(--link); font-size: 14.5px; font-weight: 550;
  text-align: center; text-decoration: none; }
.button:hover { background: color-mix(in oklab, var(--accent) 12%, var(--surface)); }
.button:disabled, :disabled .button { color: var(--muted); border-color: var(--line); background: none;
  cursor: default; }
.style-positive, .style-positive:hover { background: var(--accent); color: var(--on-accent);
  border-color: var(--accent); }

.card { width: 100%; border: 1px solid var(--line); border-radius: 14px; overflow: hidden; }
.card > img { width: 100%; border-radius: 0; }
.card > .actions { padding: 0 14px 14px; }
.card > .parts, .adaptive { padding: 12px 14px; }
.parts, .adaptive > fieldset { display: grid; gap: 8px; align-content: start; }
.columns { display: flex; flex-wrap: wrap; gap: 8px 12px; }
.columns > :has(input) { min-width: 150px; }
.size-small { font-size: 13px; max-width: 48px; }
.size-medium { font-size: 17px; max-width: 96px; }
.size-large { font-size: 20px; line-height: 1.3; max-width: 180px; }
div[class*=size-] { max-width: none; }
.weight-bolder { font-weight: 650; }
.color-accent { color: var(--link); }
dl { display: grid; grid-template-columns: fit-content(45%) 1fr; gap: 4px 14px; align-items: baseline; }
label > span, legend { font-size: 14px; font-weight: 550; }
.option { display: flex; gap: 9px; padding-block: 3px; align-items: baseline; accent-color: var(--accent); }
label > :not([type=checkbox], [type=radio], span), .composer textarea { width: 100%; padding: 8px 10px;
  border: 1px solid var(--edge); border-radius: 8px; background: none; }
option { background: var(--surface); }
label > [aria-invalid=true] { border-color: var(--danger); }
.error { font-size: 14px; }

.question, .composer { padding: 12px; border-top: 1px solid var(--line); }
.question p { width: 100%; }
.composer { display: flex; gap: 8px; align-items: end; }
.composer textarea { max-height: 132px; resize: none; padding: 9px 16px; border-radius: 22px;
  line-height: 22px; scrollbar-width: none; field-sizing: content; }
.composer textarea:focus { outline-offset: -1px; }
::placeholder { color: var(--muted); opacity: 1; }
.send { width: 42px; height: 42px; }
[dir=rtl] .send svg { transform: scaleX(-1); }

@keyframes rise { from { opacity: 0; transform: translateY(12px); } }
@keyframes blink { 30% { opacity: .25; } }
@media (max-width: 480px) {
  .open.floating .panel { inset: 0; width: auto; height: auto; border-radius: 0; }
  .open .launcher { display: none; }
  textarea, input, select { font-size: 16px !important; }
}
@media (prefers-reduced-motion: reduce) { * { animation: none !important; } }
@media (forced-colors: active) { .bubble, .launcher, .send { border: 1px solid; } }
`);
