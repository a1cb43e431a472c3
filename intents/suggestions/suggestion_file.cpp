#include "intents/suggestions/suggestion_file.h"

#include <algorithm>
#include <map>

#include "config/yaml_edit.h"
#include "intents/import/authoring_writer.h"
#include "intents/normalize.h"
#include "intents/sentence_reader.h"

namespace parley::intents {
namespace {

using config::Entry;
using config::Node;

constexpr std::string_view kInstructions =
    "# This file holds what people wrote: keep it out of version control, delete it when you are done.\n"
    "#\n"
    "# For each suggestion: put its intent right, delete the sentences that do not belong to it, mark or "
    "reword\n"
    "# others as in an intents file, and change accept to yes. Delete what you never want. Then move what "
    "is\n"
    "# accepted to the intents of the bot:   parley suggest BOT --accept FILE\n"
    "# The number behind a sentence says how many messages said it.\n";
constexpr std::string_view kNoneAdvice =
    "# Like nothing else, and not like one another: keep only what the bot is not for.\n";

bool has_intent(const Corpus& corpus, std::string_view name) {
  return std::any_of(corpus.intents.begin(), corpus.intents.end(),
                     [&](const Intent& intent) { return intent.name == name; });
}

std::string document_yaml(const Suggestion& suggestion, const Corpus& corpus) {
  std::string yaml = "---\n# " + std::to_string(suggestion.messages) +
                     (suggestion.messages == 1 ? " message\n" : " messages\n");
  if (suggestion.intent == kNoneIntent) yaml += kNoneAdvice;
  const bool is_new = !has_intent(corpus, suggestion.intent);
  yaml += "intent: " + suggestion.intent + "\nnew: " + (is_new ? "yes" : "no") + "\naccept: no\n";
  for (const std::string& language : corpus.languages) {
    bool headed = false;
    for (const SuggestedSentence& sentence : suggestion.sentences) {
      if (sentence.language != language) continue;
      if (!headed) yaml += language + ":\n";
      headed = true;
      yaml += "  - " + config::yaml_scalar(sentence.text) + "  # " + std::to_string(sentence.count) + "\n";
    }
  }
  if (suggestion.unlisted > 0) yaml += "# and " + std::to_string(suggestion.unlisted) + " texts more\n";
  return yaml;
}

class SuggestionReader {
 public:
  explicit SuggestionReader(const Corpus& corpus) : corpus_(corpus), sentences_(corpus.vocabulary) {
    for (const Intent& intent : corpus.intents) {
      names_.push_back(intent.name);
      for (const Sentence& sentence : intent.sentences)
        places_.emplace(key_of(sentence.language, sentence.text),
                        Place{intent.name, intent.path + ":" + std::to_string(sentence.position.line)});
    }
  }

  ReviewedSuggestion read(const Node& document) {
    std::vector<std::string_view> keys = {"intent", "new", "accept"};
    keys.insert(keys.end(), corpus_.languages.begin(), corpus_.languages.end());
    document.allow(keys);
    ReviewedSuggestion suggestion;
    suggestion.position = document.position();
    suggestion.accepted = document.need("accept").flag().value_or(false);
    const Node name = document.need("intent");
    suggestion.intent = name.text().value_or("");
    if (!suggestion.accepted || !name) return suggestion;
    check_name(name, suggestion.intent, document.get("new").flag().value_or(false));
    for (const std::string& language : corpus_.languages)
      for (const Node& item : document.get(language).items())
        read_sentence(item, language, suggestion);
    return suggestion;
  }

 private:
  struct Place {
    std::string intent;
    std::string place;  // path:line
  };

  static std::string key_of(const std::string& language, const std::string& text) {
    return language + '\n' + word_key(text);
  }

  void check_name(const Node& name, const std::string& intent, bool may_be_new) const {
    if (!is_name(intent))
      name.error("bad-name",
                 "an intent's name is lower-case letters, digits, - and _, and starts with a letter");
    else if (!may_be_new && !has_intent(corpus_, intent))
      name.error("unknown-intent", "the bot has no intent '" + intent + "'",
                 config::near_names_hint(intent, names_) + "; or write 'new: yes' to have it made");
  }

  void read_sentence(const Node& item, const std::string& language, ReviewedSuggestion& suggestion) {
    const auto sentence = sentences_.read(item, language);
    if (!sentence) return;
    const auto [found, added] = places_.try_emplace(
        key_of(language, sentence->text),
        Place{suggestion.intent, item.path() + ":" + std::to_string(item.position().line)});
    if (added) return suggestion.sentences.push_back({marked_text(*sentence), language});
    const auto& [intent, place] = found->second;
    if (intent == suggestion.intent)
      item.warning("duplicate-sentence",
                   "this sentence stands in this intent already (" + place + "); it is passed over");
    else
      item.error("ambiguous-sentence",
                 "this sentence stands in the intent '" + intent + "' already (" + place + ")",
                 "delete it here or there: it can mean one intent only");
  }

  const Corpus& corpus_;
  SentenceReader sentences_;
  std::vector<std::string> names_;
  std::map<std::string, Place> places_;  // by language and words
};

bool separates_documents(std::string_view line) {
  return line == "---" || line.starts_with("--- ");
}

/// Where each document begins: at its `---`, or at its first line where there is none before it.
std::vector<std::size_t> document_begins(const config::YamlFile& file) {
  std::vector<std::size_t> begins;
  for (const Node& document : file.documents()) {
    int line = document.position().line;
    for (int above = line; above > 0; --above) {
      if (!begins.empty() && file.byte_at({above, 1}) <= begins.back()) break;
      if (separates_documents(file.line(above))) {
        line = above;
        break;
      }
    }
    begins.push_back(file.byte_at({line, 1}));
  }
  return begins;
}

}  // namespace

std::string suggestions_yaml(const Suggestions& suggestions, const Corpus& corpus, std::string_view title) {
  std::string yaml = "# " + std::string(title) + "\n" + std::string(kInstructions);
  for (const Suggestion& suggestion : suggestions.list)
    yaml += document_yaml(suggestion, corpus);
  return yaml;
}

std::vector<ReviewedSuggestion> read_suggestions(const config::YamlFile& file, const Corpus& corpus) {
  SuggestionReader reader(corpus);
  std::vector<ReviewedSuggestion> all;
  for (const Node& document : file.documents())
    all.push_back(reader.read(document));
  return all;
}

std::string without_documents(const config::YamlFile& file, const std::vector<bool>& leaves) {
  if (std::find(leaves.begin(), leaves.end(), false) == leaves.end()) return "";
  std::vector<std::size_t> begins = document_begins(file);
  std::string kept(file.text().substr(0, begins.front()));
  begins.push_back(file.text().size());
  for (std::size_t i = 0; i < leaves.size(); ++i)
    if (!leaves[i]) kept += file.text().substr(begins[i], begins[i + 1] - begins[i]);
  return kept;
}

}  // namespace parley::intents
