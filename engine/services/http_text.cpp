#include "engine/services/http_text.h"

#include <algorithm>
#include <cstdlib>

namespace parley {
namespace {

constexpr std::string_view kSecretPrefix = "secret.";

Error invalid(const std::string& name, const std::string& why) {
  return {ErrorCode::kInvalid, "the argument '" + name + "' " + why};
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

// RFC 3986, 2.3: everything but the unreserved characters, so that no value can add a part to an address.
std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  constexpr std::string_view kUnreserved = "-._~";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
    if (letter || (byte >= '0' && byte <= '9') || kUnreserved.find(c) != std::string_view::npos) {
      encoded += c;
      continue;
    }
    encoded += '%';
    encoded += kDigits[byte >> 4];
    encoded += kDigits[byte & 0x0F];
  }
  return encoded;
}

Result<std::string> secret_of(const std::string& name) {
  const std::string variable = secret_variable(name);
  const char* value = std::getenv(variable.c_str());
  if (value == nullptr) return Error{ErrorCode::kUnavailable, variable + " is not set in the environment"};
  if (has_control_character(value))
    return Error{ErrorCode::kUnavailable, variable + " holds a line break or another control character"};
  return std::string(value);
}

Result<std::string> text_of(const std::string& name, const Json& arguments) {
  const auto value = arguments.find(name);
  if (value == arguments.end()) return invalid(name, "is missing");
  if (value->is_null()) return std::string();
  if (value->is_string()) return value->get<std::string>();
  if (value->is_primitive()) return value->dump();
  return invalid(name, "is a list or a map, which has no place in a text");
}

// A value that is a whole part of a path must not be taken for a way up.
Result<std::string> put_in(const std::string& name, const std::string& text, HttpPlace place) {
  if (place == HttpPlace::kHeader && has_control_character(text))
    return invalid(name, "holds a control character, which has no place in a header");
  if (place == HttpPlace::kPath && (text.empty() || text == "." || text == ".."))
    return invalid(name, "is empty or a dot, which has no place in a path");
  const bool encoded = place == HttpPlace::kPath || place == HttpPlace::kQuery;
  return encoded ? percent_encoded(text) : text;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::variant<HttpText, HttpTextMistake> parse() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const bool twice = at_ + 1 < text_.size() && text_[at_ + 1] == c;
      if ((c == '{' || c == '}') && twice) {
        add_words(c);
        at_ += 2;
      } else if (c == '{') {
        if (auto mistake = take_placeholder(); !mistake.empty()) return HttpTextMistake{at_, mistake};
      } else if (c == '}') {
        return HttpTextMistake{at_, "this brace closes nothing"};
      } else {
        add_words(c);
        ++at_;
      }
    }
    return std::move(parsed_);
  }

 private:
  void add_words(char c) {
    if (parsed_.pieces.empty() || parsed_.pieces.back().kind != HttpText::Kind::kWords)
      parsed_.pieces.push_back({HttpText::Kind::kWords, ""});
    parsed_.pieces.back().text += c;
  }

  std::string take_placeholder() {
    const std::size_t end = text_.find('}', at_);
    if (end == std::string_view::npos) return "this brace is not closed";
    std::string name(text_.substr(at_ + 1, end - at_ - 1));
    const bool secret = name.starts_with(kSecretPrefix);
    if (secret) name.erase(0, kSecretPrefix.size());
    const auto plain = [](unsigned char c) { return std::isalnum(c) || c == '_'; };
    if (name.empty() || !std::all_of(name.begin(), name.end(), plain))
      return "between braces stands the name of an argument, or secret.NAME";
    parsed_.pieces.push_back({secret ? HttpText::Kind::kSecret : HttpText::Kind::kArgument, std::move(name)});
    at_ = end + 1;
    return "";
  }

  std::string_view text_;
  std::size_t at_ = 0;
  HttpText parsed_;
};

Result<Json> fill_text(const std::string& written, const Json& arguments) {
  const auto parsed = parse_http_text(written);
  const auto* text = std::get_if<HttpText>(&parsed);
  PARLEY_CHECK(text != nullptr);  // it was read once before
  const std::string single = single_argument(*text);
  if (!single.empty()) {
    const auto value = arguments.find(single);
    return value == arguments.end() ? Result<Json>(invalid(single, "is missing")) : Result<Json>(*value);
  }
  auto filled = fill(*text, arguments, HttpPlace::kBody);
  return filled ? Result<Json>(Json(std::move(*filled))) : Result<Json>(filled.error());
}

}  // namespace

std::variant<HttpText, HttpTextMistake> parse_http_text(std::string_view text) {
  return Parser(text).parse();
}

std::string secret_variable(const std::string& name) {
  return "PARLEY_SECRET_" + name;
}

Result<std::string> fill(const HttpText& text, const Json& arguments, HttpPlace place) {
  std::string filled;
  for (const HttpText::Piece& piece : text.pieces) {
    if (piece.kind == HttpText::Kind::kWords) {
      filled += piece.text;
      continue;
    }
    const bool secret = piece.kind == HttpText::Kind::kSecret;
    auto value = secret ? secret_of(piece.text) : text_of(piece.text, arguments);
    if (value && !secret) value = put_in(piece.text, *value, place);
    if (!value) return value.error();
    filled += *value;
  }
  return filled;
}

Result<Json> fill_body(const Json& body, const Json& arguments) {
  if (body.is_string()) return fill_text(body.get_ref<const std::string&>(), arguments);
  if (!body.is_structured()) return body;
  Json filled = body;
  for (Json& member : filled) {
    auto value = fill_body(member, arguments);
    if (!value) return value;
    member = std::move(*value);
  }
  return filled;
}

std::string single_argument(const HttpText& text) {
  const bool single = text.pieces.size() == 1 && text.pieces.front().kind == HttpText::Kind::kArgument;
  return single ? text.pieces.front().text : "";
}

}  // namespace parley
