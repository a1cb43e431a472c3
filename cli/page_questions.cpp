#include "cli/page_questions.h"

#include <algorithm>
#include <iomanip>
#include <nlohmann/json.hpp>
#include <sstream>

namespace parley::cli {
namespace {

constexpr int kFirstThreshold = 30, kLastThreshold = 90, kThresholdStep = 5;  // hundredths

std::string percent(std::size_t part, std::size_t whole) {
  if (whole == 0) return "-";
  std::ostringstream text;
  text << std::fixed << std::setprecision(1) << 100 * static_cast<double>(part) / static_cast<double>(whole)
       << '%';
  return text.str();
}

std::size_t answerable(const std::vector<PageQuestion>& questions) {
  return static_cast<std::size_t>(std::count_if(questions.begin(), questions.end(),
                                                [](const PageQuestion& one) { return !one.page.empty(); }));
}

PageOutcome outcome_at(double accept, const std::vector<PageQuestion>& questions) {
  PageOutcome outcome;
  outcome.accept = accept;
  for (const PageQuestion& one : questions) {
    const bool answered = one.score >= accept;
    if (one.page.empty())
      outcome.false_accepts += answered ? 1 : 0;
    else
      ++(!answered ? outcome.silent : one.found == one.page ? outcome.right : outcome.wrong);
  }
  return outcome;
}

}  // namespace

Result<std::vector<PageQuestion>> ask_pages(const Knowledge& knowledge,
                                            const std::vector<intents::LabelledText>& questions,
                                            const KnowledgeQuery& asker) {
  const std::string folder = "knowledge/" + std::string(asker.language) + "/";
  std::vector<PageQuestion> asked;
  for (const intents::LabelledText& question : questions) {
    const bool out_of_scope = question.intent == intents::kOutOfScopeLabel;
    if (!out_of_scope && !question.intent.ends_with(".md"))
      return Error{ErrorCode::kInvalid,
                   "'" + question.intent + "' is neither a page, such as travel.md, nor oos"};
    PageQuestion one{question.text, out_of_scope ? "" : question.intent, "", "", 0};
    const auto found =
        knowledge.search({asker.language, question.text, asker.channel, asker.roles, asker.limit});
    if (!found.empty()) {
      one.found = found[0].path.substr(std::min(folder.size(), found[0].path.size()));
      one.heading = found[0].heading;
      one.score = found[0].score;
    }
    asked.push_back(std::move(one));
  }
  return asked;
}

std::vector<PageOutcome> outcomes_of(const std::vector<PageQuestion>& questions) {
  std::vector<PageOutcome> outcomes;
  for (int threshold = kFirstThreshold; threshold <= kLastThreshold; threshold += kThresholdStep)
    outcomes.push_back(outcome_at(threshold / 100.0, questions));
  return outcomes;
}

std::string to_text(const std::vector<PageQuestion>& questions) {
  const std::size_t in = answerable(questions), out = questions.size() - in;
  std::ostringstream text;
  for (const PageQuestion& one : questions)
    if (!one.page.empty() && one.found != one.page)
      text << "wrong page  " << one.text << ": " << (one.found.empty() ? "nothing" : one.found)
           << " instead of " << one.page << '\n';
  text << in << " questions that a page answers, " << out << " that none should\n"
       << "accept  right   wrong   silent  false accepts\n";
  for (const PageOutcome& outcome : outcomes_of(questions))
    text << std::left << std::setw(8) << std::fixed << std::setprecision(2) << outcome.accept << std::setw(8)
         << percent(outcome.right, in) << std::setw(8) << percent(outcome.wrong, in) << std::setw(8)
         << percent(outcome.silent, in) << percent(outcome.false_accepts, out) << '\n';
  return text.str();
}

nlohmann::json to_json(const std::vector<PageQuestion>& questions) {
  nlohmann::json json{{"questions", nlohmann::json::array()}, {"thresholds", nlohmann::json::array()}};
  for (const PageQuestion& one : questions)
    json["questions"].push_back({{"text", one.text},
                                 {"page", one.page},
                                 {"found", one.found},
                                 {"heading", one.heading},
                                 {"score", one.score}});
  for (const PageOutcome& outcome : outcomes_of(questions))
    json["thresholds"].push_back({{"accept", outcome.accept},
                                  {"right", outcome.right},
                                  {"wrong", outcome.wrong},
                                  {"silent", outcome.silent},
                                  {"false_accepts", outcome.false_accepts}});
  return json;
}

}  // namespace parley::cli
