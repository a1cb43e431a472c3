// Training data that people already have, as authoring files of ours, with a list of what could not be
// carried over.

#include <iostream>

#include "cli/terminal.h"
#include "cli/verbs.h"
#include "intents/import/authoring_writer.h"
#include "intents/import/readers.h"

namespace parley::cli {
namespace {

struct Options {
  std::string format, into;
  std::vector<std::string> files;
  std::string language = "en";
  bool json = false;
};

std::string format_list() {
  std::string list;
  for (const intents::ImportFormat& format : intents::import_formats())
    list += "\n  " + std::string(format.name) + std::string(12 - format.name.size(), ' ') +
            std::string(format.title);
  return list;
}

std::size_t sentence_count(const intents::Corpus& corpus) {
  std::size_t count = 0;
  for (const intents::Intent& intent : corpus.intents)
    count += intent.sentences.size();
  return count;
}

void show(const config::Findings& findings, bool as_json) {
  if (as_json)
    print_findings_json(findings);
  else
    print_findings(findings, std::cerr);
}

/// Reads what was written as `parley check` does: an import must not leave a bot that can't be loaded.
bool reads_back(const std::string& folder, bool as_json) {
  config::Findings findings;
  const config::BotManifest manifest = config::read_bot_manifest(folder, findings);
  intents::read_corpus(manifest, findings);
  if (!findings.has_errors()) return true;
  std::cerr << "parley: the bot's files do not go together with what was imported:\n";
  show(findings, as_json);
  return false;
}

int import(const Options& options) {
  const intents::ImportFormat& format = *intents::find_import_format(options.format);
  for (const std::string& file : options.files)
    if (std::filesystem::is_directory(file) != format.folder) {
      std::cerr << "parley: " << file
                << (format.folder ? " is not a folder\n" : " is a folder, not a file\n");
      return kExitUsage;
    }
  config::Findings findings;
  intents::Draft draft(options.language, findings);
  for (const std::string& file : options.files)
    format.read(file, draft);
  const intents::Corpus corpus = draft.finish();
  findings.sort();
  if (!findings.all().empty() || options.json) show(findings, options.json);
  if (findings.has_errors()) return kExitFailed;
  if (corpus.intents.empty()) return failed("there is no sentence to import");
  const auto written = intents::write_import(options.into, corpus);
  if (!written) return failed(written.error().message);
  if (!reads_back(options.into, false)) return kExitFailed;
  if (options.json) return kExitDone;
  std::cout << corpus.intents.size() << " intents with " << sentence_count(corpus) << " sentences, "
            << corpus.vocabulary.size() << " entities; " << findings.all().size()
            << " things not carried over\n";
  for (const auto& path : *written)
    std::cout << path.string() << '\n';
  return kExitDone;
}

}  // namespace

void add_import(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("import", "Turn training data of other systems into a bot's files");
  verb->add_option("FORMAT", options->format, "One of those below")
      ->required()
      ->check([](const std::string& name) {
        return intents::find_import_format(name) ? std::string() : "there is no format '" + name + "'";
      });
  verb->add_option("FILES", options->files, "What to read")->required()->check(CLI::ExistingPath);
  verb->add_option("--into", options->into, "The bot's folder; made when it is not there")->required();
  verb->add_option("--language", options->language, "Language of data that names none")
      ->capture_default_str()
      ->check([](const std::string& code) {
        return code.size() == 2 || code.size() == 3 ? std::string()
                                                    : "a language code such as en is expected";
      });
  verb->add_flag("--json", options->json, "Print what was not carried over as JSON");
  verb->footer("Formats:" + format_list() +
               "\nExample: parley import rasa data/nlu.yml --into bots/mine\n"
               "Example: parley import dialogflow unpacked_agent --into bots/mine");
  verb->callback([options, &exit_code] { exit_code = import(*options); });
}

}  // namespace parley::cli
