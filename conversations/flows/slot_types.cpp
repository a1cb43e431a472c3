#include "conversations/flows/slot_types.h"

#include <algorithm>
#include <charconv>

#include "conversations/cel/time.h"

namespace parley::conversations {
namespace {

template <typename Number>
std::optional<nlohmann::json> number_of(const std::string& written) {
  Number value{};
  const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
  if (error != std::errc{} || end != written.data() + written.size()) return std::nullopt;
  return nlohmann::json(value);
}

std::optional<nlohmann::json> flag_of(const std::string& written) {
  if (written == "true" || written == "yes") return true;
  if (written == "false" || written == "no") return false;
  return std::nullopt;
}

}  // namespace

const std::vector<std::string>& slot_types() {
  static const std::vector<std::string> kNames{"text",     "int",   "number", "bool", "date", "time",
                                               "duration", "email", "phone",  "url",  "money"};
  return kNames;
}

const std::vector<std::string>& value_types() {
  static const std::vector<std::string> kNames{"timestamp", "list", "map", "any"};
  return kNames;
}

cel::Type type_of(const std::string& name) {
  if (name == "any") return cel::Kind::kDyn;
  return cel::Type::parse(name).value_or(cel::Type(cel::Kind::kDyn));
}

cel::Type slot_type(const std::string& name, const BotOutline& outline) {
  const auto composite = outline.composites.find(name);
  if (composite == outline.composites.end()) return type_of(name);
  std::map<std::string, cel::Type, std::less<>> fields;
  for (const auto& [part, kind] : composite->second) {
    const auto& known = slot_types();
    const bool typed =
        outline.vocabulary.contains(kind) || std::find(known.begin(), known.end(), kind) != known.end();
    fields.emplace(part, typed ? type_of(kind) : cel::Type(cel::Kind::kDyn));
  }
  return cel::Type::structure(std::move(fields));
}

cel::Type passages_type() {
  return cel::Type::list(cel::Type::structure({{"page", cel::Kind::kString},
                                               {"heading", cel::Kind::kString},
                                               {"text", cel::Kind::kString},
                                               {"link", cel::Kind::kString},
                                               {"score", cel::Kind::kDouble}}));
}

const std::vector<std::string>& failure_kinds() {
  static const std::vector<std::string> kKinds{"unavailable", "timeout", "rejected", "invalid"};
  return kKinds;
}

std::optional<nlohmann::json> value_of(const std::string& written, const std::string& type) {
  return value_of(written, type_of(type));
}

std::optional<nlohmann::json> value_of(const std::string& written, const cel::Type& type) {
  switch (type.kind()) {
    case cel::Kind::kInt:
    case cel::Kind::kUint:
      return number_of<std::int64_t>(written);
    case cel::Kind::kDouble:
      return number_of<double>(written);
    case cel::Kind::kBool:
      return flag_of(written);
    case cel::Kind::kDate:
      return cel::parse_date(written) ? std::optional<nlohmann::json>(written) : std::nullopt;
    case cel::Kind::kString:
    case cel::Kind::kDyn:
      return written;
    default:
      return std::nullopt;
  }
}

}  // namespace parley::conversations
