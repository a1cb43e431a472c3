// The texts of a bot that wait for a translator, written into its PO files.

#include <algorithm>
#include <iostream>

#include "cli/load_bot.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "config/text_file.h"
#include "conversations/flows/source_texts.h"
#include "engine/limits.h"
#include "intents/suggestions/acceptance.h"

namespace parley::cli {
namespace {

struct Options {
  std::string bot, language;
};

/// Every language but the one that the texts are written in, or the one that was asked for.
std::vector<std::string> wanted(const config::BotManifest& manifest, const std::string& language) {
  if (!language.empty()) return {language};
  return {manifest.languages.begin() + 1, manifest.languages.end()};
}

std::string language_problem(const config::BotManifest& manifest, const std::string& language) {
  const std::vector<std::string>& known = manifest.languages;
  if (language.empty())
    return known.size() > 1 ? "" : "the bot speaks one language: add others to 'languages' in bot.yaml";
  if (language == known.front()) return "'" + language + "' is the language that the texts are written in";
  if (std::find(known.begin(), known.end(), language) != known.end()) return "";
  return "the bot does not speak '" + language + "': add it to 'languages' in bot.yaml first";
}

bool update(const BotFiles& files, const std::string& language) {
  const std::filesystem::path path = files.manifest.folder / "translations" / (language + ".po");
  config::Findings findings;
  std::string before;
  if (std::filesystem::exists(path))
    before =
        config::read_text_file(path, path.string(), limits::kTranslationFileMaxBytes, findings).value_or("");
  const auto update = conversations::update_catalogue(
      before, path.string(), source_texts(*files.program, language, files.manifest.folder), language,
      findings);
  if (findings.has_errors()) {
    print_findings(findings, std::cerr);
    return false;
  }
  if (update.added + update.retired + update.reworded > 0)
    if (const auto written = intents::write_whole(path, update.content, false); !written) {
      failed(written.error().message);
      return false;
    }
  std::cout << path.string() << ": " << counted(update.added, "text") << " added, " << update.retired
            << " no longer used, " << update.waiting << " without a translation\n";
  if (update.reworded > 0)
    std::cout << "  " << counted(update.reworded, "reworded text")
              << " kept the old translation, marked fuzzy: look it over and take the mark away\n";
  return true;
}

int translations(const Options& options) {
  const auto files = read_good_bot(options.bot);
  if (!files) return kExitFailed;
  if (const std::string problem = language_problem(files->manifest, options.language); !problem.empty())
    return wrong_use(problem);
  bool all_well = true;
  for (const std::string& language : wanted(files->manifest, options.language))
    all_well = update(*files, language) && all_well;
  return all_well ? kExitDone : kExitFailed;
}

}  // namespace

void add_translations(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb =
      app.add_subcommand("translations", "Write the texts that want a translation into the bot's PO files");
  verb->add_option("BOT", options->bot, "The bot's folder")->required()->check(CLI::ExistingDirectory);
  verb->add_option("--language", options->language, "Only this one (default: each but the first)");
  verb->footer(
      "Example: parley translations bots/helpdesk --language nl\n"
      "What is translated stays; new texts are added at the end with an empty msgstr; those that the bot\n"
      "does not say any more become comments, or hand their translation on to the text that is most like\n"
      "them, marked fuzzy: nobody hears it until the mark is taken away.");
  verb->callback([options, &exit_code] { exit_code = translations(*options); });
}

}  // namespace parley::cli
