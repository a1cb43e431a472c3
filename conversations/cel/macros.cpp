#include "conversations/cel/macros.h"

#include <algorithm>
#include <array>

namespace parley::cel {
namespace {

struct Shape {
  std::string_view name;
  std::size_t arguments;  // behind the range
  Macro macro;
  std::size_t variables;
};

constexpr std::array<Shape, 18> kShapes{{{"all", 2, Macro::kAll, 1},
                                         {"all", 3, Macro::kAll, 2},
                                         {"exists", 2, Macro::kExists, 1},
                                         {"exists", 3, Macro::kExists, 2},
                                         {"exists_one", 2, Macro::kExistsOne, 1},
                                         {"exists_one", 3, Macro::kExistsOne, 2},
                                         {"existsOne", 2, Macro::kExistsOne, 1},
                                         {"existsOne", 3, Macro::kExistsOne, 2},
                                         {"filter", 2, Macro::kFilter, 1},
                                         {"map", 2, Macro::kList, 1},
                                         {"map", 3, Macro::kList, 1},
                                         {"transformList", 3, Macro::kList, 2},
                                         {"transformList", 4, Macro::kList, 2},
                                         {"transformMap", 3, Macro::kMap, 2},
                                         {"transformMap", 4, Macro::kMap, 2},
                                         {"transformMapEntry", 3, Macro::kMapEntry, 2},
                                         {"transformMapEntry", 4, Macro::kMapEntry, 2},
                                         {"has", 1, Macro::kAll, 0}}};

const Shape* find_shape(std::string_view name, std::size_t arguments) {
  const auto found = std::find_if(kShapes.begin(), kShapes.end(), [&](const Shape& shape) {
    return shape.name == name && shape.arguments == arguments && shape.variables > 0;
  });
  return found == kShapes.end() ? nullptr : &*found;
}

std::variant<Node, Problem> expand_has(std::vector<NodePtr> arguments, std::size_t offset) {
  auto* select = std::get_if<Select>(&arguments[0]->form);
  if (select == nullptr || select->test) return Problem{offset, "has() asks for a field, as in has(a.b)", ""};
  select->test = true;
  return std::move(*arguments[0]);
}

}  // namespace

bool is_macro(std::string_view name, bool receiver, std::size_t arguments) {
  if (!receiver) return name == "has" && arguments == 1;
  return find_shape(name, arguments) != nullptr;
}

std::vector<std::string> macro_names() {
  std::vector<std::string> names;
  for (const Shape& shape : kShapes)
    names.emplace_back(shape.name);
  return names;
}

std::variant<Node, Problem> expand_macro(std::string_view name, std::vector<NodePtr> arguments,
                                         std::size_t offset) {
  if (name == "has") return expand_has(std::move(arguments), offset);
  const Shape& shape = *find_shape(name, arguments.size() - 1);
  Comprehension form;
  form.macro = shape.macro;
  std::array<std::string*, 2> variables{&form.first, &form.second};
  for (std::size_t i = 0; i < shape.variables; ++i) {
    const auto* variable = std::get_if<Name>(&arguments[i + 1]->form);
    if (variable == nullptr || variable->absolute)
      return Problem{arguments[i + 1]->offset, "this must be a plain name, for the elements to go by", ""};
    *variables[i] = variable->name;
  }
  if (form.first == form.second) return Problem{arguments[2]->offset, "the two names must differ", ""};
  std::size_t height = 0;
  for (const NodePtr& argument : arguments)
    height = std::max(height, argument->height);
  form.range = std::move(arguments[0]);
  const bool last_is_filter = shape.macro == Macro::kFilter;
  if (last_is_filter || shape.arguments == shape.variables + 2)
    form.filter = std::move(arguments[shape.variables + 1]);
  if (!last_is_filter) form.result = std::move(arguments.back());
  return Node{offset, height + 1, std::move(form)};
}

}  // namespace parley::cel
