#include "conversations/dialogue/patterns.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "conversations/dialogue/language.h"
#include "conversations/dialogue/parking.h"
#include "conversations/dialogue/recovery.h"

namespace parley::conversations {

namespace {

constexpr int kFallbackRungs = 3;           // asked again, topics, a person; then from the first
constexpr std::size_t kTopicsMax = 4;       // likely topics offered after a text that was not understood
constexpr std::size_t kHelpTopicsMax = 12;  // topics of the help pattern
constexpr const char* kNone = "none";       // the topic behind "none of these"

Json topic(const Turn& turn, const std::string& intent) {
  const auto title = turn.program.intent_titles.find(intent);
  const Flow* flow = flow_for(turn, intent);
  std::string text = intent;
  if (title != turn.program.intent_titles.end()) {
    text = format(turn, title->second, cel::Bindings());
  } else if (flow) {
    text = title_of(turn, *flow);
  }
  return {{"title", std::move(text)}, {"value", intent}};
}

bool offerable(const Turn& turn, const std::string& intent) {
  const Flow* flow = flow_for(turn, intent);
  return flow && flow->name.rfind("pattern_", 0) != 0 && barrier_of(turn, *flow).empty();
}

/// First the likely ones, then the bot's others, at most `most`.
Json topics(const Turn& turn, const std::vector<std::string>& likely, std::size_t most) {
  std::vector<std::string> intents;
  const auto add = [&](const std::string& intent) {
    const bool known = std::find(intents.begin(), intents.end(), intent) != intents.end();
    if (intents.size() < most && !known && offerable(turn, intent)) intents.push_back(intent);
  };
  std::for_each(likely.begin(), likely.end(), add);
  for (const auto& [intent, flows] : turn.program.flows_of_intent)
    add(intent);
  Json list = Json::array();
  for (const std::string& intent : intents)
    list.push_back(topic(turn, intent));
  return list;
}

void add_none(const Turn& turn, Json& list) {
  list.push_back({{"title", turn.phrases.none_title}, {"value", kNone}});
}

/// Where nothing else is open, a flow that waits is what is meant.
void cancel(Turn& turn) {
  if (!task_frame(turn)) bring_back_parked(turn);
  const std::string title = task_title(turn);
  end_task(turn, "cancelled");
  start_pattern(turn, "pattern_cancel", {{"flow", title}}, After::kOffer);
}

void start_over(Turn& turn) {
  turn.state.queued.clear();
  end_all(turn, "cancelled");
  start_pattern(turn, "pattern_start_over", {}, After::kStay);
}

void help(Turn& turn) {
  const std::string title = task_title(turn);
  Json list = title.empty() ? topics(turn, {}, kHelpTopicsMax) : Json::array();
  start_pattern(turn, "pattern_help", {{"flow", title}, {"topics", std::move(list)}}, After::kAsk);
}

void repeat(Turn& turn) {
  const bool nothing = turn.state.last.empty();
  turn.restated = !nothing;
  start_pattern(turn, "pattern_repeat", {{"nothing", nothing}}, nothing ? After::kAsk : After::kStay);
}

/// Calls for a person really: the end of the bot's part until a `handback`.
void become_silent(Turn& turn) {
  end_all(turn, "escalated");
  turn.state.queued.clear();
  turn.state.handed_off = true;
  turn.out.handed_off = true;
}

void call_person(Turn& turn, const std::string& reason, const std::string& title) {
  turn.note("handoff");
  turn.out.reasons["handoff"] = reason;
  if (!turn.program.flows.contains("pattern_handoff")) return become_silent(turn);
  start_pattern(turn, "pattern_handoff", {{"reason", reason}, {"flow", title}}, After::kOffer);
}

bool act_on_topic(Turn& turn, const Frame& ended) {
  const auto chosen = ended.slots.find("topic");
  if (chosen == ended.slots.end() || !chosen->second.is_string()) return false;
  const std::string intent = chosen->second.get<std::string>();
  if (intent == kNone) {
    turn.state.fallbacks = std::max(turn.state.fallbacks, 1);
    return false;
  }
  turn.note("chosen");
  turn.state.fallbacks = 0;
  start_intent(turn, intent, entities_from(ended.carried));
  return true;
}

bool act_on_resume(Turn& turn, const Frame& ended) {
  const auto go_on = ended.slots.find("go_on");
  if (go_on == ended.slots.end() || go_on->second != false) return false;
  end_task(turn, "started_another");
  return_to_question(turn, After::kOffer);
  return true;
}

bool act_on_next(Turn& turn, const Frame& ended) {
  const auto go_on = ended.slots.find("go_on");
  if (go_on != ended.slots.end() && go_on->second == false) return false;
  start_intent(turn, ended.carried.value("intent", ""),
               entities_from(ended.carried.value("entities", Json::array())));
  return true;
}

/// The person did not mean the correction after all: the answers are what they were.
bool act_on_corrected(Turn& turn, const Frame& ended) {
  const auto accepted = ended.slots.find("accepted");
  Frame* task = task_frame(turn);
  if (!task || accepted == ended.slots.end() || accepted->second != false) return false;
  turn.note("correction_undone");
  for (const auto& [slot, value] : ended.carried.items())
    task->slots[slot] = value;
  return false;
}

bool act_on_stuck(Turn& turn, const Frame& ended) {
  const auto choice = ended.slots.find("choice");
  if (choice != ended.slots.end() && choice->second == "stop") {
    end_task(turn, "stuck");
    return_to_question(turn, After::kOffer);
    return true;
  }
  return false;
}

}  // namespace

void request(Turn& turn, const std::string& name) {
  turn.note("pattern_" + name);
  drop_patterns(turn);
  if (name == "cancel") return cancel(turn);
  if (name == "start_over") return start_over(turn);
  if (name == "help") return help(turn);
  if (name == "repeat") return repeat(turn);
  if (name == "handoff") return call_person(turn, "requested", task_title(turn));
  const After after = name == "goodbye" ? After::kStay : After::kAsk;
  start_pattern(turn, "pattern_" + name, {}, after);
}

void start_intent(Turn& turn, const std::string& intent, const std::vector<Entity>& entities) {
  const Flow* flow = flow_for(turn, intent);
  if (!flow) return request(turn, intent);
  const std::string barrier = barrier_of(turn, *flow);
  if (barrier.empty()) {
    turn.note("start");
    return start_task(turn, *flow, entities);
  }
  if (barrier == "level") return refuse_yet(turn, *flow);
  turn.note("not_allowed");
  drop_patterns(turn);
  start_pattern(turn, "pattern_not_allowed", {{"flow", title_of(turn, *flow)}, {"reason", barrier}},
                After::kAsk);
}

void refuse_yet(Turn& turn, const Flow& flow) {
  turn.note("not_yet");
  drop_patterns(turn);
  Json others = topics(turn, {}, kTopicsMax + 1);
  const auto is_it = [&](const Json& topic) {
    const Flow* offered = flow_for(turn, topic.at("value").get_ref<const std::string&>());
    return offered != nullptr && offered->name == flow.name;
  };
  others.erase(std::remove_if(others.begin(), others.end(), is_it), others.end());
  if (others.size() > kTopicsMax) others.erase(others.end() - 1);
  start_pattern(turn, "pattern_not_yet", {{"flow", title_of(turn, flow)}, {"topics", std::move(others)}},
                After::kAsk);
}

void switch_language(Turn& turn, const std::string& asked) {
  turn.note("language");
  drop_patterns(turn);
  Json spoken = Json::array();
  for (const std::string& language : turn.program.languages)
    spoken.push_back(language_name(language));
  start_pattern(
      turn, "pattern_language",
      {{"known", speaks(turn.program, asked)}, {"name", language_name(asked)}, {"languages", spoken}},
      After::kAsk);
}

void clarify(Turn& turn, const std::vector<std::string>& intents) {
  turn.note("clarify");
  drop_patterns(turn);
  Json candidates = Json::array();
  for (const std::string& intent : intents)
    candidates.push_back(topic(turn, intent));
  add_none(turn, candidates);
  const std::size_t depth = turn.state.frames.size();
  start_pattern(turn, "pattern_clarify", {{"candidates", std::move(candidates)}}, After::kAsk);
  if (turn.state.frames.size() > depth) {
    turn.top().carried = carried_entities(turn.event.understanding.entities);
  }
}

void fall_back(Turn& turn, const std::vector<std::string>& likely) {
  turn.note("fallback");
  drop_patterns(turn);
  const int attempt = turn.state.fallbacks % kFallbackRungs + 1;
  turn.state.fallbacks = attempt;
  Json list = topics(turn, likely, kTopicsMax);
  if (!list.empty()) add_none(turn, list);
  start_pattern(turn, "pattern_fallback", {{"attempt", attempt}, {"topics", std::move(list)}}, After::kAsk);
}

void get_stuck(Turn& turn) {
  turn.note("stuck");
  turn.top().waiting.failures = 0;
  start_pattern(turn, "pattern_stuck", {{"flow", task_title(turn)}}, After::kAsk);
}

void explain_question(Turn& turn, const std::string& type) {
  const int attempt = turn.top().waiting.failures;
  start_pattern(turn, "pattern_retry", {{"type", type}, {"attempt", attempt}}, After::kAsk);
}

void hand_off(Turn& turn, const std::string& reason) {
  if (turn.top().flow == "pattern_handoff") return become_silent(turn);
  const std::string title = task_title(turn);
  escalate_case(turn, turn.top());
  if (turn.top().origin == Origin::kPattern) {
    drop_patterns(turn);
  } else {
    end_task(turn, "escalated");
  }
  call_person(turn, reason, title);
}

void fail(Turn& turn, const std::string& why, const std::string& expression) {
  turn.note("error");
  turn.out.reasons["error"] = why;
  if (!turn.idle() && !turn.failed) {
    const Flow& flow = flow_of(turn, turn.top());
    turn.out.reasons["error_at"] = {{"flow", flow.name},
                                    {"file", std::filesystem::path(flow.path).filename().string()},
                                    {"line", step_of(turn, turn.top()).line},
                                    {"expression", expression}};
  }
  if (std::exchange(turn.failed, true))
    return end_all(turn, "error");  // the error pattern itself does not work
  end_task(turn, "error");
  start_pattern(turn, "pattern_error", {}, After::kOffer);
}

bool act_on_pattern(Turn& turn, const Frame& ended) {
  static const std::vector<std::string> kTopicPatterns{"pattern_clarify", "pattern_fallback", "pattern_help",
                                                       "pattern_negative", "pattern_not_yet"};
  if (std::find(kTopicPatterns.begin(), kTopicPatterns.end(), ended.flow) != kTopicPatterns.end()) {
    return act_on_topic(turn, ended);
  }
  if (ended.flow == "pattern_next") return act_on_next(turn, ended);
  if (ended.flow == "pattern_corrected") return act_on_corrected(turn, ended);
  if (ended.flow == "pattern_resume") return act_on_resume(turn, ended);
  if (ended.flow == "pattern_stuck") return act_on_stuck(turn, ended);
  return false;
}

}  // namespace parley::conversations
