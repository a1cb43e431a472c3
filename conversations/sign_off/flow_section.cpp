#include "conversations/sign_off/flow_section.h"

#include <algorithm>
#include <set>

#include "config/markup.h"
#include "conversations/drawing/picture.h"
#include "conversations/flows/graph.h"

namespace parley::conversations {

namespace {

using config::markup_escaped;

std::string element(const std::string& name, const std::string& content) {
  return "<" + name + ">" + content + "</" + name + ">";
}

std::string list_of(const std::vector<std::string>& items) {
  if (items.size() == 1) return items.front();
  std::string text;
  for (const std::string& item : items)
    text += element("li", item);
  return items.empty() ? "" : element("ul", text);
}

std::string joined(const std::vector<std::string>& items, const std::string& between = ", ") {
  std::string text;
  for (const std::string& item : items)
    text += (text.empty() ? "" : between) + markup_escaped(item);
  return text;
}

std::string words_for_type(const std::string& type) {
  static const std::map<std::string, std::string> kWords{{"text", "in their own words"},
                                                         {"int", "a whole number"},
                                                         {"number", "a number"},
                                                         {"bool", "yes or no"},
                                                         {"date", "a day"},
                                                         {"time", "a time of day"},
                                                         {"duration", "a length of time"},
                                                         {"email", "an e-mail address"},
                                                         {"phone", "a phone number"},
                                                         {"url", "a web address"},
                                                         {"money", "an amount of money"}};
  const auto known = kWords.find(type);
  if (known != kWords.end()) return known->second;
  std::string name = type;
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

/// One thing that is said, in every language of the bot.
struct Line {
  std::string what;
  Text variants;
};

void add_buttons(const std::vector<Button>& buttons, std::vector<Line>& lines) {
  for (const Button& button : buttons)
    lines.push_back({"button", {{button.title, nullptr}}});
}

/// Whom a variant is for, where not all are for everyone.
std::string for_whom(const Variant& variant, const Text& variants) {
  if (variant.condition)
    return "<small>if <code>" + markup_escaped(variant.condition->source()) + "</code></small>";
  const bool all =
      std::none_of(variants.begin(), variants.end(), [](const Variant& one) { return one.condition; });
  return all ? "" : "<small>for everyone else</small>";
}

/// What a step says.
struct SaidBy {
  std::vector<Line>& lines;

  void operator()(const Say& action) const {
    if (!action.text.empty()) lines.push_back({"says", action.text});
    if (action.card) card(*action.card);
    if (action.image && action.image->alt) lines.push_back({"picture", {{*action.image->alt, nullptr}}});
    add_buttons(action.buttons, lines);
  }
  void operator()(const Collect&) const {}  // among the questions
  void operator()(const Choose& action) const {
    lines.push_back({"lets choose", action.ask});
    for (const Option& option : action.options)
      lines.push_back({"button", {{option.title, nullptr}}});
  }
  void operator()(const Confirm& action) const { lines.push_back({"asks yes or no", action.ask}); }
  void operator()(const Set&) const {}
  void operator()(const If&) const {}
  void operator()(const Switch&) const {}
  void operator()(const Decide&) const {}
  void operator()(const Call& action) const {
    if (!action.meanwhile.empty()) lines.push_back({"says meanwhile", action.meanwhile});
  }
  void operator()(const Search&) const {}
  void operator()(const Run&) const {}
  void operator()(const Wait&) const {}
  void operator()(const Recover&) const {}
  void operator()(const Outcome&) const {}
  void operator()(const Go&) const {}
  void operator()(const Handoff&) const {}
  void operator()(const End&) const {}

  void card(const Card& card) const {
    for (const auto* text : {&card.title, &card.text})
      if (*text) lines.push_back({"card", {{**text, nullptr}}});
    for (const CardText& text : card.adaptive_texts)
      lines.push_back({"card", {{text.text, nullptr}}});
    add_buttons(card.buttons, lines);
  }
};

class Section {
 public:
  Section(const Flow& flow, const SignOffSources& sources) : flow_(flow), sources_(sources) {}

  std::string write() {
    const std::string title = flow_title(flow_, sources_.program, language());
    std::string text = "<section class=\"flow\" id=\"flow-" + markup_escaped(flow_.name) + "\">\n<h2>" +
                       markup_escaped(title) + "</h2>\n" + facts() + questions() + texts() + calls() +
                       runs() + ends() + picture();
    return text +
           "<p class=\"verdict\"><span>&#9744; agreed</span><span>&#9744; not agreed</span>"
           "<span class=\"fill\">remarks</span></p>\n</section>\n";
  }

 private:
  const std::vector<std::string>& languages() const { return sources_.program.languages; }
  std::string language() const { return languages().empty() ? "en" : languages().front(); }

  std::string facts() const {
    std::string rows = row("Begins when somebody says", samples());
    rows += row("Who may use it", flow_.roles.empty() ? "everyone" : joined(flow_.roles));
    rows += row("Where", flow_.channels.empty() ? "on every channel" : joined(flow_.channels));
    if (flow_.level > 1) rows += row("From maturity level", std::to_string(flow_.level));
    return "<table class=\"facts\">" + rows + "</table>\n";
  }

  static std::string row(const std::string& head, const std::string& content) {
    return "<tr><th scope=\"row\">" + markup_escaped(head) + "</th><td>" + content + "</td></tr>";
  }

  std::string samples() const {
    std::vector<std::string> items;
    for (const std::string& intent : flow_.when) {
      const auto known = sources_.sentences.find(intent);
      if (known == sources_.sentences.end()) continue;
      for (const auto& [in_language, sentences] : known->second)
        for (const std::string& sentence : sentences)
          items.push_back("<q lang=\"" + markup_escaped(in_language) + "\">" + markup_escaped(sentence) +
                          "</q>");
    }
    for (const std::string& event : flow_.when_event)
      items.push_back("nothing: it begins when &ldquo;" + markup_escaped(spaced(event)) +
                      "&rdquo; is reported from outside");
    if (!items.empty()) return list_of(items);
    std::vector<std::string> callers;
    for (const auto& [name, other] : sources_.program.flows)
      for (const Step& step : other.steps)
        if (const auto* run = std::get_if<Run>(&step.action); run && run->flow == flow_.name)
          callers.push_back("nothing: it is part of <a href=\"#flow-" + markup_escaped(name) + "\">" +
                            markup_escaped(flow_title(other, sources_.program, language())) + "</a>");
    callers.erase(std::unique(callers.begin(), callers.end()), callers.end());
    if (callers.empty()) return "nothing: it is said when the conversation itself calls for it";
    return list_of(callers);
  }

  // --- tables with a column for each language ---

  std::string head(const std::vector<std::string>& first) const {
    std::string cells;
    for (const std::string& name : first)
      cells += element("th", markup_escaped(name));
    for (const std::string& name : languages())
      cells += element("th", markup_escaped(name));
    return element("thead", element("tr", cells));  // again on each page that the table is printed on
  }

  std::string in_all_languages(const Text& variants) const {
    std::string cells;
    for (const std::string& name : languages()) {
      std::vector<std::string> items;
      for (const Variant& variant : variants) {
        const std::string missing = variant.message.has(name) ? "" : "<em>not translated:</em> ";
        items.push_back(for_whom(variant, variants) + missing +
                        markup_escaped(text_in(variant.message, name)));
      }
      cells += "<td lang=\"" + markup_escaped(name) + "\">" + list_of(items) + "</td>";
    }
    return cells;
  }

  std::string questions() const {
    std::string rows;
    for (const auto& [name, slot] : flow_.slots) {
      if (slot.ask.empty() && slot.otherwise.empty() && !slot.check) continue;
      std::string first = "<td>" + markup_escaped(spaced(name)) + "<small>" +
                          markup_escaped(words_for_type(slot.type)) +
                          (slot.optional ? ", not asked for" : "") + "</small>";
      if (slot.check)
        first += "<small>must be: <code>" + markup_escaped(slot.check->source()) + "</code></small>";
      rows += element("tr", first + "</td>" + in_all_languages(slot.ask));
      if (!slot.otherwise.empty())
        rows += element(
            "tr", "<td class=\"again\">when the answer does not fit</td>" + in_all_languages(slot.otherwise));
    }
    if (rows.empty()) return "";
    return "<h3>What it asks</h3>\n<table>" + head({"to know"}) + rows + "</table>\n";
  }

  static std::string spaced(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
  }

  std::string texts() const {
    std::vector<Line> lines;
    for (const Step& step : flow_.steps)
      std::visit(SaidBy{lines}, step.action);
    std::string rows;
    for (const Line& line : lines)
      rows += element("tr", element("td", markup_escaped(line.what)) + in_all_languages(line.variants));
    if (rows.empty()) return "";
    return "<h3>What it says</h3>\n<p class=\"note\">Of several lines in one box one is said at a time. What "
           "stands between &#8249; and &#8250; is filled in.</p>\n<table>" +
           head({""}) + rows + "</table>\n";
  }

  // --- what it does ---

  std::string calls() const {
    std::string items;
    std::set<std::string> met;
    for (const Step& step : flow_.steps) {
      const auto* call = std::get_if<Call>(&step.action);
      if (!call || !met.insert(call->service + "." + call->operation).second) continue;
      items += element("li", call_text(*call));
    }
    for (const Step& step : flow_.steps)
      if (const auto* recover = std::get_if<Recover>(&step.action))
        items += element("li", recovery_text(*recover));
    return items.empty() ? "" : "<h3>What it looks up and does</h3>\n<ul>" + items + "</ul>\n";
  }

  static std::string recovery_text(const Recover& recover) {
    std::string text =
        "notes what went wrong, to make it good: <b>" + markup_escaped(spaced(recover.happened)) + "</b>";
    std::vector<std::string> facts;
    for (const Assignment& fact : recover.about)
      facts.push_back(spaced(fact.slot));
    if (recover.address) facts.push_back("an address");
    if (!facts.empty()) text += ", with " + joined(facts);
    if (recover.consent)
      text += "<small>the person is told later only if <code>" + markup_escaped(recover.consent->source()) +
              "</code></small>";
    return text;
  }

  std::string call_text(const Call& call) const {
    std::string text =
        "<b>" + markup_escaped(spaced(call.service)) + ": " + markup_escaped(spaced(call.operation)) + "</b>";
    std::vector<std::string> given;
    for (const Assignment& argument : call.arguments)
      given.push_back(spaced(argument.slot));
    if (!given.empty()) text += ", with " + joined(given);
    if (const ServiceOperation* operation = sources_.services.find(call.service, call.operation)) {
      std::vector<std::string> columns;
      for (const auto& [name, type] : operation->columns)
        columns.push_back(spaced(name));
      if (!columns.empty()) text += "; gives " + joined(columns);
    }
    const std::string failing = failing_text(call.failed);
    return text + (failing.empty() ? "" : "<small>when it does not work: " + failing + "</small>");
  }

  /// What is said on the failed branch, up to its first end.
  std::string failing_text(StepIndex index) const {
    std::string text;
    for (std::set<StepIndex> met; index != kFlowEnd && met.insert(index).second;) {
      const Step& step = flow_.steps[static_cast<std::size_t>(index)];
      if (const auto* say = std::get_if<Say>(&step.action); say && !say->text.empty())
        text += "&ldquo;" + markup_escaped(text_in(say->text, language())) + "&rdquo; ";
      if (std::holds_alternative<Handoff>(step.action)) return text + "A person is brought in.";
      if (std::holds_alternative<End>(step.action)) return text;
      index = step.next;
    }
    return text;
  }

  std::string runs() const {
    std::string items;
    std::set<std::string> met;
    for (const Step& step : flow_.steps) {
      const auto* run = std::get_if<Run>(&step.action);
      const auto called = run ? sources_.program.flows.find(run->flow) : sources_.program.flows.end();
      if (called == sources_.program.flows.end() || !met.insert(run->flow).second) continue;
      items += "<li><a href=\"#flow-" + markup_escaped(run->flow) + "\">" +
               markup_escaped(flow_title(called->second, sources_.program, language())) + "</a></li>";
    }
    return items.empty() ? "" : "<h3>What it leads through</h3>\n<ul>" + items + "</ul>\n";
  }

  std::string ends() const {
    std::set<std::string> reasons;
    bool completes = false;
    for (const Step& step : flow_.steps) {
      if (const auto* end = std::get_if<End>(&step.action)) reasons.insert(end->reason);
      if (const auto* person = std::get_if<Handoff>(&step.action))
        reasons.insert("a person takes over: " + person->reason);
      completes = completes || runs_out(step);
    }
    if (completes) reasons.insert("completed");
    std::vector<std::string> items;
    for (const std::string& reason : reasons)
      items.push_back(markup_escaped(spaced(reason)));
    return "<h3>How it can end</h3>\n<p>" + joined_html(items) + "</p>\n";
  }

  static std::string joined_html(const std::vector<std::string>& items) {
    std::string text;
    for (const std::string& item : items)
      text += (text.empty() ? "" : " &middot; ") + item;
    return text;
  }

  std::string picture() const {
    const std::string svg = sources_.picture ? sources_.picture(flow_) : "";
    return svg.empty() ? "" : "<h3>How it goes</h3>\n<figure>" + svg + "</figure>\n";
  }

  const Flow& flow_;
  const SignOffSources& sources_;
};

}  // namespace

std::string flow_section(const Flow& flow, const SignOffSources& sources) {
  return Section(flow, sources).write();
}

}  // namespace parley::conversations
