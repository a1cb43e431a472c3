// The static type of an expression, a slot, a service result: what the checker knows before anything runs.
//
// Any value may be null at run time (a slot without a value is), so every type may be compared with null.
// `dyn` fits everything and is checked while evaluating. A date is a timestamp at 00:00 UTC: it fits where a
// timestamp is wanted, not the other way round. A struct is a map with text keys whose fields are known
// (`balance.days`); it fits where a map is wanted.
//
// Cheap to copy, immutable, any thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::cel {

enum class Kind {
  kDyn,
  kNull,
  kBool,
  kInt,
  kUint,
  kDouble,
  kString,
  kBytes,
  kTimestamp,
  kDate,
  kDuration,
  kList,
  kMap,
  kStruct,
  kType,
  kParameter,  // a type variable of a generic function; never the type of an expression
};

class Type {
 public:
  using Fields = std::map<std::string, Type, std::less<>>;

  Type() = default;  // dyn
  Type(Kind kind)
      : kind_(kind) {}  // NOLINT: implicit by design; for the kinds that need no more than their name

  static Type list(Type element);
  static Type map(Type key, Type value);
  static Type structure(Fields fields);
  static Type parameter(std::string name);

  /// Reads the names of docs/authoring.md (text, int, number, bool, date, time, duration, email, phone, url,
  /// money), `timestamp`, `uint`, `bytes`, `dyn`, `null`, and the forms `list<T>`, `map<K, V>` and `{field:
  /// T, field: T}`. Any other word counts as the name of an entity, whose values are text. Nullopt: not of
  /// that form.
  static std::optional<Type> parse(std::string_view text);
  /// In the same words; parse(to_string()) gives an equal type.
  std::string to_string() const;

  Kind kind() const { return kind_; }
  bool is(Kind kind) const { return kind_ == kind; }
  /// Of a list: the element's type. Of a map: the value's. Of others: dyn.
  const Type& element() const;
  /// Of a map: the key's type. Of a struct: text. Of others: dyn.
  const Type& key() const;
  /// Of a struct; empty for others.
  const Fields& fields() const;
  /// Of a struct: the field's type, or null when it has no such field.
  const Type* field(std::string_view name) const;
  /// Of a type parameter: its name.
  const std::string& name() const;

  /// Whether a value of this type may stand where `wanted` is asked for.
  bool fits(const Type& wanted) const;
  /// The narrowest type both fit, or dyn.
  static Type join(const Type& left, const Type& right);

  bool operator==(const Type& other) const;

 private:
  struct Detail;
  Kind kind_ = Kind::kDyn;
  std::shared_ptr<const Detail> detail_;
};

}  // namespace parley::cel
