#include "conversations/flows/loader.h"

#include <algorithm>

#include "config/file_content.h"
#include "conversations/cel/time.h"
#include "conversations/flows/built_in_patterns.h"
#include "conversations/flows/checks.h"
#include "conversations/flows/compiler.h"
#include "conversations/flows/conditions.h"
#include "conversations/flows/features.h"
#include "conversations/flows/graph.h"
#include "conversations/flows/heads.h"

namespace parley::conversations {
namespace {

using config::Severity;
using config::YamlFile;

constexpr std::string_view kBuiltInFolder = "built-in/";

void read_heads(const YamlFile& file, bool built_in, Loading& loading) {
  for (const config::Node& document : file.documents()) {
    if (document.is_map())
      read_flow_head(document, built_in, loading);
    else
      document.error("type", "a flow is a map that begins with 'flow: name'");
  }
}

void read_built_in_flows(Loading& loading) {
  for (const auto& [name, content] : built_in_patterns()) {
    if (!name.ends_with(".yaml")) continue;
    loading.files.emplace_back(std::string(content), std::string(kBuiltInFolder) + std::string(name),
                               loading.findings);
    read_heads(loading.files.back(), true, loading);
  }
}

void read_own_flows(Loading& loading) {
  for (const std::filesystem::path& path : config::yaml_files(loading.manifest.folder / "flows")) {
    const std::size_t errors_before = loading.findings.error_count();
    loading.files.emplace_back(path, path.string(), loading.findings);
    loading.incomplete |= loading.findings.error_count() > errors_before;
    read_heads(loading.files.back(), false, loading);
  }
}

void warn_unknown_languages(const std::filesystem::path& folder, Loading& loading) {
  std::error_code missing;
  for (std::filesystem::directory_iterator it(folder, missing), end; !missing && it != end;
       it.increment(missing)) {
    const std::string language = it->path().stem().string();
    const std::vector<std::string>& known = loading.manifest.languages;
    if (it->path().extension() != ".po" || std::find(known.begin(), known.end(), language) != known.end())
      continue;
    loading.findings.add({Severity::kWarning,
                          "unknown-language",
                          it->path().string(),
                          {},
                          "this bot does not speak '" + language + "'",
                          "add it to the languages in bot.yaml",
                          ""});
  }
}

// The bot's own translations come first, so that they may replace those of the built-in flows.
void read_translations(Loading& loading) {
  const std::filesystem::path folder = loading.manifest.folder / "translations";
  const std::vector<std::string>& languages = loading.manifest.languages;
  for (std::size_t i = 1; i < languages.size(); ++i) {
    LanguageTranslations translations;
    translations.language = languages[i];
    const std::filesystem::path path = folder / (languages[i] + ".po");
    translations.own_missing = !config::file_exists(path);
    if (!translations.own_missing) translations.catalogues.push_back(Catalogue::read(path, loading.findings));
    if (translations.own_missing)
      loading.findings.add(
          {Severity::kWarning,
           "missing-translation",
           path.string(),
           {},
           "this file is missing",
           "write the texts in '" + languages[i] + "' there, or take the language out of bot.yaml",
           ""});
    const auto built_in = built_in_patterns().find(languages[i] + ".po");
    if (built_in != built_in_patterns().end())
      translations.catalogues.push_back(Catalogue::parse(
          built_in->second, std::string(kBuiltInFolder) + std::string(built_in->first), loading.findings));
    loading.translations.push_back(std::move(translations));
  }
  warn_unknown_languages(folder, loading);
}

// The manifest's reader knows no calendars; ICU does.
void check_timezone(Loading& loading) {
  if (cel::in_zone({}, loading.manifest.timezone)) return;
  config::Findings ignored;
  const std::filesystem::path path = loading.manifest.folder / "bot.yaml";
  const YamlFile file(path, path.string(), ignored);
  const config::Position at =
      file.documents().empty() ? config::Position{} : file.documents().front().get("timezone").position();
  loading.findings.add({Severity::kError, "unknown-timezone", path.string(), at,
                        "there is no time zone '" + loading.manifest.timezone + "'",
                        "write a name like Europe/Amsterdam", std::string(file.line(at.line))});
}

std::map<std::string, std::vector<std::string>> flows_by_intent(const Loading& loading) {
  std::map<std::string, std::vector<std::string>> by_intent;
  for (const auto& [name, source] : loading.flows)
    for (const std::string& intent : source.flow.when)
      by_intent[intent].push_back(name);
  // The bot's own flow goes before a built-in one that wants the same.
  for (auto& [intent, flows] : by_intent) {
    const auto built_in = [&](const std::string& name) { return loading.flows.at(name).flow.built_in; };
    if (!std::all_of(flows.begin(), flows.end(), built_in)) std::erase_if(flows, built_in);
  }
  return by_intent;
}

std::map<std::string, std::vector<std::string>> flows_by_event(const Loading& loading) {
  std::map<std::string, std::vector<std::string>> by_event;
  for (const auto& [name, source] : loading.flows)
    for (const std::string& event : source.flow.when_event)
      by_event[event].push_back(name);
  return by_event;
}

std::map<std::string, MessageTemplate> compile_titles(Loading& loading) {
  std::map<std::string, MessageTemplate> titles;
  const cel::Declarations nothing;
  const FlowReader reader(loading, "", nothing);
  std::vector<TemplateProblem> none;
  for (const auto& [intent, title] : loading.outline.intent_titles) {
    if (intent == "none") continue;  // never offered to anyone
    const auto place = loading.outline.intent_places.find(intent);
    const Place at = place == loading.outline.intent_places.end() ? Place{"intents", {}} : place->second;
    const bool named = title != intent;  // without a title its name stands in: nothing to translate
    titles.emplace(intent, named ? reader.message_at(title, at)
                                 : MessageTemplate::compile(title, loading.source_language(), nothing, none));
  }
  return titles;
}

void compile_flows(Loading& loading) {
  for (auto& [name, source] : loading.flows)
    declare_scope(source, loading);
  for (auto& [name, source] : loading.flows)
    FlowCompiler(source, loading).compile();
}

/// Flows in which an error stands. What their graph lacks may follow from it: a misspelt `collect: strat`
/// leaves `start` unset and unused.
std::set<std::string> flows_with_errors(const Loading& loading) {
  std::map<std::pair<std::string, int>, std::string> by_place;
  for (const auto& [name, source] : loading.flows)
    by_place[{source.flow.path, source.flow.line}] = name;
  std::set<std::string> broken;
  for (const config::Finding& finding : loading.findings.all()) {
    if (finding.severity != Severity::kError) continue;
    auto next = by_place.upper_bound({finding.path, finding.position.line});
    if (next != by_place.begin() && std::prev(next)->first.first == finding.path)
      broken.insert(std::prev(next)->second);
  }
  return broken;
}

void check_flows(Loading& loading) {
  const bool errors = loading.findings.has_errors();
  const std::set<std::string> broken = flows_with_errors(loading);
  for (const auto& [name, source] : loading.flows) {
    check_loops(source);
    check_conditions(source, loading.outline);
    if (broken.contains(name)) continue;
    check_unreachable_steps(source);
    check_unset_slots(source);
    check_unused_slots(source);
    check_ways_without_end(source);
  }
  check_annotated_slots(loading);
  if (!loading.incomplete && !errors) check_unused_flows(loading);
  check_replaced_patterns(loading);
  check_kept_slots(loading);
  check_run_circles(loading);
  if (!loading.incomplete && !errors) check_stale_translations(loading);
}

}  // namespace

ProgramPtr load_program(const config::BotManifest& manifest, const BotOutline& outline,
                        const ServiceCatalog& services, config::Findings& findings) {
  Loading loading{manifest, outline, services, findings, {}, {}, {}, {}, false, false, {}, {}};
  check_timezone(loading);
  read_translations(loading);
  read_built_in_flows(loading);
  read_own_flows(loading);
  auto program = std::make_shared<Program>();
  program->intent_titles = compile_titles(loading);
  compile_flows(loading);
  program->flows_of_intent = flows_by_intent(loading);
  program->flows_of_event = flows_by_event(loading);
  check_intents(program->flows_of_intent, loading);
  check_events(program->flows_of_event, loading);
  check_flows(loading);
  if (findings.has_errors()) return nullptr;  // also of the decisions and pages, which were read before
  for (auto& [name, source] : loading.flows)
    program->flows.emplace(name, std::move(source.flow));
  program->languages = manifest.languages;
  program->timezone = manifest.timezone;
  program->words = outline.words;
  program->plain_channels = manifest.plain_channels;
  program->accept = manifest.accept;
  program->margin = manifest.margin;
  if (manifest.silence > manifest.silence.zero()) program->silence = {{manifest.silence, {}}};
  program->knowledge = outline.knowledge;
  program->redactor = outline.redactor;
  for (const auto& [name, flow] : program->flows)
    for (const auto& [slot_name, slot] : flow.slots)
      if (slot.is_private) program->private_slots.insert(slot_name);
  program->knowledge_accept = manifest.knowledge_accept;
  program->negative = manifest.negative;
  program->quiet_hours = manifest.quiet_hours;
  program->level = manifest.level;
  note_needs(*program, services);
  return program;
}

}  // namespace parley::conversations
