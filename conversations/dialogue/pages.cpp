#include "conversations/dialogue/pages.h"

#include "conversations/dialogue/slot_filling.h"
#include "conversations/dialogue/stack.h"
#include "engine/limits.h"

namespace parley::conversations {

namespace {

constexpr std::size_t kQuestionWords = 4;  // beside the entities: fewer are a failed answer

std::vector<Passage> passages(const Turn& turn, const std::string& text, std::size_t limit) {
  const Knowledge* knowledge = turn.program.knowledge.get();
  if (!knowledge) return {};
  return knowledge->search(
      {turn.state.language, text, turn.context.channel, turn.context.person.roles, limit});
}

bool asks_something(const Turn& turn) {
  return turn.event.text.find('?') != std::string::npos ||
         words_outside(turn.event.text, turn.event.understanding.entities) >= kQuestionWords;
}

}  // namespace

bool answer_from_pages(Turn& turn) {
  const bool question_open = !turn.idle();
  if (question_open && (!asks_something(turn) || !has_room(turn))) return false;
  const std::vector<Passage> found = passages(turn, turn.event.text, 1);
  if (found.empty()) return false;
  const Passage& best = found.front();
  const bool accepted = best.score >= turn.program.knowledge_accept;
  turn.out.reasons["knowledge"] = {
      {"page", best.path}, {"heading", best.heading}, {"score", best.score}, {"accepted", accepted}};
  if (!accepted) return false;
  turn.note("knowledge");
  turn.state.fallbacks = 0;
  start_pattern(turn, "pattern_knowledge",
                {{"page", best.page},
                 {"heading", best.heading},
                 {"text", best.text},
                 {"link", best.link},
                 {"score", best.score}},
                After::kAsk);
  return true;
}

Json search_pages(const Turn& turn, const Search& step, const std::string& text) {
  Json list = Json::array();
  for (const Passage& one : passages(turn, text, step.limit)) {
    if (one.score < step.accept) break;
    list.push_back({{"page", one.page},
                    {"heading", one.heading},
                    {"text", one.text},
                    {"link", one.link},
                    {"score", one.score}});
  }
  return list;
}

}  // namespace parley::conversations
