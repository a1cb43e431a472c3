// Bot Framework's .lu: Markdown-like lines.
//
//     > a comment              > !# @app.culture = nl-nl
//     # BookFlight             an intent
//     - fly to {@city=Paris}   an example; also {city=Paris}, {@city:to=Paris}, and {@city} in patterns
//     @ list city =            an entity; its values and synonyms are indented lists below
//         - paris :
//             - city of light
//     @ regex code = /[A-Z]+/

#include <algorithm>

#include "intents/import/names.h"
#include "intents/import/readers.h"
#include "intents/import/source.h"

namespace parley::intents {
namespace {

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1));
}

/// `text` without its first word, which goes to `word`.
std::string_view split_word(std::string_view text, std::string& word) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  const std::size_t end = std::min(text.find_first_of(" \t=", begin), text.size());
  word = std::string(text.substr(begin, end - begin));
  return text.substr(end);
}

class LuReader {
 public:
  LuReader(std::string path, Draft& draft) : path_(std::move(path)), draft_(draft) {}

  void read(std::string_view content) {
    for (std::size_t begin = 0; begin < content.size(); ++line_) {
      const std::size_t end = std::min(content.find('\n', begin), content.size());
      read_line(content.substr(begin, end - begin));
      begin = end + 1;
    }
  }

 private:
  SourcePlace place() const { return {path_, {line_, 0}}; }

  void read_line(std::string_view line) {
    const std::string text = trimmed(line);
    if (text.empty()) return;
    if (text.front() == '>')
      read_comment(text);
    else if (text.front() == '#')
      read_heading(text);
    else if (text.front() == '@')
      read_entity(std::string_view(text).substr(1));
    else if (text.front() == '$')
      read_old_list(text);
    else if (text.front() == '-' || text.front() == '*' || text.front() == '+')
      read_item(trimmed(std::string_view(text).substr(1)));
    else if (text.front() == '[')
      draft_.not_carried(place(), "the reference " + text, "name that file on the command line too");
    else
      draft_.not_carried(place(), "the line '" + text + "'");
  }

  void read_comment(const std::string& text) {
    const std::size_t culture = text.find("@app.culture");
    const std::size_t equals = text.find('=', culture == std::string::npos ? text.size() : culture);
    if (equals != std::string::npos) language_ = trimmed(std::string_view(text).substr(equals + 1));
  }

  void read_heading(const std::string& text) {
    const std::string name =
        trimmed(std::string_view(text).substr(std::min(text.find_first_not_of('#'), text.size())));
    list_.clear();
    intent_ = name.starts_with('?') ? "" : name;
    if (intent_.empty()) draft_.not_carried(place(), "the question '" + name + "' with its answer");
  }

  /// `@ list city = `, `@ regex code = /x/`, `@ prebuilt number`, `@ ml city hasRoles from, to`
  void read_entity(std::string_view rest) {
    std::string kind, name;
    rest = split_word(split_word(rest, kind), name);
    const std::size_t equals = rest.find('=');
    list_.clear();
    intent_.clear();
    if (kind == "list" && equals != std::string_view::npos) {
      list_ = name;
    } else if (kind == "regex" && equals != std::string_view::npos) {
      std::string pattern = trimmed(rest.substr(equals + 1));
      if (pattern.size() > 1 && pattern.front() == '/' && pattern.back() == '/')
        pattern = pattern.substr(1, pattern.size() - 2);
      draft_.add_pattern(place(), name, pattern);
    } else if (kind == "prebuilt") {
      if (built_in_of(name).empty()) draft_.not_carried(place(), "the prebuilt entity '" + name + "'");
    } else if (kind != "ml" && kind != "intent") {
      draft_.not_carried(place(), "the entity '" + name + "' of the kind '" + kind + "'");
    }
  }

  /// `$city:paris=` with synonyms below.
  void read_old_list(const std::string& text) {
    const std::size_t colon = text.find(':');
    const std::size_t equals = text.find('=', colon == std::string::npos ? text.size() : colon);
    intent_.clear();
    list_.clear();
    if (equals == std::string::npos) {
      draft_.not_carried(place(), "the line '" + text + "'");
      return;
    }
    list_ = trimmed(std::string_view(text).substr(1, colon - 1));
    value_ = trimmed(std::string_view(text).substr(colon + 1, equals - colon - 1));
    draft_.add_word(place(), list_, value_, language_, value_);
  }

  void read_item(const std::string& item) {
    if (!list_.empty()) {
      read_value(item);
    } else if (!intent_.empty()) {
      draft_.add_sentence(place(), intent_, language_, pieces(item, 0));
    } else {
      draft_.not_carried(place(), "the line '" + item + "'");
    }
  }

  void read_value(const std::string& item) {
    const bool heads = item.back() == ':';
    const std::string word = heads ? trimmed(std::string_view(item).substr(0, item.size() - 1)) : item;
    if (heads) value_ = word;
    if (value_.empty())
      draft_.not_carried(place(), "'" + word + "', which stands below no value");
    else
      draft_.add_word(place(), list_, value_, language_, word);
  }

  /// A sentence with its marks; a mark inside a mark keeps its text only.
  std::vector<SentencePiece> pieces(std::string_view text, int depth) {
    std::vector<SentencePiece> found;
    std::size_t done = 0;
    for (std::size_t open = 0; (open = text.find('{', done)) != std::string_view::npos;) {
      const std::size_t close = matching_brace(text, open);
      if (close == std::string_view::npos) break;
      found.push_back({std::string(text.substr(done, open - done))});
      found.push_back(mark(text.substr(open + 1, close - open - 1), depth));
      done = close + 1;
    }
    found.push_back({std::string(text.substr(done))});
    return found;
  }

  static std::size_t matching_brace(std::string_view text, std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < text.size(); ++i) {
      depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
      if (depth == 0) return i;
    }
    return std::string_view::npos;
  }

  SentencePiece mark(std::string_view inside, int depth) {
    const std::size_t equals = inside.find('=');
    std::string name = trimmed(inside.substr(0, equals));
    if (name.starts_with('@')) name.erase(0, 1);
    const std::size_t colon = name.find(':');
    const std::string entity = name.substr(0, colon),
                      role = colon == std::string::npos ? "" : name.substr(colon + 1);
    if (equals == std::string_view::npos) {
      draft_.not_carried(place(), "a pattern's place for '" + name + "'",
                         "write a sentence with a value in its place");
      return {legal_name(entity, "entity")};
    }
    const std::string_view text = inside.substr(equals + 1);
    if (text.find('{') == std::string_view::npos) return {trimmed(text), entity, role};
    draft_.not_carried(place(), "the parts of '" + entity + "'");
    constexpr int kDepthMax = 10;
    std::string plain;
    if (depth < kDepthMax)
      for (const SentencePiece& piece : pieces(text, depth + 1))
        plain += piece.text;
    return {trimmed(plain), entity, role};
  }

  std::string path_;
  Draft& draft_;
  int line_ = 1;
  std::string language_, intent_, list_, value_;
};

}  // namespace

void read_lu(const std::filesystem::path& path, Draft& draft) {
  if (const auto content = read_source(path, draft)) LuReader(path.string(), draft).read(*content);
}

}  // namespace parley::intents
