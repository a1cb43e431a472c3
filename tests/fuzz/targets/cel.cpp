// Expressions of authors: parsed, checked against names in scope, evaluated; strictly as in flows, and
// leniently as in decision tables and conformance cases.
#include <nlohmann/json.hpp>

#include "conversations/cel/checker.h"
#include "conversations/cel/evaluator.h"
#include "conversations/cel/expression.h"
#include "conversations/cel/parser.h"
#include "tests/fuzz/scope.h"
#include "tests/fuzz/target.h"

namespace parley::fuzz {
namespace {

/// Everything that can be done with a value.
std::string written(const cel::Value& value) {
  if (value.is_error()) return value.error_message();
  return cel::to_text(value) +
         cel::to_json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void run_strictly(std::string_view input) {
  std::vector<cel::Problem> problems;
  const auto expression = cel::Expression::compile(input, scope().declarations, problems);
  require((expression == nullptr) == !problems.empty(), "an expression and problems, or neither");
  for (const cel::Problem& problem : problems)
    require(problem.offset <= input.size(), "a problem behind the expression");
  if (!expression) return;
  const std::string type = expression->type().to_string();
  const auto read = cel::Type::parse(type);
  require(read && *read == expression->type(), "a type that can't be read back: " + type);
  require(written(expression->evaluate(scope().bindings)) == written(expression->evaluate(scope().bindings)),
          "the same expression gave two values");
}

void run_leniently(std::string_view input) {
  std::vector<cel::Problem> problems;
  const cel::NodePtr tree = cel::parse(input, problems);
  if (!tree) return;
  cel::check(*tree, scope().declarations, cel::Checking::kLenient, problems);
  written(cel::evaluate(*tree, scope().bindings));
}

void run(std::string_view input) {
  run_strictly(input);
  run_leniently(input);
}

const AddTarget kAdd{"cel", run};

}  // namespace
}  // namespace parley::fuzz
