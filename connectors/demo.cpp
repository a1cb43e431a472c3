#include "connectors/demo.h"

#include <algorithm>

#include "connectors/people.h"
#include "connectors/refusal.h"

namespace parley::connectors {
namespace {

constexpr std::chrono::seconds kTokenLifetime{600};

/// The channels that are in preview, and this person is named for.
Json previews_of(const config::Employee& employee, const ServerContext& context) {
  Json channels = Json::array();
  for (const auto& [name, door] : context.doors)
    if (door.phase() == config::Phase::kPreview && door.is_named({employee.id, "", {}}))
      channels.push_back(name);
  return channels;
}

HttpResponse employees(const ServerContext& context) {
  Json people = Json::array();
  for (const config::Employee& employee : context.settings.demo_employees)
    people.push_back({{"id", employee.id},
                      {"name", employee.name},
                      {"title", employee.title},
                      {"previews", previews_of(employee, context)}});
  return {200, people.dump()};
}

/// Of the channel that is asked for, or else of the first signed one.
const config::TokenRules* signing_rules(const HttpRequest& request, const config::Settings& settings) {
  const auto asked = request.query.find("channel");
  for (const auto& [name, channel] : settings.channels) {
    const bool meant = asked == request.query.end() ? channel.access == config::Access::kSigned
                                                    : asked->second == name && channel.takes_tokens();
    if (meant && !channel.tokens.secret.empty()) return &channel.tokens;
  }
  return nullptr;
}

HttpResponse token(const HttpRequest& request, const ServerContext& context) {
  const auto& people = context.settings.demo_employees;
  const auto asked = request.query.find("employee");
  const auto found = std::find_if(people.begin(), people.end(), [&](const config::Employee& employee) {
    return asked != request.query.end() && employee.id == asked->second;
  });
  const config::TokenRules* rules = signing_rules(request, context.settings);
  if (found == people.end() || rules == nullptr)
    return to_response(not_found("no such employee, or no channel for which a token can be signed"));
  const Person person{found->id, found->name, found->roles};
  return {200, Json{{"token", employee_token(*rules, person, context.clock.now(), kTokenLifetime)},
                    {"expires_in", kTokenLifetime.count()}}
                   .dump()};
}

}  // namespace

std::optional<HttpResponse> demo_page(const HttpRequest& request, const ServerContext& context) {
  if (!context.settings.demo || request.method != "GET") return std::nullopt;
  if (request.path == "/demo/employees") return employees(context);
  if (request.path == "/demo/token") return token(request, context);
  return std::nullopt;
}

}  // namespace parley::connectors
