// LUIS apps and their successors, CLU projects: JSON exports of one kind of product, with other names for one
// idea.
//
//     LUIS  utterances: [{text, intent, entities: [{entity, role, startPos, endPos}]}], closedLists,
//     regex_entities CLU   assets.utterances: [{text, intent, language, entities: [{category, offset,
//     length}]}], assets.entities
//
// endPos is the last unit, not the one behind it. Both count UTF-16 units.

#include "intents/import/names.h"
#include "intents/import/readers.h"
#include "intents/import/source.h"

namespace parley::intents {
namespace {

using config::Node;

std::string text_at(const Node& node, std::string_view key) {
  const Node value = node.get(key);
  return value.is_scalar() ? value.text().value_or("") : "";
}

std::size_t count_at(const Node& node, std::string_view key) {
  const Node value = node.get(key);
  const auto number = value.is_scalar() ? value.integer() : std::nullopt;
  return number && *number > 0 ? static_cast<std::size_t>(*number) : 0;
}

std::vector<Node> maps_at(const Node& node, std::string_view key) {
  std::vector<Node> maps;
  const Node list = node.get(key);
  if (!list.is_list()) return maps;
  for (Node& item : list.items())
    if (item.is_map()) maps.push_back(std::move(item));
  return maps;
}

class LuisReader {
 public:
  explicit LuisReader(Draft& draft) : draft_(draft) {}

  void read(const Node& root) {
    language_ = text_at(root, "culture");
    for (const Node& utterance : maps_at(root, "utterances"))
      read_utterance(utterance);
    for (const Node& list : maps_at(root, "closedLists"))
      for (const Node& value : maps_at(list, "subLists"))
        read_value(text_at(list, "name"), value);
    for (const Node& regex : maps_at(root, "regex_entities"))
      draft_.add_pattern(place_of(regex), text_at(regex, "name"), text_at(regex, "regexPattern"));
    for (const char* key :
         {"patterns", "phraselists", "model_features", "composites", "hierarchicals", "patternAnyEntities"})
      for (const Node& item : maps_at(root, key))
        draft_.not_carried(place_of(item), std::string(key) + " '" + name_of(item) + "'");
    for (const Node& prebuilt : maps_at(root, "prebuiltEntities"))
      if (built_in_of(text_at(prebuilt, "name")).empty())
        draft_.not_carried(place_of(prebuilt), "the prebuilt entity '" + text_at(prebuilt, "name") + "'");
  }

 private:
  static std::string name_of(const Node& item) {
    const std::string name = text_at(item, "name");
    return name.empty() ? text_at(item, "pattern") : name;
  }

  void read_utterance(const Node& utterance) {
    std::vector<MarkedSpan> spans;
    for (const Node& entity : maps_at(utterance, "entities")) {
      if (entity.get("children").is_list() && !entity.get("children").items().empty())
        draft_.not_carried(place_of(entity), "the parts of '" + text_at(entity, "entity") + "'");
      spans.push_back({count_at(entity, "startPos"), count_at(entity, "endPos") + 1,
                       text_at(entity, "entity"), text_at(entity, "role")});
    }
    const SourcePlace place = place_of(utterance);
    draft_.add_sentence(place, text_at(utterance, "intent"), language_,
                        pieces_of(place, text_at(utterance, "text"), std::move(spans), draft_));
  }

  void read_value(const std::string& entity, const Node& value) {
    const std::string canonical = text_at(value, "canonicalForm");
    draft_.add_word(place_of(value), entity, canonical, language_, canonical);
    for (const Node& word : value.get("list").items())
      draft_.add_word(place_of(word), entity, canonical, language_, word.text().value_or(""));
  }

  Draft& draft_;
  std::string language_;
};

class CluReader {
 public:
  explicit CluReader(Draft& draft) : draft_(draft) {}

  void read(const Node& root) {
    language_ = text_at(root.get("metadata"), "language");
    const Node assets = root.get("assets");
    for (const Node& utterance : maps_at(assets, "utterances"))
      read_utterance(utterance);
    for (const Node& entity : maps_at(assets, "entities"))
      read_entity(entity);
  }

 private:
  void read_utterance(const Node& utterance) {
    std::vector<MarkedSpan> spans;
    for (const Node& entity : maps_at(utterance, "entities")) {
      const std::size_t begin = count_at(entity, "offset");
      spans.push_back({begin, begin + count_at(entity, "length"), text_at(entity, "category")});
    }
    const std::string language = text_at(utterance, "language");
    const SourcePlace place = place_of(utterance);
    if (text_at(utterance, "dataset") == "Test") {
      draft_.not_carried(place, "an utterance of the test set", "keep it for parley evaluate --data");
      return;
    }
    draft_.add_sentence(place, text_at(utterance, "intent"), language.empty() ? language_ : language,
                        pieces_of(place, text_at(utterance, "text"), std::move(spans), draft_));
  }

  void read_entity(const Node& entity) {
    const std::string name = text_at(entity, "category");
    for (const Node& value : maps_at(entity.get("list"), "sublists"))
      for (const Node& words : maps_at(value, "synonyms"))
        for (const Node& word : words.get("values").items())
          draft_.add_word(place_of(word), name, text_at(value, "listKey"), text_at(words, "language"),
                          word.text().value_or(""));
    for (const Node& regex : maps_at(entity.get("regex"), "expressions"))
      draft_.add_pattern(place_of(regex), name, text_at(regex, "regexPattern"));
    for (const Node& prebuilt : maps_at(entity, "prebuilts"))
      draft_.not_carried(place_of(prebuilt),
                         "the prebuilt '" + text_at(prebuilt, "category") + "' of '" + name + "'");
  }

  Draft& draft_;
  std::string language_;
};

}  // namespace

void read_luis(const std::filesystem::path& path, Draft& draft) {
  const auto file = read_tree(path, draft);
  if (!file) return;
  const Node& root = file->documents().front();
  if (root.get("assets").is_map())
    CluReader(draft).read(root);
  else if (root.get("utterances").is_list())
    LuisReader(draft).read(root);
  else
    draft.bad(place_of(root), "neither 'utterances' (LUIS) nor 'assets' (CLU) is here",
              "export the app as JSON");
}

}  // namespace parley::intents
