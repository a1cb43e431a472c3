#include "cli/drill/drill_plan.h"

#include <random>

namespace parley::cli {

std::vector<DrillMessage> drill_messages(const std::vector<std::string>& sentences, std::size_t messages,
                                         std::size_t conversations, std::uint64_t seed) {
  std::mt19937_64 choose(seed);
  std::vector<DrillMessage> plan;
  for (std::size_t i = 0; i < messages; ++i)
    plan.push_back({"drill-" + std::to_string(i % conversations), "m" + std::to_string(i),
                    sentences[choose() % sentences.size()]});
  return plan;
}

}  // namespace parley::cli
