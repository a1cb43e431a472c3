#include "config/yaml.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "config/file_content.h"
#include "config/text_file.h"
#include "config/yaml_guard.h"
#include "config/yaml_hints.h"

namespace parley::config {
namespace {

template <typename Number>
std::optional<Number> parse_number(const std::string& text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

long long milliseconds_per(std::string_view unit) {
  if (unit == "ms") return 1;
  if (unit == "s") return 1'000;
  if (unit == "m") return 60'000;
  if (unit == "h") return 3'600'000;
  if (unit == "d") return 86'400'000;
  return 0;
}

}  // namespace

const std::string& Node::path() const {
  static const std::string kNone;
  return file_ ? file_->shown_as() : kNone;
}

std::optional<std::string> Node::text() const {
  if (!file_) return std::nullopt;
  if (yaml_.IsScalar()) return scalar_text(yaml_);
  std::string hint = yaml_.IsNull() ? "write a value after the colon" : "";
  if (yaml_.IsMap() && yaml_.size() == 1 && yaml_.begin()->first.IsScalar() &&
      yaml_.begin()->second.IsScalar())
    hint = quote_hint(scalar_text(yaml_.begin()->first), scalar_text(yaml_.begin()->second));
  error("type", "a text is expected here", std::move(hint));
  return std::nullopt;
}

std::optional<long long> Node::integer() const {
  const auto written = text();
  if (!written) return std::nullopt;
  const auto value = parse_number<long long>(*written);
  if (!value) error("type", "a whole number is expected, not '" + *written + "'");
  return value;
}

std::optional<double> Node::number() const {
  const auto written = text();
  if (!written) return std::nullopt;
  const auto value = parse_number<double>(*written);
  if (!value) error("type", "a number is expected, not '" + *written + "'");
  return value;
}

std::optional<bool> Node::flag() const {
  const auto written = text();
  if (!written) return std::nullopt;
  if (*written == "true" || *written == "yes" || *written == "on") return true;
  if (*written == "false" || *written == "no" || *written == "off") return false;
  error("type", "true or false is expected, not '" + *written + "'");
  return std::nullopt;
}

std::optional<long long> Node::duration_ms() const {
  const auto written = text();
  if (!written) return std::nullopt;
  const std::size_t unit_at = written->find_first_not_of("0123456789");
  if (unit_at != std::string::npos && unit_at > 0) {
    const long long unit = milliseconds_per(std::string_view(*written).substr(unit_at));
    const auto count = parse_number<long long>(written->substr(0, unit_at));
    if (unit > 0 && count && *count < (1LL << 40)) return *count * unit;
  }
  error("type", "a duration is expected, not '" + *written + "'", "write a number with ms, s, m, h or d: 2s");
  return std::nullopt;
}

std::vector<Node> Node::items() const {
  if (!file_ || yaml_.IsNull()) return {};
  if (!yaml_.IsSequence()) return {*this};
  return list();
}

std::vector<Node> Node::list() const {
  std::vector<Node> nodes;
  if (!file_) return nodes;
  if (!yaml_.IsSequence()) {
    error("type", "a list is expected here", "write one item a line, each behind '- '");
    return nodes;
  }
  for (const YAML::Node& item : yaml_)
    nodes.emplace_back(file_, item, file_->position_of(item.Mark()));
  return nodes;
}

std::vector<Entry> Node::entries() const {
  std::vector<Entry> entries;
  if (!file_) return entries;
  if (!yaml_.IsMap()) {
    error("type", "a map is expected here", "write 'key: value' lines");
    return entries;
  }
  std::set<std::string> seen;
  for (const auto& pair : yaml_) {
    const Node key(file_, pair.first, file_->position_of(pair.first.Mark()));
    const auto name = key.text();
    if (!name) continue;
    if (!seen.insert(*name).second) {
      key.error("duplicate-key", "'" + *name + "' stands here a second time", "remove one of the two");
      continue;
    }
    // yaml-cpp gives a null value no position of its own: show the key instead.
    const Position at = pair.second.IsNull() ? key.position() : file_->position_of(pair.second.Mark());
    entries.push_back({*name, key, Node(file_, pair.second, at)});
  }
  return entries;
}

Node Node::get(std::string_view key) const {
  if (!is_map()) return {};
  for (const auto& pair : yaml_) {
    if (!pair.first.IsScalar() || scalar_text(pair.first) != key) continue;
    const YAML::Node& at = pair.second.IsNull() ? pair.first : pair.second;
    return Node(file_, pair.second, file_->position_of(at.Mark()));
  }
  return {};
}

Node Node::need(std::string_view key) const {
  Node value = get(key);
  if (!value && file_) error("missing-key", "'" + std::string(key) + "' is missing here");
  return value;
}

void Node::allow(std::initializer_list<std::string_view> known) const {
  allow(std::vector<std::string_view>(known));
}

void Node::allow(const std::vector<std::string_view>& known) const {
  const std::vector<std::string> names(known.begin(), known.end());
  for (const Entry& entry : entries()) {
    if (std::find(names.begin(), names.end(), entry.name) != names.end()) continue;
    entry.key.error("unknown-key", "'" + entry.name + "' is not known here",
                    near_names_hint(entry.name, names));
  }
}

void Node::error(std::string code, std::string message, std::string hint) const {
  report(Severity::kError, position_, std::move(code), std::move(message), std::move(hint));
}

void Node::warning(std::string code, std::string message, std::string hint) const {
  report(Severity::kWarning, position_, std::move(code), std::move(message), std::move(hint));
}

void Node::error_at(std::size_t offset, std::string code, std::string message, std::string hint) const {
  report(Severity::kError, position_at(offset), std::move(code), std::move(message), std::move(hint));
}

void Node::report(Severity severity, Position at, std::string code, std::string message,
                  std::string hint) const {
  if (!file_) return;
  file_->findings().add({severity, std::move(code), file_->shown_as(), at, std::move(message),
                         std::move(hint), std::string(file_->line(at.line))});
}

YamlFile::YamlFile(const std::filesystem::path& path, std::string shown_as, Findings& findings)
    : shown_as_(std::move(shown_as)), findings_(&findings) {
  FileContent content = read_file(path, kYamlFileMaxBytes);
  if (content.problem == FileContent::Problem::kTooLarge) {
    fail("too-large", "this file is over " + std::to_string(kYamlFileMaxBytes >> 20) + " MiB", {},
         "split it into several files of the same folder");
  } else if (content.problem == FileContent::Problem::kUnreadable) {
    fail("unreadable", "this file can't be read", {}, "check that it exists and may be read");
  } else {
    text_ = std::move(content.bytes);
    parse();
  }
}

YamlFile::YamlFile(std::string text, std::string shown_as, Findings& findings)
    : text_(std::move(text)), shown_as_(std::move(shown_as)), findings_(&findings) {
  parse();
}

void YamlFile::parse() {
  line_starts_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i)
    if (text_[i] == '\n') line_starts_.push_back(i + 1);
  if (!is_utf8(text_)) {
    fail("not-utf8", "this file is not UTF-8 text", {}, "save it as UTF-8");
    return;
  }
  if (const std::size_t control = find_control_character(text_); control != std::string::npos)
    return fail("syntax", "there is a control character here", position_of_byte(control), "remove it");
  try {
    int nodes = 0;
    YAML::Mark at;
    for (const YAML::Node& document : parse_documents(text_)) {
      if (!is_bounded(document, nodes, at))
        return fail("too-deep", "this is nested too deeply, or holds itself by an alias", position_of(at),
                    "cut it into pieces");
      documents_.emplace_back(this, document, position_of(document.Mark()));
    }
  } catch (const YAML::Exception& problem) {
    fail("syntax", "this is not YAML: " + problem.msg, position_of(problem.mark),
         syntax_hint(line(problem.mark.line + 1)));
  }
}

void YamlFile::fail(std::string code, std::string message, Position position, std::string hint) {
  documents_.clear();
  findings_->add({Severity::kError, std::move(code), shown_as_, position, std::move(message), std::move(hint),
                  std::string(line(position.line))});
}

Position YamlFile::position_of(const YAML::Mark& mark) const {
  const std::string_view before =
      line(mark.line + 1).substr(0, static_cast<std::size_t>(std::max(mark.column, 0)));
  const auto characters = std::count_if(
      before.begin(), before.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  return {mark.line + 1, static_cast<int>(characters) + 1};
}

std::string_view YamlFile::line(int line) const {
  if (line < 1 || static_cast<std::size_t>(line) > line_starts_.size()) return {};
  const std::size_t begin = line_starts_[static_cast<std::size_t>(line) - 1];
  std::size_t end = text_.find('\n', begin);
  if (end == std::string::npos) end = text_.size();
  if (end > begin && text_[end - 1] == '\r') --end;
  return std::string_view(text_).substr(begin, end - begin);
}

std::vector<std::filesystem::path> yaml_files(const std::filesystem::path& folder) {
  return files_below(folder, ".yaml");
}

}  // namespace parley::config
