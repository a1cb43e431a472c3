// The values of the names in scope while an expression is evaluated, and the clock it sees.
//
// A name that is declared but not bound is null, as a slot without a value is. Built by one thread, then only
// read.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <unordered_map>

#include "conversations/cel/value.h"

namespace parley::cel {

class Declarations;

class Bindings {
 public:
  /// Without a clock: now and today are null, and days are counted in UTC.
  Bindings() = default;
  /// Binds `now`, and `today` as the calendar day in `zone` (IANA name; an unknown one counts as UTC).
  Bindings(Instant now, std::string zone);

  void set(std::string name, Value value) { values_.insert_or_assign(std::move(name), std::move(value)); }
  /// Binds every declared name that `values` (a JSON object) has, as its declared type. Names that are not
  /// declared are left out; declared ones that are missing stay as they are.
  void set_all(const nlohmann::json& values, const Declarations& declarations);

  /// Null: not bound.
  const Value* find(std::string_view name) const;
  const std::string& zone() const { return zone_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
  };
  std::unordered_map<std::string, Value, Hash, std::equal_to<>> values_;
  std::string zone_ = "UTC";
};

/// The engine's clock value as an instant.
inline Instant instant_of_milliseconds(std::int64_t since_1970) {
  const std::int64_t seconds = since_1970 >= 0 ? since_1970 / 1000 : (since_1970 - 999) / 1000;
  return {seconds, static_cast<std::int32_t>(since_1970 - seconds * 1000) * 1'000'000};
}

}  // namespace parley::cel
