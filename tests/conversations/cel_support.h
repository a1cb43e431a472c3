// Short ways to evaluate an expression in a test.
#pragma once

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "conversations/cel/expression.h"

namespace parley::test {

/// What an author has in scope in these tests: a leave request on Tuesday 2026-03-03, 08:30 in Amsterdam.
struct LeaveRequest {
  LeaveRequest() {
    declarations.add_date_functions();
    for (const auto& [name, type] : std::vector<std::pair<std::string, std::string>>{
             {"start", "date"},
             {"end", "date"},
             {"note", "text"},
             {"amount", "number"},
             {"count", "int"},
             {"urgent", "bool"},
             {"price", "money"},
             {"pause", "duration"},
             {"at", "time"},
             {"anything", "dyn"},
             {"balance", "{days: int, until: date}"},
             {"user", "{id: text, name: text, roles: list<text>}"},
             {"rows", "list<{title: text, left: int}>"}})
      declarations.add(name, cel::Type::parse(type).value());
    bindings.set_all(values, declarations);
  }

  cel::Value value(const std::string& source) const {
    std::vector<cel::Problem> problems;
    const auto expression = cel::Expression::compile(source, declarations, problems);
    if (!expression) return cel::Value::error("problem: " + problems.at(0).message);
    return expression->evaluate(bindings);
  }

  /// The value as JSON; an error as its message in a text.
  nlohmann::json json(const std::string& source) const {
    const cel::Value result = value(source);
    return result.is_error() ? nlohmann::json("ERROR " + result.error_message()) : cel::to_json(result);
  }

  std::vector<cel::Problem> problems(const std::string& source) const {
    std::vector<cel::Problem> found;
    cel::Expression::compile(source, declarations, found);
    return found;
  }

  nlohmann::json values{{"start", "2026-03-06"},
                        {"end", "2026-03-10"},
                        {"amount", 12},
                        {"count", 3},
                        {"urgent", false},
                        {"price", {{"amount", 9.5}, {"currency", "EUR"}}},
                        {"pause", "90m"},
                        {"at", "14:30"},
                        {"anything", {{"deep", {1, 2}}}},
                        {"balance", {{"days", 4}, {"until", "2026-12-31"}}},
                        {"user", {{"id", "e1001"}, {"name", "Anna"}, {"roles", {"employee", "manager"}}}},
                        {"rows", {{{"title", "Laptop"}, {"left", 0}}, {{"title", "Screen"}, {"left", 2}}}}};
  cel::Declarations declarations;
  cel::Bindings bindings{cel::parse_instant("2026-03-03T07:30:00Z").value(), "Europe/Amsterdam"};
};

}  // namespace parley::test
