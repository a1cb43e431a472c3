// The functions and operators an expression may call: their overloads' types for the checker, their bodies
// for the evaluator.
//
// A body is called with values of the kinds its overload names (a date where it says timestamp), none of them
// an error, so it checks nothing but meaning. Work that grows with its arguments is charged to the budget
// before it is done. Tables are built once and never change; any thread.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "conversations/cel/bindings.h"
#include "conversations/cel/type.h"
#include "conversations/cel/value.h"

namespace parley::cel {

/// The evaluation steps that are left: limits::kExpressionStepsMax at the start.
class Budget {
 public:
  explicit Budget(std::size_t steps) : left_(steps) {}
  /// False once they are spent, and ever after.
  bool charge(std::size_t steps);

 private:
  std::size_t left_;
};

/// What an evaluation that ran out of budget gives.
Value over_budget();

struct CallContext {
  Budget& budget;
  const Bindings& bindings;
};

using Arguments = std::span<const Value>;
using Body = Value (*)(Arguments, CallContext&);

struct Overload {
  bool receiver = false;  // a.f(b)
  std::vector<Type> parameters;
  Type result;
  Body body = nullptr;
};

struct Function {
  std::string name;
  std::vector<Overload> overloads;
};

class FunctionTable {
 public:
  void add(std::string_view name, std::vector<Type> parameters, Type result, Body body);           // f(a, b)
  void add_receiver(std::string_view name, std::vector<Type> parameters, Type result, Body body);  // a.f(b)
  const Function* find(std::string_view name) const;
  std::vector<std::string> names() const;

 private:
  std::map<std::string, Function, std::less<>> functions_;
};

/// CEL's own and the string extension.
const FunctionTable& standard_functions();
/// Parley's: days, workdays, date, has_value.
const FunctionTable& parley_functions();

void add_operators(FunctionTable& table);
void add_conversions(FunctionTable& table);
void add_text_functions(FunctionTable& table);
void add_text_extension(FunctionTable& table);
void add_time_functions(FunctionTable& table);
void add_parley_functions(FunctionTable& table);

/// "no such overload: int + string".
Value no_such_overload(std::string_view function, bool receiver, Arguments arguments);
/// The symbol of an operator's function ("_+_" -> "+"), or the name itself.
std::string shown_name(std::string_view function);
/// "an int", "a text".
std::string with_article(const std::string& noun);

/// `format` with its list of arguments.
Value format_text(const std::string& format, const ListValue& arguments, Budget& budget);

}  // namespace parley::cel
