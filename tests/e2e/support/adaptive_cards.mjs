// Good and bad Adaptive Cards, and what the official renderer's library says of a card.
//
// A case is [what, body, options]: `body` is the card's body, or with `actions: true` its actions. `version`: the
// card's, 1.3. `bad`: whether something is wrong. `library`: what the library says where that is not the same, with
// the reason in `why`: most often it reads leniently, and the published schema does not.

import { createRequire } from 'node:module';

const AC = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js');

const text = { type: 'TextBlock', text: 'Hello' };
const column = (width) => ({ type: 'Column', width, items: [text] });
const input = (type, more = {}) => ({ type, id: 'a', label: 'A', ...more });
const choices = [{ title: 'One', value: '1' }];
const lenient = (why) => ({ bad: true, library: false, why });
const bad = { bad: true };

export const cases = [
  ['every element of 1.3 with what it needs', [
    { ...text, wrap: true, size: 'ExtraLarge', weight: 'Bolder', color: 'good', isSubtle: true, maxLines: 2, fontType: 'Monospace' },
    { type: 'RichTextBlock', inlines: ['Hello ', { type: 'TextRun', text: 'you', italic: true, underline: true }] },
    { type: 'Image', url: 'https://example.com/a.png', altText: 'A', size: 'Medium', style: 'Person', width: '40px' },
    { type: 'ImageSet', imageSize: 'small', images: [{ type: 'Image', url: '/a.png', altText: 'A' }] },
    { type: 'Media', altText: 'A', sources: [{ mimeType: 'video/mp4', url: 'https://example.com/a.mp4' }] },
    { type: 'Container', style: 'emphasis', bleed: true, minHeight: '80px', items: [text], backgroundImage: '/b.png' },
    { type: 'ColumnSet', columns: [column('auto'), column('stretch'), column(2), column('50px')] },
    { type: 'FactSet', facts: [{ title: 'Size', value: '4' }] },
    { type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', title: 'Open', url: 'https://example.com' }] },
  ]],
  ['every input of 1.3', [
    { type: 'Input.Text', id: 't', label: 'T', maxLength: 5, regex: '^[0-9]+$', isRequired: true, errorMessage: 'Digits.' },
    { type: 'Input.Number', id: 'n', min: 1, max: 5, value: 2 }, { type: 'Input.Date', id: 'd', value: '2026-03-01' },
    { type: 'Input.Time', id: 'h', value: '08:30' }, { type: 'Input.Toggle', id: 'b', title: 'Yes', valueOn: '1' },
    { type: 'Input.ChoiceSet', id: 'c', choices, style: 'expanded', isMultiSelect: true }]],
  ['every action of 1.3', [
    { type: 'Action.Submit', title: 'Send', data: { a: 1 }, style: 'positive', associatedInputs: 'none' },
    { type: 'Action.OpenUrl', title: 'Open', url: 'https://example.com' },
    { type: 'Action.ShowCard', title: 'More', card: { type: 'AdaptiveCard', body: [{ ...text, id: 'more' }] } },
    { type: 'Action.ToggleVisibility', title: 'Hide', targetElements: ['more', { elementId: 'more', isVisible: false }] }], { actions: true }],
  ['Action.Execute in 1.4', [{ type: 'Action.Execute', title: 'Do', verb: 'do' }], { actions: true, version: '1.4' }],
  ['a table in 1.5', [{ type: 'Table', columns: [{ width: 1 }], rows: [{ type: 'TableRow', cells: [{ type: 'TableCell', items: [text] }] }] }],
    { version: '1.5' }],
  ['a password in 1.5', [input('Input.Text', { style: 'password' })], { version: '1.5' }],
  ['a filtered choice in 1.5', [input('Input.ChoiceSet', { choices, style: 'filtered' })], { version: '1.5' }],
  ['a table with a fallback', [{ type: 'Table', rows: [], fallback: text }], { library: true, why: 'tells that it takes the fallback' }],

  ['an element that does not exist', [{ type: 'TextBlok', text: 'x' }], bad],
  ['an element without a type', [{ text: 'x' }], bad],
  ['an action among the elements', [{ type: 'Action.Submit', title: 'Send' }], bad],
  ['an action that does not exist', [{ type: 'Action.Sumbit' }], { actions: true, ...bad }],
  ['a table in 1.3', [{ type: 'Table', rows: [] }], bad],
  ['Action.Execute in 1.3', [{ type: 'Action.Execute', title: 'Do' }], { actions: true, ...bad }],
  ['a label in 1.2', [input('Input.Text')], { version: '1.2', ...bad }],
  ['a password in 1.3', [input('Input.Text', { style: 'password' })], bad],
  ['a filtered choice in 1.3', [input('Input.ChoiceSet', { choices, style: 'filtered' })], bad],
  ['a word that is not one of the list', [{ ...text, size: 'huge' }], bad],
  ['a width that is none', [{ type: 'ColumnSet', columns: [column('wide')] }], bad],
  ['a height without a unit', [{ type: 'Container', items: [text], minHeight: 'tall' }], bad],
  ['another element as a column', [{ type: 'ColumnSet', columns: [text] }], bad],
  ['an unknown run', [{ type: 'RichTextBlock', inlines: [{ type: 'TextRn', text: 'x' }] }], bad],
  ['an input without an id', [{ type: 'Input.Text', label: 'A' }], bad],
  ['an id that is there twice', [input('Input.Text'), input('Input.Text')], bad],
  ['a choice of nothing', [input('Input.ChoiceSet', { choices: [] })], bad],
  ['a choice without a value', [input('Input.ChoiceSet', { choices: [{ title: 'One' }] })], bad],
  ['a required input without a word on it', [{ type: 'Input.Text', id: 'a', isRequired: true }], bad],
  ['a link to nowhere', [{ type: 'Action.OpenUrl', title: 'Open' }], { actions: true, ...bad }],
  ['a card to open that is not there', [{ type: 'Action.ShowCard', title: 'More' }], { actions: true, ...bad }],
  ['a card opened by a container', [{ type: 'Container', items: [text], selectAction: { type: 'Action.ShowCard', card: { type: 'AdaptiveCard' } } }], bad],
  ['a version that does not exist', [text], { version: '1.7', ...bad }],
  ['more actions than fit', Array.from({ length: 7 }, (_, i) => ({ type: 'Action.Submit', title: `${i}` })), { actions: true, ...bad }],

  ['a text block without a text', [{ type: 'TextBlock' }], lenient('shows an empty line')],
  ['an image without an address', [{ type: 'Image', altText: 'A' }], lenient('shows nothing')],
  ['an image without a text', [{ type: 'Image', url: '/a.png' }], lenient('is no matter of the schema, but of people')],
  ['a fact without a value', [{ type: 'FactSet', facts: [{ title: 'Size' }] }], lenient('shows half of it')],
  ['a container of nothing', [{ type: 'Container' }], lenient('shows nothing')],
  ['a toggle without a title', [input('Input.Toggle')], lenient('shows a box without a word')],
  ['a yes for true', [{ ...text, wrap: 'yes' }], lenient('takes any text for true')],
  ['a number in quotes', [{ ...text, maxLines: '3' }], lenient('passes over it')],
  ['a number for a text', [{ ...text, text: 5 }], lenient('passes over it')],
  ['a date in words', [input('Input.Date', { value: 'tomorrow' })], lenient('leaves the field empty')],
  ['a time without a zero', [input('Input.Time', { value: '8:30' })], lenient('leaves the field empty')],
  ['a property that does not exist', [{ ...text, wrpa: true }], lenient('passes over it')],
  ['an address without a scheme', [{ type: 'Image', url: 'a.png', altText: 'A' }], lenient('asks the page it is on for it')],
  ['a switch that switches nothing', [{ type: 'Action.ToggleVisibility', title: 'Hide' }],
    { actions: true, ...lenient('does nothing when it is pressed') }],
  ['an id that nothing has', [{ type: 'Action.ToggleVisibility', title: 'Hide', targetElements: ['x'] }],
    { actions: true, ...lenient('does nothing when it is pressed') }],
].map(([what, content, { actions = false, version = '1.3', bad = false, library = bad, why = '' } = {}]) =>
  ({ what, bad, library, why, card: { type: 'AdaptiveCard', version, [actions ? 'actions' : 'body']: content } }));

const versionOf = (card) => AC.Version.parse(card.version, new AC.SerializationContext()) ?? AC.Versions.latest;

/** What the library reports while it reads a card as a client of the card's own version, and afterwards. */
export function complaints(card) {
  const context = new AC.SerializationContext(versionOf(card));
  const parsed = new AC.AdaptiveCard();
  parsed.hostConfig = new AC.HostConfig({ actions: { maxActions: 6 } });
  parsed.parse(card, context);
  const events = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i));
  return [...events, ...parsed.validateProperties().validationEvents].map((event) => event.message);
}
