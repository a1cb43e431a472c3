#include "intents/thorough_trainer.h"

#include "intents/linear_trainer.h"
#include "intents/network/network_trainer.h"

namespace parley::intents {
namespace {

constexpr float kSmoothing = 0.1F;  // of the targets: shared out evenly over all outputs

std::vector<FeatureKey> token_keys(const std::vector<Example>& examples, std::size_t count_min) {
  auto texts = occurrences_of(with_misspelt_copies(examples, 1));
  for (auto& occurrences : texts)
    std::erase_if(occurrences, [](const Occurrence& occurrence) { return occurrence.pair; });
  return frequent_keys(texts, count_min);
}

std::vector<float> target_of(const Example& example, std::size_t none_column) {
  const std::size_t outputs = none_column + 1;
  std::vector<float> target(outputs, kSmoothing / static_cast<float>(outputs));
  target[example.intent == kNoColumn ? none_column : static_cast<std::size_t>(example.intent)] +=
      1 - kSmoothing;
  return target;
}

}  // namespace

NetworkModel train_network_half(const std::vector<Example>& examples, const ClassifierModel& linear,
                                const ThoroughOptions& options, const std::function<void(double)>& progress) {
  const Block<FeatureKey> keys = token_keys(examples, options.count_min);
  std::vector<NetworkText> texts;
  for (const Example& example : examples)
    texts.push_back({example.text, target_of(example, linear.none_column())});
  NetworkOptions network;
  network.threads = options.threads;
  return to_model(train_network(texts, FeatureTable(keys), FeatureTable(linear.keys), network, progress),
                  keys);
}

}  // namespace parley::intents
