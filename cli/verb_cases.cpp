// Recovery cases: what went wrong for whom, and what became of it.

#include <algorithm>
#include <cstdio>
#include <iostream>

#include "cli/terminal.h"
#include "cli/verbs.h"
#include "engine/activity.h"
#include "engine/storage/recovery_cases.h"

namespace parley::cli {
namespace {

struct Options {
  std::string ledger, bot;
  bool open = false, json = false;
};

struct Listed {
  ConversationRecord conversation;
  RecoveryCase what;
};

Json time_json(const std::optional<TimePoint>& time) {
  return time ? Json(timestamp_text(*time)) : Json();
}

Json to_json(const Listed& one) {
  const RecoveryCase& what = one.what;
  return {{"conversation", one.conversation.id},
          {"case", what.id},
          {"bot", one.conversation.bot},
          {"channel", one.conversation.channel},
          {"person", {{"id", one.conversation.person.id}, {"name", one.conversation.person.name}}},
          {"happened", what.happened},
          {"about", what.about},
          {"by", what.by},
          {"address", what.address},
          {"consent", what.consent ? Json(*what.consent) : Json()},
          {"flow", what.flow},
          {"opened", timestamp_text(what.opened)},
          {"due", time_json(what.due)},
          {"event", what.event},
          {"followed_up", time_json(what.followed_up)},
          {"escalated", what.escalated},
          {"closed", time_json(what.closed)},
          {"outcome", what.outcome}};
}

/// Where the case stands, in a few words.
std::string standing(const RecoveryCase& what) {
  if (what.closed) return what.outcome;
  if (what.escalated) return "with a person";
  if (what.followed_up && (!what.due || *what.followed_up >= *what.due || what.event.empty()))
    return "told, no answer yet";
  if (!what.due) return "open";
  const std::string until = timestamp_text(*what.due).substr(0, 16);
  return what.event.empty() ? "due " + until : "waits for " + what.event + " until " + until;
}

void print(const Listed& one) {
  const RecoveryCase& what = one.what;
  const Person& person = one.conversation.person;
  const std::string who = person.name.empty() ? person.id : person.name + " (" + person.id + ")";
  const std::string where =
      what.by.empty() ? "" : ", by " + what.by + (what.address.empty() ? "" : " " + what.address);
  std::cout << timestamp_text(what.opened).substr(0, 16) << "  " << what.happened << "  " << standing(what)
            << "\n"
            << "    " << who << " on " << one.conversation.channel << where << "; conversation "
            << one.conversation.id << " " << what.id << "\n";
  if (!what.about.empty())
    std::cout << "    " << what.about.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
}

int list_cases(const Options& options) {
  const auto reader = open_sqlite_reader(options.ledger);
  if (!reader) return failed(reader.error().message);
  std::vector<Listed> cases;
  const auto walked = for_each_with_cases(
      **reader, [&](const ConversationRecord& conversation, const std::vector<RecoveryCase>& all) {
        if (!options.bot.empty() && conversation.bot != options.bot) return;
        for (const RecoveryCase& one : all)
          if (!options.open || !one.closed) cases.push_back({conversation, one});
      });
  if (!walked) return failed(walked.error().message);
  std::stable_sort(cases.begin(), cases.end(), [](const Listed& left, const Listed& right) {
    return left.what.opened < right.what.opened;
  });
  if (options.json) {
    Json list = Json::array();
    for (const Listed& one : cases)
      list.push_back(to_json(one));
    std::cout << list.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    return kExitDone;
  }
  for (const Listed& one : cases)
    print(one);
  std::cout << cases.size() << (cases.size() == 1 ? " case\n" : " cases\n");
  return kExitDone;
}

}  // namespace

void add_cases(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("cases", "List recovery cases: what went wrong, and what became of it");
  verb->add_option("--ledger", options->ledger, "ledger.db of a server, also while it runs; it is only read")
      ->required()
      ->check(CLI::ExistingFile);
  verb->add_option("--bot", options->bot, "Only those of the bot with this name");
  verb->add_flag("--open", options->open, "Only those that are not closed");
  verb->add_flag("--json", options->json, "Print JSON");
  verb->footer("Example: parley cases --ledger data/ledger.db --open");
  verb->callback([options, &exit_code] { exit_code = list_cases(*options); });
}

}  // namespace parley::cli
