#include "conversations/exploring/openings.h"

#include <algorithm>

namespace parley::conversations {

namespace {

/// For conditions about the clock.
constexpr TimePoint kSaturdayNight{std::chrono::milliseconds(1'772'922'600'000)};

bool fits(const std::vector<std::string>& wanted, const std::vector<std::string>& given) {
  return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [&](const std::string& one) {
           return std::find(given.begin(), given.end(), one) != given.end();
         });
}

bool only_says(const Flow& flow) {
  return std::all_of(flow.steps.begin(), flow.steps.end(), [](const Step& step) {
    return std::holds_alternative<Say>(step.action) || std::holds_alternative<End>(step.action);
  });
}

/// The events that start the flow, without members and with one for each slot.
std::vector<Move> events_of(const Flow& flow, const ValueSources& sources) {
  Json members = Json::object();
  for (const auto& [name, slot] : flow.slots) {
    const std::vector<Answer> answers = answers_for(slot, sources);
    if (!answers.empty()) members[name] = answers.front().value;
  }
  std::vector<Move> moves;
  for (const std::string& event : flow.when_event)
    for (const Json& value : {Json::object(), members}) {
      Move move;
      move.kind = MoveKind::kStart;
      move.event.kind = Event::Kind::kCustom;
      move.event.outside = true;
      move.event.name = event;
      move.event.value = value;
      moves.push_back(std::move(move));
    }
  return moves;
}

TurnContext usual_context(const Program& program, const Flow* flow) {
  TurnContext context;
  context.conversation_id = "explore";
  context.language = program.languages.empty() ? "en" : program.languages.front();
  context.now = kExploringBegins;
  context.person = {"explorer", "Anna", {}};
  context.channel = flow && !flow->channels.empty() ? flow->channels.front() : "console";
  if (flow && !flow->roles.empty()) context.person.roles = {flow->roles.front()};
  return context;
}

}  // namespace

std::vector<TurnContext> contexts_for(const Program& program, const Flow* flow, const Constants& constants) {
  const TurnContext usual = usual_context(program, flow);
  std::vector<TurnContext> all{usual};
  const auto another = [&]() -> TurnContext& { return all.emplace_back(usual); };
  if (!constants.roles.empty()) {
    std::vector<std::string>& roles = another().person.roles;
    roles.insert(roles.end(), constants.roles.begin(), constants.roles.end());
  }
  for (const std::string& channel : constants.channels)
    another().channel = channel;
  if (constants.names.contains("language"))
    for (const std::string& language : program.languages)
      another().language = language;
  if (constants.names.contains("now") || constants.names.contains("today")) another().now = kSaturdayNight;
  return all;
}

std::vector<Move> openings_of(const Flow& flow, const ValueSources& sources) {
  std::vector<Move> moves = events_of(flow, sources);
  if (flow.when.empty()) return moves;
  for (const std::string& intent : flow.when)
    moves.push_back(saying(sentence_for(sources.lexicon, intent), intent, MoveKind::kStart));
  if (sources.constants.names.contains("turn")) moves.push_back(in_anger(moves.back()));
  const std::string sentence = sentence_for(sources.lexicon, flow.when.front()) + " ";
  for (const auto& [name, slot] : flow.slots) {
    const std::vector<Answer> answers = answers_for(slot, sources);
    if (!slot.optional || answers.empty() || answers.front().entities.empty()) continue;
    Entity entity = answers.front().entities.front();
    entity.begin += sentence.size();
    entity.end += sentence.size();
    entity.role = name;
    moves.push_back(saying(sentence + answers.front().text, flow.when.front(), MoveKind::kStart, {entity}));
  }
  return moves;
}

std::string digression_for(const Program& program, const Flow* flow, const TurnContext& context) {
  std::string found;
  for (const auto& [intent, flows] : program.flows_of_intent) {
    const Flow& other = program.flows.at(flows.front());
    const bool allowed = fits(other.roles, context.person.roles) && fits(other.channels, {context.channel}) &&
                         std::max(other.level, other.needs.level) <= program.level;
    if (&other == flow || !allowed || other.name.starts_with("pattern_")) continue;
    if (only_says(other)) return intent;
    if (found.empty()) found = intent;
  }
  return found;
}

}  // namespace parley::conversations
