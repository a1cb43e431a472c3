#include "connectors/people.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "connectors/random.h"

namespace parley::connectors {
namespace {

bool has_control_characters(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

bool is_party(const Json& claims, const char* name, const std::string& wanted) {
  if (wanted.empty()) return true;
  const auto found = claims.find(name);
  if (found == claims.end()) return false;
  if (found->is_array()) return std::find(found->begin(), found->end(), wanted) != found->end();
  return *found == wanted;
}

Error bad(const std::string& why) {
  return {ErrorCode::kInvalid, why};
}

Result<std::vector<std::string>> roles_of(const Json& claims, const std::string& name) {
  std::vector<std::string> roles;
  const auto found = claims.find(name);
  if (found == claims.end() || found->is_null()) return roles;
  if (!found->is_array() || found->size() > kPersonRolesMax)
    return bad("the claim '" + name + "' is not a list of at most " + std::to_string(kPersonRolesMax) +
               " roles");
  for (const Json& role : *found) {
    if (!role.is_string()) return bad("the claim '" + name + "' holds something that is not a text");
    roles.push_back(role.get<std::string>());
  }
  return roles;
}

}  // namespace

Result<EmployeeTokens> EmployeeTokens::make(const config::TokenRules& rules) {
  if (rules.algorithm == config::TokenAlgorithm::kHs256)
    return EmployeeTokens(rules, TokenVerifier::hs256(rules.secret));
  std::ifstream stream(rules.jwks_file, std::ios::binary);
  std::ostringstream content;
  if (!stream || !(content << stream.rdbuf())) return bad(rules.jwks_file.string() + " can't be read");
  auto verifier = TokenVerifier::rs256(content.str());
  if (!verifier) return verifier.error().in(rules.jwks_file.string());
  return EmployeeTokens(rules, std::move(*verifier));
}

Result<Person> EmployeeTokens::person(std::string_view token, TimePoint now) const {
  const auto claims = verifier_.verify(token);
  if (!claims) return claims.error();
  if (!is_party(*claims, "iss", rules_.issuer)) return bad("the token has another issuer");
  if (!is_party(*claims, "aud", rules_.audience)) return bad("the token is for another audience");
  if (const auto timely = check_token_times(*claims, now); !timely) return timely.error();
  const auto id = claims->find(rules_.id_claim);
  if (id == claims->end() || !id->is_string())
    return bad("the token has no text claim '" + rules_.id_claim + "'");
  Person person{id->get<std::string>(), "", {}};
  if (person.id.empty() || person.id.size() > kPersonIdMaxBytes || has_control_characters(person.id))
    return bad("the claim '" + rules_.id_claim + "' is not a usable id");
  const auto name = claims->find(rules_.name_claim);
  if (name != claims->end() && name->is_string()) person.name = name->get<std::string>();
  if (person.name.size() > kPersonNameMaxBytes)
    return bad("the claim '" + rules_.name_claim + "' is too long");
  auto roles = roles_of(*claims, rules_.roles_claim);
  if (!roles) return roles.error();
  person.roles = std::move(*roles);
  return person;
}

std::string employee_token(const config::TokenRules& rules, const Person& person, TimePoint now,
                           std::chrono::seconds lifetime) {
  const auto seconds = [](TimePoint at) {
    return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
  };
  Json claims{{rules.id_claim, person.id},
              {rules.name_claim, person.name},
              {rules.roles_claim, person.roles},
              {"iat", seconds(now)},
              {"exp", seconds(now + lifetime)}};
  if (!rules.issuer.empty()) claims["iss"] = rules.issuer;
  if (!rules.audience.empty()) claims["aud"] = rules.audience;
  return sign_token(claims, rules.secret);
}

std::string new_visitor_id() {
  return "dl_" + random_text(16);
}

}  // namespace parley::connectors
