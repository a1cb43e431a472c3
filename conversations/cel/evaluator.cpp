// Each node of the tree visited costs one step, and each list or map built its weight: without the second,
// doubling a shared list again and again would cost nothing to build and forever to print or compare.
#include "conversations/cel/evaluator.h"

#include <re2/re2.h>

#include "conversations/cel/compare.h"
#include "conversations/cel/functions.h"
#include "conversations/cel/overloads.h"
#include "engine/limits.h"

namespace parley::cel {
namespace {

Value not_a_condition(const Value& value) {
  return value.is_error()
             ? value
             : Value::error("no such overload: " + with_article(value.type_name()) + " is not a condition");
}

// The elements a macro goes through, by place.
class Range {
 public:
  explicit Range(const Value& value) : value_(value) {}

  std::size_t size() const { return is_list() ? value_.as_list().size() : value_.as_map().size(); }
  Value index(std::size_t place) const {
    return is_list() ? Value::integer(static_cast<std::int64_t>(place))
                     : value_.as_map().entries()[place].first;
  }
  Value element(std::size_t place) const {
    return is_list() ? value_.as_list()[place] : value_.as_map().entries()[place].second;
  }
  /// What a macro with one variable binds.
  Value single(std::size_t place) const { return is_list() ? element(place) : index(place); }

 private:
  bool is_list() const { return value_.is(Kind::kList); }
  const Value& value_;
};

class Evaluator {
 public:
  explicit Evaluator(const Bindings& bindings) : bindings_(bindings) {}

  Value visit(const Node& node) {
    if (!budget_.charge(1)) return over_budget();
    return std::visit([this](const auto& form) { return evaluate(form); }, node.form);
  }

 private:
  Value evaluate(const Constant& form) { return form.value; }

  Value evaluate(const Name& form) {
    if (form.local >= 0) return locals_[static_cast<std::size_t>(form.local)];
    const Value* value = bindings_.find(form.name);
    return value != nullptr ? *value : Value();
  }

  Value evaluate(const Select& form) {
    const Value operand = visit(*form.operand);
    if (operand.is_error()) return operand;
    if (!operand.is(Kind::kMap))
      return Value::error("no such overload: " + with_article(operand.type_name()) + " has no field '" +
                          form.field + "'");
    const Value* field = operand.as_map().find(form.field);
    if (form.test) return Value::boolean(field != nullptr);
    return field != nullptr ? *field : Value::error("no such key: '" + form.field + "'");
  }

  Value evaluate(const Call& form) {
    if (form.resolved == nullptr) return Value::error("unbound function: " + form.function);
    ListValue arguments;
    arguments.reserve(form.arguments.size());
    for (const NodePtr& argument : form.arguments) {
      arguments.push_back(visit(*argument));
      if (arguments.back().is_error()) return arguments.back();
    }
    if (form.pattern && arguments[0].is(Kind::kString)) return match(form, arguments[0]);
    const Overload* overload = find_overload(*form.resolved, form.receiver, arguments);
    if (overload == nullptr) return no_such_overload(form.function, form.receiver, arguments);
    CallContext context{budget_, bindings_};
    return overload->body(arguments, context);
  }

  Value match(const Call& form, const Value& text) {
    if (!budget_.charge(text.weight())) return over_budget();
    return Value::boolean(re2::RE2::PartialMatch(text.as_text(), *form.pattern));
  }

  // The first operand that decides; else the first error; else what all of them are.
  Value evaluate(const Logic& form) {
    Value result = Value::boolean(form.all);
    for (const NodePtr& operand : form.operands) {
      const Value value = visit(*operand);
      if (value.is(Kind::kBool) && value.as_bool() != form.all) return value;
      if (!value.is(Kind::kBool) && !result.is_error()) result = not_a_condition(value);
    }
    return result;
  }

  Value evaluate(const Choice& form) {
    const Value condition = visit(*form.condition);
    if (!condition.is(Kind::kBool)) return not_a_condition(condition);
    return visit(condition.as_bool() ? *form.yes : *form.no);
  }

  Value evaluate(const ListForm& form) {
    ListValue items;
    items.reserve(form.items.size());
    for (const NodePtr& item : form.items) {
      items.push_back(visit(*item));
      if (items.back().is_error()) return items.back();
    }
    return charged(Value::list(std::move(items)));
  }

  Value evaluate(const MapForm& form) {
    MapValue map;
    for (const auto& [key_node, value_node] : form.entries) {
      const Value key = visit(*key_node);
      if (key.is_error()) return key;
      const Value value = visit(*value_node);
      if (value.is_error()) return value;
      if (!map.insert(key, value)) return not_inserted(key);
    }
    return charged(Value::map(std::move(map)));
  }

  static Value not_inserted(const Value& key) {
    if (!may_be_key(key)) return Value::error("unsupported key type: " + key.type_name());
    return Value::error("Failed with repeated key: " + to_text(key));
  }

  Value charged(Value value) { return budget_.charge(value.weight()) ? value : over_budget(); }

  Value evaluate(const Comprehension& form) {
    const Value range = visit(*form.range);
    if (range.is_error()) return range;
    if (!range.is(Kind::kList) && !range.is(Kind::kMap))
      return Value::error("no such overload: " + with_article(range.type_name()) +
                          " has no elements to go through");
    const std::size_t outer = locals_.size();
    Value result = go_through(form, Range(range));
    locals_.resize(outer);
    return result;
  }

  Value go_through(const Comprehension& form, const Range& range) {
    switch (form.macro) {
      case Macro::kAll:
      case Macro::kExists:
        return quantify(form, range);
      case Macro::kExistsOne:
        return count_one(form, range);
      case Macro::kFilter:
      case Macro::kList:
        return build_list(form, range);
      default:
        return build_map(form, range);
    }
  }

  void bind(const Comprehension& form, const Range& range, std::size_t place, std::size_t outer) {
    locals_.resize(outer);
    const bool two = !form.second.empty();
    locals_.push_back(two ? range.index(place) : range.single(place));
    if (two) locals_.push_back(range.element(place));
  }

  Value quantify(const Comprehension& form, const Range& range) {
    const bool all = form.macro == Macro::kAll;
    const std::size_t outer = locals_.size();
    Value result = Value::boolean(all);
    for (std::size_t place = 0; place < range.size(); ++place) {
      bind(form, range, place, outer);
      const Value holds = visit(*form.result);
      if (holds.is(Kind::kBool) && holds.as_bool() != all) return holds;
      if (!holds.is(Kind::kBool) && !result.is_error()) result = not_a_condition(holds);
    }
    return result;
  }

  Value count_one(const Comprehension& form, const Range& range) {
    const std::size_t outer = locals_.size();
    std::size_t count = 0;
    for (std::size_t place = 0; place < range.size(); ++place) {
      bind(form, range, place, outer);
      const Value holds = visit(*form.result);
      if (!holds.is(Kind::kBool)) return not_a_condition(holds);
      count += holds.as_bool() ? 1 : 0;
    }
    return Value::boolean(count == 1);
  }

  // True, false, or what went wrong.
  Value passes(const Comprehension& form) {
    if (!form.filter) return Value::boolean(true);
    const Value passed = visit(*form.filter);
    return passed.is(Kind::kBool) ? passed : not_a_condition(passed);
  }

  Value build_list(const Comprehension& form, const Range& range) {
    const std::size_t outer = locals_.size();
    ListValue items;
    for (std::size_t place = 0; place < range.size(); ++place) {
      bind(form, range, place, outer);
      const Value passed = passes(form);
      if (passed.is_error()) return passed;
      if (!passed.as_bool()) continue;
      items.push_back(form.result ? visit(*form.result) : range.single(place));
      if (items.back().is_error()) return items.back();
    }
    return charged(Value::list(std::move(items)));
  }

  Value build_map(const Comprehension& form, const Range& range) {
    const std::size_t outer = locals_.size();
    MapValue map;
    for (std::size_t place = 0; place < range.size(); ++place) {
      bind(form, range, place, outer);
      const Value passed = passes(form);
      if (passed.is_error()) return passed;
      if (!passed.as_bool()) continue;
      const Value value = visit(*form.result);
      if (value.is_error()) return value;
      const Value failed =
          form.macro == Macro::kMap ? insert(map, range.index(place), value) : insert_all(map, value);
      if (failed.is_error()) return failed;
    }
    return charged(Value::map(std::move(map)));
  }

  static Value insert(MapValue& map, const Value& key, const Value& value) {
    return map.insert(key, value) ? Value() : not_inserted(key);
  }

  static Value insert_all(MapValue& map, const Value& entries) {
    if (!entries.is(Kind::kMap)) return Value::error("no such overload: transformMapEntry takes maps");
    for (const auto& [key, value] : entries.as_map().entries())
      if (!map.insert(key, value)) return not_inserted(key);
    return {};
  }

  const Bindings& bindings_;
  Budget budget_{limits::kExpressionStepsMax};
  ListValue locals_;
};

}  // namespace

Value evaluate(const Node& root, const Bindings& bindings) {
  return Evaluator(bindings).visit(root);
}

}  // namespace parley::cel
