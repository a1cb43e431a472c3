// The widget's own words, by language. What the bot says is not here: it arrives translated.
//
// A page adds a language, or changes a word, before or after the widget has started:
//   import {addTexts} from 'https://HOST/web/parley.js';
//   addTexts('de', {send: 'Senden', ...});
// What a language lacks is said in English.

const texts = {
  en: {
    title: 'Chat',
    open: 'Open chat',
    close: 'Close chat',
    unread: '{0} new',
    startOver: 'Start over',
    startOverAsk: 'Start a new conversation? The current one disappears from this screen.',
    yes: 'Start over',
    no: 'Keep this one',
    log: 'Conversation',
    placeholder: 'Type your message',
    send: 'Send',
    you: 'You',
    bot: 'Assistant',
    typing: 'The assistant is typing',
    suggestions: 'Suggested answers',
    sending: 'Sending…',
    waiting: 'Waiting for the connection',
    sent: 'Sent',
    failed: 'Not sent',
    retry: 'Try again',
    newMessages: 'New messages',
    today: 'Today',
    yesterday: 'Yesterday',
    online: 'Online',
    away: 'Not connected',
    connecting: 'Connecting…',
    reconnecting: 'Connection lost. Reconnecting…',
    offline: 'You are offline. Messages are sent when you are back.',
    restored: 'Back online',
    signIn: 'Your sign-in has ended. Please sign in again.',
    refused: 'This chat cannot be reached right now.',
    busy: 'That was a bit fast. Your message is sent in a moment.',
    empty: 'Send a message to begin.',
    required: 'Please fill this in.',
    invalid: 'Please check this value.',
    choose: 'Choose…',
    submitted: 'Sent',
    newTab: 'opens in a new tab',
  },
  nl: {
    title: 'Chat',
    open: 'Chat openen',
    close: 'Chat sluiten',
    unread: '{0} nieuw',
    startOver: 'Opnieuw beginnen',
    startOverAsk: 'Een nieuw gesprek beginnen? Het huidige verdwijnt van dit scherm.',
    yes: 'Opnieuw beginnen',
    no: 'Dit gesprek houden',
    log: 'Gesprek',
    placeholder: 'Typ uw bericht',
    send: 'Versturen',
    you: 'U',
    bot: 'Assistent',
    typing: 'De assistent is aan het typen',
    suggestions: 'Voorgestelde antwoorden',
    sending: 'Versturen…',
    waiting: 'Wacht op verbinding',
    sent: 'Verstuurd',
    failed: 'Niet verstuurd',
    retry: 'Opnieuw proberen',
    newMessages: 'Nieuwe berichten',
    today: 'Vandaag',
    yesterday: 'Gisteren',
    online: 'Online',
    away: 'Niet verbonden',
    connecting: 'Verbinden…',
    reconnecting: 'Verbinding verbroken. Opnieuw verbinden…',
    offline: 'U bent offline. Berichten worden verstuurd zodra u weer online bent.',
    restored: 'Weer online',
    signIn: 'Uw aanmelding is verlopen. Meld u opnieuw aan.',
    refused: 'Deze chat is nu niet bereikbaar.',
    busy: 'Dat ging wat snel. Uw bericht wordt zo verstuurd.',
    empty: 'Stuur een bericht om te beginnen.',
    required: 'Vul dit in.',
    invalid: 'Controleer deze waarde.',
    choose: 'Kies…',
    submitted: 'Verstuurd',
    newTab: 'opent in een nieuw tabblad',
  },
};

const rightToLeft = ['ar', 'fa', 'he', 'ur', 'ps', 'yi', 'dv'];
const primary = (language) => language.toLowerCase().split('-')[0];

/** Adds or replaces words of one language. */
export function addTexts(language, words) {
  texts[primary(language)] = {...texts[primary(language)], ...words};
}

/** The word for `key`, in `language` or else in English; `values` fill {0}, {1} ... */
export function text(language, key, ...values) {
  const word = texts[primary(language)]?.[key] ?? texts.en[key];
  return word.replace(/\{(\d)\}/g, (_, index) => values[index]);
}

/** 'rtl' for languages written from right to left, else 'ltr'. */
export const direction = (language) => (rightToLeft.includes(primary(language)) ? 'rtl' : 'ltr');
