// The built-in entities of texts, line by line: for anyone who wants to run cases of their own.

#include <charconv>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/verbs.h"
#include "engine/limits.h"
#include "intents/entities/calendar.h"
#include "intents/entities/entity_scanner.h"
#include "intents/entities/resolution.h"
#include "intents/language_data.h"

namespace parley::cli {
namespace {

using Json = nlohmann::json;

struct Options {
  std::string language = "en";
  std::string country;
  bool jsonl = false;
};

/// "2016-11-07T16:12:00", its time optional.
std::optional<intents::Viewpoint> viewpoint_of(const std::string& reference) {
  int y = 0, m = 0, d = 0, hour = 0, minute = 0, second = 0;
  const int read =
      std::sscanf(reference.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d", &y, &m, &d, &hour, &minute, &second);
  const auto day = intents::make_day(y, m, d);
  if (read < 3 || !day || hour > 23 || minute > 59 || second > 59 || hour < 0 || minute < 0 || second < 0)
    return std::nullopt;
  return intents::Viewpoint{*day, hour * 3'600 + minute * 60 + second, false};
}

std::string local_time_now() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &local);
  return text;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

Json entity_json(const intents::SpottedEntity& entity, std::string_view text, char decimal) {
  const std::string_view found = text.substr(entity.begin, entity.end - entity.begin);
  const std::size_t start = code_points(text.substr(0, entity.begin));
  const bool shape = entity.rule == 0;
  return {{"text", found},
          {"start", start},
          {"end", start + code_points(found)},
          {"kind", entity.kind},
          {"type", intents::spec_type(entity.kind, entity.meaning)},
          {"resolution",
           shape ? Json{{"value", found}} : intents::resolution_of(entity.kind, entity.meaning, decimal)}};
}

Json answer(const std::string& line, const intents::EntityScanner& scanner, bool month_first) {
  const Json request = Json::parse(line, nullptr, false);
  if (!request.is_object()) return {{"error", "not a JSON object"}};
  if (!request.contains("input") || !request["input"].is_string())
    return {{"error", "'input' must be a string"}};
  if (request.contains("reference") && !request["reference"].is_string())
    return {{"error", "'reference' must be a string such as 2016-11-07T16:12:00"}};
  auto view = viewpoint_of(request.value("reference", "1970-01-01"));
  if (!view) return {{"error", "'reference' must be a time such as 2016-11-07T16:12:00"}};
  view->month_first = month_first;
  const std::string text = request["input"];
  Json entities = Json::array();
  for (const auto& entity : scanner.scan(text, intents::fold(text), *view))
    if (!entity.inner) entities.push_back(entity_json(entity, text, scanner.phrases().decimal()));
  return {{"input", text}, {"entities", std::move(entities)}};
}

/// One line of text as it is, seen from this moment.
std::string told(const std::string& text, const intents::EntityScanner& scanner, bool month_first) {
  auto view = viewpoint_of(local_time_now());
  view->month_first = month_first;
  std::string lines = text + '\n';
  for (const auto& entity : scanner.scan(text, intents::fold(text), *view)) {
    if (entity.inner) continue;
    const Json found = entity_json(entity, text, scanner.phrases().decimal());
    lines += "  " + std::string(entity.kind) + " '" + found["text"].get<std::string>() +
             "' = " + found["resolution"].dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
  }
  return lines;
}

int entities(const Options& options) {
  if (intents::language_data(options.language).language.empty()) {
    std::cerr << "parley: there is no grammar for '" << options.language << "'; there are";
    for (const std::string& known : intents::known_languages())
      std::cerr << ' ' << known;
    std::cerr << '\n';
    return kExitUsage;
  }
  const std::string country =
      options.country.empty() ? intents::language_data(options.language).country : options.country;
  const intents::EntityScanner scanner(options.language);
  bool failed = false;
  for (std::string line; std::getline(std::cin, line);) {
    const bool month_first = intents::writes_month_first(country);
    const bool too_long = line.size() > limits::kMessageMaxBytes;
    if (!options.jsonl && !too_long) {
      std::cout << told(line, scanner, month_first);
      continue;
    }
    const Json result =
        too_long ? Json{{"error", "the line is too long"}} : answer(line, scanner, month_first);
    failed = failed || result.contains("error");
    std::cout << result.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
  }
  return failed ? kExitFailed : kExitDone;
}

}  // namespace

void add_entities(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb =
      app.add_subcommand("entities", "Find dates, numbers, amounts... in the texts on standard input");
  verb->add_option("--language", options->language, "Language of the texts")->capture_default_str();
  verb->add_option("--country", options->country,
                   "Country that dates like 3/4 are read for (en: US, nl: NL, de: DE)");
  verb->add_flag("--jsonl", options->jsonl, "One JSON object a line, in and out, with a reference time");
  verb->footer(
      "Example: echo 'friday at 3' | parley entities\n"
      "As JSON: echo '{\"input\":\"friday at 3\",\"reference\":\"2026-03-02T09:00:00\"}' | "
      "parley entities --language en --jsonl");
  verb->callback([options, &exit_code] { exit_code = entities(*options); });
}

}  // namespace parley::cli
