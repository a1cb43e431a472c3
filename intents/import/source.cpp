#include "intents/import/source.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

namespace parley::intents {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::optional<unsigned> hex_unit(std::string_view text, std::size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data() + at + 2, text.data() + at + 6, value, 16);
  return error == std::errc() && end == text.data() + at + 6 ? std::optional(value) : std::nullopt;
}

void append_utf8(unsigned point, std::string& into) {
  into += static_cast<char>(0xF0 | (point >> 18));
  into += static_cast<char>(0x80 | ((point >> 12) & 0x3F));
  into += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
  into += static_cast<char>(0x80 | (point & 0x3F));
}

/// Takes a whole character above U+FFFF, or half of one, which becomes U+FFFD. False when there is none at
/// `at`.
bool take_surrogates(std::string_view text, std::size_t& at, std::string& into) {
  const auto high = hex_unit(text, at);
  if (!high || *high < 0xD800 || *high > 0xDFFF) return false;
  const auto low = hex_unit(text, at + 6);
  const bool pair = *high < 0xDC00 && low && *low >= 0xDC00 && *low <= 0xDFFF;
  if (pair)
    append_utf8(0x10000 + ((*high - 0xD800) << 10) + (*low - 0xDC00), into);
  else
    into += "\xEF\xBF\xBD";
  at += pair ? 12 : 6;
  return true;
}

std::string json_as_yaml(std::string_view json) {
  std::string yaml;
  yaml.reserve(json.size());
  bool inside = false;
  for (std::size_t at = 0; at < json.size();) {
    if (inside && json[at] == '\\') {
      if (take_surrogates(json, at, yaml)) continue;
      yaml += json.substr(at, 2);
      at += 2;
      continue;
    }
    if (json[at] == '"') inside = !inside;
    yaml += !inside && json[at] == '\t' ? ' ' : json[at];
    ++at;
  }
  return yaml;
}

/// The byte where UTF-16 unit `unit` begins, or npos behind the end.
std::size_t byte_of_unit(std::string_view text, std::size_t unit) {
  std::size_t byte = 0;
  for (std::size_t passed = 0; passed < unit; ++byte) {
    if (byte >= text.size()) return std::string::npos;
    const auto lead = static_cast<unsigned char>(text[byte]);
    passed += lead >= 0xF0 ? 2 : 1;
    while (byte + 1 < text.size() && (static_cast<unsigned char>(text[byte + 1]) & 0xC0) == 0x80)
      ++byte;
  }
  return byte;
}

}  // namespace

std::optional<std::string> read_source(const std::filesystem::path& path, Draft& draft) {
  const SourcePlace place{path.string(), {}};
  std::error_code problem;
  const auto bytes = std::filesystem::file_size(path, problem);
  std::ifstream file(path, std::ios::binary);
  if (problem || !file) {
    draft.bad(place, "this file can't be read");
    return std::nullopt;
  }
  if (bytes > config::kYamlFileMaxBytes) {
    draft.bad(place, "this file is larger than " + std::to_string(config::kYamlFileMaxBytes) + " bytes",
              "cut it into several");
    return std::nullopt;
  }
  std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (content.starts_with(kByteOrderMark)) content.erase(0, kByteOrderMark.size());
  return content;
}

std::unique_ptr<config::YamlFile> read_tree(const std::filesystem::path& path, Draft& draft) {
  std::optional<std::string> content = read_source(path, draft);
  if (!content) return nullptr;
  const std::size_t first = content->find_first_not_of(" \t\r\n");
  const bool json = first != std::string::npos && ((*content)[first] == '{' || (*content)[first] == '[');
  auto file = std::make_unique<config::YamlFile>(json ? json_as_yaml(*content) : std::move(*content),
                                                 path.string(), draft.findings());
  return file->documents().empty() ? nullptr : std::move(file);
}

SourcePlace place_of(const config::Node& node) {
  return {node.path(), node.position()};
}

std::vector<SentencePiece> pieces_of(const SourcePlace& place, const std::string& text,
                                     std::vector<MarkedSpan> spans, Draft& draft) {
  std::stable_sort(spans.begin(), spans.end(),
                   [](const auto& a, const auto& b) { return a.begin < b.begin; });
  std::vector<SentencePiece> pieces;
  std::size_t done = 0;
  for (const MarkedSpan& span : spans) {
    const std::size_t begin = byte_of_unit(text, span.begin), end = byte_of_unit(text, span.end);
    if (begin == std::string::npos || end == std::string::npos || begin >= end || begin < done) {
      draft.not_carried(place,
                        "a mark of '" + span.entity + "' that overlaps another or lies outside its text");
      continue;
    }
    pieces.push_back({text.substr(done, begin - done)});
    pieces.push_back({text.substr(begin, end - begin), span.entity, span.role});
    done = end;
  }
  pieces.push_back({text.substr(done)});
  return pieces;
}

}  // namespace parley::intents
