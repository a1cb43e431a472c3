#include "tests/conversations/dialogue_support.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <iostream>

#include "config/bot_manifest.h"
#include "conversations/dialogue/dialogue.h"
#include "conversations/dialogue/words.h"
#include "conversations/flows/loader.h"
#include "tests/support/temp_folder.h"

namespace parley::test {

namespace {

constexpr const char* kFlows = R"yaml(
flow: request_leave
title: Ask for leave
when: request_leave
slots:
  start: {type: date, ask: From which day?, check: start >= today, otherwise: [That day has passed., From today on please.]}
  end: {type: date, ask: Until which day?, check: end >= start, otherwise: That is before the first day.}
  note: {type: text, optional: true}
steps:
  - collect: [start, end]
  - call: hr.balance
    with: {employee: user.id}
    as: balance
    failed:
      - say: The leave system is down.
      - handoff: leave system down
  - if: balance.days < days(start, end)
    then:
      - say: "You have {balance.days, plural, one {# day} other {# days}} left."
      - end: not_enough_days
  - confirm: "Book leave from {start, date, long} until {end, date, long}?"
  - call: hr.book
    with: {employee: user.id, start: start, end: end}
    failed:
      - say: Nothing was booked.
      - end: failed
  - say: [Booked., All set.]
---
flow: open_ticket
title: Open a ticket
when: open_ticket
slots:
  problem: {type: text, ask: What is the problem?}
  device: {type: device, ask: Which device?, otherwise: [A laptop or a monitor?, Say laptop or monitor.]}
  urgent: {type: bool, ask: Is it urgent?}
  how: {type: text}
steps:
  - collect: [problem, device, urgent]
  - choose: how
    ask: How shall we contact you?
    from:
      - {title: By phone, value: phone}
      - {title: By express mail, value: mail}
  - say: "Ticket for {device}: {problem} ({how})"
---
flow: hours
title: Opening hours
when: opening_hours
steps:
  - say: We are open from 9 to 5.
---
flow: payslip
title: Payslip
when: payslip
roles: [employee]
channels: [helpdesk]
steps:
  - say: Here is your payslip.
)yaml";

ServiceCatalog hr_service() {
  ServiceOperation balance;
  balance.arguments = {{"employee", "text"}};
  balance.columns = {{"days", "int"}};
  ServiceOperation book;
  book.arguments = {{"employee", "text"}, {"start", "date"}, {"end", "date"}};
  book.rows = RowCount::kNone;
  book.sql = {"INSERT INTO leave VALUES (:employee, :start, :end)"};
  ServiceCatalog catalog;
  catalog.services["hr"].name = "hr";
  catalog.services["hr"].operations = {{"balance", balance}, {"book", book}};
  return catalog;
}

}  // namespace

void WordUnderstander::intent(const std::string& phrase, const std::string& name, double probability) {
  phrases_.push_back({phrase, {name, probability}});
}

void WordUnderstander::entity(const std::string& word, const std::string& kind, nlohmann::json value) {
  Entity entity;
  entity.kind = kind;
  entity.value = std::move(value);
  entities_[word].push_back(entity);
}

void WordUnderstander::day(const std::string& word, const std::string& recurs, const char* last,
                           const char* coming) {
  entity(word, "date", coming);
  Entity& added = entities_[word].back();
  added.readings = {last, coming};
  added.recurs = recurs;
}

Understanding WordUnderstander::understand(std::string_view text, const UnderstandContext& context) const {
  Understanding understanding = understand_whole(text, context);
  const std::size_t aside = aside_link_.empty() ? text.npos : text.find(aside_link_);
  if (aside != text.npos) understanding.asides.push_back({aside + aside_link_.size(), text.size()});
  if (link_.empty() || text.find(link_) == std::string_view::npos) return understanding;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(link_, begin), text.size());
    Understanding part = understand_whole(text.substr(begin, end - begin), context);
    for (Entity& entity : part.entities) {
      entity.begin += begin;
      entity.end += begin;
    }
    understanding.clauses.push_back({begin, end, part.intents, part.in_scope, part.entities});
    begin = end + link_.size();
  }
  return understanding;
}

Understanding WordUnderstander::understand_whole(std::string_view text,
                                                 const UnderstandContext& context) const {
  Understanding understanding;
  understanding.language = context.language;
  const std::string all(text);
  const bool negative = std::any_of(negatives_.begin(), negatives_.end(),
                                    [&](const std::string& one) { return all.find(one) != all.npos; });
  understanding.negative = negative ? 0.9 : 0;
  for (const Phrase& phrase : phrases_) {
    if (all.find(phrase.text) != std::string::npos) understanding.intents.push_back(phrase.score);
  }
  std::stable_sort(understanding.intents.begin(), understanding.intents.end(),
                   [](const auto& left, const auto& right) { return left.probability > right.probability; });
  if (!understanding.intents.empty()) understanding.in_scope = 0.95;
  const auto role_after = [&](const std::string& word) {
    const auto known = roles_.find(word);
    return known == roles_.end() ? std::string() : known->second;
  };
  std::string role = role_after("");
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = std::min(all.find_first_of(" ,.!?", begin), all.size());
    const std::string word = all.substr(begin, end - begin);
    if (const auto found = entities_.find(word); found != entities_.end()) {
      for (Entity entity : found->second) {
        entity.begin = begin;
        entity.end = end;
        entity.text = word;
        entity.role = role;
        understanding.entities.push_back(entity);
      }
    }
    role = role_after(word);
    begin = end + 1;
  }
  return understanding;
}

conversations::ProgramPtr compile_flows(const std::string& flows, const std::vector<std::string>& intents,
                                        const ServiceCatalog& services) {
  const TempFolder folder;
  folder.write("flows/all.yaml", flows);
  config::BotManifest manifest;
  manifest.name = "small";
  manifest.languages = {"en", "nl"};
  manifest.timezone = "Europe/Amsterdam";
  manifest.level = 5;
  manifest.folder = folder.path();
  conversations::BotOutline outline;
  outline.intents = intents;
  outline.vocabulary["device"] = {"laptop", "monitor"};
  outline.words["device"]["monitor"]["nl"] = {"beeldscherm", "scherm"};
  config::Findings findings;
  auto program = conversations::load_program(manifest, outline, services, findings);
  for (const config::Finding& finding : findings.all()) {
    if (finding.severity == config::Severity::kError) std::cout << config::to_text(finding);
  }
  REQUIRE(program);
  return program;
}

SmallBot::SmallBot() : SmallBot(kFlows) {}

SmallBot::SmallBot(const std::string& flows)
    : services(hr_service()),
      program(compile_flows(
          flows, {"request_leave", "open_ticket", "opening_hours", "payslip", "cancel", "greeting"},
          services)),
      dialogue(conversations::make_dialogue(program, "small", "v1")) {
  understander.intent("leave", "request_leave");
  understander.intent("ticket", "open_ticket");
  understander.intent("open", "opening_hours", 0.85);
  understander.intent("hours", "opening_hours");
  understander.intent("payslip", "payslip");
  understander.intent("drop this whole thing", "cancel");
  understander.role("from", "start");
  understander.role("until", "end");
  understander.entity("monday", "date", "2026-03-09");
  understander.entity("tuesday", "date", "2026-03-10");
  understander.entity("friday", "date", "2026-03-13");
  understander.entity("saturday", "date", "2026-03-14");
  understander.entity("yesterday", "date", "2026-03-01");
  understander.entity("laptop", "device", "laptop");
  understander.entity("monitor", "device", "monitor");
  understander.entity("two", "number", 2);
}

conversations::ConversationDriver SmallBot::talk(const std::string& language) const {
  conversations::ConversationDriver driver(understander, *dialogue, test_context(language),
                                           program->timezone);
  driver.answer_calls_with([](const CallRequest& call) {
    CallOutcome outcome;
    outcome.ok = true;
    outcome.value = call.operation == "balance" ? Json{{"days", 12}} : Json(1);
    return outcome;
  });
  return driver;
}

TurnContext test_context(const std::string& language) {
  TurnContext context;
  context.conversation_id = "test";
  context.channel = "webchat";
  context.person = {"anna", "Anna", {}};
  context.language = language;
  context.now = TimePoint(std::chrono::milliseconds(1772438400000));  // Monday, 2026-03-02 08:00 UTC
  return context;
}

std::vector<std::string> texts(const conversations::Exchange& exchange) {
  std::vector<std::string> all;
  for (const Json& activity : exchange.activities)
    all.push_back(activity.value("text", ""));
  return all;
}

std::vector<std::string> buttons(const conversations::Exchange& exchange) {
  std::vector<std::string> titles;
  if (exchange.activities.empty()) return titles;
  const Json suggested = exchange.activities.back().value("suggestedActions", Json::object());
  for (const Json& action : suggested.value("actions", Json::array()))
    titles.push_back(action.at("title"));
  return titles;
}

std::vector<std::string> ends(const conversations::Exchange& exchange) {
  std::vector<std::string> all;
  for (const FlowEnd& end : exchange.ends)
    all.push_back(end.flow + ": " + end.reason);
  return all;
}

std::string rule(const conversations::Exchange& exchange) {
  return exchange.reasons.empty() ? "" : exchange.reasons.front().value("rule", "");
}

}  // namespace parley::test
