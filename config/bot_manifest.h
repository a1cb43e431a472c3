// bot.yaml: what a bot is called, speaks and dares.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "config/diagnostic.h"

namespace parley::config {

/// A bar of the maturity model that need not be met for a time (docs/maturity.md).
struct Waiver {
  std::string bar;     // its name in the model
  std::string reason;  // why it may be missed
  std::string owner;   // who answers for that
  std::string until;   // the last day on which it counts: "2026-12-31"
  Position position;
};

/// A stretch of every day, in the bot's time zone, in which nobody is told anything that they did not just
/// ask for. Minutes after midnight; it may go over midnight. Equal: there is none.
struct QuietHours {
  int from = 21 * 60;
  int until = 8 * 60;
};

/// What is not written down (engine/redaction.h): a built-in kind, or a name with a pattern.
struct RedactionRule {
  std::string kind;     // email, phone, iban, card, bsn; or the name of a pattern
  std::string pattern;  // RE2; "" for a built-in kind
  Position position;
};

struct BotManifest {
  std::string name;                         // bot: its id, [a-z][a-z0-9_-]*
  std::string title;                        // shown to people
  std::vector<std::string> languages;       // the first is the language the texts are written in
  std::string timezone = "UTC";             // IANA name: what "today" means
  std::string country = "US";               // ISO 3166 code: 3/4 is a date how?
  int level = 1;                            // the maturity level this bot aims at, 1 to 5
  double accept = 0.5;                      // an intent at or above this probability is taken
  double margin = 0.15;                     // a runner-up this close is asked about
  std::chrono::milliseconds silence{0};     // after which a question counts as not answered; 0: never
  double knowledge_accept = 0.4;            // a passage of a page at or above this score answers
  double negative = 0.7;                    // a text at or above this probability tells of a negative
                                            // experience
  QuietHours quiet_hours;                   // in which no follow-up of a recovery case is said
  std::vector<std::string> plain_channels;  // that show no Markdown: texts are said without its marks
  std::filesystem::path vectors;            // word vectors, a text file (docs/classifier.md); empty: none
  std::vector<Waiver> waivers;              // in file order; one a bar
  std::vector<RedactionRule> redact;        // in file order; without `redact`: iban and card
  bool redact_given = false;                // bot.yaml says what is not written down
  std::filesystem::path folder;             // where it was read from
  bool readable = false;  // bot.yaml is there and is YAML, and there is a file that is read beside it, or
                          // none at all: the rest of the folder can be judged
};

/// Reads <folder>/bot.yaml. Reports to `findings`; what is wrong keeps its default. Codes: no-bot where there
/// is none, unread-file for a file of the bot that ends in .yml, waiver,
/// redact, and those of a YAML file.
BotManifest read_bot_manifest(const std::filesystem::path& folder, Findings& findings);

}  // namespace parley::config
