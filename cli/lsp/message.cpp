#include "cli/lsp/message.h"

#include "cli/lsp/framing.h"
#include "engine/bounded_json.h"

namespace parley::lsp {
namespace {

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool is_id(const Json& json) {
  return json.is_string() || json.is_number_integer();
}

ParsedMessage invalid(std::string why, Json id) {
  return {std::nullopt, RpcProblem{RpcError::kInvalidRequest, std::move(why), std::move(id)}};
}

}  // namespace

ParsedMessage parse_message(std::string_view content) {
  auto parsed = parse_bounded_json(content, {kFrameContentMaxBytes, kMessageMaxDepth});
  if (!parsed) return {std::nullopt, RpcProblem{RpcError::kParseError, parsed.error().message, nullptr}};
  Json& json = *parsed;
  if (!json.is_object()) return invalid("a message is a JSON object", nullptr);
  const Json id = json.value("id", Json());
  const Json known_id = is_id(id) ? id : Json();
  if (json.value("jsonrpc", Json()) != "2.0") return invalid("jsonrpc must be \"2.0\"", known_id);
  RpcMessage message;
  if (json.contains("id") && !id.is_null()) {
    if (!is_id(id)) return invalid("an id is a text or a whole number", nullptr);
    message.id = id;
  }
  if (json.contains("method")) {
    if (!json["method"].is_string()) return invalid("a method is a text", known_id);
    message.method = json["method"].get<std::string>();
  } else if (json.contains("result") || json.contains("error")) {
    message.id.reset();  // an answer: nobody waits for it
  } else {
    return invalid("there is no method", known_id);
  }
  message.params = json.value("params", Json::object());
  if (!message.params.is_structured()) return invalid("params are an object or an array", known_id);
  return {std::move(message), std::nullopt};
}

std::string result_message(const Json& id, Json result) {
  return text_of({{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}});
}

std::string error_message(const RpcProblem& problem) {
  return text_of({{"jsonrpc", "2.0"},
                  {"id", problem.id},
                  {"error", {{"code", static_cast<int>(problem.code)}, {"message", problem.message}}}});
}

std::string notification(std::string_view method, Json params) {
  return text_of({{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}});
}

}  // namespace parley::lsp
