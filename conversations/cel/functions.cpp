#include "conversations/cel/functions.h"

#include <algorithm>

namespace parley::cel {

bool Budget::charge(std::size_t steps) {
  if (steps > left_) {
    left_ = 0;
    return false;
  }
  left_ -= steps;
  return true;
}

Value over_budget() {
  return Value::error("the expression takes too many steps");
}

void FunctionTable::add(std::string_view name, std::vector<Type> parameters, Type result, Body body) {
  Function& function = functions_[std::string(name)];
  function.name = name;
  function.overloads.push_back({false, std::move(parameters), std::move(result), body});
}

void FunctionTable::add_receiver(std::string_view name, std::vector<Type> parameters, Type result,
                                 Body body) {
  add(name, std::move(parameters), std::move(result), body);
  functions_.find(name)->second.overloads.back().receiver = true;
}

const Function* FunctionTable::find(std::string_view name) const {
  const auto found = functions_.find(name);
  return found == functions_.end() ? nullptr : &found->second;
}

std::vector<std::string> FunctionTable::names() const {
  std::vector<std::string> names;
  for (const auto& [name, function] : functions_)
    if (shown_name(name) == name) names.push_back(name);
  return names;
}

const FunctionTable& standard_functions() {
  static const FunctionTable kTable = [] {
    FunctionTable table;
    add_operators(table);
    add_conversions(table);
    add_text_functions(table);
    add_text_extension(table);
    add_time_functions(table);
    return table;
  }();
  return kTable;
}

const FunctionTable& parley_functions() {
  static const FunctionTable kTable = [] {
    FunctionTable table;
    add_parley_functions(table);
    return table;
  }();
  return kTable;
}

std::string shown_name(std::string_view function) {
  if (function == "@in") return "in";
  std::string name(function);
  if (name.starts_with('_') || name.ends_with('_')) std::erase(name, '_');
  return name;
}

std::string with_article(const std::string& noun) {
  const bool vowel = std::string_view("aeio").find(noun.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + noun;
}

Value no_such_overload(std::string_view function, bool receiver, Arguments arguments) {
  const std::string name = shown_name(function);
  std::vector<std::string> types;
  for (const Value& argument : arguments)
    types.push_back(argument.type_name());
  std::string text = "no such overload: ";
  if (name != function && types.size() == 2 && name != "[]")
    return Value::error(text + types[0] + " " + name + " " + types[1]);
  if (receiver && !types.empty()) text += types[0] + ".";
  text += name + "(";
  for (std::size_t i = receiver ? 1 : 0; i < types.size(); ++i)
    text += (i > (receiver ? 1U : 0U) ? ", " : "") + types[i];
  return Value::error(text + ")");
}

}  // namespace parley::cel
