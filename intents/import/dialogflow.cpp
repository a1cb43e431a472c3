// A Dialogflow ES agent, exported and unpacked:
//
//     agent.json                             its language
//     intents/Book flight.json               fallback or not, replies
//     intents/Book flight_usersays_en.json   examples in pieces: {text, meta: "@city", alias: "to"}
//     entities/city.json                     list or regular expression
//     entities/city_entries_en.json          [{value, synonyms}]

#include <algorithm>
#include <set>

#include "intents/import/names.h"
#include "intents/import/readers.h"
#include "intents/import/source.h"

namespace parley::intents {
namespace {

using config::Node;
namespace fs = std::filesystem;

std::string text_at(const Node& node, std::string_view key) {
  const Node value = node.get(key);
  return value.is_scalar() ? value.text().value_or("") : "";
}

bool is_set(const Node& node, std::string_view key) {
  return text_at(node, key) == "true";
}

std::vector<fs::path> json_files(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code problem;
  for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem))
    if (it->path().extension() == ".json") paths.push_back(it->path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// "Book flight_usersays_en" -> "Book flight" and "en"; false when `part` is not in the name.
bool split_name(const fs::path& path, std::string_view part, std::string& name, std::string& language) {
  const std::string stem = path.stem().string();
  const std::size_t at = stem.rfind(part);
  if (at == std::string::npos) return false;
  name = stem.substr(0, at);
  language = stem.substr(at + part.size());
  return true;
}

class DialogflowReader {
 public:
  explicit DialogflowReader(Draft& draft) : draft_(draft) {}

  void read(const fs::path& folder) {
    const auto intents = json_files(folder / "intents"), entities = json_files(folder / "entities");
    if (intents.empty()) {
      draft_.bad({folder.string(), {}}, "no intents/*.json is here", "unpack the export and name its folder");
      return;
    }
    for (const fs::path& path : intents)
      if (path.stem().string().find("_usersays_") == std::string::npos) read_intent(path);
    for (const fs::path& path : entities)
      if (path.stem().string().find("_entries_") == std::string::npos) read_entity(path);
    for (const fs::path& path : intents)
      read_examples(path);
    for (const fs::path& path : entities)
      read_entries(path);
  }

 private:
  void read_intent(const fs::path& path) {
    const auto file = read_tree(path, draft_);
    if (!file) return;
    const Node& root = file->documents().front();
    if (is_set(root, "fallbackIntent")) fallbacks_.insert(path.stem().string());
    for (const char* key : {"responses", "events", "contexts", "followUpIntents"})
      if (root.get(key).is_list() && !root.get(key).items().empty())
        draft_.not_carried(place_of(root.get(key)), std::string(key) + " of '" + path.stem().string() + "'",
                           "write a flow with these replies");
  }

  void read_entity(const fs::path& path) {
    const auto file = read_tree(path, draft_);
    if (file && is_set(file->documents().front(), "isRegexp")) patterns_.insert(path.stem().string());
  }

  void read_examples(const fs::path& path) {
    std::string intent, language;
    if (!split_name(path, "_usersays_", intent, language)) return;
    const auto file = read_tree(path, draft_);
    if (!file) return;
    const std::string name = fallbacks_.contains(intent) ? std::string(kNoneIntent) : intent;
    for (const Node& example : file->documents().front().items())
      draft_.add_sentence(place_of(example), name, language, pieces_of_example(example));
  }

  std::vector<SentencePiece> pieces_of_example(const Node& example) {
    std::vector<SentencePiece> pieces;
    for (const Node& part : example.get("data").items()) {
      const std::string text = text_at(part, "text"), meta = text_at(part, "meta"),
                        alias = text_at(part, "alias");
      const bool marked = meta.size() > 1 && meta != "@sys.ignore" && meta != "@sys.any";
      if (meta == "@sys.any") draft_.not_carried(place_of(part), "the mark @sys.any on '" + text + "'");
      if (!marked) {
        pieces.push_back({text});
        continue;
      }
      const std::string entity = meta.starts_with("@sys.") ? meta : meta.substr(1);
      const std::string own = meta.substr(meta.find_last_of(".@") + 1);
      pieces.push_back({text, built_in_of(entity).empty() ? own : entity, alias == own ? "" : alias});
    }
    return pieces;
  }

  void read_entries(const fs::path& path) {
    std::string entity, language;
    if (!split_name(path, "_entries_", entity, language)) return;
    const auto file = read_tree(path, draft_);
    if (!file) return;
    for (const Node& entry : file->documents().front().items()) {
      const std::string value = text_at(entry, "value");
      for (const Node& synonym : entry.get("synonyms").items()) {
        const std::string word = synonym.text().value_or("");
        if (patterns_.contains(entity))
          draft_.add_pattern(place_of(synonym), entity, word);
        else if (word.find('@') != std::string::npos)
          draft_.not_carried(place_of(synonym), "the composite '" + word + "' of '" + entity + "'");
        else
          draft_.add_word(place_of(synonym), entity, value, language, word);
      }
    }
  }

  Draft& draft_;
  std::set<std::string> fallbacks_, patterns_;
};

}  // namespace

void read_dialogflow(const std::filesystem::path& path, Draft& draft) {
  DialogflowReader(draft).read(path);
}

}  // namespace parley::intents
