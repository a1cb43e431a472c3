// The messages themselves: JSON-RPC 2.0 as the language server protocol uses it.
//
// Source: https://www.jsonrpc.org/specification, LSP 3.17. A batch is no message here (LSP has none). JSON
// from the client is bounded (engine/bounded_json.h). Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/message.h"

namespace parley::lsp {

inline constexpr std::size_t kMessageMaxDepth = 64;  // LSP's own nest a dozen deep

/// Codes of JSON-RPC and of LSP.
enum class RpcError {
  kParseError = -32700,
  kInvalidRequest = -32600,
  kMethodNotFound = -32601,
  kInvalidParams = -32602,
  kInternalError = -32603,
  kServerNotInitialized = -32002,
  kRequestCancelled = -32800,
};

/// A request has an id, a notification none. Answers of the client are notifications without a method.
struct RpcMessage {
  std::optional<Json> id;
  std::string method;
  Json params;
};

struct RpcProblem {
  RpcError code;
  std::string message;
  Json id;  // null where none could be read
};

/// One of both.
struct ParsedMessage {
  std::optional<RpcMessage> message;
  std::optional<RpcProblem> problem;
};

ParsedMessage parse_message(std::string_view content);

std::string result_message(const Json& id, Json result);
std::string error_message(const RpcProblem& problem);
std::string notification(std::string_view method, Json params);

}  // namespace parley::lsp
