// All that the ledger holds of one person, for that person to have.

#include <iostream>

#include "cli/audit.h"
#include "cli/file_digest.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "engine/storage/store.h"

namespace parley::cli {
namespace {

constexpr std::size_t kPage = 500;  // conversations or events read at a time

struct Options {
  std::string ledger, person, channel;
};

std::int64_t milliseconds(TimePoint time) {
  return time.time_since_epoch().count();
}

Json parsed(const std::string& text) {
  return text.empty() ? Json() : Json::parse(text, nullptr, false);
}

Json json_of(const LedgerEvent& event) {
  Json json{{"sequence", event.sequence}, {"at", milliseconds(event.at)}, {"kind", name_of(event.kind)}};
  if (!event.activity.empty()) json["activity"] = parsed(event.activity);
  if (!event.detail.empty()) json["detail"] = parsed(event.detail);
  return json;
}

Json json_of(const ConversationRecord& record) {
  return {
      {"id", record.id},
      {"channel", record.channel},
      {"person", {{"id", record.person.id}, {"name", record.person.name}, {"roles", record.person.roles}}},
      {"bot", record.bot},
      {"language", record.language},
      {"created", milliseconds(record.created)},
      {"last_at", milliseconds(record.last_at)},
      {"state", parsed(record.state)}};
}

/// Prints one conversation event by event: a person's year need not fit into memory.
Result<Done> print(StoreReader& reader, const ConversationRecord& record) {
  std::string head = json_of(record).dump(-1, ' ', false, Json::error_handler_t::replace);
  head.pop_back();
  std::cout << head << ",\"events\":[";
  for (Sequence after = 0;;) {
    const auto events = reader.events(record.id, after, kPage);
    if (!events) return events.error();
    for (const LedgerEvent& event : *events)
      std::cout << (event.sequence > 1 ? ",\n" : "\n")
                << json_of(event).dump(-1, ' ', false, Json::error_handler_t::replace);
    if (events->size() < kPage) break;
    after = events->back().sequence;
  }
  std::cout << "]}";
  return Done{};
}

Result<std::size_t> print_all(StoreReader& reader, const Options& options) {
  std::size_t printed = 0;
  std::string after;
  for (;;) {
    const auto ids = reader.conversations(after, kPage);
    if (!ids) return ids.error();
    for (const std::string& id : *ids) {
      const auto found = reader.find(id);
      if (!found) return found.error();
      if (!found->has_value()) continue;
      const ConversationRecord& record = (*found)->record;
      const bool wanted = record.person.id == options.person &&
                          (options.channel.empty() || record.channel == options.channel);
      if (!wanted) continue;
      std::cout << (printed++ > 0 ? ",\n" : "\n");
      if (auto done = print(reader, record); !done) return done.error();
    }
    if (ids->size() < kPage) return printed;
    after = ids->back();
  }
}

int export_person(const Options& options) {
  const auto reader = open_sqlite_reader(options.ledger);
  if (!reader) return failed(reader.error().message);
  std::cout << "{\"person\":" << Json(options.person).dump(-1, ' ', false, Json::error_handler_t::replace)
            << ",\"conversations\":[";
  const auto printed = print_all(**reader, options);
  std::cout << "]}\n";
  if (!printed) return failed(printed.error().message);
  if (*printed == 0) return failed("the ledger has no conversation of '" + options.person + "'");
  std::cerr << counted(*printed, "conversation") << '\n';
  return kExitDone;
}

}  // namespace

void add_export(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("export", "Print all that a ledger holds of a person, as JSON");
  verb->add_option("--ledger", options->ledger, "ledger.db of a server, also while it runs; it is only read")
      ->required()
      ->check(CLI::ExistingFile);
  verb->add_option("--person", options->person, "The person's id, as the channel knows it")->required();
  verb->add_option("--channel", options->channel, "Only of this channel: ids of channels are their own");
  verb->footer(
      "Example: parley export --ledger data/ledger.db --person e1001 > e1001.json\n"
      "Times are UTC milliseconds since 1970; docs/ledger.md explains the events.");
  verb->callback([options, &exit_code] {
    exit_code = audited(options->ledger, "export", {{"person", digest_of(options->person)}},
                        [&] { return export_person(*options); });
  });
}

}  // namespace parley::cli
