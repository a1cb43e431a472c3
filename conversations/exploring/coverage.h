// What exploring has met of a bot's flows: steps, ways from step to step, retry lines and texts with a
// condition that were said. And what it never met, as findings.
//
// Of a stretch that was never met only its first step is reported. Built on one thread.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "conversations/exploring/exploration.h"

namespace parley::conversations {

class ExploredCoverage {
 public:
  explicit ExploredCoverage(const Program& program);

  void note(const Advance& advance);
  std::size_t reached(const Flow& flow) const;
  /// Warnings, by step.
  std::vector<config::Finding> not_reached(const Flow& flow) const;

 private:
  struct Unsaid {
    std::string flow;
    StepIndex step;
    std::string source;
    std::string what;  // for the report
  };

  void add_conditional(const std::string& flow, const Text& text, StepIndex step);

  bool met(const Flow& flow, StepIndex step) const;
  bool went(const Flow& flow, StepIndex from, StepIndex to) const;
  void branches(const Flow& flow, StepIndex index, std::vector<config::Finding>& findings) const;

  const int level_;  // of the bot
  std::set<std::string> steps_, ways_;
  std::vector<Unsaid> unsaid_;  // retry lines, and texts with a condition
};

/// A warning or an error at a step of a flow.
config::Finding finding_at_step(const Flow& flow, StepIndex step, config::Severity severity,
                                const std::string& code, const std::string& message, const std::string& hint);

}  // namespace parley::conversations
