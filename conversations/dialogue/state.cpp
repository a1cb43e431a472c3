#include "conversations/dialogue/state.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "engine/limits.h"

namespace parley::conversations {

namespace {

constexpr int kFormat = 1;
constexpr std::size_t kCarriedMax = 8;  // entities of one sentence that outlive a clarifying question

template <typename Enum>
struct Name {
  Enum value;
  std::string_view name;
};

constexpr std::array kWaitingNames{Name<Waiting::For>{Waiting::For::kNothing, ""},
                                   Name<Waiting::For>{Waiting::For::kSlot, "slot"},
                                   Name<Waiting::For>{Waiting::For::kChoice, "choice"},
                                   Name<Waiting::For>{Waiting::For::kConfirm, "confirm"},
                                   Name<Waiting::For>{Waiting::For::kCard, "card"},
                                   Name<Waiting::For>{Waiting::For::kCall, "call"},
                                   Name<Waiting::For>{Waiting::For::kEvent, "event"}};
constexpr std::array kStageNames{Name<Parked::Stage>{Parked::Stage::kWaiting, "waiting"},
                                 Name<Parked::Stage>{Parked::Stage::kCame, "came"},
                                 Name<Parked::Stage>{Parked::Stage::kTimedOut, "timed_out"},
                                 Name<Parked::Stage>{Parked::Stage::kStarts, "starts"}};
constexpr std::array kOriginNames{Name<Origin>{Origin::kTask, "task"}, Name<Origin>{Origin::kRun, "run"},
                                  Name<Origin>{Origin::kPattern, "pattern"}};
constexpr std::array kAfterNames{Name<After>{After::kAsk, "ask"}, Name<After>{After::kOffer, "offer"},
                                 Name<After>{After::kStay, "stay"}};

template <typename Names, typename Enum>
std::string name_of(const Names& names, Enum value) {
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const auto& entry) { return entry.value == value; });
  return std::string(found->name);
}

template <typename Enum, std::size_t Size>
Enum value_of(const std::array<Name<Enum>, Size>& names, const std::string& name, Enum fallback) {
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const auto& entry) { return entry.name == name; });
  return found == names.end() ? fallback : found->value;
}

// Reading what may be anything: each gives an empty value for what is absent or of another type.

const Json& at(const Json& json, const char* key) {
  static const Json kNone;
  if (!json.is_object()) return kNone;
  const auto found = json.find(key);
  return found == json.end() ? kNone : *found;
}

std::string text_at(const Json& json, const char* key) {
  const Json& value = at(json, key);
  return value.is_string() ? value.get<std::string>() : "";
}

std::int64_t integer_at(const Json& json, const char* key) {
  const Json& value = at(json, key);
  return value.is_number_integer() ? value.get<std::int64_t>() : 0;
}

bool flag_at(const Json& json, const char* key) {
  const Json& value = at(json, key);
  return value.is_boolean() && value.get<bool>();
}

std::map<std::string, Json> values_at(const Json& json, const char* key) {
  std::map<std::string, Json> values;
  const Json& object = at(json, key);
  if (!object.is_object()) return values;
  for (const auto& [name, value] : object.items())
    values.emplace(name, value);
  return values;
}

Json frame_json(const Frame& frame) {
  Json json{{"flow", frame.flow},
            {"step", frame.step},
            {"origin", name_of(kOriginNames, frame.origin)},
            {"after", name_of(kAfterNames, frame.after)}};
  if (!frame.slots.empty()) json["slots"] = frame.slots;
  if (frame.waits() || frame.waiting.failures > 0) {
    json["waiting"] = {{"for", name_of(kWaitingNames, frame.waiting.what)},
                       {"name", frame.waiting.name},
                       {"failures", frame.waiting.failures}};
    if (frame.waiting.silences > 0) json["waiting"]["silences"] = frame.waiting.silences;
  }
  for (const Filled& filled : frame.filled)
    json["filled"].push_back({filled.slot, filled.step});
  if (!frame.settled.empty()) json["settled"] = frame.settled;
  if (!frame.replaced.empty()) json["replaced"] = frame.replaced;
  if (!frame.carried.is_null()) json["carried"] = frame.carried;
  for (const Frame& ran : frame.ran)
    json["ran"].push_back(frame_json(ran));
  if (!frame.ran_by.empty()) json["ran_by"] = frame.ran_by;
  if (!frame.recovery.empty()) json["recovery"] = frame.recovery;
  return json;
}

Waiting waiting_from(const Json& json) {
  Waiting waiting;
  waiting.what = value_of(kWaitingNames, text_at(json, "for"), Waiting::For::kNothing);
  waiting.name = text_at(json, "name");
  waiting.failures = static_cast<int>(std::clamp<std::int64_t>(integer_at(json, "failures"), 0, 1000));
  waiting.silences = static_cast<int>(std::clamp<std::int64_t>(integer_at(json, "silences"), 0, 1000));
  return waiting;
}

Frame frame_from(const Json& json) {
  Frame frame;
  frame.flow = text_at(json, "flow");
  frame.step = text_at(json, "step");
  frame.origin = value_of(kOriginNames, text_at(json, "origin"), Origin::kTask);
  frame.after = value_of(kAfterNames, text_at(json, "after"), After::kOffer);
  frame.waiting = waiting_from(at(json, "waiting"));
  frame.slots = values_at(json, "slots");
  for (const Json& pair : at(json, "filled")) {
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string()) continue;
    frame.filled.push_back({pair[0].get<std::string>(), pair[1].get<std::string>()});
  }
  for (const Json& name : at(json, "settled")) {
    if (name.is_string()) frame.settled.push_back(name.get<std::string>());
  }
  frame.replaced = values_at(json, "replaced");
  frame.carried = at(json, "carried");
  for (const Json& ran : at(json, "ran")) {
    if (frame.ran.size() < kRanMax) frame.ran.push_back(frame_from(ran));
  }
  frame.ran_by = text_at(json, "ran_by");
  frame.recovery = text_at(json, "recovery");
  return frame;
}

Json frames_json(const std::vector<Frame>& frames) {
  Json list = Json::array();
  for (const Frame& frame : frames)
    list.push_back(frame_json(frame));
  return list;
}

std::vector<Frame> frames_from(const Json& list) {
  std::vector<Frame> frames;
  if (!list.is_array()) return frames;
  for (const Json& frame : list)
    if (frames.size() < limits::kFlowDepthMax) frames.push_back(frame_from(frame));
  return frames;
}

Json parked_json(const Parked& parked) {
  Json json{{"frames", frames_json(parked.frames)},
            {"timer", parked.timer},
            {"stage", name_of(kStageNames, parked.stage)}};
  if (parked.held) json["held"] = true;
  return json;
}

std::vector<Parked> parked_from(const Json& list) {
  std::vector<Parked> all;
  if (!list.is_array()) return all;
  for (const Json& json : list) {
    Parked parked{frames_from(at(json, "frames")), text_at(json, "timer"),
                  value_of(kStageNames, text_at(json, "stage"), Parked::Stage::kWaiting),
                  flag_at(json, "held")};
    if (!parked.frames.empty() && all.size() < limits::kWaitingFlowsMax) all.push_back(std::move(parked));
  }
  return all;
}

Json cases_json(const std::vector<OpenCase>& cases) {
  Json list = Json::array();
  for (const OpenCase& one : cases)
    list.push_back({{"id", one.id}, {"escalated", one.escalated}});
  return list;
}

std::vector<OpenCase> cases_from(const Json& list) {
  std::vector<OpenCase> cases;
  if (!list.is_array()) return cases;
  for (const Json& one : list)
    if (cases.size() < kOpenCasesMax && !text_at(one, "id").empty())
      cases.push_back({text_at(one, "id"), flag_at(one, "escalated")});
  return cases;
}

std::uint64_t count_at(const Json& json, const char* key) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(integer_at(json, key), 0));
}

}  // namespace

Json to_json(const DialogueState& state) {
  Json json{{"format", kFormat}, {"language", state.language}};
  if (!state.frames.empty()) json["frames"] = frames_json(state.frames);
  for (const Parked& parked : state.parked)
    json["parked"].push_back(parked_json(parked));
  if (!state.kept.empty()) json["kept"] = state.kept;
  for (const Queued& one : state.queued)
    json["queued"].push_back({{"intent", one.intent}, {"carried", one.carried}, {"what", one.what}});
  if (!state.ended.empty()) json["ended"] = frames_json(state.ended);
  if (state.fallbacks > 0) json["fallbacks"] = state.fallbacks;
  if (state.handed_off) json["handed_off"] = true;
  if (!state.last.empty()) json["last"] = state.last;
  if (!state.cases.empty()) json["cases"] = cases_json(state.cases);
  if (state.cases_opened > 0) json["cases_opened"] = state.cases_opened;
  if (state.unasked && !state.frames.empty()) json["unasked"] = true;
  if (state.negative) json["negative"] = true;
  if (state.apologised) json["apologised"] = true;
  if (state.calls > 0) json["calls"] = state.calls;
  if (state.timers > 0) json["timers"] = state.timers;
  if (state.silent_since != 0) json["silent_since"] = state.silent_since;
  const bool under_way = !state.frames.empty() || !state.parked.empty();
  if (state.steps > 0 && under_way) json["steps"] = state.steps;
  if (state.variants != 0) json["variants"] = state.variants;
  return json;
}

DialogueState state_from_json(const Json& json) {
  DialogueState state;
  state.language = text_at(json, "language");
  state.handed_off = flag_at(json, "handed_off");
  if (integer_at(json, "format") != kFormat) return state;
  state.frames = frames_from(at(json, "frames"));
  state.ended = frames_from(at(json, "ended"));
  state.parked = parked_from(at(json, "parked"));
  state.kept = values_at(json, "kept");
  std::erase_if(state.kept, [](const auto& one) { return !one.second.is_object(); });
  for (const Json& one : at(json, "queued")) {
    if (state.queued.size() == kQueuedMax) break;
    if (text_at(one, "intent").empty()) continue;
    state.queued.push_back({text_at(one, "intent"), at(one, "carried"), text_at(one, "what")});
  }
  state.fallbacks = static_cast<int>(std::clamp<std::int64_t>(integer_at(json, "fallbacks"), 0, 1000));
  if (at(json, "last").is_array()) state.last = at(json, "last");
  std::erase_if(state.last.get_ref<Json::array_t&>(), [](const Json& one) { return !one.is_object(); });
  state.cases = cases_from(at(json, "cases"));
  state.cases_opened = count_at(json, "cases_opened");
  state.unasked = flag_at(json, "unasked");
  state.negative = flag_at(json, "negative");
  state.apologised = flag_at(json, "apologised");
  state.calls = count_at(json, "calls");
  state.timers = count_at(json, "timers");
  state.silent_since = integer_at(json, "silent_since");
  state.steps = count_at(json, "steps");
  state.variants = integer_at(json, "variants");
  return state;
}

Json carried_entities(const std::vector<Entity>& entities) {
  Json carried = Json::array();
  for (const Entity& entity : entities) {
    if (carried.size() == kCarriedMax) break;
    carried.push_back({{"kind", entity.kind},
                       {"role", entity.role},
                       {"begin", entity.begin},
                       {"end", entity.end},
                       {"value", entity.value},
                       {"readings", entity.readings},
                       {"recurs", entity.recurs}});
  }
  return carried;
}

std::vector<Entity> entities_from(const Json& carried) {
  std::vector<Entity> entities;
  if (!carried.is_array()) return entities;
  for (const Json& json : carried) {
    Entity entity;
    entity.kind = text_at(json, "kind");
    entity.role = text_at(json, "role");
    entity.begin = static_cast<std::size_t>(std::max<std::int64_t>(integer_at(json, "begin"), 0));
    entity.end = static_cast<std::size_t>(std::max<std::int64_t>(integer_at(json, "end"), 0));
    entity.value = at(json, "value");
    if (const Json& readings = at(json, "readings"); readings.is_array())
      entity.readings = readings.get<std::vector<Json>>();
    entity.recurs = text_at(json, "recurs");
    entities.push_back(std::move(entity));
  }
  return entities;
}

}  // namespace parley::conversations
