// The names an expression may use, with their types.
//
// A name may hold dots ("a.b"): the longest declared prefix of `a.b.c` is the variable, the rest are fields.
// Built by one thread, then only read.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "conversations/cel/type.h"

namespace parley::cel {

class Declarations {
 public:
  /// Declares a variable; a second time replaces its type.
  void add(std::string name, Type type) { variables_.insert_or_assign(std::move(name), std::move(type)); }
  /// Parley's own functions days, workdays, date and has_value, and the variables `now` (a timestamp) and
  /// `today` (a date).
  void add_date_functions();

  /// Null: not declared.
  const Type* find(std::string_view name) const;
  bool has_date_functions() const { return date_functions_; }
  const std::map<std::string, Type, std::less<>>& variables() const { return variables_; }
  std::vector<std::string> names() const;

 private:
  std::map<std::string, Type, std::less<>> variables_;
  bool date_functions_ = false;
};

}  // namespace parley::cel
