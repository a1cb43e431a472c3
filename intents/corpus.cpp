#include "intents/corpus.h"

#include <algorithm>
#include <memory>
#include <re2/re2.h>
#include <set>
#include <utility>

#include "config/yaml.h"
#include "intents/normalize.h"
#include "intents/sentence_reader.h"
#include "intents/vector_file.h"

namespace parley::intents {
namespace {

using config::Entry;
using config::Findings;
using config::Node;
using config::YamlFile;

constexpr std::int64_t kPatternMemoryBytes = 1 << 20;

using Files = std::vector<std::unique_ptr<const YamlFile>>;

/// Reads all documents of one folder: the part that intents and vocabulary share. Their nodes live as long as
/// the files that it gives.
template <typename Read>
Files each_document(const std::filesystem::path& folder, Findings& findings, const Read& read) {
  Files files;
  for (const auto& path : config::yaml_files(folder)) {
    files.push_back(std::make_unique<const YamlFile>(path, path.string(), findings));
    for (const Node& document : files.back()->documents())
      read(document);
  }
  return files;
}

class VocabularyReader {
 public:
  explicit VocabularyReader(Corpus& corpus) : corpus_(corpus) {}

  void read(const Node& document) {
    document.allow({"entity", "values", "pattern", "parts"});
    const Node key = document.need("entity");
    VocabularyEntity entity;
    entity.name = key.text().value_or("");
    entity.path = document.path();
    entity.position = key.position();
    if (!key || !check_name(key, entity.name)) return;
    const Node values = document.get("values");
    const Node pattern = document.get("pattern");
    const Node parts = document.get("parts");
    if (int{static_cast<bool>(values)} + int{static_cast<bool>(pattern)} + int{static_cast<bool>(parts)} !=
        1) {
      key.error("missing-key", "an entity has either 'values', or a 'pattern', or 'parts'");
      return;
    }
    if (pattern) read_pattern(pattern, entity);
    if (parts) read_parts(parts, entity);
    for (const Entry& value : values.entries())
      read_value(value, entity);
    corpus_.vocabulary.push_back(std::move(entity));
  }

  /// Parts must be values, patterns or built-in kinds: no composite of composites.
  void check_parts() const {
    std::vector<std::string> kinds = built_in_kinds();
    for (const VocabularyEntity& entity : corpus_.vocabulary)
      if (entity.parts.empty()) kinds.push_back(entity.name);
    for (const auto& [node, kind] : part_kinds_)
      if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
        node.error("unknown-entity", "there is no entity '" + kind + "' that a part could be",
                   config::near_names_hint(kind, kinds));
  }

 private:
  bool check_name(const Node& key, const std::string& name) {
    const auto& built_in = built_in_kinds();
    if (!is_name(name))
      key.error("bad-name",
                "an entity's name is lower-case letters, digits, - and _, and starts with a letter");
    else if (std::find(built_in.begin(), built_in.end(), name) != built_in.end())
      key.error("built-in-name", "'" + name + "' is a built-in kind", "give your entity another name");
    else if (!names_.insert(name).second)
      key.error("duplicate-entity", "the entity '" + name + "' is defined twice", "join the two");
    else
      return true;
    return false;
  }

  static void read_pattern(const Node& node, VocabularyEntity& entity) {
    const auto written = node.text();
    if (!written) return;
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(kPatternMemoryBytes);
    const RE2 pattern(*written, options);
    if (!pattern.ok())
      node.error("bad-pattern", "this is not a pattern that RE2 takes: " + pattern.error(),
                 "look-ahead and back-references are not in RE2; quote the pattern with single quotes");
    else if (RE2::FullMatch("", pattern))
      node.error("bad-pattern", "this pattern matches the empty text", "use + in place of *");
    else
      entity.pattern = *written;
  }

  // Which kinds there are is known when all files have been read.
  void read_parts(const Node& node, VocabularyEntity& entity) {
    for (const Entry& part : node.entries())
      if (const auto kind = part.value.text()) {
        entity.parts[part.name] = *kind;
        part_kinds_.push_back({part.value, *kind});
      }
    if (entity.parts.size() < 2 || entity.parts.size() > kValuePartsMax)
      node.error("bad-parts", "a value made of values has 2 to " + std::to_string(kValuePartsMax) + " parts",
                 "write {quantity: number, what: product}");
  }

  void read_value(const Entry& entry, VocabularyEntity& entity) {
    VocabularyValue value{entry.name, {}, entry.key.position()};
    for (const Entry& language : entry.value.entries()) {
      if (!check_language(language)) continue;
      for (const Node& item : language.value.items())
        read_synonym(item, language.name, entity, value);
    }
    if (value.words.empty())
      entry.key.error("missing-key", "the value '" + entry.name + "' has no words",
                      "write {en: [word, word]}");
    entity.values.push_back(std::move(value));
  }

  bool check_language(const Entry& entry) const {
    const auto& languages = corpus_.languages;
    if (std::find(languages.begin(), languages.end(), entry.name) != languages.end()) return true;
    entry.key.error("unknown-language", "'" + entry.name + "' is not a language of this bot",
                    config::near_names_hint(entry.name, languages));
    return false;
  }

  void read_synonym(const Node& item, const std::string& language, const VocabularyEntity& entity,
                    VocabularyValue& value) {
    const auto written = item.text();
    if (!written) return;
    const std::string word = trimmed(*written);
    if (word_key(word).empty() || word.size() > kSentenceMaxBytes) {
      item.error("empty-sentence", "this word has no letter or digit, or is too long");
      return;
    }
    const auto [found, added] =
        synonyms_.try_emplace(entity.name + '\n' + language + '\n' + word_key(word), value.name);
    if (added)
      value.words[language].push_back(word);
    else if (found->second == value.name)
      item.warning("duplicate-synonym", "'" + word + "' is listed twice");
    else
      item.error("duplicate-synonym", "'" + word + "' already stands for the value '" + found->second + "'",
                 "a word can mean one value only");
  }

  Corpus& corpus_;
  std::set<std::string> names_;
  std::map<std::string, std::string> synonyms_;  // entity, language and word -> value
  std::vector<std::pair<Node, std::string>> part_kinds_;
};

class IntentReader {
 public:
  explicit IntentReader(Corpus& corpus) : corpus_(corpus), sentences_(corpus.vocabulary) {}

  void read(const Node& document) {
    const Node key = document.need("intent");
    Intent intent;
    intent.name = key.text().value_or("");
    intent.title = document.get("title").text().value_or("");
    intent.path = document.path();
    intent.position = key.position();
    check_keys(document);
    if (!key || !check_name(key, intent.name)) return;
    for (const auto& language : corpus_.languages)
      read_sentences(document.get(language), key, language, intent);
    if (intent.sentences.empty())
      key.error("no-sentences", "the intent '" + intent.name + "' has no sentence",
                "add a list of sentences under '" + corpus_.languages.front() + ":'");
    corpus_.intents.push_back(std::move(intent));
  }

 private:
  bool check_name(const Node& key, const std::string& name) {
    if (!is_name(name))
      key.error("bad-name",
                "an intent's name is lower-case letters, digits, - and _, and starts with a letter");
    else if (!names_.insert(name).second)
      key.error("duplicate-intent", "the intent '" + name + "' is defined twice", "join the two");
    else
      return true;
    return false;
  }

  void check_keys(const Node& document) const {
    std::vector<std::string> known = {"intent", "title"};
    known.insert(known.end(), corpus_.languages.begin(), corpus_.languages.end());
    for (const Entry& entry : document.entries()) {
      if (std::find(known.begin(), known.end(), entry.name) != known.end()) continue;
      if (entry.value.is_list() && entry.name.size() <= 3)
        entry.key.error("unknown-language", "'" + entry.name + "' is not a language of this bot",
                        "add it to 'languages' in bot.yaml, or take these sentences out");
      else
        entry.key.error("unknown-key", "'" + entry.name + "' is not known here",
                        config::near_names_hint(entry.name, known));
    }
  }

  void read_sentences(const Node& node, const Node& key, const std::string& language, Intent& intent) {
    const std::size_t before = intent.sentences.size();
    for (const Node& item : node.items())
      read_sentence(item, language, intent);
    const std::size_t count = intent.sentences.size() - before;
    if (count >= kFewSentences || (count == 0 && !node && corpus_.languages.size() == 1)) return;
    (node ? node : key)
        .warning("few-sentences",
                 "the intent '" + intent.name + "' has " + std::to_string(count) + " sentences in '" +
                     language + "'",
                 "15 or more, written as people type, make it dependable");
  }

  void read_sentence(const Node& item, const std::string& language, Intent& intent) {
    auto sentence = sentences_.read(item, language);
    if (sentence && check_duplicate(item, language, intent.name, sentence->text))
      intent.sentences.push_back(std::move(*sentence));
  }

  bool check_duplicate(const Node& item, const std::string& language, const std::string& intent,
                       const std::string& text) {
    const auto [found, added] = seen_.try_emplace(language + '\n' + word_key(text), intent);
    if (added) return true;
    if (found->second == intent)
      item.warning("duplicate-sentence", "this sentence stands twice in this intent",
                   "remove one of the two");
    else
      item.warning("ambiguous-sentence", "this sentence stands in the intent '" + found->second + "' too",
                   "keep it where it belongs");
    return found->second != intent;
  }

  Corpus& corpus_;
  SentenceReader sentences_;
  std::set<std::string> names_;
  std::map<std::string, std::string> seen_;  // language and words -> intent
};

}  // namespace

const std::vector<std::string>& built_in_kinds() {
  static const std::vector<std::string> kKinds = {"number", "ordinal",  "percentage", "money",    "date",
                                                  "time",   "datetime", "period",     "duration", "yesno",
                                                  "email",  "phone",    "url",        "iban",     "card"};
  return kKinds;
}

Corpus read_corpus(const config::BotManifest& manifest, Findings& findings) {
  Corpus corpus;
  corpus.languages = manifest.languages;
  corpus.country = manifest.country;
  VocabularyReader vocabulary(corpus);
  const Files files = each_document(manifest.folder / "vocabulary", findings,
                                    [&](const Node& document) { vocabulary.read(document); });
  vocabulary.check_parts();
  IntentReader intents(corpus);
  each_document(manifest.folder / "intents", findings, [&](const Node& document) { intents.read(document); });
  if (!manifest.vectors.empty()) corpus.vectors = read_vector_file(manifest.vectors, findings);
  return corpus;
}

}  // namespace parley::intents
