#include "conversations/testing/coverage.h"

#include <algorithm>
#include <set>
#include <utility>

#include "conversations/testing/flow_texts.h"
#include "conversations/testing/reasons.h"

namespace parley::conversations {
namespace {

constexpr const char* kNoIntent = "none";  // sentences that are not for the bot

std::size_t count_at(const std::map<std::string, std::size_t>& counts, const std::string& key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

struct Branch {
  std::string label;
  StepIndex target = kFlowEnd;
};

std::string case_label(const Json& value) {
  return "case " + (value.is_string() ? value.get<std::string>() : value.dump());
}

class BranchLister {
 public:
  explicit BranchLister(const Step& step) : step_(step) {}

  /// Ways to one and the same step are one branch.
  std::vector<Branch> run() {
    std::visit([&](const auto& action) { list(action); }, step_.action);
    if (branches_.size() < 2) branches_.clear();
    return std::move(branches_);
  }

 private:
  template <typename Action>
  void list(const Action&) {}
  void list(const If& action) {
    add("then", action.then);
    add("else", action.otherwise);
  }
  void list(const Confirm& action) {
    add("yes", step_.next);
    add("no", action.no);
  }
  void list(const Call& action) {
    add("done", step_.next);
    add("failed", action.failed);
  }
  void list(const Wait& action) {
    if (action.event.empty()) return;
    add("came", step_.next);
    add("timed out", action.timed_out);
  }
  void list(const Recover& action) {
    if (!action.consent) return;
    add("agreed", step_.next);
    add("refused", action.refused);
  }
  void list(const Switch& action) {
    for (const auto& [value, target] : action.cases)
      add(case_label(value), target);
    add("default", action.otherwise);
  }
  void list(const Decide& action) {
    for (std::size_t i = 0; i < action.tree->outcomes().size(); ++i)
      add(case_label(action.tree->outcomes()[i]), action.cases[i]);
  }

  void add(std::string label, StepIndex target) {
    const auto same = [&](const Branch& branch) { return branch.target == target; };
    if (const auto known = std::find_if(branches_.begin(), branches_.end(), same); known != branches_.end())
      known->label += " or " + label;
    else
      branches_.push_back({std::move(label), target});
  }

  const Step& step_;
  std::vector<Branch> branches_;
};

std::string id_of(const Flow& flow, StepIndex step) {
  return step == kFlowEnd ? "" : flow.steps.at(static_cast<std::size_t>(step)).id;
}

FlowCoverage coverage_of(const Flow& flow, const CoverageCounter& counter) {
  FlowCoverage coverage{flow.name, flow.path, flow.line, {}, {}};
  for (const Step& step : flow.steps) {
    if (step.implied) continue;
    StepCoverage counted{step.id, step.line, counter.steps(flow.name, step.id), {}};
    for (const Branch& branch : BranchLister(step).run())
      counted.branches.push_back(
          {branch.label, counter.ways(flow.name, step.id, id_of(flow, branch.target))});
    coverage.step_counts.push_back(std::move(counted));
  }
  for (FlowText& text : texts_of(flow)) {
    const std::size_t count = counter.texts(text.source);
    coverage.text_counts.push_back({std::move(text.source), text.line, count});
  }
  return coverage;
}

/// Those that start a flow or have a title: a request such as "greeting" has no flow of its own.
std::set<std::string> intents_of(const Program& program) {
  std::set<std::string> intents;
  for (const auto& [intent, flows] : program.flows_of_intent)
    intents.insert(intent);
  for (const auto& [intent, title] : program.intent_titles)
    intents.insert(intent);
  intents.erase(kNoIntent);
  return intents;
}

std::vector<const Flow*> own_flows(const Program& program) {
  std::vector<const Flow*> flows;
  for (const auto& [name, flow] : program.flows) {
    if (!flow.built_in) flows.push_back(&flow);
  }
  std::stable_sort(flows.begin(), flows.end(), [](const Flow* left, const Flow* right) {
    return std::pair(left->path, left->line) < std::pair(right->path, right->line);
  });
  return flows;
}

LanguageCoverage summed(const Program& program, const CoverageCounter& counter) {
  LanguageCoverage sum;
  for (const Flow* flow : own_flows(program)) {
    const FlowCoverage coverage = coverage_of(*flow, counter);
    sum.steps.add(coverage.steps());
    sum.branches.add(coverage.branches());
    sum.texts.add(coverage.texts());
  }
  for (const std::string& intent : intents_of(program))
    sum.intents.add(counter.intents(intent) > 0);
  return sum;
}

}  // namespace

double Ratio::percent() const {
  return total == 0 ? 100.0 : 100.0 * static_cast<double>(touched) / static_cast<double>(total);
}

void Ratio::add(bool one) {
  touched += one ? 1 : 0;
  ++total;
}

void Ratio::add(const Ratio& others) {
  touched += others.touched;
  total += others.total;
}

Ratio FlowCoverage::steps() const {
  Ratio ratio;
  for (const StepCoverage& step : step_counts)
    ratio.add(step.count > 0);
  return ratio;
}

Ratio FlowCoverage::branches() const {
  Ratio ratio;
  for (const StepCoverage& step : step_counts)
    for (const BranchCoverage& branch : step.branches)
      ratio.add(branch.count > 0);
  return ratio;
}

Ratio FlowCoverage::texts() const {
  Ratio ratio;
  for (const TextCoverage& text : text_counts)
    ratio.add(text.count > 0);
  return ratio;
}

std::vector<int> FlowCoverage::untouched_lines() const {
  std::set<int> lines;
  for (const StepCoverage& step : step_counts)
    if (step.count == 0) lines.insert(step.line);
  return {lines.begin(), lines.end()};
}

void CoverageCounter::take(const Exchange& exchange) {
  for (const Json& reasons : exchange.reasons)
    take_turn(reasons);
  for (const FlowEnd& end : exchange.ends) {
    const auto last = last_.find(end.flow);
    if (last == last_.end()) continue;
    if (end.reason == "completed") ++ways_[{end.flow, last->second, ""}];
    last_.erase(last);
  }
}

void CoverageCounter::take_turn(const Json& reasons) {
  for (const Json& step : reasons.value("path", Json::array()))
    take_step(step.get<std::string>());
  for (const Json& text : reasons.value("texts", Json::array()))
    ++texts_[text.get<std::string>()];
  if (const std::string intent = intent_taken(reasons); !intent.empty()) ++intents_[intent];
}

void CoverageCounter::take_step(const std::string& path) {
  ++steps_[path];
  const std::size_t slash = std::min(path.find('/'), path.size());
  const std::string flow = path.substr(0, slash);
  const std::string step = slash < path.size() ? path.substr(slash + 1) : "";
  if (const auto last = last_.find(flow); last != last_.end()) ++ways_[{flow, last->second, step}];
  last_[flow] = step;
}

void CoverageCounter::add(const CoverageCounter& other) {
  for (const auto& [step, count] : other.steps_)
    steps_[step] += count;
  for (const auto& [text, count] : other.texts_)
    texts_[text] += count;
  for (const auto& [intent, count] : other.intents_)
    intents_[intent] += count;
  for (const auto& [way, count] : other.ways_)
    ways_[way] += count;
}

std::size_t CoverageCounter::steps(const std::string& flow, const std::string& step) const {
  return count_at(steps_, flow + "/" + step);
}

std::size_t CoverageCounter::ways(const std::string& flow, const std::string& from,
                                  const std::string& to) const {
  const auto found = ways_.find({flow, from, to});
  return found == ways_.end() ? 0 : found->second;
}

std::size_t CoverageCounter::texts(const std::string& source) const {
  return count_at(texts_, source);
}

std::size_t CoverageCounter::intents(const std::string& intent) const {
  return count_at(intents_, intent);
}

Coverage coverage_of(const Program& program, const std::map<std::string, CoverageCounter>& by_language) {
  Coverage coverage;
  CoverageCounter all;
  for (const auto& [language, counter] : by_language) {
    coverage.by_language[language] = summed(program, counter);
    all.add(counter);
  }
  for (const Flow* flow : own_flows(program))
    coverage.flows.push_back(coverage_of(*flow, all));
  for (const std::string& intent : intents_of(program))
    coverage.intents[intent] = all.intents(intent);
  coverage.all = summed(program, all);
  return coverage;
}

Coverage touched_part(Coverage coverage) {
  std::erase_if(coverage.flows, [](const FlowCoverage& flow) { return flow.steps().touched == 0; });
  std::erase_if(coverage.intents, [](const auto& intent) { return intent.second == 0; });
  return coverage;
}

}  // namespace parley::conversations
