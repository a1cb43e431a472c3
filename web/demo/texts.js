// The words of the demonstration page. English stands in index.html itself; here is what differs from it.

export const texts = {
  nl: {
    skip: 'Naar de chats',
    guide: 'Op uw eigen pagina',
    languages: 'Taal',
    heading: 'Eén assistent, binnen en buiten',
    intro:
      'Parley beantwoordt terugkerende vragen, dient de aanvraag in en haalt er op tijd een mens bij. Op uw eigen server, uit leesbare tekstbestanden.',
    channels: 'Kanalen',
    insideTab: 'Voor medewerkers',
    outsideTab: 'Voor bezoekers',
    insideTitle: 'Helpdesk voor medewerkers',
    insideNote: 'Aangemeld: uw verlof, loonstrook en meldingen.',
    signInAs: 'Aanmelden als',
    outsideTitle: 'Webchat voor bezoekers',
    outsideNote: 'Zonder aanmelden: bestellingen, retouren, bezorging.',
    previewNote: 'Proefversie voor genoemde mensen: aangemeld als {name}.',
    shopTents: 'Tenten',
    shopPacks: 'Rugzakken',
    shopLight: 'Licht',
    shopBasket: 'Mandje',
    shopHero: 'Slaap verder weg',
    shopHeroNote: 'Gratis bezorgd vanaf € 50. Dertig dagen bedenktijd.',
    shopTent: 'Noktent, 2 personen',
    shopPack: 'Dagrugzak, 24 l',
    shopLantern: 'Kampeerlamp',
    shopFlask: 'Stalen fles, 1 l',
    shopRepair: 'Levenslang reparatie',
    shopReturn: 'Gratis retour',
    shopOpen: 'Winkel open tot 18 uur',
    fact1: 'Er raakt niets kwijt',
    fact1Note:
      'Wat u stuurt is opgeslagen voordat het beantwoord wordt. Herladen, netwerk weg, server herstart: het gesprek gaat verder waar het was.',
    fact2: 'Het blijft in huis',
    fact2Note:
      'Eén programma en één databasebestand. Geen cloud, geen GPU, geen verzoek aan andermans servers.',
    fact3: 'Met één regel op uw site',
    fact3Note:
      'De chat op deze pagina is een lichte widget van minder dan 20 KB, ook voor toetsenbord en schermlezer.',
    footer: 'Een demonstratie: Fernhill en zijn mensen zijn verzonnen, de gesprekken zijn echt.',
    helpdesk: 'HR- en IT-helpdesk',
    webchat: 'Fernhill klantenservice',
    noDemo: 'Start de server met --demo om hier als medewerker aan te melden.',
  },
  en: {
    helpdesk: 'HR and IT helpdesk',
    webchat: 'Fernhill support',
    previewNote: 'In preview, for named people: signed in as {name}.',
    noDemo: 'Start the server with --demo to sign in as an employee here.',
  },
};
