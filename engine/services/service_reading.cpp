#include "engine/services/service_reading.h"

#include <algorithm>

#include "engine/services/value_type.h"

namespace parley {
namespace {

using config::Entry;
using config::Node;

bool is_name(const std::string& text) {
  const auto plain = [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !text.empty() && text[0] >= 'a' && text[0] <= 'z' && std::all_of(text.begin(), text.end(), plain);
}

RowCount read_rows(const Node& rows) {
  if (!rows) return RowCount::kOne;
  const auto text = rows.text();
  if (text == "many") return RowCount::kMany;
  if (text == "none") return RowCount::kNone;
  if (text && text != "one")
    rows.error("unknown-rows", "'" + *text + "' is not a number of rows", "known: 'one', 'many', 'none'");
  return RowCount::kOne;
}

std::chrono::milliseconds read_timeout(const Node& timeout) {
  const auto given = timeout.duration_ms();
  if (!given) return limits::kServiceTimeout;
  const std::chrono::milliseconds value(*given);
  if (value.count() > 0 && value <= limits::kServiceTimeoutMax) return value;
  timeout.error("timeout-too-long",
                "a call may take from 1ms to " + std::to_string(limits::kServiceTimeoutMax.count()) + "s");
  return limits::kServiceTimeout;
}

}  // namespace

bool stays_inside(const std::filesystem::path& path) {
  return path.is_relative() && std::find(path.begin(), path.end(), "..") == path.end();
}

bool check_name(const Node& at, const std::string& name) {
  if (is_name(name)) return true;
  at.error("bad-name", "'" + name + "' is not a name", "use a-z, 0-9 and _, beginning with a letter");
  return false;
}

std::string read_type(const Node& at, const std::string& type) {
  const auto& known = service_value_types();
  if (std::find(known.begin(), known.end(), type) != known.end()) return type;
  at.error("unknown-type", "'" + type + "' is not a type", config::near_names_hint(type, known));
  return "any";
}

std::map<std::string, std::string> read_types(const Node& map) {
  std::map<std::string, std::string> types;
  if (!map) return types;
  for (const Entry& entry : map.entries()) {
    check_name(entry.key, entry.name);
    types[entry.name] = read_type(entry.value, entry.value.text().value_or("any"));
  }
  return types;
}

std::vector<Entry> read_operations(const Node& document) {
  const Node operations = document.need("operations");
  if (!operations) return {};
  std::vector<Entry> entries = operations.entries();
  for (const Entry& entry : entries)
    check_name(entry.key, entry.name);
  return entries;
}

ServiceOperation read_operation_frame(const Node& node) {
  ServiceOperation operation;
  if (!node.is_map()) {
    (void)node.entries();  // reports that a map is expected
    return operation;
  }
  operation.arguments = read_types(node.get("with"));
  operation.rows = read_rows(node.get("rows"));
  operation.timeout = read_timeout(node.get("timeout"));
  return operation;
}

void check_returns(const Entry& entry, const ServiceOperation& operation) {
  const Node returns = entry.value.get("returns");
  if (operation.rows == RowCount::kNone && returns)
    returns.error("missing-returns",
                  "with 'rows: none' a call gives a number: of changed rows, or the status",
                  "remove 'returns', or write 'rows: one' or 'rows: many'");
  if (operation.rows != RowCount::kNone && operation.columns.empty())
    entry.key.error("missing-returns", "'" + entry.name + "' does not say what it returns",
                    "list the columns: returns: {days: int}, or write 'rows: none'");
}

}  // namespace parley
