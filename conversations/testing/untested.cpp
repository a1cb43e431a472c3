#include "conversations/testing/untested.h"

#include <set>

#include "conversations/dialogue/words.h"
#include "conversations/flows/checks.h"

namespace parley::conversations {
namespace {

std::string key_of(const std::string& text) {
  std::string key;
  for (const std::string& word : words_of(text))
    key += word + " ";
  return key;
}

/// All that the tests say, expect, name and call.
struct TestNotes {
  std::set<std::string> said, expected, ended, called;  // ended: or named

  explicit TestNotes(const std::vector<ConversationTest>& tests) {
    for (const ConversationTest& test : tests) {
      for (const auto& [operation, stub] : test.stubs)
        called.insert(operation);
      for (const TestStep& step : test.steps)
        add(step);
    }
  }

  void add(const TestStep& step) {
    if (const auto* user = std::get_if<UserSays>(&step.what))
      for (const std::string& text : user->texts)
        said.insert(key_of(text));
    if (const auto* user = std::get_if<UserPresses>(&step.what)) said.insert(key_of(user->title));
    if (const auto* end = std::get_if<ExpectEnd>(&step.what)) ended.insert(end->flow);
    if (const auto* replies = std::get_if<ExpectReplies>(&step.what))
      for (const ExpectedText& text : replies->texts)
        expected.insert(text.text);
    if (const auto* flow = std::get_if<ExpectFlow>(&step.what))
      ended.insert(flow->step.substr(0, flow->step.find('/')));
    if (const auto* calls = std::get_if<ExpectCalls>(&step.what))
      for (const auto& [operation, arguments] : calls->calls)
        called.insert(operation);
  }
};

bool expects_text(const Flow& flow, const TestNotes& notes) {
  for (const Step& step : flow.steps)
    if (const auto* say = std::get_if<Say>(&step.action))
      for (const auto& [text, condition] : say->text)
        if (notes.expected.contains(text.source())) return true;
  return false;
}

bool touches(const Flow& flow, const TestNotes& notes,
             const std::map<std::string, std::vector<std::string>>& sentences) {
  if (notes.ended.contains(flow.name)) return true;
  for (const std::string& intent : flow.when)
    if (const auto known = sentences.find(intent); known != sentences.end())
      for (const std::string& sentence : known->second)
        if (notes.said.contains(key_of(sentence))) return true;
  for (const Step& step : flow.steps)
    if (const auto* call = std::get_if<Call>(&step.action))
      if (notes.called.contains(call->service + "." + call->operation)) return true;
  return expects_text(flow, notes);
}

void add_run(const Program& program, const Flow& flow, std::set<std::string>& touched) {
  if (!touched.insert(flow.name).second) return;
  for (const Step& step : flow.steps)
    if (const auto* run = std::get_if<Run>(&step.action))
      if (const auto called = program.flows.find(run->flow); called != program.flows.end())
        add_run(program, called->second, touched);
}

}  // namespace

void check_untested_flows(const Program& program, const std::vector<ConversationTest>& tests,
                          const std::map<std::string, std::vector<std::string>>& sentences,
                          config::Findings& findings) {
  if (tests.empty()) return;
  const TestNotes notes(tests);
  std::set<std::string> touched;
  for (const auto& [name, flow] : program.flows)
    if (touches(flow, notes, sentences)) add_run(program, flow, touched);
  for (const auto& [name, flow] : program.flows) {
    if (flow.built_in || flow.name.starts_with("pattern_") || touched.contains(name)) continue;
    findings.add(finding_at({flow.path, {flow.line, 0}}, config::Severity::kWarning, "untested-flow",
                            "no conversation test touches the flow '" + name + "'",
                            "write one in tests/: what somebody says, and what the bot answers"));
  }
}

}  // namespace parley::conversations
