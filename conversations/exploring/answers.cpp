// Numbers are tried at each constant and one to either side of it; dates as many days from today. A row of a
// service has its usual values, then each column in turn another, then each pair of a text column and another
// one: `status == "delivered" && days(delivered_on, today) > 31` needs both.
#include "conversations/exploring/answers.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "conversations/exploring/coarse_value.h"
#include "conversations/exploring/pattern_sample.h"

namespace parley::conversations {

namespace {

constexpr double kDaysFarMax = 4'000;
constexpr std::size_t kNumbersMax = 24;
constexpr const char* kWords = "Just an example";

void add(std::vector<Json>& list, Json value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
}

std::vector<Json> numbers(const Constants& constants, std::int64_t usual) {
  std::vector<Json> list{usual};
  for (const std::int64_t one : {0, 1, 2})
    add(list, one);
  for (const double constant : constants.numbers) {
    if (std::abs(constant) > 1e15) continue;
    for (const std::int64_t beside : {-1, 0, 1})
      add(list, static_cast<std::int64_t>(std::floor(constant)) + beside);
  }
  if (list.size() > kNumbersMax) list.resize(kNumbersMax);
  return list;
}

Json day_json(const cel::CalendarDate& today, std::int64_t days_on) {
  return cel::to_string(cel::date_of_days(cel::days_since_1970(today) + days_on));
}

/// A week on, today and around it, a saturday and the sunday behind it, and as far off as the constants say.
std::vector<Json> dates(const ValueSources& sources) {
  const std::int64_t weekday = (cel::days_since_1970(sources.today) + 3) % 7;  // 0: monday
  const std::int64_t saturday = 5 - weekday + 7;
  std::vector<Json> list;
  for (const std::int64_t days : {std::int64_t{7}, std::int64_t{0}, std::int64_t{-1}, std::int64_t{1},
                                  saturday, saturday + 1, std::int64_t{40}, std::int64_t{-40}})
    add(list, day_json(sources.today, days));
  for (const double constant : sources.constants.numbers) {
    if (constant < 2 || constant > kDaysFarMax) continue;
    const auto days = static_cast<std::int64_t>(constant);
    for (const std::int64_t beside : {-1, 0, 1}) {
      add(list, day_json(sources.today, days + beside));
      add(list, day_json(sources.today, -days - beside));
    }
  }
  for (const std::string& text : sources.constants.texts)
    if (cel::parse_date(text)) add(list, text);
  return list;
}

/// `name`: of the slot or column. Texts that it is compared with, and what patterns take.
std::vector<Json> texts(const std::string& name, const Constants& constants) {
  std::vector<Json> list{kWords, "x"};  // of the usual length, and too short
  for (const std::string& pattern : constants.patterns)
    if (const auto sample = sample_of_pattern(pattern)) add(list, *sample);
  const auto compared = constants.texts_of.find(name);
  if (compared == constants.texts_of.end()) return list;
  for (const std::string& text : compared->second)
    if (text.find_first_not_of(" \t\r\n") != text.npos) add(list, text);
  return list;
}

/// Values of a plain kind, as JSON.
std::vector<Json> values_of(const std::string& name, const std::string& type, const ValueSources& sources,
                            std::int64_t usual_number) {
  const Constants& constants = sources.constants;
  if (type == "int" || type == "number" || type == "double" || type == "uint")
    return numbers(constants, usual_number);
  if (type == "bool") return {true, false};
  if (type == "date") return dates(sources);
  if (type == "time") return {"09:00", "14:30", "00:00", "23:59"};
  if (type == "duration") return {"7200s", "60s", "864000s"};
  if (type == "timestamp") return {day_json(sources.today, 7).get<std::string>() + "T09:00:00Z"};
  if (type == "email") return {"anna@example.com"};
  if (type == "phone") return {"+31201234567"};
  if (type == "url") return {"https://example.com"};
  if (type == "money") return {Json{{"amount", 25}, {"currency", "EUR"}}};
  return texts(name, constants);
}

std::string spoken(const std::string& type, const Json& value) {
  if (type == "money") return std::to_string(value.at("amount").get<int>()) + " euros";
  if (type == "duration") {
    const int seconds = std::stoi(value.get<std::string>());
    return seconds < 3600 ? std::to_string(seconds / 60) + " minutes"
                          : std::to_string(seconds / 3600) + " hours";
  }
  return value.is_string() ? value.get<std::string>() : value.dump();
}

Entity entity_of(const std::string& type, const Json& value, const std::string& text) {
  Entity entity;
  entity.kind = type == "int" ? "number" : type;
  entity.begin = 0;
  entity.end = text.size();
  entity.text = text;
  entity.value = value;
  if (type == "duration") entity.value = std::stoi(value.get<std::string>());
  return entity;
}

Answer answer_of(const std::string& type, const Json& value, const std::string& text) {
  Answer answer{text, {}, value};
  if (type != "text") answer.entities.push_back(entity_of(type, value, text));
  return answer;
}

/// Those that some expression compares with first.
std::vector<Answer> vocabulary_answers(const std::string& type,
                                       const std::map<std::string, std::string>& values,
                                       const Constants& constants) {
  std::vector<Answer> answers;
  for (const bool compared : {true, false})
    for (const auto& [value, word] : values)
      if (constants.texts.contains(value) == compared) answers.push_back(answer_of(type, value, word));
  return answers;
}

Answer composite_answer(const std::string& type, const std::map<std::string, std::string>& parts,
                        const ValueSources& sources) {
  Json value = Json::object();
  std::string text;
  for (const auto& [name, kind] : parts) {
    Slot part;
    part.type = kind;
    const std::vector<Answer> answers = answers_for(part, sources);
    if (answers.empty()) continue;
    value[name] = answers.front().value;
    text += (text.empty() ? "" : " ") + answers.front().text;
  }
  return answer_of(type, value, text);
}

// --- what services give ---

Json row_of(const ServiceOperation& operation, const ValueSources& sources, int number) {
  constexpr std::int64_t kUsualNumber = 100;
  Json row = Json::object();
  for (const auto& [name, type] : operation.columns) {
    Json value = values_of(name, type, sources, kUsualNumber).front();
    if (value.is_number()) value = value.get<std::int64_t>() + number;
    if (type == "text" || type == "any") value = "Example " + std::to_string(number + 1);
    row[name] = std::move(value);
  }
  return row;
}

/// One of each that conditions tell apart.
std::vector<Json> apart(const std::vector<Json>& values, const ValueSources& sources) {
  std::vector<Json> list;
  std::set<std::string> met;
  for (const Json& value : values)
    if (met.insert(coarse(value, sources).dump()).second) list.push_back(value);
  return list;
}

/// Whether a row always comes: what was just put in is given back.
bool always_gives_a_row(const ServiceOperation& operation) {
  if (operation.sql.empty()) return false;
  std::string sql = operation.sql.back();
  std::transform(sql.begin(), sql.end(), sql.begin(), [](unsigned char c) { return std::toupper(c); });
  return sql.starts_with("INSERT") && sql.find("VALUES") != sql.npos && sql.find("RETURNING") != sql.npos &&
         sql.find("DO NOTHING") == sql.npos;
}

/// Columns that some condition reads, with the values to try for each.
std::map<std::string, std::vector<Json>> varied_columns(const ServiceOperation& operation,
                                                        const ValueSources& sources) {
  std::map<std::string, std::vector<Json>> varied;
  for (const auto& [name, type] : operation.columns)
    if (sources.constants.deciding.contains(name))
      varied[name] = apart(values_of(name, type, sources, 100), sources);
  return varied;
}

using Columns = std::map<std::string, std::vector<Json>>;

void add_changed(std::vector<Json>& rows, Json row, const std::string& column,
                 const std::vector<Json>& values) {
  for (const Json& value : values) {
    if (rows.size() >= kResultsTriedMax) return;
    row[column] = value;
    add(rows, row);
  }
}

std::vector<Json> rows_of(const ServiceOperation& operation, const ValueSources& sources) {
  const Json usual = row_of(operation, sources, 0);
  const Columns varied = varied_columns(operation, sources);
  std::vector<Json> rows{usual};
  for (const auto& [name, values] : varied)
    add_changed(rows, usual, name, values);
  for (const auto& [name, values] : varied) {
    if (operation.columns.at(name) != "text") continue;
    for (const Json& value : values) {
      Json row = usual;
      row[name] = value;
      for (const auto& [other, other_values] : varied)
        if (other != name) add_changed(rows, row, other, other_values);
    }
  }
  return rows;
}

}  // namespace

std::vector<Answer> answers_for(const Slot& slot, const ValueSources& sources) {
  if (!slot.options.empty() || slot.type == "bool") return {};
  const Lexicon& lexicon = sources.lexicon;
  std::vector<Answer> answers;
  if (const auto values = lexicon.values.find(slot.type);
      values != lexicon.values.end() && !values->second.empty()) {
    answers = vocabulary_answers(slot.type, values->second, sources.constants);
  } else if (const auto pattern = lexicon.patterns.find(slot.type); pattern != lexicon.patterns.end()) {
    const std::string sample = sample_of_pattern(pattern->second).value_or(kWords);
    answers.push_back(answer_of(slot.type, sample, sample));
  } else if (const auto parts = lexicon.parts.find(slot.type); parts != lexicon.parts.end()) {
    answers.push_back(composite_answer(slot.type, parts->second, sources));
  } else {
    for (const Json& value : values_of(slot.name, slot.type, sources, 2))
      answers.push_back(answer_of(slot.type, value, spoken(slot.type, value)));
  }
  if (answers.size() > kAnswersTriedMax) answers.resize(kAnswersTriedMax);
  return answers;
}

std::vector<Json> results_of(const ServiceOperation& operation, const ValueSources& sources) {
  if (operation.rows == RowCount::kNone) return {1, 0, 2};
  std::vector<Json> rows = rows_of(operation, sources);
  if (operation.rows == RowCount::kOne) {
    if (!always_gives_a_row(operation)) rows.insert(rows.begin() + 1, Json());
    return rows;
  }
  const Json second = row_of(operation, sources, 1), third = row_of(operation, sources, 2);
  std::vector<Json> results{Json::array({rows.front(), second}), Json::array(), Json::array({rows.front()}),
                            Json::array({rows.front(), second, third})};
  for (std::size_t i = 1; i < rows.size(); ++i)
    results.push_back(Json::array({rows[i]}));
  return results;
}

std::vector<LackingResult> lacking_results_of(const ServiceOperation& operation,
                                              const ValueSources& sources) {
  std::vector<LackingResult> results;
  if (!operation.sql.empty() || operation.rows == RowCount::kNone) return results;
  for (const auto& [column, type] : operation.columns) {
    Json row = row_of(operation, sources, 0);
    row[column] = nullptr;
    results.push_back({column, operation.rows == RowCount::kOne ? row : Json::array({row})});
  }
  return results;
}

}  // namespace parley::conversations
