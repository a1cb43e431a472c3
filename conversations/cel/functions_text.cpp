// contains, startsWith, endsWith, matches.
#include <re2/re2.h>

#include "conversations/cel/functions.h"
#include "conversations/cel/regex.h"

namespace parley::cel {
namespace {

Value matches(Arguments a, CallContext& context) {
  if (!context.budget.charge(kRegexCompileSteps + a[0].weight() + a[1].weight())) return over_budget();
  const auto compiled = compile_regex(a[1].as_text());
  if (!compiled) return Value::error(compiled.error().message);
  return Value::boolean(re2::RE2::PartialMatch(a[0].as_text(), **compiled));
}

template <auto Test>
Value test_text(Arguments a, CallContext& context) {
  if (!context.budget.charge(a[0].weight() * a[1].weight())) return over_budget();
  return Value::boolean(Test(a[0].as_text(), a[1].as_text()));
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}
bool starts_with(std::string_view text, std::string_view part) {
  return text.starts_with(part);
}
bool ends_with(std::string_view text, std::string_view part) {
  return text.ends_with(part);
}

}  // namespace

void add_text_functions(FunctionTable& table) {
  const Type text = Kind::kString;
  table.add_receiver("contains", {text, text}, Kind::kBool, test_text<contains>);
  table.add_receiver("startsWith", {text, text}, Kind::kBool, test_text<starts_with>);
  table.add_receiver("endsWith", {text, text}, Kind::kBool, test_text<ends_with>);
  table.add_receiver("matches", {text, text}, Kind::kBool, matches);
  table.add("matches", {text, text}, Kind::kBool, matches);
}

}  // namespace parley::cel
