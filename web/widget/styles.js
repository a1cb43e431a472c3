// The widget's looks, as one adopted style sheet: no <style> tag, so no exception in a page's security policy.
//
// A page sets the custom properties of the first block (they pass through the shadow root); all other colours follow from
// them. light-dark() picks by the element's color-scheme, which is the visitor's unless the page fixes it. Distances are
// logical (inline, block), so right-to-left needs no rule of its own.

export const sheet = new CSSStyleSheet();

sheet.replaceSync(`
:host {
  --accent: var(--parley-accent, #0f6b63);
  --on-accent: var(--parley-on-accent, #fff);
  --surface: var(--parley-surface, light-dark(#fff, #16191d));
  --text: var(--parley-text, light-dark(#1b2126, #e8ecef));
  --radius: var(--parley-radius, 16px);
  --muted: color-mix(in oklab, var(--text) 72%, var(--surface));
  --line: color-mix(in oklab, var(--text) 14%, var(--surface));
  --bot: color-mix(in oklab, var(--text) 6%, var(--surface));
  --link: light-dark(color-mix(in oklab, var(--accent) 88%, #000), color-mix(in oklab, var(--accent) 45%, #fff));
  --tint: color-mix(in oklab, var(--accent) 10%, var(--surface));
  --danger: light-dark(#b3261e, #ff9e94);
  color-scheme: light dark;
  font: 15px/1.5 var(--parley-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif);
  color: var(--text);
}
:host([mode=inline]) { display: block; block-size: 560px; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
p, h2, dl, dd, ul, ol, pre, fieldset { margin: 0; padding: 0; border: 0; min-inline-size: 0; }
button, input, textarea, select { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
svg { inline-size: 22px; block-size: 22px; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }

.inline { block-size: 100%; }
.panel { position: relative; display: flex; flex-direction: column; overflow: hidden; block-size: 100%; background: var(--surface);
  border-radius: var(--radius); }
.bubble .panel, .launcher { position: var(--parley-position, fixed); inset-inline-end: 20px; z-index: var(--parley-layer, 2147483000); }
.bubble .panel { inset-block-end: 92px; inline-size: min(var(--parley-width, 384px), calc(100% - 40px));
  block-size: min(var(--parley-height, 640px), calc(100% - 112px));
  box-shadow: 0 0 0 1px var(--line), 0 16px 48px -8px rgb(10 20 30 / .28); animation: rise .18s ease-out; }
.launcher { inset-block-end: 20px; inline-size: 56px; block-size: 56px; border: 0; border-radius: 50%; display: grid; place-items: center;
  background: var(--accent); color: var(--on-accent); box-shadow: 0 6px 20px -4px rgb(10 20 30 / .4); transition: transform .15s; }
.launcher:hover { transform: scale(1.05); }
.launcher svg { inline-size: 26px; block-size: 26px; }
.badge { position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-inline-size: 22px; padding: 0 6px; border-radius: 11px;
  background: #b3261e; color: #fff; font-size: 13px; line-height: 22px; font-weight: 600; }

header { display: flex; align-items: center; gap: 12px; padding: 14px 12px 14px 16px; background: var(--accent); color: var(--on-accent); }
[dir=rtl] header { padding: 14px 16px 14px 12px; }
header .avatar { inline-size: 38px; block-size: 38px; background: color-mix(in oklab, var(--on-accent) 18%, transparent); color: inherit; }
.names { flex: 1; min-inline-size: 0; }
h2 { font-size: 16px; line-height: 1.3; font-weight: 650; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.status { font-size: 13px; line-height: 1.4; display: flex; align-items: center; gap: 6px; min-block-size: 18px; }
.status:not(:empty)::before { content: ''; inline-size: 8px; block-size: 8px; border-radius: 50%; border: 2px solid currentColor; }
[data-state=online] .status::before { background: #7ee2a8; border-color: #7ee2a8; }
.icon { display: grid; place-items: center; inline-size: 40px; block-size: 40px; border: 0; border-radius: 10px; background: none; color: inherit; }
.icon:hover { background: color-mix(in oklab, currentColor 16%, transparent); }
header :focus-visible { outline-color: currentColor; outline-offset: -3px; }

.notice { padding: 8px 16px; font-size: 13.5px; background: light-dark(#fff3d6, #3b2f12); color: light-dark(#5c4300, #ffdf9a); }
.notice[data-kind=restored] { background: light-dark(#ddf5e6, #12321f); color: light-dark(#0d4f2a, #a5e9c1); }
.notice:empty { display: none; }
.scroll { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 16px; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
.scroll:focus-visible { outline-offset: -3px; }
.messages, .log { display: flex; flex-direction: column; }
.empty { color: var(--muted); text-align: center; }
.empty:has(+ .log > *) { display: none; }
.day { align-self: center; color: var(--muted); font-size: 12.5px; margin-block: 12px 4px; }
.message { display: grid; max-inline-size: 100%; margin-block-start: 14px; }
.message.following { margin-block-start: 4px; }
.bot { grid-template-columns: 28px minmax(0, 1fr); column-gap: 8px; justify-items: start; padding-inline-end: 24px; }
.own { justify-items: end; padding-inline-start: 56px; }
.avatar { inline-size: 28px; block-size: 28px; border-radius: 50%; display: grid; place-items: center; flex: none;
  background: var(--tint); color: var(--link); }
.message .avatar svg, .typing .avatar svg { inline-size: 18px; block-size: 18px; }
.following .avatar { visibility: hidden; }
.content { display: grid; gap: 6px; max-inline-size: 100%; min-inline-size: 0; overflow-wrap: anywhere; position: relative; }
.bot .content { justify-items: start; inline-size: 100%; }
.bubble:not(.root) { padding: 9px 14px; border-radius: 18px; max-inline-size: 100%; }
.bot .bubble { background: var(--bot); border-start-start-radius: 6px; }
.own .bubble { background: var(--accent); color: var(--on-accent); border-end-end-radius: 6px; }
.own:not([data-state=sent]) .bubble { opacity: .8; }
.plain { white-space: pre-wrap; }
.bubble > * + *, .text > * + *, .body > * + * { margin-block-start: 8px; }
.meta { grid-column: -2; display: flex; gap: 8px; align-items: center; margin: 3px 4px 0; color: var(--muted); font-size: 12.5px; }
.followed:not([data-state=failed]) .meta { display: none; }
[data-state=failed] .state { color: var(--danger); }
.retry { margin-inline-start: 8px; padding: 2px 4px; border: 0; background: none; color: inherit; font-weight: 600; text-decoration: underline; }

a { color: var(--link); text-underline-offset: 2px; }
ul, ol { padding-inline-start: 22px; }
code { font: .92em ui-monospace, Consolas, Menlo, monospace; background: var(--line); border-radius: 4px; padding: 1px 4px; }
pre { overflow-x: auto; background: var(--line); border-radius: 8px; padding: 8px 10px; }
pre code { background: none; padding: 0; white-space: pre; overflow-wrap: normal; }
img { max-inline-size: 100%; block-size: auto; border-radius: 12px; display: block; background: var(--bot); }

.typing { display: flex; gap: 8px; margin-block-start: 12px; position: relative; }
.dots { display: flex; gap: 4px; padding: 13px 14px; border-radius: 18px; border-start-start-radius: 6px; background: var(--bot); }
.dots i { inline-size: 7px; block-size: 7px; border-radius: 50%; background: var(--muted); animation: blink 1.2s infinite; }
.dots i:nth-child(2) { animation-delay: .2s; }
.dots i:nth-child(3) { animation-delay: .4s; }
.jump { position: absolute; inset-block-end: 84px; align-self: center; display: flex; gap: 6px; align-items: center; padding: 6px 14px 6px 10px;
  border: 0; border-radius: 20px; background: var(--text); color: var(--surface); font-size: 13.5px; box-shadow: 0 4px 14px rgb(0 0 0 / .25); }
.jump svg { inline-size: 18px; block-size: 18px; }

.button { display: inline-block; padding: 7px 15px; border: 1px solid color-mix(in oklab, var(--link) 50%, var(--surface)); border-radius: 18px;
  background: var(--surface); color: var(--link); font-size: 14.5px; font-weight: 550; text-align: center; text-decoration: none; transition: background .15s; }
.button:hover { background: var(--tint); }
.button:disabled, fieldset:disabled .button { color: var(--muted); border-color: var(--line); background: none; cursor: default; }
.primary, .style-positive { background: var(--accent); color: var(--on-accent); border-color: var(--accent); }
.primary:hover, .style-positive:hover { background: color-mix(in oklab, var(--accent) 88%, #000); }
.style-destructive { color: var(--danger); border-color: currentColor; }
.suggestions { display: flex; flex-wrap: wrap; gap: 8px; margin-block-start: 14px; padding-inline-start: 36px; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; }
.carousel { display: flex; gap: 10px; overflow-x: auto; max-inline-size: 100%; padding-block-end: 6px; }
.carousel > * { flex: 0 0 82%; }

.card { inline-size: 100%; border: 1px solid var(--line); border-radius: 14px; overflow: hidden; background: var(--surface); }
.card > img { border-radius: 0; inline-size: 100%; }
.card .body { padding: 12px 14px; }
.card > .actions { padding: 0 14px 14px; }
.title { font-weight: 650; }
.muted { color: var(--muted); }
.adaptive { padding: 14px; }
.adaptive fieldset, .container, .columns > div { display: grid; gap: 10px; }
.columns { display: flex; gap: 12px; }
.columns > div { align-content: start; min-inline-size: 0; }
.separator { border-block-start: 1px solid var(--line); padding-block-start: 10px; }
.container[class*=style-] { padding: 10px 12px; border-radius: 10px; background: var(--bot); }
.container.style-default { padding: 0; background: none; }
.Center { text-align: center; justify-self: center; }
.Right { text-align: end; justify-self: end; }
.size-small { font-size: 13px; }
.size-medium { font-size: 17px; }
.size-large, .size-extralarge { font-size: 20px; line-height: 1.3; }
.weight-bolder { font-weight: 650; }
.color-attention { color: var(--danger); }
.color-accent { color: var(--link); }
.color-good { color: light-dark(#13653a, #8fdcae); }
.color-warning { color: light-dark(#7a4b00, #f3c66b); }
img.size-small { inline-size: 48px; }
img.size-medium { inline-size: 96px; }
img.size-large { inline-size: 180px; }
img.style-person { border-radius: 50%; }
dl { display: grid; grid-template-columns: fit-content(45%) 1fr; gap: 4px 14px; }
dt { color: var(--muted); }
.field { display: grid; gap: 4px; }
.field > label:not(.option), .label { font-size: 14px; font-weight: 550; }
.option { display: flex; gap: 9px; align-items: baseline; padding-block: 3px; }
.option input { accent-color: var(--accent); }
.field > input, .field > textarea, .field > select { inline-size: 100%; padding: 8px 10px; border: 1px solid color-mix(in oklab, var(--text) 50%, var(--surface));
  border-radius: 8px; background: var(--surface); }
[aria-invalid=true] { border-color: var(--danger) !important; }
.error { color: var(--danger); font-size: 13.5px; }
.done { margin-block-start: 10px; color: var(--muted); font-size: 14px; }
fieldset:disabled { opacity: .75; }

.ask { padding: 14px 16px; border-block-start: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 10px; }
.ask p { inline-size: 100%; }
.composer { display: flex; gap: 8px; align-items: flex-end; padding: 10px 12px 12px; border-block-start: 1px solid var(--line); }
.composer textarea { flex: 1; min-inline-size: 0; max-block-size: 132px; resize: none; padding: 9px 14px; border-radius: 21px; line-height: 22px;
  border: 1px solid color-mix(in oklab, var(--text) 50%, var(--surface)); background: var(--surface); scrollbar-width: thin; }
textarea::placeholder, input::placeholder { color: var(--muted); opacity: 1; }
.composer textarea:focus { outline: 2px solid var(--link); outline-offset: -1px; border-color: transparent; }
.send { inline-size: 42px; block-size: 42px; flex: none; display: grid; place-items: center; border: 0; border-radius: 50%;
  background: var(--accent); color: var(--on-accent); }
.send:hover { background: color-mix(in oklab, var(--accent) 88%, #000); }
[dir=rtl] .send svg { transform: scaleX(-1); }

@keyframes rise { from { opacity: 0; transform: translateY(12px); } }
@keyframes blink { 0%, 60%, 100% { opacity: .3; } 30% { opacity: 1; } }
@media (max-width: 480px) {
  .bubble.open .panel { inset: var(--parley-phone-inset, 0); inline-size: auto; block-size: auto; border-radius: 0; }
  .bubble.open .launcher { display: none; }
  .composer textarea, .field > input, .field > textarea, .field > select { font-size: 16px; }
}
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } }
@media (forced-colors: active) { .bubble:not(.root), .launcher, .send, .button { border: 1px solid; } }
`);
