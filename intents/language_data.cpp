#include "intents/language_data.h"

#include <cstdio>
#include <map>

#include "config/yaml.h"
#include "engine/result.h"

namespace parley {

const std::map<std::string_view, std::string_view>& language_files();

namespace intents {
namespace {

LanguageData read_language(std::string_view name, std::string_view content) {
  LanguageData data;
  data.language = name.substr(0, name.find('.'));
  config::Findings findings;
  const config::YamlFile file(std::string(content), std::string(name), findings);
  for (const auto& document : file.documents()) {
    for (const auto& sentence : document.get("everyday").items())
      data.everyday.push_back(sentence.text().value_or(""));
    data.grammar = Grammar(document);
  }
  for (const auto& finding : findings.all()) std::fputs(config::to_text(finding).c_str(), stderr);
  PARLEY_CHECK(findings.all().empty());
  return data;
}

}  // namespace

const LanguageData& language_data(std::string_view language) {
  static const std::map<std::string, LanguageData, std::less<>> kLanguages = [] {
    std::map<std::string, LanguageData, std::less<>> languages;
    for (const auto& [name, content] : language_files()) {
      LanguageData data = read_language(name, content);
      languages.emplace(data.language, std::move(data));
    }
    return languages;
  }();
  static const LanguageData kNone;
  const auto found = kLanguages.find(language);
  return found == kLanguages.end() ? kNone : found->second;
}

}  // namespace intents
}  // namespace parley
