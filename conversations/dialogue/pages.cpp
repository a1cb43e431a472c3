#include "conversations/dialogue/pages.h"

#include <algorithm>

#include "conversations/dialogue/slot_filling.h"
#include "conversations/dialogue/stack.h"
#include "engine/limits.h"

namespace parley::conversations {

namespace {

constexpr std::size_t kAsidesMax = 2;      // answered in one turn
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

void say_passage(Turn& turn, const Passage& passage, After after) {
  start_pattern(turn, "pattern_knowledge",
                {{"page", passage.page},
                 {"heading", passage.heading},
                 {"text", passage.text},
                 {"link", passage.link},
                 {"score", passage.score}},
                after);
}

Json as_reason(const Turn& turn, const Passage& passage) {
  return {{"page", passage.path},
          {"heading", passage.heading},
          {"score", passage.score},
          {"accepted", passage.score >= turn.program.knowledge_accept}};
}

bool same_place(const Json& left, const Json& right) {
  return left.value("page", "") == right.value("page", "") &&
         left.value("heading", "") == right.value("heading", "");
}

}  // namespace

void answer_asides(Turn& turn, const std::string& text, const std::vector<Aside>& asides) {
  Json said = Json::array();
  if (turn.out.reasons.contains("knowledge")) said.push_back(turn.out.reasons["knowledge"]);
  for (const Aside& aside : asides) {
    if (turn.state.handed_off || !has_room(turn) || turn.out.reasons["asides"].size() == kAsidesMax) break;
    const auto found = passages(turn, text.substr(aside.begin, aside.end - aside.begin), 1);
    if (found.empty() || found.front().score < turn.program.knowledge_accept) continue;
    const Json reason = as_reason(turn, found.front());
    const auto is_same = [&](const Json& one) { return same_place(one, reason); };
    if (std::any_of(said.begin(), said.end(), is_same)) continue;
    said.push_back(reason);
    turn.out.reasons["asides"].push_back(reason);
    say_passage(turn, found.front(), After::kStay);
  }
}

bool answer_from_pages(Turn& turn) {
  const bool question_open = !turn.idle();
  if (question_open && (!asks_something(turn) || !has_room(turn))) return false;
  const std::vector<Passage> found = passages(turn, turn.event.text, 1);
  if (found.empty()) return false;
  const Passage& best = found.front();
  turn.out.reasons["knowledge"] = as_reason(turn, best);
  if (best.score < turn.program.knowledge_accept) return false;
  turn.note("knowledge");
  turn.state.fallbacks = 0;
  say_passage(turn, best, After::kAsk);
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
