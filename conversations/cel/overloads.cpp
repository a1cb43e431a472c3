#include "conversations/cel/overloads.h"

#include <algorithm>
#include <map>

namespace parley::cel {
namespace {

// What the type variables of one overload stand for in one call.
using Substitution = std::map<std::string, Type, std::less<>>;

bool match(const Type& wanted, const Type& given, Substitution& substitution);

bool match_parameter(const Type& wanted, const Type& given, Substitution& substitution) {
  const auto [bound, is_new] = substitution.emplace(wanted.name(), given);
  if (is_new) return true;
  if (given.fits(bound->second)) {
    if (bound->second.is(Kind::kNull)) bound->second = given;
    return true;
  }
  if (!bound->second.fits(given)) return false;
  bound->second = given;
  return true;
}

bool match(const Type& wanted, const Type& given, Substitution& substitution) {
  if (wanted.is(Kind::kParameter)) return match_parameter(wanted, given, substitution);
  if (given.is(Kind::kDyn) || wanted.is(Kind::kDyn)) return true;
  if (given.is(Kind::kNull)) return false;
  if (wanted.is(Kind::kList) && given.is(Kind::kList))
    return match(wanted.element(), given.element(), substitution);
  if (wanted.is(Kind::kMap) && (given.is(Kind::kMap) || given.is(Kind::kStruct)))
    return match(wanted.key(), given.key(), substitution) &&
           match(wanted.element(), given.element(), substitution);
  return given.fits(wanted);
}

Type substitute(const Type& type, const Substitution& substitution) {
  if (type.is(Kind::kParameter)) {
    const auto found = substitution.find(type.name());
    return found == substitution.end() ? Type() : found->second;
  }
  if (type.is(Kind::kList)) return Type::list(substitute(type.element(), substitution));
  if (type.is(Kind::kMap))
    return Type::map(substitute(type.key(), substitution), substitute(type.element(), substitution));
  return type;
}

std::optional<Type> match_overload(const Overload& overload, bool receiver,
                                   const std::vector<Type>& arguments) {
  if (overload.receiver != receiver || overload.parameters.size() != arguments.size()) return std::nullopt;
  Substitution substitution;
  for (std::size_t i = 0; i < arguments.size(); ++i)
    if (!match(overload.parameters[i], arguments[i], substitution)) return std::nullopt;
  return substitute(overload.result, substitution);
}

bool accepts(const Type& parameter, const Value& value) {
  if (parameter.is(Kind::kParameter) || parameter.is(Kind::kDyn)) return true;
  return value.is(parameter.kind()) || (parameter.is(Kind::kTimestamp) && value.is(Kind::kDate));
}

}  // namespace

std::optional<Type> result_type(const Function& function, bool receiver, const std::vector<Type>& arguments) {
  const bool open =
      std::any_of(arguments.begin(), arguments.end(), [](const Type& type) { return type.is(Kind::kDyn); });
  std::optional<Type> result;
  for (const Overload& overload : function.overloads) {
    const auto matched = match_overload(overload, receiver, arguments);
    if (!matched) continue;
    if (!open) return matched;
    if (result && !(*result == *matched)) return Type();
    result = matched;
  }
  return result;
}

const Overload* find_overload(const Function& function, bool receiver, Arguments arguments) {
  for (const Overload& overload : function.overloads) {
    if (overload.receiver != receiver || overload.parameters.size() != arguments.size()) continue;
    if (std::equal(arguments.begin(), arguments.end(), overload.parameters.begin(),
                   [](const Value& value, const Type& parameter) { return accepts(parameter, value); }))
      return &overload;
  }
  return nullptr;
}

}  // namespace parley::cel
