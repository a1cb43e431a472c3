// The names of a bot that its tests use, each checked where it stands: a misspelt one is an error with names
// near it.
//
// One thread; refers to the TestedBot.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "config/yaml.h"
#include "conversations/testing/test_file.h"

namespace parley::conversations {

class TestNames {
 public:
  explicit TestNames(const TestedBot& bot);

  void check_flow(const config::Node& node) const;
  /// "flow" or "flow/step".
  void check_step(const config::Node& node) const;
  void check_text(const config::Node& node) const;
  void check_intent(const config::Node& node) const;
  void check_slot(const config::Node& node) const;
  /// "service.operation".
  void check_operation(const config::Node& node) const;
  /// How a call fails: `failure` of its `failed` steps.
  void check_failure(const config::Node& node) const;
  void check_language(const config::Node& node) const;
  void check_channel(const config::Node& node) const;
  void check_role(const config::Node& node) const;

  /// The sentences of an intent in a language.
  std::vector<std::string> examples_of(const std::string& intent, const std::string& language) const;

 private:
  void check(const config::Node& node, const std::string& code, const std::string& what,
             const std::vector<std::string>& known) const;

  const TestedBot& bot_;
  std::vector<std::string> flows_, slots_, texts_, intents_, channels_, roles_;
};

}  // namespace parley::conversations
