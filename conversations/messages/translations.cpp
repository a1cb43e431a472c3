#include "conversations/messages/translations.h"

#include <algorithm>
#include <optional>

#include "config/file_content.h"
#include "conversations/cel/unicode.h"
#include "engine/limits.h"

namespace parley::conversations {
namespace {

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

int column_of(std::string_view line, std::size_t byte) {
  const auto before = line.substr(0, byte);
  return 1 + static_cast<int>(
                 std::count_if(before.begin(), before.end(), [](char c) { return !continues_character(c); }));
}

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::optional<char> unescaped(char escape) {
  switch (escape) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case '"':
      return '"';
    case '\\':
      return '\\';
    default:
      return std::nullopt;
  }
}

}  // namespace

// Reads line by line. A keyword line opens a text, lines that begin with a quote continue it, and whatever
// begins the next entry (a comment, msgctxt or msgid after a msgstr, an empty line) closes this one.
class CatalogueReader {
 public:
  CatalogueReader(Catalogue& catalogue, config::Findings& findings)
      : catalogue_(catalogue), findings_(findings) {}

  void read() {
    for (line_ = 1; static_cast<std::size_t>(line_) <= catalogue_.lines_.size(); ++line_)
      read_line();
    close();
  }

 private:
  enum class Part { kNone, kContext, kSource, kText };

  const std::string& line() const { return catalogue_.lines_[static_cast<std::size_t>(line_) - 1]; }

  void read_line() {
    const std::string_view content = trim(line());
    if (content.empty()) return close();
    if (content[0] == '#') return comment(content);
    if (content[0] == '"') return continue_text(content);
    const std::size_t space = content.find_first_of(" \t\"");
    const std::string_view keyword = content.substr(0, space);
    const std::string_view rest = space == std::string_view::npos ? "" : trim(content.substr(space));
    if (keyword == "msgctxt") return open(Part::kContext, rest);
    if (keyword == "msgid") return open(Part::kSource, rest);
    if (keyword == "msgstr") return open(Part::kText, rest);
    part_ = Part::kNone;
    const bool plural = keyword == "msgid_plural" || keyword.starts_with("msgstr[");
    error(0,
          plural ? "plural entries are not read: a plural stands inside the text"
                 : "this is not a line of a PO file",
          plural ? "write {count, plural, one {...} other {...}}"
                 : "expected: msgctxt, msgid, msgstr, \"...\" or #");
  }

  void comment(std::string_view content) {
    if (has_text_) close();
    if (content.starts_with("#,") && content.find("fuzzy") != std::string_view::npos) fuzzy_ = true;
  }

  void open(Part part, std::string_view rest) {
    if (has_text_ && part != Part::kText) close();
    if (part == Part::kText && !has_source_) return error(0, "this msgstr has no msgid before it");
    if (part == Part::kText && has_text_) return error(0, "this entry has a msgstr already");
    part_ = part;
    if (part == Part::kSource) {
      has_source_ = true;
      entry_.position = {line_, 1};
    }
    if (part == Part::kText) has_text_ = true;
    if (rest.empty() || rest[0] != '"')
      return error(line().size(), "a text in double quotes is expected here");
    continue_text(rest);
  }

  void continue_text(std::string_view quoted) {
    const std::size_t begin = static_cast<std::size_t>(quoted.data() - line().data());
    if (part_ == Part::kNone) return error(begin, "this text belongs to no msgid or msgstr");
    if (quoted.size() < 2 || quoted.back() != '"') return error(begin, "this text has no closing quote");
    const std::string_view raw = quoted.substr(1, quoted.size() - 2);
    std::string& target = part_ == Part::kContext  ? entry_.context
                          : part_ == Part::kSource ? entry_.source
                                                   : entry_.text;
    if (part_ == Part::kText)
      entry_.pieces.push_back({target.size(), {line_, column_of(line(), begin + 1)}, std::string(raw)});
    append(raw, begin + 1, target);
  }

  void append(std::string_view raw, std::size_t begin, std::string& target) {
    for (std::size_t i = 0; i < raw.size(); ++i) {
      if (raw[i] == '"') return error(begin + i, "a quote inside a text is written \\\"");
      if (raw[i] != '\\') {
        target += raw[i];
        continue;
      }
      const auto character = i + 1 < raw.size() ? unescaped(raw[i + 1]) : std::nullopt;
      if (!character) return error(begin + i, "this escape is not known", "known: \\n \\t \\r \\\" \\\\");
      target += *character;
      ++i;
    }
  }

  void close() {
    if (has_source_ && !has_text_) error_at(entry_.position, "this msgid has no msgstr");
    if (has_source_ && has_text_) keep();
    entry_ = {};
    part_ = Part::kNone;
    has_source_ = has_text_ = fuzzy_ = false;
  }

  void keep() {
    if (entry_.source.empty() && entry_.context.empty()) return header();
    if (entry_.text.empty()) return;
    if (fuzzy_) {
      add(config::Severity::kWarning, "fuzzy-translation", entry_.position,
          "this translation is marked fuzzy and not used", "look it over and take the word fuzzy away");
      return;
    }
    const auto key = std::make_pair(entry_.context, entry_.source);
    if (!catalogue_.by_source_.emplace(key, catalogue_.entries_.size()).second) {
      add(config::Severity::kError, "duplicate-translation", entry_.position, "this text is translated twice",
          "remove one, or give it the flow's name as msgctxt");
      return;
    }
    catalogue_.entries_.push_back(std::move(entry_));
  }

  void header() {
    const std::size_t charset = entry_.text.find("charset=");
    if (charset == std::string::npos) return;
    std::string name =
        entry_.text.substr(charset + 8, entry_.text.find_first_of(" ;\n", charset) - charset - 8);
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::toupper(c); });
    if (name != "UTF-8")
      add(config::Severity::kError, "po-header", entry_.position, "the charset of this file is not UTF-8",
          "save it as UTF-8 and write charset=UTF-8");
  }

  void error(std::size_t byte, std::string message, std::string hint = "") {
    error_at({line_, column_of(line(), byte)}, std::move(message), std::move(hint));
  }
  void error_at(config::Position position, std::string message, std::string hint = "") {
    add(config::Severity::kError, "po-syntax", position, std::move(message), std::move(hint));
  }
  void add(config::Severity severity, std::string code, config::Position position, std::string message,
           std::string hint) {
    findings_.add({severity, std::move(code), catalogue_.path_, position, std::move(message), std::move(hint),
                   catalogue_.lines_[static_cast<std::size_t>(position.line) - 1]});
  }

  Catalogue& catalogue_;
  config::Findings& findings_;
  Translation entry_;
  Part part_ = Part::kNone;
  bool has_source_ = false, has_text_ = false, fuzzy_ = false;
  int line_ = 0;
};

namespace {

std::vector<std::string> lines_of(std::string_view content) {
  std::vector<std::string> lines;
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
  while (!content.empty()) {
    const std::size_t end = std::min(content.find('\n'), content.size());
    lines.emplace_back(content.substr(0, end));
    if (lines.back().ends_with('\r')) lines.back().pop_back();
    content.remove_prefix(std::min(end + 1, content.size()));
  }
  return lines;
}

}  // namespace

Catalogue Catalogue::parse(std::string_view content, const std::string& shown_as,
                           config::Findings& findings) {
  Catalogue catalogue;
  catalogue.path_ = shown_as;
  if (!cel::is_utf8(content)) {
    findings.add({config::Severity::kError,
                  "not-utf8",
                  shown_as,
                  {},
                  "this file is not UTF-8 text",
                  "save it as UTF-8",
                  ""});
    return catalogue;
  }
  catalogue.lines_ = lines_of(content);
  CatalogueReader(catalogue, findings).read();
  return catalogue;
}

Catalogue Catalogue::read(const std::filesystem::path& path, config::Findings& findings) {
  const auto fail = [&](std::string code, std::string message) {
    findings.add({config::Severity::kError, std::move(code), path.string(), {}, std::move(message), "", ""});
    return Catalogue();
  };
  const config::FileContent content = config::read_file(path, limits::kTranslationFileMaxBytes);
  if (content.problem == config::FileContent::Problem::kTooLarge)
    return fail("too-large",
                "this file is over " + std::to_string(limits::kTranslationFileMaxBytes >> 20) + " MiB");
  if (content.problem == config::FileContent::Problem::kUnreadable)
    return fail("unreadable", "this file can't be read");
  return parse(content.bytes, path.string(), findings);
}

const Translation* Catalogue::find(const std::string& context, const std::string& source) const {
  auto found = by_source_.find({context, source});
  if (found == by_source_.end()) found = by_source_.find({"", source});
  return found == by_source_.end() ? nullptr : &entries_[found->second];
}

config::Finding Catalogue::finding(const Translation& entry, std::size_t offset, config::Severity severity,
                                   std::string code, std::string message, std::string hint) const {
  config::Position position = entry.position;
  const auto next = std::find_if(entry.pieces.begin(), entry.pieces.end(),
                                 [&](const TranslationPiece& piece) { return piece.offset > offset; });
  if (offset != std::string::npos && next != entry.pieces.begin()) {
    const TranslationPiece& piece = *std::prev(next);
    std::size_t raw = 0;
    for (std::size_t passed = piece.offset; passed < offset && raw < piece.raw.size(); ++passed)
      raw += piece.raw[raw] == '\\' ? 2 : 1;
    position = {piece.position.line, piece.position.column + column_of(piece.raw, raw) - 1};
  }
  return {severity,
          std::move(code),
          path_,
          position,
          std::move(message),
          std::move(hint),
          lines_[static_cast<std::size_t>(position.line) - 1]};
}

}  // namespace parley::conversations
