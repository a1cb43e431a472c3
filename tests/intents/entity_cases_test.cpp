// The entity finder against the cases of the Recognizers-Text specs, kind by kind and language by language.
//
// A case passes when the finder gives exactly the case's entities of that kind: the same pieces of text (but
// for capitals, which the cases have lost), the same types, and every part of the resolution that the case
// states. Prints a table; a kind under its bar fails.
#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "intents/entities/calendar.h"
#include "intents/entities/entity_scanner.h"
#include "intents/entities/resolution.h"
#include "intents/language_data.h"
#include "tests/intents/bot_folder.h"
#include "tests/support/shared_data.h"

namespace parley::intents {
namespace {

using Json = nlohmann::json;

constexpr double kBar = 0.90;  // share of the cases in which every span and value is right
constexpr double kEnglishDateBar = 0.75;
constexpr double kDutchDateBar = 0.65;

struct CaseFile {
  const char* name;   // of the file, without its ending
  const char* types;  // what the types of its entities begin with
};
constexpr std::array<CaseFile, 9> kFiles = {{{"date", "datetimeV2"},
                                             {"number", "number"},
                                             {"ordinal", "ordinal"},
                                             {"percent", "percentage"},
                                             {"money", "currency"},
                                             {"yesno", "boolean"},
                                             {"email", "email"},
                                             {"url", "url"},
                                             {"phone", "phonenumber"}}};

double bar_of(const std::string& kind, const std::string& language) {
  if (kind != "date") return kBar;
  return language == "nl" ? kDutchDateBar : kEnglishDateBar;
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

Viewpoint viewpoint(const std::string& reference, const std::string& language) {
  int y = 1970, m = 1, d = 1, hour = 0, minute = 0, second = 0;
  std::sscanf(reference.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d", &y, &m, &d, &hour, &minute, &second);
  return {make_day(y, m, d).value_or(std::chrono::sys_days{}), hour * 3'600 + minute * 60 + second,
          writes_month_first(language_data(language).country)};
}

/// Whether `found` has every member that `stated` has; of an address capitals do not count.
bool states(const Json& stated, const Json& found) {
  if (stated.is_array() && found.is_array())
    return stated.size() == found.size() &&
           std::is_permutation(stated.begin(), stated.end(), found.begin(),
                               [](const Json& a, const Json& b) { return states(a, b); });
  if (stated.is_string() && found.is_string()) return lower(stated) == lower(found);
  if (!stated.is_object()) return stated == found;
  return std::all_of(stated.items().begin(), stated.items().end(), [&](const auto& member) {
    return member.key() == "score" || member.key() == "subtype" ||
           (member.value().is_null()
                ? found.value(member.key(), Json()).is_null()
                : found.contains(member.key()) && states(member.value(), found[member.key()]));
  });
}

bool is_entity(const Json& stated, const Json& found) {
  return lower(stated["text"]) == lower(found["text"]) && stated["type"] == found["type"] &&
         states(stated.value("resolution", Json::object()), found["resolution"]);
}

bool passes(const Json& one, const CaseFile& file, const std::string& language) {
  static const EntityScanner kScanners[] = {EntityScanner("en"), EntityScanner("nl")};
  const EntityScanner& scanner = kScanners[language == "nl" ? 1 : 0];
  const std::string text = one["input"];
  const Viewpoint view = viewpoint(one.value("reference", ""), language);
  Json found = Json::array();
  for (const SpottedEntity& entity : scanner.scan(text, fold(text), view)) {
    const std::string type = spec_type(entity.kind, entity.meaning);
    const std::string piece = text.substr(entity.begin, entity.end - entity.begin);
    if (entity.inner || !type.starts_with(file.types)) continue;
    const char decimal = scanner.phrases().decimal();
    found.push_back({{"text", piece},
                     {"type", type},
                     {"resolution", entity.rule == 0 ? Json{{"value", piece}}
                                                     : resolution_of(entity.kind, entity.meaning, decimal)}});
  }
  const Json& stated = one["results"];
  return stated.size() == found.size() &&
         std::is_permutation(stated.begin(), stated.end(), found.begin(), is_entity);
}

TEST_CASE("every kind of entity reaches its bar on the public cases") {
  const auto root = test::shared_data("entities");
  if (!root) return;
  std::printf("kind     language  passed  total  share   bar\n");
  for (const CaseFile& file : kFiles)
    for (const std::string language : {"en", "nl"}) {
      std::ifstream lines(*root / language / (std::string(file.name) + ".jsonl"));
      int passed = 0, total = 0;
      for (std::string line; std::getline(lines, line); ++total)
        passed += passes(Json::parse(line), file, language);
      if (total == 0) continue;
      const double share = static_cast<double>(passed) / total;
      const double bar = bar_of(file.name, language);
      std::printf("%-8s %-8s %7d %6d  %.3f  %.2f\n", file.name, language.c_str(), passed, total, share, bar);
      CHECK_MESSAGE(share >= bar, file.name << " in " << language);
    }
}

}  // namespace
}  // namespace parley::intents
