// files.*: what can be said of a bot by reading it.

#include <algorithm>
#include <set>

#include "cli/maturity/sources.h"
#include "intents/corpus.h"

namespace parley::cli {
namespace {

using conversations::Flow;
using conversations::Program;
using conversations::Step;

std::string place_of(const Flow& flow, int line, const std::string& what) {
  return flow.path + ':' + std::to_string(line) + ": " + what;
}

void count_calls(const Program& program, Measures& measures) {
  std::size_t calls = 0;
  std::vector<std::string> bare;
  for (const auto& [name, flow] : program.flows)
    for (const Step& step : flow.steps) {
      const auto* call = std::get_if<conversations::Call>(&step.action);
      if (call == nullptr) continue;
      ++calls;
      if (flow.steps[static_cast<std::size_t>(call->failed)].implied)
        bare.push_back(place_of(flow, step.line, call->service + '.' + call->operation));
    }
  measures.set("files.calls", static_cast<double>(calls));
  measures.set("files.calls_without_branch", static_cast<double>(bare.size()), bare);
}

/// Whether a step of the flow, or of one that it runs, brings in a person.
bool leads_to_person(const Program& program, const std::string& name, std::set<std::string>& seen) {
  const auto flow = program.flows.find(name);
  if (flow == program.flows.end() || !seen.insert(name).second) return false;
  return std::any_of(flow->second.steps.begin(), flow->second.steps.end(), [&](const Step& step) {
    if (std::holds_alternative<conversations::Handoff>(step.action)) return true;
    const auto* run = std::get_if<conversations::Run>(&step.action);
    return run != nullptr && leads_to_person(program, run->flow, seen);
  });
}

/// Whoever asks for a person in any flow gets pattern_handoff: where a bot's own one does not bring in
/// anybody, each flow has to.
void count_ways_to_people(const Program& program, Measures& measures) {
  std::set<std::string> seen;
  const bool everywhere = leads_to_person(program, "pattern_handoff", seen);
  std::size_t flows = 0;
  std::vector<std::string> without;
  for (const auto& [name, flow] : program.flows) {
    if (flow.built_in) continue;
    ++flows;
    seen.clear();
    if (!everywhere && !leads_to_person(program, name, seen))
      without.push_back(place_of(flow, flow.line, name));
  }
  measures.set("files.flows", static_cast<double>(flows));
  measures.set("files.flows_without_person", static_cast<double>(without.size()), without);
}

std::ptrdiff_t count_intents(const intents::Corpus& corpus) {
  return std::count_if(corpus.intents.begin(), corpus.intents.end(),
                       [](const intents::Intent& intent) { return intent.name != intents::kNoneIntent; });
}

std::vector<std::string> places_of_findings(const config::Findings& findings,
                                            const std::set<std::string_view>& codes) {
  std::vector<std::string> places;
  for (const config::Finding& finding : findings.all())
    if (codes.empty() || codes.contains(finding.code))
      places.push_back(finding.path + ':' + std::to_string(finding.position.line) + ": " + finding.message);
  return places;
}

}  // namespace

void measure_files(const BotFiles& files, const config::Findings& findings, Measures& measures) {
  const auto unanswered = places_of_findings(findings, {"unanswered-intent"});
  measures.set("files.intents", static_cast<double>(count_intents(files.corpus)));
  measures.set("files.unanswered_intents", static_cast<double>(unanswered.size()), unanswered);
  count_calls(*files.program, measures);
  count_ways_to_people(*files.program, measures);
  const auto warnings = places_of_findings(findings, {});
  const auto untranslated =
      places_of_findings(findings, {"missing-translation", "stale-translation", "fuzzy-translation"});
  measures.set("files.warnings", static_cast<double>(warnings.size()), warnings);
  measures.set("files.missing_translations", static_cast<double>(untranslated.size()), untranslated);
  measures.set("files.languages", static_cast<double>(files.manifest.languages.size()));
  measures.set("files.redaction", files.manifest.redact_given && !files.manifest.redact.empty() ? 1 : 0);
}

}  // namespace parley::cli
