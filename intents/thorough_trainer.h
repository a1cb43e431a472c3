// From examples to the network half of a ClassifierModel.
//
// Thread rule: pure functions; a call uses threads of its own. Deterministic for any number of them.
#pragma once

#include <functional>
#include <vector>

#include "intents/classifier.h"
#include "intents/examples.h"

namespace parley::intents {

struct ThoroughOptions {
  unsigned threads = 0;       // 0: as many as there are processors
  std::size_t count_min = 1;  // words and runs in fewer examples have no row
};

/// `linear` is the other half, trained on the same examples: its features are those of the wide branch.
NetworkModel train_network_half(const std::vector<Example>& examples, const ClassifierModel& linear,
                                const ThoroughOptions& options,
                                const std::function<void(double)>& progress = {});

}  // namespace parley::intents
