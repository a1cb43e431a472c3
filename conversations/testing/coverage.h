// What the tests of a bot touch: the steps of its flows, the branches behind those steps, the texts that are
// said, the intents that are understood; as a whole and by language.
//
// Steps and texts are read from the reasons of each turn (`path`, `texts`). A branch is the way from a step
// that can lead to several: it was taken when the flow's next step, whatever came in between, is the branch's
// first, or when the flow completed and the branch leads to its end. Built-in flows that the bot does not
// replace are not counted.
//
// One thread.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "conversations/flows/flow.h"
#include "conversations/testing/conversation_driver.h"

namespace parley::conversations {

struct Ratio {
  std::size_t touched = 0, total = 0;
  /// 100 when there is nothing to touch.
  double percent() const;
  void add(bool one);
  void add(const Ratio& others);
};

struct BranchCoverage {
  std::string label;  // "then", "no", "failed", "case gold"
  std::size_t count = 0;
};
struct StepCoverage {
  std::string id;
  int line = 0;
  std::size_t count = 0;
  std::vector<BranchCoverage> branches;  // none or several
};
struct TextCoverage {
  std::string source;
  int line = 0;
  std::size_t count = 0;
};

struct FlowCoverage {
  std::string flow, path;
  int line = 0;
  std::vector<StepCoverage> step_counts;  // those that the author wrote
  std::vector<TextCoverage> text_counts;

  Ratio steps() const;
  Ratio branches() const;
  Ratio texts() const;
  std::vector<int> untouched_lines() const;  // of the flow's file, each once
};

struct LanguageCoverage {
  Ratio steps, branches, texts, intents;
};

struct Coverage {
  std::vector<FlowCoverage> flows;             // by path and line
  std::map<std::string, std::size_t> intents;  // of the bot's own; how often each was understood and taken
  LanguageCoverage all;
  std::map<std::string, LanguageCoverage> by_language;
};

/// Counts what exchanges touch.
class CoverageCounter {
 public:
  /// A new conversation begins: no step was before the next one.
  void begin_conversation() { last_.clear(); }
  void take(const Exchange& exchange);
  void add(const CoverageCounter& other);

  std::size_t steps(const std::string& flow, const std::string& step) const;
  /// From one step of a flow to another, or ("") to its end.
  std::size_t ways(const std::string& flow, const std::string& from, const std::string& to) const;
  std::size_t texts(const std::string& source) const;
  std::size_t intents(const std::string& intent) const;

 private:
  void take_turn(const Json& reasons);
  void take_step(const std::string& path);

  std::map<std::string, std::string> last_;  // step of each flow
  std::map<std::string, std::size_t> steps_, texts_, intents_;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> ways_;
};

Coverage coverage_of(const Program& program, const std::map<std::string, CoverageCounter>& by_language);

/// Without the flows and intents that nothing touched: what some of a bot's tests are about. The figures as a
/// whole stay.
Coverage touched_part(Coverage coverage);

}  // namespace parley::conversations
