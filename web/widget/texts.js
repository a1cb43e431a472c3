// The widget's own words. A page adds a language, in whole or in part: addTexts('de', {send: 'Senden', ...}).

const texts = {
  en: {
    title: 'Chat',
    open: 'Open chat',
    close: 'Close chat',
    unread: 'new',
    startOver: 'Start over',
    startOverAsk: 'Leave this conversation and start a new one?',
    cancel: 'Cancel',
    log: 'Conversation',
    placeholder: 'Type your message',
    send: 'Send',
    you: 'You',
    bot: 'Assistant',
    typing: 'The assistant is typing',
    suggestions: 'Suggested answers',
    sending: 'Sending…',
    waiting: 'Waiting to be sent',
    sent: 'Sent',
    failed: 'Not sent',
    retry: 'Try again',
    newMessages: 'New messages',
    connecting: 'Connecting…',
    online: 'Online',
    away: 'Not connected',
    reconnecting: 'Connection lost. Reconnecting…',
    offline: 'You are offline. Messages are sent later.',
    restored: 'Back online',
    signIn: 'Your sign-in has ended. Please sign in again.',
    refused: 'This chat cannot be reached right now.',
    closed: 'This chat is closed at the moment.',
    notNamed: 'This chat is being tried out and not open to everybody yet.',
    preview: 'Preview',
    required: 'Please fill this in.',
    invalid: 'Please check this value.',
  },
  nl: {
    open: 'Chat openen',
    close: 'Chat sluiten',
    unread: 'nieuw',
    startOver: 'Opnieuw beginnen',
    startOverAsk: 'Dit gesprek verlaten en een nieuw beginnen?',
    cancel: 'Annuleren',
    log: 'Gesprek',
    placeholder: 'Typ uw bericht',
    send: 'Versturen',
    you: 'U',
    bot: 'Assistent',
    typing: 'De assistent is aan het typen',
    suggestions: 'Voorgestelde antwoorden',
    sending: 'Versturen…',
    waiting: 'Wacht op verzending',
    sent: 'Verstuurd',
    failed: 'Niet verstuurd',
    retry: 'Opnieuw proberen',
    newMessages: 'Nieuwe berichten',
    connecting: 'Verbinden…',
    away: 'Niet verbonden',
    reconnecting: 'Verbinding verbroken. Opnieuw verbinden…',
    offline: 'U bent offline. Berichten worden later verstuurd.',
    restored: 'Weer online',
    signIn: 'Uw aanmelding is verlopen. Meld u opnieuw aan.',
    refused: 'Deze chat is nu niet bereikbaar.',
    closed: 'Deze chat is op dit moment gesloten.',
    notNamed: 'Deze chat wordt uitgeprobeerd en is nog niet voor iedereen open.',
    preview: 'Proefversie',
    required: 'Vul dit in.',
    invalid: 'Controleer deze waarde.',
  },
};

const primary = (language) => language.toLowerCase().split('-')[0];

export function addTexts(language, words) {
  texts[primary(language)] = {...texts[primary(language)], ...words};
}

export const text = (language, key) => texts[primary(language)]?.[key] ?? texts.en[key];

export const direction = (language) => (/^(ar|fa|he|ur|ps|yi)$/.test(primary(language)) ? 'rtl' : 'ltr');
