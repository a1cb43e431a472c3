// A small bot on disk, made by a test from the text of its files.
#pragma once

#include <string>

#include "intents/understander.h"
#include "tests/support/temp_folder.h"

namespace parley::test {

class BotFolder {
 public:
  BotFolder(const std::string& intents, const std::string& vocabulary = "",
            const std::string& languages = "[en, nl]") {
    folder_.write("bot.yaml", "bot: test\nlanguages: " + languages + "\ncountry: NL\n");
    if (!intents.empty()) folder_.write("intents/a.yaml", intents);
    if (!vocabulary.empty()) folder_.write("vocabulary/a.yaml", vocabulary);
    const auto manifest = config::read_bot_manifest(folder_.path(), findings);
    corpus = intents::read_corpus(manifest, findings);
  }

  bool has(const std::string& code) const {
    for (const auto& finding : findings.all())
      if (finding.code == code) return true;
    return false;
  }
  const std::filesystem::path& path() const { return folder_.path(); }

  config::Findings findings;
  intents::Corpus corpus;

 private:
  TempFolder folder_;
};

/// Two languages, three intents, roles and a vocabulary.
inline const std::string kHelpdeskIntents = R"(
intent: request_leave
title: Ask for leave
en:
  - I'd like to book some leave
  - can I have [next friday](date:start) off
  - book leave from [monday](date:start) to [friday](date:end)
  - I want time off from [3 march](date:start) until [9 march](date:end)
  - please arrange a holiday for me
  - days off please
  - I need a day off
  - vacation request
nl:
  - ik wil graag vrij nemen
  - kan ik [volgende week vrijdag](date:start) vrij krijgen
  - verlof van [maandag](date:start) tot [vrijdag](date:end)
  - ik wil vakantie opnemen
  - vrije dag aanvragen
  - mag ik een dagje vrij
---
intent: request_equipment
en:
  - I need a new [laptop](device)
  - my [monitor](device) is broken, can I get another
  - order a [keyboard](device) for me
  - can I get a second [screen](device)
  - my mouse died
  - new headset please
nl:
  - ik heb een nieuwe [laptop](device) nodig
  - mijn [scherm](device) is kapot
  - kan ik een ander [toetsenbord](device) krijgen
  - bestel een monitor voor mij
  - mijn muis doet het niet meer
  - nieuwe koptelefoon graag
---
intent: reset_password
en:
  - I forgot my password
  - reset my password please
  - I cannot log in any more
  - my account is locked
  - password expired
  - change my password
nl:
  - ik ben mijn wachtwoord vergeten
  - wachtwoord opnieuw instellen
  - ik kan niet meer inloggen
  - mijn account is geblokkeerd
  - wachtwoord verlopen
  - mijn wachtwoord werkt niet
)";

inline const std::string kHelpdeskVocabulary = R"(
entity: device
values:
  laptop:  {en: [laptop, notebook], nl: [laptop, schootcomputer]}
  monitor: {en: [monitor, screen], nl: [scherm, beeldscherm]}
  keyboard: {en: [keyboard], nl: [toetsenbord]}
  dock: {en: [docking station], nl: [docking station]}
---
entity: ticket_number
pattern: '(?i)\bINC-[0-9]{4,6}\b'
)";

}  // namespace parley::test
