#include "conversations/testing/call_stubs.h"

#include <algorithm>
#include <utility>

namespace parley::conversations {
namespace {

bool is_failure(const Json& answer) {
  return answer.is_object() && answer.size() == 1 && answer.contains("fails");
}

/// Whether a list is one answer a call. For an operation of many rows it is the rows, unless it holds lists
/// itself.
bool is_sequence(const Json& written, const ServiceOperation* operation) {
  if (!written.is_array() || written.empty()) return false;
  const bool many = operation && operation->rows == RowCount::kMany;
  return !many || std::all_of(written.begin(), written.end(),
                              [](const Json& one) { return one.is_array() || is_failure(one); });
}

Json pick(const Json& written, const ServiceOperation* operation, std::size_t call) {
  if (!is_sequence(written, operation)) return written;
  return written.at(std::min(call, written.size() - 1));
}

}  // namespace

CallOutcome CallStubs::answer(const CallRequest& call) {
  CallOutcome outcome;
  const std::string name = call.service + "." + call.operation;
  const auto stub = stubs_.find(name);
  if (stub == stubs_.end()) {
    missing_.insert(name);
    outcome.failure = "unavailable";
    return outcome;
  }
  Json answer = pick(stub->second.written, services_.find(call.service, call.operation), used_[name]++);
  outcome.ok = !is_failure(answer);
  if (outcome.ok) {
    outcome.value = std::move(answer);
  } else {
    outcome.failure = answer.at("fails").is_string() ? answer.at("fails").get<std::string>() : "unavailable";
  }
  return outcome;
}

}  // namespace parley::conversations
