#include "conversations/testing/flow_texts.h"

#include <set>

namespace parley::conversations {
namespace {

class Gatherer {
 public:
  explicit Gatherer(const Flow& flow) : flow_(flow) {}

  std::vector<FlowText> run() {
    for (const Step& step : flow_.steps) {
      line_ = step.line;
      std::visit([&](const auto& action) { add_of(action); }, step.action);
    }
    return std::move(texts_);
  }

 private:
  template <typename Action>
  void add_of(const Action&) {}
  void add_of(const Say& action) { add(action.text); }
  void add_of(const Call& action) { add(action.meanwhile); }
  void add_of(const Confirm& action) {
    add(action.ask);
    add(action.silence);
  }
  void add_of(const Choose& action) {
    add(action.ask);
    add(action.silence);
    add_slot(action.slot);
  }
  void add_of(const Collect& action) {
    for (const std::string& slot : action.slots)
      add_slot(slot);
  }

  /// An optional slot that only a correction could ask for has texts, too, but nothing that says them.
  void add_slot(const std::string& name) {
    const auto slot = flow_.slots.find(name);
    if (slot == flow_.slots.end()) return;
    if (!slot->second.optional) add(slot->second.ask);
    add(slot->second.otherwise);
    add(slot->second.silence);
  }

  void add(const Silence& silence) {
    if (!silence) return;
    for (const SilenceReaction& reaction : *silence)
      add(reaction.say);
  }

  void add(const Text& text) {
    for (const auto& [message, condition] : text)
      if (known_.insert(message.source()).second) texts_.push_back({message.source(), line_});
  }

  const Flow& flow_;
  int line_ = 0;
  std::set<std::string> known_;
  std::vector<FlowText> texts_;
};

}  // namespace

std::vector<FlowText> texts_of(const Flow& flow) {
  return Gatherer(flow).run();
}

}  // namespace parley::conversations
