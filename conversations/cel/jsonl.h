// Evaluates expressions from JSON lines, one case a line, as CEL's conformance cases come: `parley cel
// --jsonl`.
//
//   {"expr": "x + 1", "bindings": {"x": {"int": 2}}, "disable_check": false}   ->   {"int": 3}
//
// Values are typed_json.h's; a variable is declared dyn, so what does not fit shows while evaluating.
// `disable_check: true` leaves out the type check. Other fields are ignored. A line that is no case, a
// problem in the expression and an error while evaluating all give {"error": message}: every line gets one
// line back. A line holds at most limits::kMessageMaxBytes.
#pragma once

#include <iosfwd>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace parley::cel {

/// The answer to one line.
nlohmann::json evaluate_line(std::string_view line);

void run_jsonl(std::istream& in, std::ostream& out);

}  // namespace parley::cel
