// A bot for one test: flows from a text, compiled by the real loader, and an understander that knows exactly
// the words it is told, so that a test of the dialogue does not depend on a trained model.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "conversations/flows/flow.h"
#include "conversations/testing/conversation_driver.h"
#include "engine/service_catalog.h"
#include "engine/understanding.h"

namespace parley::test {

/// Finds intents by a phrase in the text, and entities by a word; "from", "until" before one give it a role.
class WordUnderstander final : public Understander {
 public:
  Understanding understand(std::string_view text, const UnderstandContext& context) const override;

  void intent(const std::string& phrase, const std::string& name, double probability = 0.9);
  void entity(const std::string& word, const std::string& kind, nlohmann::json value);
  /// A day that comes round every week or month ("week", "month"), with its last and its coming date.
  void day(const std::string& word, const std::string& recurs, const char* last, const char* coming);
  /// From now on a text with this between its parts has clauses.
  void clauses_at(const std::string& link) { link_ = link; }
  /// From now on what stands behind this in a text is an aside.
  void aside_behind(const std::string& link) { aside_link_ = link; }
  /// From now on a text with this phrase tells of a negative experience.
  void negative(const std::string& phrase) { negatives_.push_back(phrase); }
  void role(const std::string& word, const std::string& slot) { roles_[word] = slot; }

 private:
  Understanding understand_whole(std::string_view text, const UnderstandContext& context) const;

  struct Phrase {
    std::string text;
    IntentScore score;
  };
  std::vector<Phrase> phrases_;
  std::map<std::string, std::vector<Entity>> entities_;
  std::map<std::string, std::string> roles_;
  std::string link_, aside_link_;
  std::vector<std::string> negatives_;
};

/// Flows (YAML documents) with the built-in ones, for a bot that speaks English and Dutch. Prints findings
/// and fails the test when there are errors.
conversations::ProgramPtr compile_flows(const std::string& flows, const std::vector<std::string>& intents,
                                        const ServiceCatalog& services = {});

/// The helpdesk in miniature that most tests talk with: leave, a ticket, opening hours.
struct SmallBot {
  SmallBot();
  explicit SmallBot(const std::string& flows);

  WordUnderstander understander;
  ServiceCatalog services;
  conversations::ProgramPtr program;
  std::shared_ptr<const Dialogue> dialogue;

  conversations::ConversationDriver talk(const std::string& language = "en") const;
};

TurnContext test_context(const std::string& language = "en");

/// Texts of the replies, in order.
std::vector<std::string> texts(const conversations::Exchange& exchange);
/// Titles of the buttons under the last reply.
std::vector<std::string> buttons(const conversations::Exchange& exchange);
/// "flow: reason" of each end.
std::vector<std::string> ends(const conversations::Exchange& exchange);
std::string rule(const conversations::Exchange& exchange);

using Texts = std::vector<std::string>;

}  // namespace parley::test
