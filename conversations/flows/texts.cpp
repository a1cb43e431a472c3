#include "conversations/flows/texts.h"

#include <algorithm>

namespace parley::conversations {
namespace {

struct TextsOfStep {
  const std::function<void(const Text&)>& visit;

  template <typename Action>
  void operator()(const Action&) const {}
  void operator()(const Say& action) const { visit(action.text); }
  void operator()(const Call& action) const { visit(action.meanwhile); }
  void operator()(const Choose& action) const {
    visit(action.ask);
    of(action.silence);
  }
  void operator()(const Confirm& action) const {
    visit(action.ask);
    of(action.silence);
  }

  void of(const Silence& silence) const {
    if (!silence) return;
    for (const SilenceReaction& reaction : *silence)
      visit(reaction.say);
  }
};

}  // namespace

void each_text(const Flow& flow, const VisitText& visit) {
  StepIndex at = kFlowEnd;
  const std::function<void(const Text&)> visit_here = [&](const Text& text) { visit(text, at); };
  const TextsOfStep texts{visit_here};
  for (const auto& [name, slot] : flow.slots) {
    visit_here(slot.ask);
    visit_here(slot.otherwise);
    texts.of(slot.silence);
  }
  texts.of(flow.silence);
  for (std::size_t i = 0; i < flow.steps.size(); ++i) {
    at = static_cast<StepIndex>(i);
    std::visit(texts, flow.steps[i].action);
  }
}

const MessageTemplate* text_for_everyone(const Text& text) {
  const auto found =
      std::find_if(text.begin(), text.end(), [](const Variant& variant) { return !variant.condition; });
  return found == text.end() ? nullptr : &found->message;
}

}  // namespace parley::conversations
