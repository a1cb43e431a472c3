// An nlp.js corpus:
//
//     {"locale": "en-US",
//      "data": [{"intent": "travel.book", "utterances": ["fly to @city"], "answers": [...]}],
//      "entities": {"city": {"options": {"paris": ["Paris", "city of light"]}}, "code": "/[A-Z]+/"}}
//
// An utterance names entities in place of values (@city, %city%, {{ city }}): ours need a value there, so the
// first of the entity's own is written in and marked.

#include <map>
#include <re2/re2.h>

#include "intents/import/readers.h"
#include "intents/import/source.h"

namespace parley::intents {
namespace {

using config::Entry;
using config::Node;

std::string text_at(const Node& node, std::string_view key) {
  const Node value = node.get(key);
  return value.is_scalar() ? value.text().value_or("") : "";
}

/// "/[a-z]+/gi" -> "(?i)[a-z]+"
std::string pattern_of(const std::string& written) {
  const std::size_t end = written.rfind('/');
  if (written.size() < 2 || written.front() != '/' || end == 0) return written;
  const bool any_case = written.find('i', end) != std::string::npos;
  return (any_case ? "(?i)" : "") + written.substr(1, end - 1);
}

class NlpjsReader {
 public:
  explicit NlpjsReader(Draft& draft) : draft_(draft) {}

  void read(const Node& root) {
    language_ = text_at(root, "locale");
    if (root.get("entities").is_map())
      for (const Entry& entity : root.get("entities").entries())
        read_entity(entity);
    for (const Node& item : root.get("data").items())
      if (item.is_map()) read_intent(item);
    for (const char* key : {"contextData", "slotFilling", "actions"})
      if (root.get(key))
        draft_.not_carried(place_of(root.get(key)), "'" + std::string(key) + "'", "write a flow");
  }

 private:
  void read_entity(const Entry& entity) {
    if (entity.value.is_scalar()) {
      draft_.add_pattern(place_of(entity.value), entity.name, pattern_of(entity.value.text().value_or("")));
      return;
    }
    const Node options = entity.value.get("options");
    if (options.is_map())
      for (const Entry& value : options.entries())
        for (const Node& word : value.value.items())
          read_word(entity.name, value.name, word);
    if (entity.value.get("regex").is_scalar())
      draft_.add_pattern(place_of(entity.value), entity.name, pattern_of(text_at(entity.value, "regex")));
    if (entity.value.get("trim"))
      draft_.not_carried(place_of(entity.key), "the trim rules of '" + entity.name + "'",
                         "mark it in sentences");
  }

  void read_word(const std::string& entity, const std::string& value, const Node& node) {
    const std::string word = node.is_scalar() ? node.text().value_or("") : "";
    draft_.add_word(place_of(node), entity, value, language_, word);
    first_words_.try_emplace(entity, word);
  }

  void read_intent(const Node& item) {
    const std::string intent = text_at(item, "intent");
    for (const Node& utterance : item.get("utterances").items())
      if (utterance.is_scalar()) {
        const SourcePlace place = place_of(utterance);
        draft_.add_sentence(place, intent, language_, pieces(place, utterance.text().value_or("")));
      }
    for (const char* key : {"answers", "slotFilling", "actions"})
      if (item.get(key))
        draft_.not_carried(place_of(item.get(key)), std::string(key) + " of '" + intent + "'",
                           "write a flow");
  }

  std::vector<SentencePiece> pieces(const SourcePlace& place, const std::string& text) {
    static const RE2 kReference(R"((@([\p{L}\d_]+)|%([\p{L}\d_]+)%|\{\{\s*([\p{L}\d_]+)\s*\}\}))");
    std::vector<SentencePiece> found;
    re2::StringPiece rest(text), at, bare, percent, braces;
    while (RE2::PartialMatch(rest, kReference, &at, &bare, &percent, &braces)) {
      found.push_back({std::string(rest.data(), static_cast<std::size_t>(at.data() - rest.data()))});
      found.push_back(reference(place, bare.as_string() + percent.as_string() + braces.as_string()));
      rest.remove_prefix(static_cast<std::size_t>(at.end() - rest.begin()));
    }
    found.push_back({rest.as_string()});
    return found;
  }

  SentencePiece reference(const SourcePlace& place, const std::string& name) {
    const auto word = first_words_.find(name);
    if (word != first_words_.end()) return {word->second, name};
    draft_.not_carried(place, "the place for '" + name + "', which has no values here",
                       "write a value in its place");
    return {name};
  }

  Draft& draft_;
  std::string language_;
  std::map<std::string, std::string> first_words_;
};

}  // namespace

void read_nlpjs(const std::filesystem::path& path, Draft& draft) {
  const auto file = read_tree(path, draft);
  if (!file) return;
  const Node& root = file->documents().front();
  if (root.get("data").is_list())
    NlpjsReader(draft).read(root);
  else
    draft.bad(place_of(root), "no 'data' list is here",
              "this is the corpus file of nlp.js, often corpus.json");
}

}  // namespace parley::intents
