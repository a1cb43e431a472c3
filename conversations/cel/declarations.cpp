#include "conversations/cel/declarations.h"

namespace parley::cel {

void Declarations::add_date_functions() {
  date_functions_ = true;
  add("now", Kind::kTimestamp);
  add("today", Kind::kDate);
}

const Type* Declarations::find(std::string_view name) const {
  const auto found = variables_.find(name);
  return found == variables_.end() ? nullptr : &found->second;
}

std::vector<std::string> Declarations::names() const {
  std::vector<std::string> names;
  for (const auto& [name, type] : variables_)
    names.push_back(name);
  return names;
}

}  // namespace parley::cel
