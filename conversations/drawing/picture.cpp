#include "conversations/drawing/picture.h"

#include <algorithm>
#include <map>
#include <set>

#include "conversations/drawing/readable_text.h"
#include "conversations/flows/texts.h"

namespace parley::conversations {

namespace {

std::string joined(const std::vector<std::string>& parts, const std::string& between) {
  std::string text;
  for (const std::string& part : parts)
    text += (text.empty() ? "" : between) + part;
  return text;
}

std::string spoken(std::chrono::milliseconds length) {
  const auto seconds = length.count() / 1'000;
  for (const auto& [unit, name] :
       {std::pair{86'400, " days"}, std::pair{3'600, " hours"}, std::pair{60, " minutes"}})
    if (seconds >= unit && seconds % unit == 0) return std::to_string(seconds / unit) + name;
  return std::to_string(seconds) + " seconds";
}

std::string plain(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string begun_times(std::uint64_t count) {
  if (count == 0) return "never begun";
  return count == 1 ? "begun once" : "begun " + std::to_string(count) + " times";
}

/// The same behind the first text of each condition.
std::string all_in(const Text& variants, const std::string& language) {
  std::vector<std::string> parts;
  std::set<std::string> met;
  for (const auto& [message, condition] : variants)
    if (condition && met.insert(condition->source()).second)
      parts.push_back("if " + condition->source() + ": " + text_in(message, language));
  parts.push_back(text_in(variants, language));
  return joined(parts, "\n");
}

/// What a box says and is, by the step's action.
class BoxWriter {
 public:
  BoxWriter(const Flow& flow, const Program& program, const std::string& language)
      : flow_(flow), program_(program), language_(language) {}

  PictureBox operator()(const Say& action) const {
    std::vector<std::string> parts;
    if (!action.text.empty()) parts.push_back(all_in(action.text, language_));
    if (action.card) add_card(*action.card, parts);
    if (action.image && action.image->alt)
      parts.push_back("(" + text_in(*action.image->alt, language_) + ")");
    for (const Button& button : action.buttons)
      parts.push_back("[" + text_in(button.title, language_) + "]");
    const bool asks = action.card && !action.card->into.empty();
    return box(asks ? BoxKind::kQuestion : BoxKind::kSay, asks ? "ask with a form" : "say",
               joined(parts, "\n"));
  }
  PictureBox operator()(const Collect& action) const {
    std::vector<std::string> parts;
    for (const std::string& name : action.slots) {
      const auto slot = flow_.slots.find(name);
      const bool asked = slot != flow_.slots.end() && !slot->second.ask.empty();
      if (asked && !slot->second.optional) parts.push_back(all_in(slot->second.ask, language_));
    }
    return box(BoxKind::kQuestion, "ask", joined(parts, "\n"));
  }
  PictureBox operator()(const Choose& action) const {
    std::vector<std::string> parts{all_in(action.ask, language_)};
    for (const Option& option : action.options)
      parts.push_back("[" + text_in(option.title, language_) + "]");
    if (action.from) parts.push_back("[each of " + action.from->source() + "]");
    return box(BoxKind::kQuestion, "let choose", joined(parts, "\n"));
  }
  PictureBox operator()(const Confirm& action) const {
    return box(BoxKind::kQuestion, "ask yes or no", all_in(action.ask, language_));
  }
  PictureBox operator()(const Set& action) const {
    std::vector<std::string> parts;
    for (const Assignment& one : action.assignments)
      parts.push_back(one.slot + " = " + one.value->source());
    return box(BoxKind::kWork, "note", joined(parts, "\n"));
  }
  PictureBox operator()(const If& action) const {
    return box(BoxKind::kBranch, "if", action.condition->source());
  }
  PictureBox operator()(const Switch& action) const {
    return box(BoxKind::kBranch, "by", action.subject->source());
  }
  PictureBox operator()(const Decide& action) const {
    return box(BoxKind::kBranch, "decide by table", action.decision);
  }
  PictureBox operator()(const Call& action) const {
    const std::string said = text_in(action.meanwhile, language_);
    return box(BoxKind::kCall, "call",
               action.service + "." + action.operation + (said.empty() ? "" : "\nmeanwhile: " + said));
  }
  PictureBox operator()(const Search& action) const {
    return box(BoxKind::kCall, "search the pages for", action.text->source());
  }
  PictureBox operator()(const Wait& action) const {
    std::vector<std::string> parts;
    if (!action.event.empty()) parts.push_back("for " + action.event);
    if (action.until) parts.push_back("until " + action.until->source());
    if (action.length.count() > 0)
      parts.push_back((action.event.empty() ? "" : "at most ") + spoken(action.length));
    return box(BoxKind::kWork, "wait", joined(parts, "\n"));
  }
  PictureBox operator()(const Run& action) const {
    const auto called = program_.flows.find(action.flow);
    PictureBox run =
        box(BoxKind::kRun, "run",
            called == program_.flows.end() ? action.flow : flow_title(called->second, program_, language_));
    run.flow = action.flow;
    return run;
  }
  PictureBox operator()(const Recover& action) const {
    std::vector<std::string> parts{action.happened};
    if (action.consent) parts.push_back("if " + action.consent->source());
    return box(BoxKind::kWork, "open a recovery case", joined(parts, "\n"));
  }
  PictureBox operator()(const Outcome& action) const {
    return box(BoxKind::kWork, "close the recovery case", std::string(name_of(action.outcome)));
  }
  PictureBox operator()(const Go&) const { return box(BoxKind::kWork, "go on", ""); }
  PictureBox operator()(const Handoff& action) const {
    return box(BoxKind::kPerson, "bring in a person", action.reason);
  }
  PictureBox operator()(const End& action) const { return box(BoxKind::kEnd, "end", action.reason); }

 private:
  static PictureBox box(BoxKind kind, std::string heading, std::string text) {
    return {"", kind, std::move(heading), std::move(text), ""};
  }

  void add_card(const Card& card, std::vector<std::string>& parts) const {
    for (const auto* text : {&card.title, &card.text})
      if (*text) parts.push_back(text_in(**text, language_));
    for (const CardText& text : card.adaptive_texts)
      parts.push_back(text_in(text.text, language_));
    for (const Button& button : card.buttons)
      parts.push_back("[" + text_in(button.title, language_) + "]");
  }

  const Flow& flow_;
  const Program& program_;
  const std::string& language_;
};

struct Exit {
  StepIndex to = kFlowEnd;
  std::string label;
  bool failed = false;
};

/// Where a step leads.
struct Exits {
  const Step& step;

  std::vector<Exit> next() const { return {{step.next, "", false}}; }

  std::vector<Exit> operator()(const Say&) const { return next(); }
  std::vector<Exit> operator()(const Collect&) const { return next(); }
  std::vector<Exit> operator()(const Choose&) const { return next(); }
  std::vector<Exit> operator()(const Confirm& action) const {
    return {{step.next, "yes", false}, {action.no, "no", false}};
  }
  std::vector<Exit> operator()(const Set&) const { return next(); }
  std::vector<Exit> operator()(const If& action) const {
    return {{action.then, "yes", false}, {action.otherwise, "no", false}};
  }
  std::vector<Exit> operator()(const Switch& action) const {
    std::vector<Exit> list;
    for (const auto& [value, target] : action.cases)
      list.push_back({target, plain(value), false});
    list.push_back({action.otherwise, "else", false});
    return list;
  }
  std::vector<Exit> operator()(const Decide& action) const {
    std::vector<Exit> list;
    const auto& outcomes = action.tree->outcomes();
    for (std::size_t i = 0; i < action.cases.size(); ++i)
      list.push_back({action.cases[i], i < outcomes.size() ? outcomes[i] : "else", false});
    return list;
  }
  std::vector<Exit> operator()(const Call& action) const {
    return {{step.next, "", false}, {action.failed, "failed", true}};
  }
  std::vector<Exit> operator()(const Search&) const { return next(); }
  std::vector<Exit> operator()(const Run&) const { return next(); }
  std::vector<Exit> operator()(const Wait& action) const {
    if (action.event.empty()) return next();
    return {{step.next, "", false}, {action.timed_out, "not in time", true}};
  }
  std::vector<Exit> operator()(const Recover& action) const {
    if (!action.consent) return next();
    return {{step.next, "", false}, {action.refused, "no consent", false}};
  }
  std::vector<Exit> operator()(const Outcome&) const { return next(); }
  std::vector<Exit> operator()(const Go&) const { return next(); }
  std::vector<Exit> operator()(const Handoff&) const { return {}; }
  std::vector<Exit> operator()(const End&) const { return {}; }
};

class FlowDrawing {
 public:
  FlowDrawing(const Flow& flow, const Program& program, const std::string& language, const Traffic* traffic)
      : flow_(flow), program_(program), language_(language), traffic_(traffic) {
    if (traffic_) counts_ = traffic_->of(flow.name) ? *traffic_->of(flow.name) : FlowTraffic();
  }

  Picture draw() {
    picture_.name = flow_.name;
    picture_.title = flow_title(flow_, program_, language_);
    add_start();
    for (std::size_t i = 0; i < flow_.steps.size(); ++i)
      add_step(static_cast<StepIndex>(i));
    picture_.boxes.insert(picture_.boxes.end(), ends_.begin(), ends_.end());
    return std::move(picture_);
  }

 private:
  const Step& at(StepIndex index) const { return flow_.steps[static_cast<std::size_t>(index)]; }
  static bool drawn(const Step& step) {
    return !std::holds_alternative<Go>(step.action) && !std::holds_alternative<End>(step.action);
  }

  void add_start() {
    std::vector<std::string> titles;
    for (const std::string& intent : flow_.when) {
      const auto title = program_.intent_titles.find(intent);
      titles.push_back(title == program_.intent_titles.end() ? intent : text_in(title->second, language_));
    }
    for (const std::string& event : flow_.when_event)
      titles.push_back(event);
    const std::string heading = !flow_.when.empty()         ? "begins when somebody wants to"
                                : !flow_.when_event.empty() ? "begins when this comes from outside"
                                                            : "begins when another flow runs it";
    picture_.boxes.push_back(
        {"start", BoxKind::kStart, heading, titles.empty() ? picture_.title : joined(titles, "\n"), ""});
    if (flow_.steps.empty()) return;
    PictureArrow arrow{"start", target(0), "", false, std::nullopt, 1};
    if (traffic_) arrow.count = counts_.begun;
    picture_.arrows.push_back(std::move(arrow));
  }

  void add_step(StepIndex index) {
    const Step& step = at(index);
    if (!drawn(step)) return;
    PictureBox box = std::visit(BoxWriter(flow_, program_, language_), step.action);
    box.id = "s" + std::to_string(index);
    picture_.boxes.push_back(std::move(box));
    std::vector<PictureArrow> arrows;
    for (const Exit& exit : std::visit(Exits{step}, step.action))
      add_arrow(index, exit, arrows);
    add_leavings(index, arrows);
    for (PictureArrow& arrow : arrows) {
      const auto visits = counts_.visits.find(step.id);
      if (arrow.count && visits != counts_.visits.end() && visits->second > 0)
        arrow.share = static_cast<double>(*arrow.count) / static_cast<double>(visits->second);
      picture_.arrows.push_back(std::move(arrow));
    }
  }

  /// Who went no way that the flow has: cancelled, asked for a person, or said nothing more.
  void add_leavings(StepIndex from, std::vector<PictureArrow>& arrows) {
    const std::string& step = at(from).id;
    if (std::holds_alternative<Handoff>(at(from).action)) return;
    for (const auto& [place, times] : counts_.ends)
      if (place.first == step && place.second != "completed")
        arrows.push_back({"s" + std::to_string(from), end_box(place.second), "", true, times, 0});
    if (const auto open = counts_.open.find(step); open != counts_.open.end())
      arrows.push_back({"s" + std::to_string(from), end_box("still open"), "", true, open->second, 0});
  }

  /// Several exits to one box are one arrow.
  void add_arrow(StepIndex from, const Exit& exit, std::vector<PictureArrow>& arrows) {
    const std::string to = target(exit.to);
    auto known = std::find_if(arrows.begin(), arrows.end(), [&](const PictureArrow& arrow) {
      return arrow.to == to && arrow.failed == exit.failed;
    });
    const bool is_new = known == arrows.end();
    if (is_new)
      known =
          arrows.insert(known, {"s" + std::to_string(from), to, exit.label, exit.failed, std::nullopt, 0});
    else
      known->label += ", " + exit.label;
    const bool same_step = !is_new && counted_.contains({from, exit.to});
    counted_.insert({from, exit.to});
    if (traffic_ && !same_step) known->count = known->count.value_or(0) + count(from, exit.to);
  }

  std::uint64_t count(StepIndex from, StepIndex to) const {
    const auto& counts = to == kFlowEnd ? counts_.ends : counts_.ways;
    const auto found = counts.find({at(from).id, to == kFlowEnd ? "completed" : at(to).id});
    return found == counts.end() ? 0 : found->second;
  }

  /// The box that is come to: jumps are followed, ends gathered by their reason.
  std::string target(StepIndex index) {
    std::set<StepIndex> met;
    while (index != kFlowEnd && std::holds_alternative<Go>(at(index).action) && met.insert(index).second)
      index = at(index).next;
    if (index == kFlowEnd) return end_box("completed");
    if (const auto* end = std::get_if<End>(&at(index).action)) return end_box(end->reason);
    return "s" + std::to_string(index);
  }

  std::string end_box(const std::string& reason) {
    for (const PictureBox& box : ends_)
      if (box.text == reason) return box.id;
    ends_.push_back({"e" + std::to_string(ends_.size()), BoxKind::kEnd, "end", reason, ""});
    return ends_.back().id;
  }

  const Flow& flow_;
  const Program& program_;
  const std::string& language_;
  const Traffic* traffic_;
  FlowTraffic counts_;
  Picture picture_;
  std::vector<PictureBox> ends_;
  std::set<std::pair<StepIndex, StepIndex>> counted_;
};

std::string ends_of(const Flow& flow) {
  std::set<std::string> reasons;
  for (const Step& step : flow.steps) {
    if (const auto* end = std::get_if<End>(&step.action)) reasons.insert(end->reason);
    if (std::holds_alternative<Handoff>(step.action)) reasons.insert("escalated");
  }
  return joined({reasons.begin(), reasons.end()}, ", ");
}

}  // namespace

Picture picture_of(const Flow& flow, const Program& program, const std::string& language,
                   const Traffic* traffic) {
  return FlowDrawing(flow, program, language, traffic).draw();
}

Picture overview_of(const Program& program, const std::string& language, const Traffic* traffic) {
  Picture picture{"overview", "", {}, {}, true};
  std::map<std::string, std::string> ids;
  for (const auto& [name, flow] : program.flows)
    if (!flow.built_in) ids.emplace(name, "f" + std::to_string(ids.size()));
  for (const auto& [name, id] : ids) {
    const Flow& flow = program.flows.at(name);
    const std::string ends = ends_of(flow);
    const bool begins = !flow.when.empty() || !flow.when_event.empty();
    const std::string title = flow_title(flow, program, language);
    PictureBox box{id, begins ? BoxKind::kSay : BoxKind::kRun, name,
                   title + (ends.empty() ? "" : "\nmay end: " + ends), name};
    const FlowTraffic* counts = traffic ? traffic->of(name) : nullptr;
    if (traffic) box.heading += ": " + begun_times(counts ? counts->begun : 0);
    picture.boxes.push_back(std::move(box));
    std::set<std::string> runs;
    for (const Step& step : flow.steps)
      if (const auto* run = std::get_if<Run>(&step.action)) runs.insert(run->flow);
    for (const std::string& called : runs)
      if (ids.contains(called))
        picture.arrows.push_back({id, ids.at(called), "runs", false, std::nullopt, 0});
  }
  return picture;
}

std::string flow_title(const Flow& flow, const Program& program, const std::string& language) {
  if (flow.title) return text_in(*flow.title, language);
  for (const std::string& intent : flow.when)
    if (const auto title = program.intent_titles.find(intent); title != program.intent_titles.end())
      return text_in(title->second, language);
  std::string name = flow.name;
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string text_in(const Text& variants, const std::string& language) {
  const MessageTemplate* text = text_for_everyone(variants);
  return text ? text_in(*text, language) : "";
}

std::string text_in(const MessageTemplate& message, const std::string& language) {
  return readable_text(message.has(language) ? message.source(language) : message.source());
}

}  // namespace parley::conversations
