#include "engine/services/http_text_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <vector>

#include "engine/services/http_text.h"

namespace parley {
namespace {

using config::Entry;
using config::Node;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::tolower(c) : c); });
  return text;
}

// {title} without quotes is a map in YAML, with a key and no value.
bool is_unquoted_placeholder(const Node& node) {
  if (!node.is_map()) return false;
  const std::vector<Entry> entries = node.entries();
  return entries.size() == 1 && entries.front().value.is_null();
}

bool refuse_unquoted(const Node& node) {
  if (!is_unquoted_placeholder(node)) return false;
  const std::string name = node.entries().front().name;
  node.error("placeholder", "without quotes, YAML takes {" + name + "} for a map",
             "write \"{" + name + "}\"");
  return true;
}

void check_secret(const Node& node, const HttpText::Piece& piece, std::size_t offset, HttpPlace place) {
  if (place != HttpPlace::kHeader)
    return node.error_at(offset, "secret-place",
                         "a secret has no place here: addresses and bodies end up in logs",
                         "send it in a header");
  const std::string variable = secret_variable(piece.text);
  if (std::getenv(variable.c_str()) == nullptr)
    node.warning("missing-secret", variable + " is not set in the environment: calls would fail",
                 "set it where the server runs; it refuses to start without");
}

void check_argument(const Node& node, const HttpText::Piece& piece, std::size_t offset,
                    Arguments& arguments) {
  arguments.used.insert(piece.text);
  if (arguments.declared.contains(piece.text)) return;
  arguments.undeclared = true;
  std::vector<std::string> names;
  for (const auto& [name, type] : arguments.declared)
    names.push_back(name);
  node.error_at(offset, "undeclared-parameter",
                "'{" + piece.text + "}' is not among the arguments under 'with'",
                config::near_names_hint(piece.text, names));
}

HttpText read_text(const Node& node, const std::string& written, HttpPlace place, Arguments& arguments) {
  const auto parsed = parse_http_text(written);
  if (const auto* mistake = std::get_if<HttpTextMistake>(&parsed)) {
    node.error_at(mistake->offset, "placeholder", mistake->message, "write {{ and }} for braces themselves");
    return {};
  }
  const auto& text = std::get<HttpText>(parsed);
  for (const HttpText::Piece& piece : text.pieces) {
    const bool secret = piece.kind == HttpText::Kind::kSecret;
    const std::size_t found = written.find((secret ? "{secret." : "{") + piece.text + '}');
    const std::size_t offset = found == std::string::npos ? 0 : found;
    if (secret) check_secret(node, piece, offset, place);
    if (piece.kind == HttpText::Kind::kArgument) check_argument(node, piece, offset, arguments);
  }
  return text;
}

HttpText read_scalar(const Node& node, HttpPlace place, Arguments& arguments) {
  if (refuse_unquoted(node)) return {};
  const auto written = node.text();
  return written ? read_text(node, *written, place, arguments) : HttpText{};
}

bool is_token(const std::string& name) {
  static constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return (c < 0x80 && std::isalnum(c)) || kOthers.find(static_cast<char>(c)) != std::string_view::npos;
  });
}

void check_header_name(const Node& key, const std::string& name) {
  static const std::set<std::string> kOurs{"host",
                                           "content-length",
                                           "transfer-encoding",
                                           "connection",
                                           "content-type",
                                           "idempotency-key",
                                           "expect",
                                           "te",
                                           "upgrade",
                                           "trailer"};
  if (!is_token(name))
    key.error("bad-header", "'" + name + "' is not the name of a header",
              "letters, digits and -, as in X-Tenant");
  else if (kOurs.contains(lower(name)))
    key.error("bad-header", "'" + name + "' is set by the server itself", "remove it");
}

// A password that is written out ends up in version control and with everybody who has the bot.
void check_written_secret(const Entry& entry, const HttpText& text) {
  constexpr std::array<std::string_view, 6> kSensitive{"authorization", "cookie", "key",
                                                       "token",         "secret", "password"};
  const std::string name = lower(entry.name);
  const bool sensitive = std::any_of(kSensitive.begin(), kSensitive.end(), [&](std::string_view word) {
    return name.find(word) != std::string::npos;
  });
  const bool written = std::all_of(text.pieces.begin(), text.pieces.end(), [](const HttpText::Piece& piece) {
    return piece.kind == HttpText::Kind::kWords;
  });
  if (sensitive && written && !text.pieces.empty())
    entry.value.warning("written-secret",
                        "this looks like a secret that everybody with the bot's files can read",
                        "write {secret.NAME}, and set PARLEY_SECRET_NAME where the server runs");
}

void check_header_value(const Node& node, const HttpText& text) {
  for (const HttpText::Piece& piece : text.pieces)
    if (std::any_of(piece.text.begin(), piece.text.end(),
                    [](unsigned char c) { return c < 0x20 || c == 0x7F; }))
      node.error("bad-header", "a header's value is one line", "remove the line break");
}

bool is_path_text(const std::string& path) {
  return path.starts_with('/') && std::all_of(path.begin(), path.end(), [](unsigned char c) {
           return c > 0x20 && c < 0x7F && c != '?' && c != '#' && c != '\\';
         });
}

bool leads_up(const std::string& path) {
  const std::string ended = path + '/';
  return ended.find("/../") != std::string::npos || ended.find("/./") != std::string::npos;
}

// What YAML's core schema makes of a scalar without quotes.
Json plain_value(const std::string& text) {
  if (text == "true") return true;
  if (text == "false") return false;
  const char* end = text.data() + text.size();
  std::int64_t whole = 0;
  if (const auto [at, error] = std::from_chars(text.data(), end, whole); error == std::errc{} && at == end)
    return whole;
  double number = 0;
  const bool digits = !text.empty() && (std::isdigit(static_cast<unsigned char>(text[0])) || text[0] == '-');
  if (const auto [at, error] = std::from_chars(text.data(), end, number);
      digits && error == std::errc{} && at == end)
    return number;
  return text;
}

Json read_body_scalar(const Node& node, Arguments& arguments) {
  const auto written = node.text();
  if (!written) return nullptr;
  const Json value = node.is_quoted() ? Json(*written) : plain_value(*written);
  if (value.is_string()) read_text(node, *written, HttpPlace::kBody, arguments);
  return value;
}

}  // namespace

HttpText read_path(const Node& node, Arguments& arguments) {
  const std::string path = node.text().value_or("");
  if (!node.is_scalar()) return {};
  if (!is_path_text(path) || leads_up(path))
    node.error("bad-path", "'" + path + "' is not a path behind the base address",
               "begin with '/', leave out '..', and put what follows a '?' under query");
  return read_text(node, path, HttpPlace::kPath, arguments);
}

HttpTexts read_query(const Node& map, Arguments& arguments) {
  HttpTexts texts;
  for (const Entry& entry : map ? map.entries() : std::vector<Entry>())
    texts.emplace_back(entry.name, read_scalar(entry.value, HttpPlace::kQuery, arguments));
  return texts;
}

HttpTexts read_headers(const Node& map, Arguments& arguments) {
  HttpTexts texts;
  for (const Entry& entry : map ? map.entries() : std::vector<Entry>()) {
    check_header_name(entry.key, entry.name);
    texts.emplace_back(entry.name, read_scalar(entry.value, HttpPlace::kHeader, arguments));
    check_header_value(entry.value, texts.back().second);
    check_written_secret(entry, texts.back().second);
  }
  return texts;
}

HttpTexts read_headers(const Node& map) {
  Arguments none;
  return read_headers(map, none);
}

Json read_body(const Node& node, Arguments& arguments) {
  if (node.is_null() || refuse_unquoted(node)) return nullptr;
  if (node.is_list()) {
    Json list = Json::array();
    for (const Node& item : node.list())
      list.push_back(read_body(item, arguments));
    return list;
  }
  if (!node.is_map()) return read_body_scalar(node, arguments);
  Json object = Json::object();
  for (const Entry& entry : node.entries())
    object[entry.name] = read_body(entry.value, arguments);
  return object;
}

int read_count(const Node& node, int otherwise, int most) {
  const auto count = node.integer();
  if (!count) return otherwise;
  if (*count >= 0 && *count <= most) return static_cast<int>(*count);
  node.error("range", "from 0 to " + std::to_string(most));
  return otherwise;
}

}  // namespace parley
