// The widget's own words; what the bot says arrives translated. A page may add a language, in whole or in part:
//   import {addTexts} from 'https://HOST/web/parley.js';
//   addTexts('de', {send: 'Senden', ...});

const texts = {
  en: {
    title: 'Chat',
    open: 'Open chat',
    close: 'Close chat',
    unread: 'new',
    startOver: 'Start over',
    startOverAsk: 'Start a new conversation? This one disappears from your screen.',
    cancel: 'Cancel',
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
    connecting: 'Connecting…',
    online: 'Online',
    away: 'Not connected',
    reconnecting: 'Connection lost. Reconnecting…',
    offline: 'You are offline. Messages are sent when you are back.',
    restored: 'Back online',
    signIn: 'Your sign-in has ended. Please sign in again.',
    refused: 'This chat cannot be reached right now.',
    busy: 'That was a bit fast. Your message is sent in a moment.',
    required: 'Please fill this in.',
    invalid: 'Please check this value.',
    choose: 'Choose…',
  },
  nl: {
    open: 'Chat openen',
    close: 'Chat sluiten',
    unread: 'nieuw',
    startOver: 'Opnieuw beginnen',
    startOverAsk: 'Een nieuw gesprek beginnen? Dit gesprek verdwijnt van uw scherm.',
    cancel: 'Annuleren',
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
    connecting: 'Verbinden…',
    away: 'Niet verbonden',
    reconnecting: 'Verbinding verbroken. Opnieuw verbinden…',
    offline: 'U bent offline. Berichten worden verstuurd zodra u weer online bent.',
    restored: 'Weer online',
    signIn: 'Uw aanmelding is verlopen. Meld u opnieuw aan.',
    refused: 'Deze chat is nu niet bereikbaar.',
    busy: 'Dat ging wat snel. Uw bericht wordt zo verstuurd.',
    required: 'Vul dit in.',
    invalid: 'Controleer deze waarde.',
    choose: 'Kies…',
  },
};

const primary = (language) => language.toLowerCase().split('-')[0];

export function addTexts(language, words) {
  texts[primary(language)] = {...texts[primary(language)], ...words};
}

/** The word for `key`; in English where the language lacks it. */
export const text = (language, key) => texts[primary(language)]?.[key] ?? texts.en[key];

export const direction = (language) => (/^(ar|fa|he|ur|ps|yi)$/.test(primary(language)) ? 'rtl' : 'ltr');
