// Why a text is understood as it is: the table a designer looks at when the bot took the wrong flow.

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/explain_threshold.h"
#include "cli/load_bot.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "engine/clock.h"
#include "intents/evaluation/cross_validation.h"
#include "intents/evaluation/occlusion.h"
#include "intents/evaluation/sentence_index.h"

namespace parley::cli {
namespace {

constexpr std::size_t kIntentsShown = 5;
constexpr std::size_t kPhrasesShown = 8;
constexpr std::size_t kSentencesShown = 5;

struct Options {
  std::string bot, text, language;
  std::string cache = default_cache_folder().string();
  bool json = false;
};

struct NearSentence {
  intents::LabelledText sentence;
  double similarity = 0;
};

/// All that is shown about one text.
struct Account {
  intents::Explanation explanation;
  std::vector<intents::PhraseEffect> phrases;
  std::vector<NearSentence> nearest;
  std::vector<ThresholdOutcome> thresholds;
  double accept = 0, margin = 0;
};

void print_words(std::string_view title, const std::vector<WordWeight>& words) {
  if (words.empty()) return;
  std::cout << title;
  for (const WordWeight& word : words)
    std::cout << "  " << word.word << ' ' << std::showpos << word.weight << std::noshowpos;
  std::cout << '\n';
}

/// "[badg]e +0.210": what lies in the brackets spoke.
void print_pieces(const std::vector<intents::WordPiece>& pieces) {
  if (pieces.empty()) return;
  std::cout << "within   ";
  for (const intents::WordPiece& piece : pieces)
    std::cout << "  " << piece.word.substr(0, piece.begin) << '['
              << piece.word.substr(piece.begin, piece.end - piece.begin) << ']'
              << piece.word.substr(piece.end) << ' ' << std::showpos << piece.weight << std::noshowpos;
  std::cout << '\n';
}

void print_intents(const Account& account) {
  const Understanding& understood = account.explanation.understanding;
  std::cout << std::fixed << std::setprecision(3) << "language  " << understood.language << "\nin scope  "
            << understood.in_scope << "\nnegative  " << understood.negative << "\n\n";
  for (std::size_t i = 0; i < understood.intents.size() && i < kIntentsShown; ++i)
    std::cout << understood.intents[i].probability << "  " << understood.intents[i].intent
              << (i == 0 && understood.intents[i].probability >= account.accept ? "  (taken)" : "") << '\n';
  std::cout << '\n';
}

void print_reasons(const Account& account) {
  const intents::Explanation& explanation = account.explanation;
  print_words("for      ", explanation.words_for);
  print_words("against  ", explanation.words_against);
  print_pieces(explanation.pieces);
  if (!explanation.unknown_words.empty()) {
    std::cout << "unknown  ";
    for (const std::string& word : explanation.unknown_words)
      std::cout << "  " << word;
    std::cout << '\n';
  }
  for (const Entity& entity : explanation.understanding.entities)
    std::cout << "entity     " << entity.kind << (entity.role.empty() ? "" : ":" + entity.role) << "  '"
              << entity.text << "' = " << entity.value.dump() << '\n';
  if (!account.phrases.empty()) std::cout << "\nwhat the first intent gains or loses by\n";
  for (std::size_t i = 0; i < std::min(kPhrasesShown, account.phrases.size()); ++i)
    std::cout << std::showpos << account.phrases[i].change << std::noshowpos << "  "
              << account.phrases[i].phrase << '\n';
}

void print_nearest(const Account& account) {
  if (account.nearest.empty()) return;
  std::cout << "\nnearest sentences\n";
  for (const NearSentence& near : account.nearest)
    std::cout << near.similarity << "  " << near.sentence.intent << ": \"" << near.sentence.text << "\" ("
              << near.sentence.place << ")\n";
}

void print_thresholds(const Account& account) {
  std::cout << std::setprecision(2) << "\nwith accept (now " << account.accept << ") it is\n";
  for (const ThresholdOutcome& stretch : account.thresholds)
    if (stretch.to > stretch.from)
      std::cout << stretch.from << " to " << stretch.to << "  "
                << (stretch.outcome == "asked" ? "asked which was meant" : stretch.outcome) << '\n';
  std::cout << "a margin (now " << account.margin << ") of "
            << margin_for_question(account.explanation.understanding)
            << " or more has the runner-up asked about\n";
}

nlohmann::json words_json(const std::vector<WordWeight>& weights) {
  nlohmann::json list = nlohmann::json::array();
  for (const WordWeight& word : weights)
    list.push_back({{"word", word.word}, {"weight", word.weight}});
  return list;
}

nlohmann::json understanding_json(const intents::Explanation& explanation) {
  const Understanding& understood = explanation.understanding;
  nlohmann::json json{{"language", understood.language},
                      {"in_scope", understood.in_scope},
                      {"negative", understood.negative},
                      {"for", words_json(explanation.words_for)},
                      {"against", words_json(explanation.words_against)},
                      {"unknown", explanation.unknown_words},
                      {"intents", nlohmann::json::array()},
                      {"entities", nlohmann::json::array()},
                      {"pieces", nlohmann::json::array()}};
  for (const intents::WordPiece& piece : explanation.pieces)
    json["pieces"].push_back({{"word", piece.word},
                              {"piece", piece.word.substr(piece.begin, piece.end - piece.begin)},
                              {"begin", piece.begin},
                              {"weight", piece.weight}});
  for (const IntentScore& score : understood.intents)
    json["intents"].push_back({{"intent", score.intent}, {"probability", score.probability}});
  for (const Entity& entity : understood.entities)
    json["entities"].push_back({{"kind", entity.kind},
                                {"role", entity.role},
                                {"begin", entity.begin},
                                {"end", entity.end},
                                {"text", entity.text},
                                {"value", entity.value}});
  return json;
}

void print_json(const Account& account) {
  nlohmann::json json = understanding_json(account.explanation);
  json["phrases"] = nlohmann::json::array();
  for (const intents::PhraseEffect& effect : account.phrases)
    json["phrases"].push_back({{"phrase", effect.phrase}, {"change", effect.change}});
  json["nearest"] = nlohmann::json::array();
  for (const NearSentence& near : account.nearest)
    json["nearest"].push_back({{"text", near.sentence.text},
                               {"intent", near.sentence.intent},
                               {"place", near.sentence.place},
                               {"similarity", near.similarity}});
  json["thresholds"] = nlohmann::json::array();
  for (const ThresholdOutcome& stretch : account.thresholds)
    json["thresholds"].push_back({{"from", stretch.from}, {"to", stretch.to}, {"outcome", stretch.outcome}});
  json["margin_for_question"] = margin_for_question(account.explanation.understanding);
  std::cout << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

std::vector<NearSentence> nearest_sentences(const intents::Corpus& corpus, const std::string& text) {
  const std::vector<intents::LabelledText> sentences = intents::labelled_texts_of(corpus);
  std::vector<std::string> texts;
  for (const intents::LabelledText& sentence : sentences)
    texts.push_back(sentence.text);
  std::vector<NearSentence> found;
  for (const intents::Neighbour& near : intents::SentenceIndex(texts).nearest(text, kSentencesShown))
    found.push_back({sentences[near.sentence], near.similarity});
  return found;
}

Account account_of(const BotFiles& files, const intents::BotUnderstander& understander,
                   const Options& options) {
  const UnderstandContext context{options.language, SystemClock().now(), files.manifest.timezone};
  Account account;
  account.explanation = understander.explain(options.text, context);
  account.accept = files.manifest.accept;
  account.margin = files.manifest.margin;
  const Understanding& understood = account.explanation.understanding;
  account.thresholds = threshold_outcomes(understood, account.margin);
  account.nearest = nearest_sentences(files.corpus, options.text);
  if (understood.intents.empty()) return account;
  const std::string first = understood.intents.front().intent;
  account.phrases = intents::phrase_effects(options.text, [&](const std::string& text) {
    for (const IntentScore& score : understander.explain(text, context).understanding.intents)
      if (score.intent == first) return score.probability;
    return 0.0;
  });
  return account;
}

int explain(const Options& options) {
  const auto files = read_good_bot(options.bot);
  if (!files) return kExitFailed;
  const auto understander = understander_of(*files, options.cache);
  if (!understander) return failed(understander.error().message);
  const Account account = account_of(*files, **understander, options);
  if (options.json) {
    print_json(account);
    return kExitDone;
  }
  print_intents(account);
  print_reasons(account);
  print_nearest(account);
  print_thresholds(account);
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
