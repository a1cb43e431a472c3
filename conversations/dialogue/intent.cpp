#include "conversations/dialogue/intent.h"

#include <algorithm>

#include "conversations/dialogue/slot_filling.h"
#include "conversations/dialogue/stack.h"

namespace parley::conversations {

namespace {

constexpr std::size_t kAskedMax = 4;       // intents in one clarifying question, beside 'none of these'
constexpr double kClear = 0.8;             // an intent this sure may take over from an answer that would fit
constexpr std::size_t kSentenceWords = 4;  // words beside the entities: fewer are an answer, not a request

bool leads_somewhere(const Turn& turn, const std::string& intent) {
  return flow_for(turn, intent) ||
         (is_request_name(intent) && turn.program.flows.contains("pattern_" + intent));
}

std::vector<IntentScore> usable_scores(const Turn& turn, const std::vector<IntentScore>& intents) {
  std::vector<IntentScore> scores;
  for (const IntentScore& score : intents) {
    if (leads_somewhere(turn, score.intent)) scores.push_back(score);
  }
  return scores;
}

bool starts_same_flow(const Turn& turn, const std::string& left, const std::string& right) {
  return flow_for(turn, left) != nullptr && flow_for(turn, left) == flow_for(turn, right);
}

}  // namespace

IntentChoice choose_intent(const Turn& turn) {
  return choose_intent(turn, turn.event.understanding.intents, turn.event.understanding.in_scope);
}

IntentChoice choose_intent(const Turn& turn, const std::vector<IntentScore>& intents, double in_scope) {
  const std::vector<IntentScore> scores = usable_scores(turn, intents);
  IntentChoice choice;
  double together = 0;
  std::vector<std::string> close;
  for (const IntentScore& score : scores) {
    choice.intents.push_back(score.intent);
    if (score.probability < scores.front().probability - turn.program.margin) continue;
    together += score.probability;
    if (close.size() < kAskedMax && (close.empty() || !starts_same_flow(turn, close.front(), score.intent))) {
      close.push_back(score.intent);
    }
  }
  if (scores.empty() || in_scope < turn.program.accept || together < turn.program.accept) return choice;
  if (close.size() > 1) return {IntentChoice::Kind::kAsked, close};
  if (scores.front().probability < turn.program.accept) return choice;
  return {IntentChoice::Kind::kTaken, {scores.front().intent}};
}

std::string requested(const Turn& turn, bool by_intent) {
  const std::string phrase = request_in(turn.words, turn.phrases);
  if (!phrase.empty() || !by_intent) return phrase;
  const IntentChoice choice = choose_intent(turn);
  const bool request = choice.kind == IntentChoice::Kind::kTaken && is_request_name(choice.intents.front());
  return request ? choice.intents.front() : "";
}

bool clearly_else(const Turn& turn) {
  const Understanding& understanding = turn.event.understanding;
  const IntentChoice choice = choose_intent(turn);
  if (choice.kind != IntentChoice::Kind::kTaken || understanding.intents.front().probability < kClear) {
    return false;
  }
  const Flow* flow = flow_for(turn, choice.intents.front());
  if (flow && find_open(turn, flow->name)) return false;
  return words_outside(turn.event.text, understanding.entities) >= kSentenceWords;
}

}  // namespace parley::conversations
