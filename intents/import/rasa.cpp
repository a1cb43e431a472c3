// Rasa's NLU training data: a list of items, each with a block of text whose lines are examples.
//
//     nlu:
//     - intent: book
//       examples: |
//         - a flight to [Paris](city) or [NYC]{"entity": "city", "role": "to", "value": "New York"}
//     - synonym: New York
//       examples: ...

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "intents/import/readers.h"
#include "intents/import/source.h"

namespace parley::intents {
namespace {

using config::Entry;
using config::Node;

// The braces behind an annotated text hold a few short names.
constexpr std::size_t kAnnotationMaxBytes = 2'000;

std::string field(const nlohmann::json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end() || found->is_null()) return "";
  return found->is_string() ? found->get<std::string>() : found->dump();
}

/// The name and the value inside `(entity:value)`.
SentencePiece short_mark(std::string_view text, std::string_view mark) {
  const std::size_t colon = mark.find(':');
  const std::string value(colon == std::string_view::npos ? "" : mark.substr(colon + 1));
  return {std::string(text), std::string(mark.substr(0, colon)), "", value};
}

class ExampleReader {
 public:
  ExampleReader(const SourcePlace& place, std::string_view line, Draft& draft)
      : place_(place), line_(line), draft_(draft) {}

  std::vector<SentencePiece> read() {
    while (at_ < line_.size())
      if (line_[at_] != '[' || !take_mark()) plain_ += line_[at_++];
    flush();
    return std::move(pieces_);
  }

 private:
  bool take_mark() {
    const std::size_t close = line_.find(']', at_);
    if (close == std::string_view::npos || close + 1 >= line_.size()) return false;
    const char open = line_[close + 1];
    if (open != '(' && open != '{') return false;
    const std::size_t end = line_.find(open == '(' ? ')' : '}', close);
    if (end == std::string_view::npos || end - close > kAnnotationMaxBytes) return false;
    const std::string_view text = line_.substr(at_ + 1, close - at_ - 1);
    SentencePiece piece = open == '(' ? short_mark(text, line_.substr(close + 2, end - close - 2))
                                      : long_mark(text, line_.substr(close + 1, end - close));
    flush();
    pieces_.push_back(std::move(piece));
    at_ = end + 1;
    return true;
  }

  SentencePiece long_mark(std::string_view text, std::string_view mark) {
    const auto json = nlohmann::json::parse(mark, nullptr, false);
    if (!json.is_object()) {
      draft_.not_carried(place_, "the mark " + std::string(mark) + ", which is not JSON");
      return {std::string(text)};
    }
    if (json.contains("group")) draft_.not_carried(place_, "the group of " + std::string(mark));
    return {std::string(text), field(json, "entity"), field(json, "role"), field(json, "value")};
  }

  void flush() {
    if (!plain_.empty()) pieces_.push_back({std::move(plain_)});
    plain_.clear();
  }

  SourcePlace place_;
  std::string_view line_;
  Draft& draft_;
  std::size_t at_ = 0;
  std::string plain_;
  std::vector<SentencePiece> pieces_;
};

class RasaReader {
 public:
  explicit RasaReader(Draft& draft) : draft_(draft) {}

  void read(const Node& root) {
    if (!root.is_map() || !root.get("nlu")) {
      draft_.bad(place_of(root), "no 'nlu' list is here", "this is the file that Rasa's docs call nlu.yml");
      return;
    }
    for (const Entry& entry : root.entries())
      if (entry.name != "nlu" && entry.name != "version")
        draft_.not_carried(place_of(entry.key), "'" + entry.name + "': only NLU training data is read");
    for (const Node& item : root.get("nlu").items())
      if (item.is_map()) read_item(item);
  }

 private:
  void read_item(const Node& item) {
    const auto name_of = [&](const char* kind) { return item.get(kind).text().value_or(""); };
    if (const std::string name = name_of("intent"); !name.empty())
      each_example(item, [&](const SourcePlace& place, const std::string& line) {
        draft_.add_sentence(place, name, "", ExampleReader(place, line, draft_).read());
      });
    else if (const std::string value = name_of("synonym"); !value.empty())
      each_example(item, [&](const SourcePlace& place, const std::string& line) {
        draft_.add_synonym(place, value, "", line);
      });
    else if (const std::string pattern = name_of("regex"); !pattern.empty())
      each_example(item, [&](const SourcePlace& place, const std::string& line) {
        draft_.add_pattern(place, pattern, line);
      });
    else if (const std::string list = name_of("lookup"); !list.empty())
      each_example(item, [&](const SourcePlace& place, const std::string& line) {
        draft_.add_word(place, list, line, "", line);
      });
    else
      draft_.not_carried(place_of(item), "an item that is no intent, synonym, regex or lookup");
  }

  void each_example(const Node& item,
                    const std::function<void(const SourcePlace&, const std::string&)>& use) {
    const Node examples = item.get("examples");
    if (!examples) draft_.not_carried(place_of(item), "an item without examples");
    for (const Node& example : examples.items()) {
      const Node text = example.is_map() ? example.get("text") : example;
      if (example.is_map() && example.get("metadata"))
        draft_.not_carried(place_of(example.get("metadata")), "the metadata of an example");
      if (const auto block = text.text()) each_line(text, *block, use);
    }
  }

  void each_line(const Node& node, const std::string& block,
                 const std::function<void(const SourcePlace&, const std::string&)>& use) {
    for (std::size_t begin = 0; begin < block.size();) {
      const std::size_t end = std::min(block.find('\n', begin), block.size());
      std::size_t first = std::min(block.find_first_not_of(" \t", begin), end);
      const SourcePlace place{node.path(), node.position_at(first)};
      if (first < end && block[first] == '-')
        first = std::min(block.find_first_not_of(" \t", first + 1), end);
      std::size_t last = end;
      while (last > first && (block[last - 1] == ' ' || block[last - 1] == '\r' || block[last - 1] == '\t'))
        --last;
      if (last > first) use(place, block.substr(first, last - first));
      begin = end + 1;
    }
  }

  Draft& draft_;
};

}  // namespace

void read_rasa(const std::filesystem::path& path, Draft& draft) {
  if (const auto file = read_tree(path, draft))
    for (const Node& root : file->documents())
      RasaReader(draft).read(root);
}

}  // namespace parley::intents
