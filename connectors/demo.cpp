#include "connectors/demo.h"

#include <algorithm>

#include "connectors/people.h"
#include "connectors/refusal.h"

namespace parley::connectors {
namespace {

constexpr std::chrono::seconds kTokenLifetime{600};

HttpResponse employees(const config::Settings& settings) {
  Json people = Json::array();
  for (const config::Employee& employee : settings.demo_employees)
    people.push_back({{"id", employee.id}, {"name", employee.name}, {"title", employee.title}});
  return {200, people.dump()};
}

const config::TokenRules* signing_rules(const config::Settings& settings) {
  for (const auto& [name, channel] : settings.channels)
    if (channel.access == config::Access::kSigned && !channel.tokens.secret.empty()) return &channel.tokens;
  return nullptr;
}

HttpResponse token(const HttpRequest& request, const ServerContext& context) {
  const auto& people = context.settings.demo_employees;
  const auto asked = request.query.find("employee");
  const auto found = std::find_if(people.begin(), people.end(), [&](const config::Employee& employee) {
    return asked != request.query.end() && employee.id == asked->second;
  });
  const config::TokenRules* rules = signing_rules(context.settings);
  if (found == people.end() || rules == nullptr) return to_response(not_found("no such employee"));
  const Person person{found->id, found->name, found->roles};
  return {200, Json{{"token", employee_token(*rules, person, context.clock.now(), kTokenLifetime)},
                    {"expires_in", kTokenLifetime.count()}}
                   .dump()};
}

}  // namespace

std::optional<HttpResponse> demo_page(const HttpRequest& request, const ServerContext& context) {
  if (!context.settings.demo || request.method != "GET") return std::nullopt;
  if (request.path == "/demo/employees") return employees(context.settings);
  if (request.path == "/demo/token") return token(request, context);
  return std::nullopt;
}

}  // namespace parley::connectors
