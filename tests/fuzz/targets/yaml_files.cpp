// The files that people write, by the loaders that read them. The first line is the file's name, the rest its
// content; the other files of the bot are those of tests/fuzz/bot.
#include <map>

#include "cli/maturity/assessment.h"
#include "config/file_content.h"
#include "config/maturity_model.h"
#include "config/settings.h"
#include "conversations/flows/loader.h"
#include "conversations/testing/test_file.h"
#include "engine/services/catalog_reader.h"
#include "tests/fuzz/small_bot.h"
#include "tests/fuzz/target.h"

namespace parley::fuzz {
namespace {

using config::Findings;

const std::filesystem::path kFolder = "/there-is-no-such-folder";

/// Names that flows and tests of the small bot use.
const conversations::BotOutline& outline() {
  static const conversations::BotOutline kOutline = [] {
    conversations::BotOutline made;
    made.intents = {"order_thing", "opening_hours"};
    made.intent_titles = {{"order_thing", "Order something"}, {"opening_hours", "Opening hours"}};
    made.vocabulary = {{"thing", {"lamp", "chair"}}, {"request_number", {}}};
    made.redactor = small_bot_files().redactor;
    return made;
  }();
  return kOutline;
}

/// In one language: the texts of the built-in flows in the others take most of the time.
config::BotManifest manifest_in(std::vector<std::string> languages) {
  config::BotManifest manifest = small_bot_files().manifest;
  manifest.folder = kFolder;
  manifest.languages = std::move(languages);
  return manifest;
}

void read_manifest(const std::string&, Findings& findings) {
  config::read_bot_manifest(kFolder, findings);
}
void read_corpus(const std::string&, Findings& findings) {
  intents::read_corpus(manifest_in({"en", "nl", "de"}), findings);
}
void read_services(const std::string&, Findings& findings) {
  parley::read_services(kFolder, findings);
}
void read_flows(const std::string&, Findings& findings) {
  const auto program =
      conversations::load_program(manifest_in({"en"}), outline(), small_bot_files().services, findings);
  require((program == nullptr) == findings.has_errors(), "a program in spite of errors, or none without");
}
void read_translations(const std::string&, Findings& findings) {
  conversations::load_program(manifest_in({"en", "nl"}), outline(), small_bot_files().services, findings);
}
void read_tests(const std::string&, Findings& findings) {
  conversations::read_tests({manifest_in({"en"}),
                             outline(),
                             small_bot_files().services,
                             small_bot_files().program.get(),
                             {{"opening_hours", {{"en", {"are you open"}}}}}},
                            findings);
}
void read_settings(const std::string& text, Findings& findings) {
  config::read_settings(text, kFolder, findings);
}
void read_maturity_model(const std::string& text, Findings& findings) {
  config::read_maturity_model(config::YamlFile(text, "maturity.yaml", findings), cli::check_bar);
}

using Reader = void (*)(const std::string& text, Findings& findings);
const std::map<std::string, Reader, std::less<>>& readers() {
  static const std::map<std::string, Reader, std::less<>> kReaders{{"bot.yaml", read_manifest},
                                                                   {"intents/a.yaml", read_corpus},
                                                                   {"vocabulary/a.yaml", read_corpus},
                                                                   {"services.yaml", read_services},
                                                                   {"flows/a.yaml", read_flows},
                                                                   {"tests/a.yaml", read_tests},
                                                                   {"translations/nl.po", read_translations},
                                                                   {"parley.yaml", read_settings},
                                                                   {"maturity.yaml", read_maturity_model}};
  return kReaders;
}

/// The bot's other files, where the one that is read refers to them.
config::UnsavedFiles::Contents with(const std::string& name, const std::string& text) {
  static const std::string kSeed = config::read_file(small_bot_folder() / "data/desk.sql", 1u << 20).bytes;
  static const std::string kFlow = config::read_file(small_bot_folder() / "flows/desk.yaml", 1u << 20).bytes;
  config::UnsavedFiles::Contents files{{kFolder / "data/desk.sql", kSeed}, {kFolder / name, text}};
  if (name.starts_with("translations/")) files.emplace(kFolder / "flows/a.yaml", kFlow);
  return files;
}

void run(std::string_view input) {
  const std::string name(take_line(input)), text(input);
  const auto reader = readers().find(name);
  if (reader == readers().end()) return;
  small_bot_files();
  const config::UnsavedFiles::Contents files = with(name, text);
  const config::UnsavedFiles unsaved(files);
  Findings findings;
  reader->second(text, findings);
  findings.sort();
  for (const config::Finding& finding : findings.all()) {
    require(!finding.message.empty() && !finding.code.empty(), "a finding that says nothing");
    config::to_text(finding);
    config::to_json(finding);
  }
}

const AddTarget kAdd{"yaml_files", run};

}  // namespace
}  // namespace parley::fuzz
