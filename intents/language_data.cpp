#include "intents/language_data.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include "config/yaml.h"
#include "engine/result.h"

namespace parley {

const std::map<std::string_view, std::string_view>& language_files();

namespace intents {
namespace {

constexpr std::string_view kCommon = "common";

using Languages = std::map<std::string, LanguageData, std::less<>>;

/// Reads one language file into `data`; `common` first, so that its rules are known.
void read_file(std::string_view name, config::Findings& findings, LanguageData& data) {
  const std::string file_name = std::string(name) + ".yaml";
  const config::YamlFile file(std::string(language_files().at(file_name)), file_name, findings);
  for (const auto& document : file.documents()) {
    data.country = document.get("country").text().value_or(data.country);
    for (const auto& word : document.get("stop_words").items())
      data.stop_words.push_back(word.text().value_or(""));
    std::sort(data.stop_words.begin(), data.stop_words.end());
    for (const auto& sentence : document.get("everyday").items())
      data.everyday.push_back(sentence.text().value_or(""));
    for (const auto& link : document.get("links").items())
      data.links.push_back(link.text().value_or(""));
    data.phrases.read(document);
    if (name == kCommon && data.language == kCommon) data.shapes = Shapes(document);
  }
}

Languages read_languages() {
  Languages languages;
  config::Findings findings;
  for (const auto& [file_name, content] : language_files()) {
    const std::string language(file_name.substr(0, file_name.find('.')));
    LanguageData& data = languages[language];
    data.language = language;
    read_file(kCommon, findings, data);
    if (language != kCommon) read_file(language, findings, data);
  }
  for (const auto& finding : findings.all())
    std::fputs(config::to_text(finding).c_str(), stderr);
  PARLEY_CHECK(findings.all().empty());
  return languages;
}

const Languages& languages() {
  static const Languages kLanguages = read_languages();
  return kLanguages;
}

}  // namespace

const LanguageData& language_data(std::string_view language) {
  static const LanguageData kNone;
  const auto found = languages().find(language);
  return found == languages().end() ? kNone : found->second;
}

std::vector<std::string> known_languages() {
  std::vector<std::string> names;
  for (const auto& [name, data] : languages())
    if (name != kCommon) names.push_back(name);
  return names;
}

}  // namespace intents
}  // namespace parley
