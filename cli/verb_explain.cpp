// Why a text is understood as it is: the table a designer looks at when the bot took the wrong flow.

#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/load_bot.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "engine/clock.h"

namespace parley::cli {
namespace {

constexpr std::size_t kIntentsShown = 5;

struct Options {
  std::string bot, text, language;
  std::string cache = default_cache_folder().string();
  bool json = false;
};

void print_words(std::string_view title, const std::vector<WordWeight>& words) {
  if (words.empty()) return;
  std::cout << title;
  for (const WordWeight& word : words)
    std::cout << "  " << word.word << ' ' << std::showpos << word.weight << std::noshowpos;
  std::cout << '\n';
}

void print_text(const intents::Explanation& explanation, const config::BotManifest& manifest) {
  const Understanding& understood = explanation.understanding;
  std::cout << std::fixed << std::setprecision(3) << "language  " << understood.language << "\nin scope  "
            << understood.in_scope << "\n\n";
  for (std::size_t i = 0; i < understood.intents.size() && i < kIntentsShown; ++i)
    std::cout << understood.intents[i].probability << "  " << understood.intents[i].intent
              << (i == 0 && understood.intents[i].probability >= manifest.accept ? "  (taken)" : "") << '\n';
  std::cout << '\n';
  print_words("for      ", explanation.words_for);
  print_words("against  ", explanation.words_against);
  if (!explanation.unknown_words.empty()) {
    std::cout << "unknown  ";
    for (const std::string& word : explanation.unknown_words)
      std::cout << "  " << word;
    std::cout << '\n';
  }
  for (const Entity& entity : understood.entities)
    std::cout << "entity     " << entity.kind << (entity.role.empty() ? "" : ":" + entity.role) << "  '"
              << entity.text << "' = " << entity.value.dump() << '\n';
}

void print_json(const intents::Explanation& explanation) {
  const auto words = [](const std::vector<WordWeight>& weights) {
    nlohmann::json list = nlohmann::json::array();
    for (const WordWeight& word : weights)
      list.push_back({{"word", word.word}, {"weight", word.weight}});
    return list;
  };
  const Understanding& understood = explanation.understanding;
  nlohmann::json json{{"language", understood.language},      {"in_scope", understood.in_scope},
                      {"for", words(explanation.words_for)},  {"against", words(explanation.words_against)},
                      {"unknown", explanation.unknown_words}, {"intents", nlohmann::json::array()},
                      {"entities", nlohmann::json::array()}};
  for (const IntentScore& score : understood.intents)
    json["intents"].push_back({{"intent", score.intent}, {"probability", score.probability}});
  for (const Entity& entity : understood.entities)
    json["entities"].push_back({{"kind", entity.kind},
                                {"role", entity.role},
                                {"begin", entity.begin},
                                {"end", entity.end},
                                {"text", entity.text},
                                {"value", entity.value}});
  std::cout << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

int explain(const Options& options) {
  config::Findings findings;
  const BotFiles files = read_bot(options.bot, findings);
  if (findings.has_errors()) {
    print_findings(findings, false);
    return kExitFailed;
  }
  const auto understander = understander_of(files, options.cache);
  if (!understander) {
    std::cerr << "parley: " << understander.error().message << '\n';
    return kExitFailed;
  }
  const UnderstandContext context{options.language, SystemClock().now(), files.manifest.timezone};
  const intents::Explanation explanation = (*understander)->explain(options.text, context);
  if (options.json)
    print_json(explanation);
  else
    print_text(explanation, files.manifest);
  return kExitDone;
}

}  // namespace

void add_explain(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("explain", "Show how a text is understood, and which words decided");
  verb->add_option("BOT", options->bot, "The bot's folder")->required()->check(CLI::ExistingDirectory);
  verb->add_option("TEXT", options->text, "What a person might say")->required();
  verb->add_option("--language", options->language, "The person's language, when it is known");
  verb->add_option("--cache", options->cache, "Where trained models are kept")->capture_default_str();
  verb->add_flag("--json", options->json, "Print JSON");
  verb->footer("Example: parley explain bots/helpdesk \"can I take friday off\"");
  verb->callback([options, &exit_code] { exit_code = explain(*options); });
}

}  // namespace parley::cli
