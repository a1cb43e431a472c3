// From walks to findings.
//
// A dead end is found backward: whatever reaches a situation in which the flow is over, along answers, ends
// of calls and timers, is no dead end; cancelling, or asking for a person, is no way out. What lies behind a
// bound, or was not tried thoroughly, is given the benefit of the doubt. A question that takes no answer is
// reported as that, not as a dead end as well.
#include <algorithm>
#include <tuple>

#include "conversations/dialogue/state.h"
#include "conversations/exploring/flow_walk.h"
#include "conversations/exploring/transcript.h"

namespace parley::conversations {

namespace {

using config::Severity;

std::string conversation(const WalkedFlow& walked, const ServiceCatalog& services, std::size_t last,
                         const std::string& name) {
  std::vector<std::size_t> way;
  for (std::size_t i = last; i != kNoNode; i = walked.nodes[i].parent)
    way.push_back(i);
  Transcript transcript{name, walked.nodes[way.back()].situation.context, services, {}};
  for (auto index = way.rbegin(); index != way.rend(); ++index) {
    const ExploredNode& node = walked.nodes[*index];
    const Situation* before = node.parent == kNoNode ? nullptr : &walked.nodes[node.parent].situation;
    transcript.exchanges.push_back({node.move, before, &node.situation, node.replies});
  }
  return to_test(transcript);
}

/// Of each node whether an end of the flow can be come to; true where that is not known.
std::vector<bool> nodes_with_an_end(const WalkedFlow& walked) {
  std::vector<bool> ends(walked.nodes.size(), false);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = walked.nodes.size(); i-- > 0;) {
      if (ends[i]) continue;
      const ExploredNode& node = walked.nodes[i];
      ends[i] = !node.open || !node.thorough ||
                std::any_of(node.ways.begin(), node.ways.end(),
                            [&](const ExploredWay& way) { return way.forward && ends[way.to]; });
      changed = changed || ends[i];
    }
  }
  return ends;
}

/// Gathers the findings of all walks.
class Findings {
 public:
  explicit Findings(const ExploreSubject& subject) : subject_(subject) {}

  void add(const WalkedFlow& walked) {
    for (const auto& [place, crash] : walked.crashes)
      add_crash(walked, crash);
    bool unanswerable = false;
    for (const auto& [question, asked] : walked.questions) {
      if (asked.taken > 0) taken_.insert(question);
      const bool never = asked.tried > 0 && asked.taken == 0;
      unanswerable = unanswerable || never;
      if (never && !refused_.contains(question))
        refused_.emplace(question, question_remark(walked, question, asked));
    }
    if (!crashes_with_all_values(walked) && !unanswerable) add_dead_ends(walked);
  }

  std::vector<Remark> take() {
    for (auto& [question, remark] : refused_)
      if (!taken_.contains(question)) remarks_.push_back(std::move(remark));
    return std::move(remarks_);
  }

 private:
  static bool crashes_with_all_values(const WalkedFlow& walked) {
    return std::any_of(walked.crashes.begin(), walked.crashes.end(),
                       [](const auto& crash) { return crash.second.lacks.empty(); });
  }

  void add_crash(const WalkedFlow& walked, const Crash& crash) {
    const auto flow = subject_.program.flows.find(crash.flow);
    if (flow == subject_.program.flows.end() || !crashed_.insert({crash.flow, crash.step}).second) return;
    remarks_.push_back({crash.lacks.empty() ? crash_finding(flow->second, crash)
                                            : missing_value_finding(flow->second, crash),
                        conversation(walked, subject_.services, crash.node, "goes wrong in " + crash.flow)});
  }

  static config::Finding crash_finding(const Flow& flow, const Crash& crash) {
    return finding_at_step(flow, crash.step, Severity::kError, "crash",
                           "this goes wrong in a conversation: " + crash.why,
                           "the person hears that something went wrong, and the flow ends");
  }

  static config::Finding missing_value_finding(const Flow& flow, const Crash& crash) {
    return finding_at_step(
        flow, crash.step, Severity::kWarning, "missing-value",
        "this goes wrong when the reply has no value for " + crash.lacks + ": " + crash.why,
        "what a reply lacks is null: ask first whether it is there, as in 'row.days != null && row.days > "
        "3'");
  }

  Remark question_remark(const WalkedFlow& walked, const Question& question,
                         const AskedQuestion& asked) const {
    const Flow& flow = subject_.program.flows.at(question.flow);
    std::string tried;
    for (const std::string& answer : asked.refused)
      tried += (tried.empty() ? "\"" : ", \"") + answer + "\"";
    return {
        finding_at_step(flow, flow.find_step(question.step), Severity::kError, "unanswerable-question",
                        "every answer that was tried is refused, among them " + tried,
                        "look at the check and the options; perhaps only an answer fits that was not tried"),
        conversation(walked, subject_.services, asked.at, "cannot answer in " + question.flow)};
  }

  /// Only the first question of a stretch without an end: the others follow from it.
  void add_dead_ends(const WalkedFlow& walked) {
    if (!walked.flow) return;
    const std::vector<bool> ends = nodes_with_an_end(walked);
    bool found = false;
    for (std::size_t i = 0; i < walked.nodes.size(); ++i) {
      const ExploredNode& node = walked.nodes[i];
      if (ends[i] || !node.lacks.empty() || (found && node.parent != kNoNode && !ends[node.parent])) continue;
      const DialogueState state = state_from_json(node.situation.state);
      const Frame& top = state.frames.empty() ? state.parked.back().frames.back() : state.frames.back();
      found = true;
      if (!dead_.insert({top.flow, top.step}).second) continue;
      const Flow& flow = subject_.program.flows.at(top.flow);
      remarks_.push_back(
          {finding_at_step(
               flow, flow.find_step(top.step), Severity::kError, "dead-end",
               "no answer that was tried leads from here to an end of '" + walked.flow->name + "'",
               "let a branch end the flow: as it is only cancelling gets the person out"),
           conversation(walked, subject_.services, i, "finds no end of " + walked.flow->name)});
    }
  }

  const ExploreSubject& subject_;
  std::vector<Remark> remarks_;
  std::set<Question> taken_;
  std::map<Question, Remark> refused_;
  std::set<std::pair<std::string, StepIndex>> crashed_;
  std::set<std::pair<std::string, std::string>> dead_;
};

/// Whether `flow` is or runs the flow that is looked at.
bool leads_to(const Program& program, const Flow& flow, const std::string& only) {
  if (only.empty() || flow.name == only) return true;
  return std::any_of(flow.steps.begin(), flow.steps.end(), [&](const Step& step) {
    const auto* run = std::get_if<Run>(&step.action);
    const auto called = run ? program.flows.find(run->flow) : program.flows.end();
    return called != program.flows.end() && leads_to(program, called->second, only);
  });
}

void add_coverage(Exploration& exploration, const Flow& flow, const ExploredCoverage& coverage) {
  for (config::Finding& finding : coverage.not_reached(flow))
    exploration.remarks.push_back({std::move(finding), ""});
  exploration.reached += coverage.reached(flow);
  exploration.steps += static_cast<std::size_t>(
      std::count_if(flow.steps.begin(), flow.steps.end(), [](const Step& step) { return !step.implied; }));
}

bool has(const Exploration& exploration, Severity severity) {
  return std::any_of(exploration.remarks.begin(), exploration.remarks.end(),
                     [&](const Remark& one) { return one.finding.severity == severity; });
}

}  // namespace

bool Exploration::has_errors() const {
  return has(*this, Severity::kError);
}

bool Exploration::has_warnings() const {
  return has(*this, Severity::kWarning);
}

Exploration explore(const ExploreSubject& subject, const std::string& only, const ExploreBounds& bounds) {
  Exploration exploration;
  ExploredCoverage coverage(subject.program);
  Findings findings(subject);
  const auto walk = [&](const Flow* flow) {
    const WalkedFlow walked = walk_flow(subject, flow, bounds, coverage);
    findings.add(walked);
    exploration.flows.push_back(walked.figures);
  };
  for (const auto& [name, flow] : subject.program.flows)
    if (!flow.built_in && (!flow.when.empty() || !flow.when_event.empty()) &&
        leads_to(subject.program, flow, only))
      walk(&flow);
  if (only.empty() || only.starts_with("pattern_")) walk(nullptr);
  exploration.remarks = findings.take();
  for (const auto& [name, flow] : subject.program.flows)
    if (!flow.built_in && (only.empty() || name == only)) add_coverage(exploration, flow, coverage);
  std::stable_sort(exploration.remarks.begin(), exploration.remarks.end(),
                   [](const Remark& left, const Remark& right) {
                     return std::tie(left.finding.path, left.finding.position.line) <
                            std::tie(right.finding.path, right.finding.position.line);
                   });
  return exploration;
}

}  // namespace parley::conversations
