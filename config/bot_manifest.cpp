#include "config/bot_manifest.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdio>

#include "config/file_content.h"
#include "config/yaml.h"

namespace parley::config {
namespace {

bool is_name(const std::string& text) {
  return !text.empty() && std::islower(static_cast<unsigned char>(text[0])) &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::islower(c) || std::isdigit(c) || c == '_' || c == '-';
         });
}

void read_probability(const Node& node, double& into) {
  const auto value = node.number();
  if (!value) return;
  if (*value < 0 || *value > 1) {
    node.error("range", "a probability from 0 to 1 is expected");
    return;
  }
  into = *value;
}

void read_languages(const Node& node, std::vector<std::string>& languages) {
  for (const Node& item : node.items()) {
    const auto language = item.text();
    if (!language) continue;
    if (language->size() < 2 || language->size() > 3 || !is_name(*language))
      item.error("language", "'" + *language + "' is not a language code", "write en, nl, de ...");
    else if (std::find(languages.begin(), languages.end(), *language) != languages.end())
      item.error("duplicate", "'" + *language + "' is listed twice");
    else
      languages.push_back(*language);
  }
}

// {after: 30m}, or none.
void read_silence(const Node& node, std::chrono::milliseconds& into) {
  constexpr std::chrono::milliseconds kLeast{1'000};
  constexpr std::chrono::hours kMost{400 * 24};
  if (!node || (node.is_scalar() && node.text() == "none")) return;
  if (!node.is_map())
    return node.error("type", "a silence says after which time something happens",
                      "write silence: {after: 30m}, or silence: none");
  node.allow({"after"});
  const Node after = node.need("after");
  const std::chrono::milliseconds time(after.duration_ms().value_or(0));
  if (after && time >= kLeast && time <= kMost)
    into = time;
  else if (after && time.count() > 0)
    after.error("range", "a time from 1s to 400d is expected");
}

/// Minutes after midnight of "21:30"; -1, and reported, when it is no time of day.
int minute_of_day(const Node& node) {
  const std::string text = node.text().value_or("");
  int hour = -1, minute = -1;
  char behind = 0;
  const bool shaped =
      text.size() == 5 && text[2] == ':' && text.find_first_not_of("0123456789:") == text.npos;
  if (shaped && std::sscanf(text.c_str(), "%2d:%2d%c", &hour, &minute, &behind) == 2 && hour < 24 &&
      minute < 60)
    return hour * 60 + minute;
  if (node) node.error("quiet-hours", "'" + text + "' is no time of day", "write it in quotes: \"21:00\"");
  return -1;
}

// {from: "21:00", until: "08:00"}, or none.
void read_quiet_hours(const Node& node, QuietHours& into) {
  if (!node) return;
  if (node.is_scalar() && node.text() == "none") {
    into = {0, 0};
    return;
  }
  if (!node.is_map())
    return node.error("quiet-hours", "quiet hours have a beginning and an end",
                      "write quiet_hours: {from: \"21:00\", until: \"08:00\"}, or quiet_hours: none");
  node.allow({"from", "until"});
  const QuietHours read{minute_of_day(node.need("from")), minute_of_day(node.need("until"))};
  if (read.from < 0 || read.until < 0) return;
  if (read.from == read.until)
    return node.error("quiet-hours", "these quiet hours end when they begin",
                      "write quiet_hours: none where there are none");
  into = read;
}

bool is_day(const std::string& text) {
  int year = 0;
  unsigned month = 0, day = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((i == 4 || i == 7) ? text[i] != '-' : !std::isdigit(static_cast<unsigned char>(text[i])))
      return false;
  if (text.size() != 10 || std::sscanf(text.c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3) return false;
  return std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(month),
                                     std::chrono::day(day))
      .ok();
}

void read_waiver(const Node& node, std::vector<Waiver>& into) {
  if (!node.is_map()) return static_cast<void>(node.entries());
  node.allow({"bar", "reason", "owner", "until"});
  Waiver waiver;
  waiver.position = node.position();
  waiver.bar = node.need("bar").text().value_or("");
  waiver.reason = node.need("reason").text().value_or("");
  waiver.owner = node.need("owner").text().value_or("");
  waiver.until = node.need("until").text().value_or("");
  for (const char* key : {"bar", "reason", "owner"})
    if (const Node given = node.get(key); given && given.text() == "")
      given.error("waiver", std::string("a waiver without ") + key + " waives nothing");
  if (const Node until = node.get("until"); until && !is_day(waiver.until))
    until.error("waiver", "'" + waiver.until + "' is not a day",
                "the last day on which it counts: 2026-12-31");
  const bool twice =
      std::any_of(into.begin(), into.end(), [&](const Waiver& other) { return other.bar == waiver.bar; });
  if (twice && !waiver.bar.empty())
    node.get("bar").error("waiver", "'" + waiver.bar + "' is waived twice", "keep one of the two");
  into.push_back(std::move(waiver));
}

const std::vector<std::string> kRedactable{"email", "phone", "iban", "card", "bsn"};

RedactionRule read_redaction(const Node& node) {
  if (!node.is_map()) {
    const std::string kind = node.text().value_or("");
    if (std::find(kRedactable.begin(), kRedactable.end(), kind) == kRedactable.end())
      node.error("redact", "'" + kind + "' is no kind of personal data known here",
                 near_names_hint(kind, kRedactable));
    return {kind, "", node.position()};
  }
  node.allow({"name", "pattern"});
  RedactionRule rule{node.need("name").text().value_or(""), node.need("pattern").text().value_or(""),
                     node.need("pattern").position()};
  if (const Node name = node.get("name"); name && !is_name(rule.kind))
    name.error("name", "a name is lower-case letters, digits, - and _, and starts with a letter");
  return rule;
}

void read_redactions(const Node& node, BotManifest& manifest) {
  manifest.redact_given = static_cast<bool>(node);
  if (!node) {
    manifest.redact = {{"iban", "", {}}, {"card", "", {}}};
  } else if (!node.is_scalar() || node.text() != "none") {
    for (const Node& rule : node.items())
      manifest.redact.push_back(read_redaction(rule));
  }
}

void read_manifest(const Node& root, BotManifest& manifest) {
  root.allow({"bot", "title", "languages", "timezone", "country", "level", "accept", "margin", "silence",
              "vectors", "knowledge", "plain_channels", "waivers", "redact", "negative", "quiet_hours"});
  const Node bot = root.need("bot");
  manifest.name = bot.text().value_or("");
  if (bot && !is_name(manifest.name))
    bot.error("name", "a bot's name is lower-case letters, digits, - and _, and starts with a letter");
  manifest.title = root.get("title").text().value_or(manifest.name);
  read_languages(root.need("languages"), manifest.languages);
  manifest.timezone = root.get("timezone").text().value_or(manifest.timezone);
  manifest.country = root.get("country").text().value_or(manifest.country);
  if (const Node level = root.get("level")) {
    manifest.level = static_cast<int>(level.integer().value_or(1));
    if (manifest.level < 1 || manifest.level > 5) level.error("range", "a level from 1 to 5 is expected");
  }
  read_silence(root.get("silence"), manifest.silence);
  for (const Node& channel : root.get("plain_channels").items())
    manifest.plain_channels.push_back(channel.text().value_or(""));
  for (const Node& waiver : root.get("waivers").items())
    read_waiver(waiver, manifest.waivers);
  read_redactions(root.get("redact"), manifest);
  if (const auto vectors = root.get("vectors").text()) manifest.vectors = manifest.folder / *vectors;
  read_probability(root.get("accept"), manifest.accept);
  read_probability(root.get("margin"), manifest.margin);
  read_probability(root.get("negative"), manifest.negative);
  read_quiet_hours(root.get("quiet_hours"), manifest.quiet_hours);
  if (const Node knowledge = root.get("knowledge")) {
    knowledge.allow({"accept"});
    read_probability(knowledge.get("accept"), manifest.knowledge_accept);
  }
}

Finding no_bot_finding(const std::filesystem::path& folder, std::string hint) {
  return {Severity::kError, "no-bot", (folder / "bot.yaml").string(), {}, "there is no bot.yaml here",
          std::move(hint),  ""};
}

// Who gives the folder of several bots wants one of them.
Finding no_bot(const std::filesystem::path& folder) {
  if (file_exists(folder / "bot.yml"))
    return no_bot_finding(folder, "rename bot.yml to bot.yaml, and so every other file that ends in .yml");
  std::vector<std::string> below;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
    if (std::filesystem::exists(entry.path() / "bot.yaml", ignored)) below.push_back(entry.path().string());
  std::sort(below.begin(), below.end());
  std::string hint = "give a folder that holds a bot.yaml";
  for (std::size_t i = 0; i < below.size(); ++i)
    hint += (i == 0 ? ": " : ", ") + below[i];
  return no_bot_finding(folder, std::move(hint));
}

std::vector<std::filesystem::path> files_of_bot(const std::filesystem::path& folder,
                                                const std::string& ending) {
  std::vector<std::filesystem::path> files;
  for (const char* below : {"intents", "vocabulary", "flows", "tests"})
    for (auto& path : files_below(folder / below, ending))
      files.push_back(std::move(path));
  if (file_exists(folder / ("services" + ending))) files.push_back(folder / ("services" + ending));
  return files;
}

// A file that nobody reads looks to its author like one that does nothing. False: none is read.
bool report_unread_files(const std::filesystem::path& folder, Findings& findings) {
  const std::vector<std::filesystem::path> unread = files_of_bot(folder, ".yml");
  if (!unread.empty() && files_of_bot(folder, ".yaml").empty()) {
    findings.add(
        {Severity::kError,
         "unread-file",
         folder.string(),
         {},
         "nothing was read: the names of all " + std::to_string(unread.size()) + " files end in .yml",
         "rename them to .yaml, " + unread.front().stem().string() + ".yml to " +
             unread.front().stem().string() + ".yaml",
         ""});
    return false;
  }
  for (const std::filesystem::path& path : unread)
    findings.add({Severity::kWarning,
                  "unread-file",
                  path.string(),
                  {},
                  "this file is not read",
                  "rename it to " + path.stem().string() + ".yaml",
                  ""});
  return true;
}

}  // namespace

BotManifest read_bot_manifest(const std::filesystem::path& folder, Findings& findings) {
  BotManifest manifest;
  manifest.folder = folder;
  if (!file_exists(folder / "bot.yaml")) {
    findings.add(no_bot(folder));
    manifest.languages = {"en"};
    return manifest;
  }
  const YamlFile file(folder / "bot.yaml", (folder / "bot.yaml").string(), findings);
  manifest.readable = !file.documents().empty();
  if (manifest.readable) read_manifest(file.documents().front(), manifest);
  if (manifest.languages.empty()) manifest.languages = {"en"};
  manifest.readable = report_unread_files(folder, findings) && manifest.readable;
  return manifest;
}

}  // namespace parley::config
