#include "cli/lsp/cel_functions.h"

#include <algorithm>

#include "conversations/cel/functions.h"
#include "conversations/cel/macros.h"

namespace parley::lsp {
namespace {

std::vector<const cel::Overload*> overloads_of(const std::string& function) {
  std::vector<const cel::Overload*> overloads;
  for (const cel::FunctionTable* table : {&cel::standard_functions(), &cel::parley_functions()})
    if (const cel::Function* found = table->find(function))
      for (const cel::Overload& overload : found->overloads)
        overloads.push_back(&overload);
  return overloads;
}

bool is_macro(const std::string& function) {
  const auto macros = cel::macro_names();
  return std::find(macros.begin(), macros.end(), function) != macros.end();
}

std::string signature(const std::string& function, const cel::Overload& overload) {
  std::string text = overload.receiver ? overload.parameters.front().to_string() + "." : "";
  text += function + "(";
  for (std::size_t i = overload.receiver ? 1 : 0; i < overload.parameters.size(); ++i)
    text += (text.ends_with('(') ? "" : ", ") + overload.parameters[i].to_string();
  return text + ") -> " + overload.result.to_string();
}

}  // namespace

std::vector<std::string> function_names() {
  std::vector<std::string> names = cel::macro_names();
  for (const cel::FunctionTable* table : {&cel::standard_functions(), &cel::parley_functions()})
    for (std::string& name : table->names())
      names.push_back(std::move(name));
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<std::string> signatures_of(const std::string& function) {
  std::vector<std::string> signatures;
  if (function == "has") return {"has(map.field) -> bool"};
  if (is_macro(function)) return {"list." + function + "(item, expression over item)"};
  for (const cel::Overload* overload : overloads_of(function))
    signatures.push_back(signature(function, *overload));
  return signatures;
}

bool is_method(const std::string& function) {
  if (is_macro(function)) return function != "has";
  const auto overloads = overloads_of(function);
  return std::any_of(overloads.begin(), overloads.end(),
                     [](const cel::Overload* overload) { return overload->receiver; });
}

}  // namespace parley::lsp
