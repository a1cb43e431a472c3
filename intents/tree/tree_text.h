// A decision tree for people: as rules and as a picture.
//
// Pure functions; any thread.
#pragma once

#include <string>

#include "engine/decision_tree.h"

namespace parley::intents {

/// One question a line, what is decided behind it with the number of rows it was learned from:
///
///   if topic is vpn
///     if hour <= 17.5 -> network (8 rows)
///     else -> on_call (3 of 4 rows)
///   else -> workplace (12 rows)
std::string to_rules(const DecisionTree& tree);

/// For Graphviz: `dot -Tsvg`.
std::string to_graphviz(const DecisionTree& tree);

}  // namespace parley::intents
