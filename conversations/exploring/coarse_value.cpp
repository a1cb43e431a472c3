#include "conversations/exploring/coarse_value.h"

#include <algorithm>
#include <cmath>

namespace parley::conversations {

namespace {

constexpr std::size_t kItemsLookedAt = 2;  // of a list: more of the same change nothing

/// Between which constants the number lies.
std::string rank(double number, const std::set<double>& constants) {
  const auto next = constants.lower_bound(number);
  const auto place = std::distance(constants.begin(), next);
  const bool equal = next != constants.end() && *next == number;
  return (equal ? "=" : "<") + std::to_string(place);
}

class Coarse {
 public:
  explicit Coarse(const ValueSources& sources) : sources_(sources), numbers_(sources.constants.numbers) {
    numbers_.insert({0.0, 1.0});
  }

  Json value(const Json& exact) const {
    if (exact.is_string()) return text(exact.get_ref<const std::string&>());
    if (exact.is_number()) return rank(exact.get<double>(), numbers_);
    if (exact.is_array()) return list(exact);
    if (exact.is_object()) return map(exact);
    return exact;
  }

 private:
  Json text(const std::string& exact) const {
    if (exact.empty() || sources_.constants.texts.contains(exact)) return exact;
    const auto date = cel::parse_date(exact);
    if (!date) return "*";
    const auto days = cel::days_since_1970(*date) - cel::days_since_1970(sources_.today);
    const std::int64_t weekday = ((cel::days_since_1970(*date) + 3) % 7 + 7) % 7;  // 0: monday
    return (sources_.constants.weekdays && weekday > 4 ? "weekend " : "day ") +
           std::string(days < 0 ? "-" : "") + rank(static_cast<double>(std::abs(days)), numbers_);
  }

  Json list(const Json& exact) const {
    Json coarse = Json::array();
    for (std::size_t i = 0; i < std::min(exact.size(), kItemsLookedAt); ++i)
      coarse.push_back(value(exact[i]));
    return coarse;
  }

  /// Fields that no expression reads tell nothing apart.
  Json map(const Json& exact) const {
    Json coarse = Json::object();
    for (const auto& [name, field] : exact.items())
      if (sources_.constants.deciding.contains(name)) coarse[name] = value(field);
    return coarse;
  }

  const ValueSources& sources_;
  std::set<double> numbers_;
};

}  // namespace

Json coarse(const Json& exact, const ValueSources& sources) {
  return Coarse(sources).value(exact);
}

}  // namespace parley::conversations
