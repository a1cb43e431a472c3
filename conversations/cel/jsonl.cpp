#include "conversations/cel/jsonl.h"

#include <istream>
#include <nlohmann/json.hpp>
#include <ostream>

#include "conversations/cel/compiler.h"
#include "conversations/cel/typed_json.h"
#include "engine/limits.h"

namespace parley::cel {
namespace {

using nlohmann::json;

// A typed value takes up to three JSON levels for one of its own.
constexpr int kDepthMax = 3 * static_cast<int>(limits::kJsonMaxDepth);

json error(std::string message) {
  return {{"error", std::move(message)}};
}

// Discarded where `line` is not JSON or nested too deeply.
json parse_line(std::string_view line) {
  bool too_deep = false;
  const auto watch = [&](int depth, json::parse_event_t, json&) {
    too_deep |= depth > kDepthMax;
    return !too_deep;
  };
  json parsed = json::parse(line, watch, false);
  return too_deep ? json(json::value_t::discarded) : parsed;
}

json evaluate_case(const json& given) {
  const auto source = given.find("expr");
  if (source == given.end() || !source->is_string()) return error("'expr' must be a text");
  const json bound = given.value("bindings", json::object());
  if (!bound.is_object()) return error("'bindings' must be an object of typed values");
  Declarations declarations;
  Bindings bindings;
  for (const auto& [name, typed] : bound.items()) {
    Value value = from_typed_json(typed);
    if (value.is_error()) return error("binding '" + name + "': " + value.error_message());
    declarations.add(name, Kind::kDyn);
    bindings.set(name, std::move(value));
  }
  const auto unchecked = given.find("disable_check");
  const bool lenient = unchecked != given.end() && unchecked->is_boolean() && unchecked->get<bool>();
  std::vector<Problem> problems;
  const auto expression = compile(source->get_ref<const std::string&>(), declarations,
                                  lenient ? Checking::kLenient : Checking::kStrict, problems);
  if (!expression) return error("at byte " + std::to_string(problems[0].offset) + ": " + problems[0].message);
  return to_typed_json(expression->evaluate(bindings));
}

// Like getline, but keeps no more than one byte over the limit of a long line.
bool next_line(std::istream& in, std::string& line) {
  line.clear();
  char c = 0;
  bool any = false;
  while (in.get(c)) {
    any = true;
    if (c == '\n') break;
    if (line.size() <= limits::kMessageMaxBytes) line += c;
  }
  return any;
}

}  // namespace

json evaluate_line(std::string_view line) {
  if (line.size() > limits::kMessageMaxBytes)
    return error("a line holds at most " + std::to_string(limits::kMessageMaxBytes) + " bytes");
  const json given = parse_line(line);
  if (!given.is_object()) return error("not a JSON object, or nested too deeply");
  return evaluate_case(given);
}

void run_jsonl(std::istream& in, std::ostream& out) {
  std::string line;
  while (next_line(in, line))
    out << evaluate_line(line).dump(-1, ' ', false, json::error_handler_t::replace) << '\n' << std::flush;
}

}  // namespace parley::cel
