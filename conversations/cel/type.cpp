#include "conversations/cel/type.h"

#include <array>
#include <cctype>

namespace parley::cel {

struct Type::Detail {
  Type key;
  Type element;
  Fields fields;
  std::string name;
};

namespace {

struct NamedKind {
  std::string_view name;
  Kind kind;
};

// The first name of a kind is the one it is printed with.
constexpr std::array<NamedKind, 17> kNames{{{"dyn", Kind::kDyn},
                                            {"null", Kind::kNull},
                                            {"bool", Kind::kBool},
                                            {"int", Kind::kInt},
                                            {"uint", Kind::kUint},
                                            {"number", Kind::kDouble},
                                            {"double", Kind::kDouble},
                                            {"text", Kind::kString},
                                            {"string", Kind::kString},
                                            {"time", Kind::kString},  // "14:30": orders as text does
                                            {"bytes", Kind::kBytes},
                                            {"timestamp", Kind::kTimestamp},
                                            {"date", Kind::kDate},
                                            {"duration", Kind::kDuration},
                                            {"list", Kind::kList},
                                            {"map", Kind::kMap},
                                            {"type", Kind::kType}}};

constexpr std::size_t kTypeMaxDepth = 16;

class TypeParser {
 public:
  explicit TypeParser(std::string_view text) : rest_(text) {}

  std::optional<Type> all() {
    auto type = one(0);
    skip_spaces();
    return rest_.empty() ? type : std::nullopt;
  }

 private:
  std::optional<Type> one(std::size_t depth) {
    if (depth > kTypeMaxDepth) return std::nullopt;
    if (take('{')) return fields(depth);
    const std::string name = word();
    if (name.empty()) return std::nullopt;
    if (name == "list") return list(depth);
    if (name == "map") return map(depth);
    if (name == "money") return Type::structure({{"amount", Kind::kDouble}, {"currency", Kind::kString}});
    for (const NamedKind& known : kNames)
      if (known.name == name) return Type(known.kind);
    return Type(Kind::kString);
  }

  std::optional<Type> list(std::size_t depth) {
    if (!take('<')) return Type::list(Kind::kDyn);
    auto element = one(depth + 1);
    if (!element || !take('>')) return std::nullopt;
    return Type::list(*std::move(element));
  }

  std::optional<Type> map(std::size_t depth) {
    if (!take('<')) return Type::map(Kind::kDyn, Kind::kDyn);
    auto key = one(depth + 1);
    if (!key || !take(',')) return std::nullopt;
    auto value = one(depth + 1);
    if (!value || !take('>')) return std::nullopt;
    return Type::map(*std::move(key), *std::move(value));
  }

  std::optional<Type> fields(std::size_t depth) {
    Type::Fields fields;
    while (!take('}')) {
      if (!fields.empty() && !take(',')) return std::nullopt;
      const std::string name = word();
      if (name.empty() || !take(':')) return std::nullopt;
      auto type = one(depth + 1);
      if (!type || !fields.emplace(name, *std::move(type)).second) return std::nullopt;
    }
    return Type::structure(std::move(fields));
  }

  void skip_spaces() {
    while (!rest_.empty() && rest_.front() == ' ')
      rest_.remove_prefix(1);
  }

  bool take(char c) {
    skip_spaces();
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string word() {
    skip_spaces();
    std::size_t length = 0;
    while (length < rest_.size() && (std::isalnum(static_cast<unsigned char>(rest_[length])) ||
                                     rest_[length] == '_' || rest_[length] == '-'))
      ++length;
    std::string name(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return name;
  }

  std::string_view rest_;
};

bool struct_fits(const Type& given, const Type& wanted) {
  for (const auto& [name, type] : wanted.fields()) {
    const Type* field = given.field(name);
    if (field == nullptr || !field->fits(type)) return false;
  }
  return true;
}

}  // namespace

Type Type::list(Type element) {
  Type type(Kind::kList);
  type.detail_ = std::make_shared<Detail>(Detail{Kind::kDyn, std::move(element), {}, {}});
  return type;
}

Type Type::map(Type key, Type value) {
  Type type(Kind::kMap);
  type.detail_ = std::make_shared<Detail>(Detail{std::move(key), std::move(value), {}, {}});
  return type;
}

Type Type::structure(Fields fields) {
  Type type(Kind::kStruct);
  type.detail_ = std::make_shared<Detail>(Detail{Kind::kString, Kind::kDyn, std::move(fields), {}});
  return type;
}

Type Type::parameter(std::string name) {
  Type type(Kind::kParameter);
  type.detail_ = std::make_shared<Detail>(Detail{Kind::kDyn, Kind::kDyn, {}, std::move(name)});
  return type;
}

std::optional<Type> Type::parse(std::string_view text) {
  return TypeParser(text).all();
}

std::string Type::to_string() const {
  if (kind_ == Kind::kParameter) return name();
  if (kind_ == Kind::kList) return "list<" + element().to_string() + ">";
  if (kind_ == Kind::kMap) return "map<" + key().to_string() + ", " + element().to_string() + ">";
  if (kind_ == Kind::kStruct) {
    std::string text = "{";
    for (const auto& [field, type] : fields())
      text += (text.size() > 1 ? ", " : "") + field + ": " + type.to_string();
    return text + "}";
  }
  for (const NamedKind& known : kNames)
    if (known.kind == kind_) return std::string(known.name);
  return "dyn";
}

const Type& Type::element() const {
  static const Type kDyn;
  return detail_ ? detail_->element : kDyn;
}

const Type& Type::key() const {
  static const Type kDyn;
  return detail_ ? detail_->key : kDyn;
}

const Type::Fields& Type::fields() const {
  static const Fields kNone;
  return detail_ ? detail_->fields : kNone;
}

const Type* Type::field(std::string_view name) const {
  const auto found = fields().find(name);
  return found == fields().end() ? nullptr : &found->second;
}

const std::string& Type::name() const {
  static const std::string kNone;
  return detail_ ? detail_->name : kNone;
}

bool Type::fits(const Type& wanted) const {
  if (is(Kind::kDyn) || wanted.is(Kind::kDyn) || is(Kind::kNull)) return true;
  if (is(Kind::kDate) && wanted.is(Kind::kTimestamp)) return true;
  if (is(Kind::kStruct) && wanted.is(Kind::kMap)) return key().fits(wanted.key());
  if (kind_ != wanted.kind_) return false;
  if (is(Kind::kList)) return element().fits(wanted.element());
  if (is(Kind::kMap)) return key().fits(wanted.key()) && element().fits(wanted.element());
  return is(Kind::kStruct) ? struct_fits(*this, wanted) : true;
}

Type Type::join(const Type& left, const Type& right) {
  if (left.is(Kind::kNull)) return right;
  if (right.is(Kind::kNull)) return left;
  if (left.is(Kind::kDyn) || right.is(Kind::kDyn)) return {};
  if (left.is(Kind::kList) && right.is(Kind::kList)) return list(join(left.element(), right.element()));
  if (left.is(Kind::kMap) && right.is(Kind::kMap))
    return map(join(left.key(), right.key()), join(left.element(), right.element()));
  if (left.fits(right)) return right;
  if (right.fits(left)) return left;
  return {};
}

bool Type::operator==(const Type& other) const {
  if (kind_ != other.kind_) return false;
  if (detail_ == other.detail_) return true;
  return key() == other.key() && element() == other.element() && fields() == other.fields() &&
         name() == other.name();
}

}  // namespace parley::cel
