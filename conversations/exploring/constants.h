// What the conditions of a flow compare with: the texts, numbers and patterns in its expressions, and in
// those of the flows that it runs.
//
// Values to try are chosen around them: of `age >= 18` the ages 17, 18 and 19. Two values between the same
// constants are taken to behave alike (state_key.h). Found by splitting expressions into tokens, so a
// constant that is computed is missed. Plain values; any thread.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include "conversations/flows/flow.h"

namespace parley::conversations {

struct Constants {
  std::set<std::string> texts;
  /// The texts that stand in an expression with a name, or with one that it is set from.
  std::map<std::string, std::set<std::string>> texts_of;
  /// Variables and columns that a condition reads, directly or by way of what is set from them.
  std::set<std::string> deciding;
  bool weekdays = false;  // some expression counts workdays or asks for the day of the week
  std::set<double> numbers;
  std::set<std::string> patterns;  // of `matches`
  std::set<std::string> names;     // variables: of the clock and the person, and slots
  std::set<std::string> roles;     // texts in expressions about user.roles
  std::set<std::string> channels;  // texts in expressions about the channel
};

/// Of the flow and of all that it runs, directly or not.
Constants constants_of(const Program& program, const Flow& flow);

/// Every expression of the flow that decides where it goes or what it hands on: conditions, subjects of
/// branches, checks, lists to choose from.
void each_deciding_expression(const Flow& flow, const std::function<void(const cel::Expression&)>& visit);

}  // namespace parley::conversations
