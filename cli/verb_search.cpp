// What a bot's pages say to a text: for who writes the pages, and wonders why one answers or does not.

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/load_bot.h"
#include "cli/page_questions.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "engine/clock.h"

namespace parley::cli {
namespace {

struct Options {
  std::string bot, text, questions, language, channel = "console";
  std::vector<std::string> roles;
  std::size_t limit = 3;
  std::string cache = default_cache_folder().string();
  bool json = false;
};

void print(const std::vector<Passage>& passages, const std::string& language, double accept) {
  std::cout << "language " << language << "\n\n" << std::fixed << std::setprecision(3);
  for (const Passage& one : passages)
    std::cout << one.score << (one.score >= accept ? "  answers  " : "  too low  ") << one.path << ", "
              << one.heading << (one.link.empty() ? "" : " <" + one.link + ">") << '\n'
              << one.text << "\n\n";
  if (passages.empty()) std::cout << "no page has a word of this\n\n";
  std::cout << "with accept " << std::setprecision(2) << accept << " (bot.yaml, knowledge) "
            << (passages.empty() || passages.front().score < accept ? "no passage answers"
                                                                    : "the first answers")
            << '\n';
}

void print_json(const std::vector<Passage>& passages, const std::string& language, double accept) {
  nlohmann::json json{{"language", language}, {"accept", accept}, {"passages", nlohmann::json::array()}};
  for (const Passage& one : passages)
    json["passages"].push_back({{"path", one.path},
                                {"page", one.page},
                                {"heading", one.heading},
                                {"link", one.link},
                                {"text", one.text},
                                {"score", one.score},
                                {"answers", one.score >= accept}});
  std::cout << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

int measure(const Knowledge& knowledge, const Options& options, const KnowledgeQuery& asker) {
  const auto questions = intents::read_labelled_texts(options.questions);
  if (!questions) return failed(questions.error().message);
  const auto asked = ask_pages(knowledge, *questions, asker);
  if (!asked) return failed(options.questions + ": " + asked.error().message);
  if (options.json)
    std::cout << to_json(*asked).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  else
    std::cout << to_text(*asked);
  return kExitDone;
}

// The language that was wished for, else, as in a conversation, the one that the text is in.
Result<std::string> language_of(const BotFiles& files, const Options& options) {
  const std::vector<std::string>& languages = files.manifest.languages;
  if (options.language.empty() && (languages.size() == 1 || options.text.empty())) return languages.front();
  if (options.language.empty()) {
    const auto understander = understander_of(files, options.cache);
    if (!understander) return understander.error();
    return (*understander)->understand(options.text, {"", SystemClock().now()}).language;
  }
  if (std::find(languages.begin(), languages.end(), options.language) != languages.end())
    return options.language;
  return Error{ErrorCode::kInvalid, "this bot does not speak '" + options.language + "'"};
}

int search(const Options& options) {
  const auto files = read_good_bot(options.bot);
  if (!files) return kExitFailed;
  if (!files->knowledge)
    return failed("this bot has no pages; write them into knowledge/" + files->manifest.languages.front() +
                  "/NAME.md");
  const auto language = language_of(*files, options);
  if (!language) return failed(language.error().message);
  const KnowledgeQuery query{*language, options.text, options.channel, options.roles, options.limit};
  if (!options.questions.empty()) return measure(*files->knowledge, options, query);
  const std::vector<Passage> passages = files->knowledge->search(query);
  if (options.json)
    print_json(passages, *language, files->program->knowledge_accept);
  else
    print(passages, *language, files->program->knowledge_accept);
  return kExitDone;
}

}  // namespace

void add_search(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("search", "Show what a bot's pages say to a text");
  verb->add_option("BOT", options->bot, "The bot's folder")->required()->check(CLI::ExistingDirectory);
  auto* text = verb->add_option("TEXT", options->text, "What a person might ask");
  auto* questions = verb->add_option("--questions", options->questions,
                                     "Measure instead: a table (TSV) with the columns text and intent, where "
                                     "intent is the page that answers, such as travel.md, or oos for none");
  questions->check(CLI::ExistingFile)->excludes(text);
  verb->add_option("--language", options->language,
                   "The language to search in (default: the text's own; of --questions the bot's first)");
  verb->add_option("--cache", options->cache, "Where trained models are kept")->capture_default_str();
  verb->add_option("--channel", options->channel, "The channel that the person comes by")
      ->capture_default_str();
  verb->add_option("--role", options->roles, "A role that the person has; may be given several times");
  verb->add_option("--limit", options->limit, "Passages to show at most")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  verb->add_flag("--json", options->json, "Print JSON");
  verb->footer(
      "Example: parley search bots/helpdesk \"what if I lose my phone\" --channel helpdesk --role employee\n"
      "Example: parley search bots/helpdesk --questions asked.tsv --channel helpdesk");
  verb->callback([options, &exit_code] {
    if (options->text.empty() && options->questions.empty())
      throw CLI::RequiredError("TEXT, or --questions FILE");
    exit_code = search(*options);
  });
}

}  // namespace parley::cli
