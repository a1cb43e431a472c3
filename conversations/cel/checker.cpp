#include "conversations/cel/checker.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "config/diagnostic.h"
#include "conversations/cel/functions.h"
#include "conversations/cel/macros.h"
#include "conversations/cel/overloads.h"
#include "conversations/cel/regex.h"

namespace parley::cel {
namespace {

// The names that stand for types, and what they mean.
const std::map<std::string, std::string, std::less<>>& type_names() {
  static const std::map<std::string, std::string, std::less<>> kNames = [] {
    std::map<std::string, std::string, std::less<>> names;
    for (const char* name : {"bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type",
                             "type", "dyn", "google.protobuf.Timestamp", "google.protobuf.Duration"})
      names.emplace(name, name);
    return names;
  }();
  return kNames;
}

// "a.b.c" for names with nothing but points between them.
std::optional<std::string> dotted(const Node& node) {
  if (const auto* name = std::get_if<Name>(&node.form)) return name->name;
  const auto* select = std::get_if<Select>(&node.form);
  if (select == nullptr || select->test) return std::nullopt;
  const auto operand = dotted(*select->operand);
  if (!operand) return std::nullopt;
  return *operand + "." + select->field;
}

const Name& first_name(const Node& node) {
  const auto* select = std::get_if<Select>(&node.form);
  return select != nullptr ? first_name(*select->operand) : std::get<Name>(node.form);
}

std::string list_of(const std::vector<Type>& types) {
  std::string text;
  for (std::size_t i = 0; i < types.size(); ++i)
    text += (i == 0 ? "" : i + 1 == types.size() ? " and " : ", ") + types[i].to_string();
  return text.empty() ? "no arguments" : text;
}

bool is_number(const Type& type) {
  return type.is(Kind::kInt) || type.is(Kind::kUint) || type.is(Kind::kDouble);
}

std::string conversion_hint(const std::vector<Type>& types) {
  if (types.size() != 2 || types[0] == types[1]) return "";
  if (is_number(types[0]) && is_number(types[1])) return "convert one of them: int(x), uint(x) or double(x)";
  const auto one_is = [&](Kind kind) { return types[0].is(kind) || types[1].is(kind); };
  if (one_is(Kind::kDate) && (is_number(types[0]) || is_number(types[1])))
    return "a date compares with a date; days(today, x) counts the days from today to x, both included";
  const bool text = types[0].is(Kind::kString) || types[1].is(Kind::kString);
  return text && (is_number(types[0]) || is_number(types[1]))
             ? "convert the number with string(x), or the text with int(x)"
             : "";
}

bool is_comparison(std::string_view function) {
  static constexpr std::array<std::string_view, 6> kComparisons{"_<_", "_<=_", "_>_", "_>=_", "_==_", "_!=_"};
  return std::find(kComparisons.begin(), kComparisons.end(), function) != kComparisons.end();
}

// A day as midnight UTC is hardly ever meant: on the day itself `start >= now` is false.
bool compares_day_with_instant(std::string_view function, const std::vector<Type>& types) {
  return types.size() == 2 && is_comparison(function) &&
         ((types[0].is(Kind::kDate) && types[1].is(Kind::kTimestamp)) ||
          (types[0].is(Kind::kTimestamp) && types[1].is(Kind::kDate)));
}

class Checker {
 public:
  Checker(const Declarations& declarations, Checking checking, std::vector<Problem>& problems)
      : declarations_(declarations), checking_(checking), problems_(problems) {}

  Checked run(Node& root) {
    Type type = visit(root);
    return {std::move(type), std::move(variables_)};
  }

 private:
  Type visit(Node& node) {
    return std::visit([&](auto& form) { return check(form, node); }, node.form);
  }

  Type check(Constant& form, Node&) { return {form.value.kind()}; }

  Type check(Name& form, Node& node) {
    const int local = form.absolute ? -1 : find_local(form.name);
    if (local < 0) return global(form.name, node);
    form.local = local;
    return locals_[static_cast<std::size_t>(local)].second;
  }

  // `node` is a name, or a chain of selections that is declared as one. It is replaced, so `name` is a copy.
  Type global(const std::string name, Node& node) {
    if (const Type* type = declarations_.find(name)) {
      if (std::find(variables_.begin(), variables_.end(), name) == variables_.end())
        variables_.push_back(name);
      node.form = Name{name, true, -1};
      return *type;
    }
    if (type_names().contains(name)) {
      node.form = Constant{Value::type(name)};
      return Kind::kType;
    }
    report(node, "unknown name '" + name + "'", config::near_names_hint(name, names_in_scope()));
    node.form = Constant{Value::error("undeclared reference to '" + name + "'")};
    return {};
  }

  Type check(Select& form, Node& node) {
    const auto name = form.test ? std::nullopt : dotted(node);
    if (name && is_global(node) && (declarations_.find(*name) != nullptr || type_names().contains(*name)))
      return global(*name, node);
    const Type operand = visit(*form.operand);
    const Type type = field_type(operand, form.field, node);
    return form.test ? Type(Kind::kBool) : type;
  }

  Type field_type(const Type& operand, const std::string& field, const Node& node) {
    if (operand.is(Kind::kDyn)) return {};
    if (operand.is(Kind::kMap)) return operand.element();
    if (!operand.is(Kind::kStruct))
      return report(node, with_article(operand.to_string()) + " has no field '" + field + "'", "");
    if (const Type* type = operand.field(field)) return *type;
    std::vector<std::string> known;
    for (const auto& [name, type] : operand.fields())
      known.push_back(name);
    return report(node, "unknown field '" + field + "'", config::near_names_hint(field, known));
  }

  Type check(Call& form, Node& node) {
    if (form.receiver) unfold_namespace(form);
    form.resolved = find_function(form.function);
    std::vector<Type> types;
    for (const NodePtr& argument : form.arguments)
      types.push_back(visit(*argument));
    if (form.resolved == nullptr) return unknown_function(form, node);
    if (form.function == "matches") prepare_pattern(form);
    if (compares_day_with_instant(form.function, types))
      return report(
          node, "'" + shown_name(form.function) + "' compares " + list_of(types),
          "compare days: today in place of now; or moments: timestamp(x) is midnight UTC of a date");
    const auto type = result_type(*form.resolved, form.receiver, types);
    return type ? *type : wrong_arguments(form, node, types);
  }

  // `strings.quote(x)` reads like a call on a variable `strings`.
  void unfold_namespace(Call& form) {
    const auto space = dotted(*form.arguments[0]);
    if (!space || !is_global(*form.arguments[0]) || declarations_.find(*space) != nullptr) return;
    if (find_function(*space + "." + form.function) == nullptr) return;
    form.function = *space + "." + form.function;
    form.receiver = false;
    form.arguments.erase(form.arguments.begin());
  }

  const Function* find_function(std::string_view name) const {
    const Function* standard = standard_functions().find(name);
    if (standard != nullptr || !declarations_.has_date_functions()) return standard;
    return parley_functions().find(name);
  }

  Type unknown_function(const Call& form, const Node& node) {
    std::vector<std::string> known = standard_functions().names();
    for (const auto& more :
         {declarations_.has_date_functions() ? parley_functions().names() : std::vector<std::string>(),
          macro_names()})
      known.insert(known.end(), more.begin(), more.end());
    return report(node, "unknown function '" + form.function + "'",
                  config::near_names_hint(form.function, known));
  }

  void prepare_pattern(Call& form) {
    if (form.arguments.size() != 2) return;
    const auto* pattern = std::get_if<Constant>(&form.arguments[1]->form);
    if (pattern == nullptr || !pattern->value.is(Kind::kString)) return;
    const auto compiled = compile_regex(pattern->value.as_text());
    if (compiled)
      form.pattern = *compiled;
    else
      report(*form.arguments[1], compiled.error().message, "");
  }

  Type wrong_arguments(const Call& form, const Node& node, const std::vector<Type>& types) {
    const std::string name = shown_name(form.function);
    const auto& overloads = form.resolved->overloads;
    const auto other_style = [&](const Overload& overload) { return overload.receiver != form.receiver; };
    if (std::all_of(overloads.begin(), overloads.end(), other_style))
      return report(
          node, "'" + name + "' is called as " + (form.receiver ? name + "(x)" : "x." + name + "(...)"), "");
    const std::string verb = form.function == name ? "' cannot be called with " : "' does not take ";
    return report(node, "'" + name + verb + list_of(types), conversion_hint(types));
  }

  Type check(Logic& form, Node&) {
    for (const NodePtr& operand : form.operands)
      need_bool(*operand, form.all ? "&&" : "||");
    return Kind::kBool;
  }

  Type check(Choice& form, Node& node) {
    need_bool(*form.condition, "?:");
    const Type yes = visit(*form.yes), no = visit(*form.no);
    if (!yes.fits(no) && !no.fits(yes))
      return report(node, "both results of ?: must have one type, not " + list_of({yes, no}),
                    conversion_hint({yes, no}));
    return Type::join(yes, no);
  }

  void need_bool(Node& node, const std::string& where) {
    const Type type = visit(node);
    if (!type.fits(Kind::kBool) || type.is(Kind::kNull))
      report(node, where + " takes a condition, and this is " + with_article(type.to_string()), "");
  }

  Type check(ListForm& form, Node&) {
    return Type::list(
        join_all(form.items.begin(), form.items.end(), [](auto& item) -> Node& { return *item; }));
  }

  Type check(MapForm& form, Node&) {
    const Type key =
        join_all(form.entries.begin(), form.entries.end(), [](auto& entry) -> Node& { return *entry.first; });
    const Type value = join_all(form.entries.begin(), form.entries.end(),
                                [](auto& entry) -> Node& { return *entry.second; });
    const bool allowed =
        key.fits(Kind::kBool) || key.fits(Kind::kInt) || key.fits(Kind::kUint) || key.fits(Kind::kString);
    if (!allowed || key.is(Kind::kNull))
      report(*form.entries[0].first,
             "the key of a map is a bool, int, uint or text, not " + with_article(key.to_string()), "");
    return Type::map(key, value);
  }

  template <typename Iterator, typename Part>
  Type join_all(Iterator first, Iterator last, Part part) {
    if (first == last) return {};
    Type type = visit(part(*first));
    while (++first != last)
      type = Type::join(type, visit(part(*first)));
    return type;
  }

  Type check(Comprehension& form, Node& node) {
    const Type range = visit(*form.range);
    const bool list = range.is(Kind::kList), map = range.is(Kind::kMap) || range.is(Kind::kStruct);
    if (!list && !map && !range.is(Kind::kDyn))
      report(*form.range, with_article(range.to_string()) + " has no elements to go through", "");
    const bool two = !form.second.empty();
    const Type index = list ? Type(Kind::kInt) : range.key();
    const Type first = two || map ? index : range.element();
    locals_.emplace_back(form.first, first);
    if (two) locals_.emplace_back(form.second, range.element());
    const Type type = inside(form, node, first);
    locals_.resize(locals_.size() - (two ? 2 : 1));
    return type;
  }

  // With the macro's variables in scope, of which the first is of type `first`.
  Type inside(Comprehension& form, const Node& node, const Type& first) {
    if (form.filter) need_bool(*form.filter, "the filter");
    switch (form.macro) {
      case Macro::kFilter:
        return Type::list(first);
      case Macro::kList:
        return Type::list(visit(*form.result));
      case Macro::kMap:
        return Type::map(first, visit(*form.result));
      case Macro::kMapEntry: {
        const Type entry = visit(*form.result);
        return entry.fits(Type(Kind::kMap))
                   ? entry
                   : report(node, "transformMapEntry takes a map like {key: value}", "");
      }
      default:
        need_bool(*form.result, "all, exists and exists_one");
        return Kind::kBool;
    }
  }

  int find_local(std::string_view name) const {
    for (std::size_t i = locals_.size(); i > 0; --i)
      if (locals_[i - 1].first == name) return static_cast<int>(i - 1);
    return -1;
  }

  bool is_global(const Node& chain) const {
    const Name& name = first_name(chain);
    return name.absolute || find_local(name.name) < 0;
  }

  std::vector<std::string> names_in_scope() const {
    std::vector<std::string> names = declarations_.names();
    for (const auto& [name, type] : locals_)
      names.push_back(name);
    return names;
  }

  Type report(const Node& node, std::string message, std::string hint) {
    if (checking_ == Checking::kStrict)
      problems_.push_back({node.offset, std::move(message), std::move(hint)});
    return {};
  }

  const Declarations& declarations_;
  Checking checking_;
  std::vector<Problem>& problems_;
  std::vector<std::pair<std::string, Type>> locals_;
  std::vector<std::string> variables_;
};

}  // namespace

Checked check(Node& root, const Declarations& declarations, Checking checking,
              std::vector<Problem>& problems) {
  return Checker(declarations, checking, problems).run(root);
}

}  // namespace parley::cel
