// Recovery cases: `recover` opens one, `outcome` says how it has ended.
//
//     - recover: out_of_stock
//       about: {product: product}
//       by: how
//       address: email
//       consent: wanted
//       refused:
//         - say: All right.            then an implied end `declined`
#include <algorithm>

#include "conversations/flows/compiler.h"
#include "engine/limits.h"

namespace parley::conversations {

using config::Entry;
using config::Node;

Action FlowCompiler::recover(const Node& step, Label) {
  Recover recover;
  const std::string id = id_;
  const Node verb = step.get("recover");
  recover.happened = verb.text().value_or("");
  if (verb.is_null() || recover.happened.empty() || recover.happened.size() > limits::kCaseNameMaxBytes)
    verb.error("recover-shape",
               "a recovery case says in a word what went wrong, in at most " +
                   std::to_string(limits::kCaseNameMaxBytes) + " bytes",
               "write recover: out_of_stock");
  const Node about = step.get("about");
  for (const Entry& entry : about ? about.entries() : std::vector<Entry>())
    if (ExpressionPtr value = reader_.value(entry.value, cel::Type(), entry.name))
      recover.about.push_back({entry.name, std::move(value)});
  if (const Node by = step.get("by")) recover.by = reader_.value(by, cel::Kind::kString, "by");
  if (const Node address = step.get("address"))
    recover.address = reader_.value(address, cel::Kind::kString, "address");
  if (const Node consent = step.get("consent")) recover.consent = reader_.condition(consent);
  if (const Node refused = step.get("refused"); refused && !step.get("consent"))
    refused.error("recover-shape", "nobody refuses what nobody was asked", "add consent: with a condition");
  recover.refused = ending_branch(step.get("refused"), id + ".refused", "declined");
  return recover;
}

Action FlowCompiler::outcome(const Node& step, Label) {
  const Node node = step.get("outcome");
  const std::string name = node.text().value_or("");
  const auto outcome = case_outcome(name);
  if (!outcome && node.is_scalar())
    node.error("unknown-outcome", "a recovery case does not end as '" + name + "'",
               config::near_names_hint(name, case_outcome_names()));
  return Outcome{outcome.value_or(CaseOutcome::kUnknown)};
}

// Whoever is told something later was asked whether they want that; and a case that can't end well is none.
void FlowCompiler::check_recovery() const {
  std::size_t opened = 0, first = 0;
  bool waits = false, recovers = false;
  for (std::size_t i = 0; i < flow_.steps.size(); ++i) {
    const Action& action = flow_.steps[i].action;
    if (std::holds_alternative<Recover>(action) && opened++ == 0) first = i;
    const auto* outcome = std::get_if<Outcome>(&action);
    waits |= std::holds_alternative<Wait>(action);
    recovers |= outcome && outcome->outcome == CaseOutcome::kRecovered;
  }
  for (std::size_t i = 0; i < flow_.steps.size(); ++i) {
    const Action& action = flow_.steps[i].action;
    const auto* recover = std::get_if<Recover>(&action);
    if (waits && recover && !recover->consent && !source_.steps[i].node.get("consent"))
      source_.steps[i].node.error("recover-shape", "this flow tells the person something later, unasked",
                                  "ask whether it may, and add consent: with a condition");
    if (opened == 0 && std::holds_alternative<Outcome>(action))
      source_.steps[i].node.error("recover-shape", "this flow opens no recovery case that could end",
                                  "put a recover step in front of it");
  }
  if (waits && opened > 0 && !recovers)
    source_.steps[first].node.warning("no-outcome", "this flow never says that its recovery case ended well",
                                      "write outcome: recovered where it did");
}

}  // namespace parley::conversations
