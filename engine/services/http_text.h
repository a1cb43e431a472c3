// Texts of an HTTP request with {argument} and {secret.NAME} in them: read from services.yaml, and filled
// when a call is made.
//
// A secret is the value of the environment variable PARLEY_SECRET_<NAME>. It goes into the request and
// nowhere else: no message of an error holds it.
//
// Errors of fill(): kInvalid (an argument that can't stand there), kUnavailable (a secret that is not set).
// Pure functions but for the environment; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "engine/http_exchange.h"
#include "engine/message.h"
#include "engine/result.h"

namespace parley {

struct HttpTextMistake {
  std::size_t offset = 0;  // byte of the text
  std::string message;
};

std::variant<HttpText, HttpTextMistake> parse_http_text(std::string_view text);

/// The variable that holds a secret.
std::string secret_variable(const std::string& name);

enum class HttpPlace { kPath, kQuery, kHeader, kBody };

/// The text with the values put in: percent-encoded in a path or query, as they are elsewhere. A null is
/// empty text, except in a path, where it can't stand.
Result<std::string> fill(const HttpText& text, const Json& arguments, HttpPlace place);

/// A body with its texts filled. A text that is one {argument} and no more becomes its value, of its own
/// type.
Result<Json> fill_body(const Json& body, const Json& arguments);

/// The only argument of a text that holds nothing else; "" for other texts.
std::string single_argument(const HttpText& text);

}  // namespace parley
