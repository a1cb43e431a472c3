#include "intents/network/network_trainer.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "intents/network/optimizer.h"
#include "intents/typos.h"

namespace parley::intents {
namespace {

constexpr double kRate = 2e-3;     // of learning, at its highest
constexpr double kWarmUp = 0.1;    // share of the steps until then
constexpr double kMisspelt = 0.3;  // share of the texts that a pass sees with typos
// Shares left out: of the numbers between the branches and the scores, of the n-grams of the wide branch, of
// the token vectors, and of the words of the others, whose runs of characters then stand alone.
constexpr double kHiddenDropOut = 0.5;
constexpr double kFeatureDropOut = 0.5;
constexpr double kTokenDropOut = 0.05;
constexpr double kWordDropOut = 0.2;

enum class Fate : std::uint8_t { kWhole, kWithoutWord, kLeftOut };

Fate drawn_fate(Random& random) {
  const double share = random.share();
  if (share < kTokenDropOut) return Fate::kLeftOut;
  return share < kTokenDropOut + kWordDropOut ? Fate::kWithoutWord : Fate::kWhole;
}

void drop_tokens(NetworkInput& input, Random& random) {
  std::array<Fate, kNetworkWordsMax> fates{};
  for (Fate& fate : fates)
    fate = drawn_fate(random);
  std::erase_if(input.parts, [&](const TokenPart& part) {
    const Fate fate = fates[part.token];
    return fate == Fate::kLeftOut || (fate == Fate::kWithoutWord && part.is_word);
  });
}

/// What is left counts the more.
void drop_features(const std::vector<FeatureValue>& features, NetworkInput& input, Random& random) {
  input.wide.clear();
  for (const auto& [feature, value] : features)
    if (!random.happens(kFeatureDropOut))
      input.wide.push_back({feature, value * static_cast<float>(1 / (1 - kFeatureDropOut))});
}

/// A generator for one text in one pass: it must not matter which thread draws first.
Random random_for(std::uint64_t seed, std::size_t pass, std::size_t number) {
  return Random(Random(seed * 7'919 + pass * 1'000'003 + number).next());
}

class NetworkTrainer {
 public:
  NetworkTrainer(std::span<const NetworkText> texts, const FeatureTable& tokens, const FeatureTable& features,
                 const NetworkOptions& options)
      : texts_(texts),
        tokens_(tokens),
        features_(features),
        seed_(options.seed),
        batch_(texts.size() > kSmallSet ? kBatch : kSmallBatch),
        workers_(options.threads),
        optimizer_(initial_parameters(tokens.keys().size() + 1, features.keys().size() + 1,
                                      texts.front().target.size(), options.seed),
                   workers_),
        slices_(batch_ / kSliceTexts) {}

  Parameters train(const std::function<void(double)>& progress) {
    const std::size_t steps = (texts_.size() + batch_ - 1) / batch_;
    const std::size_t passes = std::clamp((kStepsMin + steps - 1) / steps, kPassesMin, kPassesMax);
    std::vector<std::uint32_t> order(texts_.size());
    std::iota(order.begin(), order.end(), 0U);
    Random random(seed_);
    for (std::size_t pass = 0; pass < passes; ++pass) {
      random.shuffle(order);
      for (std::size_t i = 0; i < steps; ++i) {
        const double done = static_cast<double>(pass * steps + i + 1) / static_cast<double>(passes * steps);
        const std::size_t begin = i * batch_;
        step(std::span(order).subspan(begin, std::min(batch_, texts_.size() - begin)), pass, rate_at(done));
        if (progress) progress(done);
      }
    }
    return optimizer_.take();
  }

 private:
  static float rate_at(double done) {
    if (done < kWarmUp) return static_cast<float>(kRate * done / kWarmUp);
    return static_cast<float>(kRate * (1 + std::cos(std::numbers::pi * (done - kWarmUp) / (1 - kWarmUp))) /
                              2);
  }

  void step(std::span<const std::uint32_t> batch, std::size_t pass, float rate) {
    workers_.run(slices_.size(), [&](std::size_t i) {
      const std::size_t begin = std::min(batch.size(), i * kSliceTexts);
      run(slices_[i], batch.subspan(begin, std::min(kSliceTexts, batch.size() - begin)), pass);
    });
    optimizer_.step(slices_, batch.size(), rate);
  }

  void run(Slice& slice, std::span<const std::uint32_t> numbers, std::size_t pass) {
    slice.lessons.resize(numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      Random random = random_for(seed_, pass, numbers[i]);
      draw(texts_[numbers[i]], random, slice.lessons[i]);
    }
    Random random = random_for(seed_ + 1, pass, numbers.empty() ? 0 : numbers.front());
    slice.run(optimizer_.parameters(), optimizer_.packed(), kHiddenDropOut, random);
  }

  void draw(const NetworkText& text, Random& random, Lesson& lesson) const {
    thread_local FoldedText folded;
    thread_local std::vector<Occurrence> occurrences;
    thread_local FeatureVector features;
    fold(random.happens(kMisspelt) ? with_typos(text.text, {}, random.next()) : text.text, folded);
    extract_features(folded, occurrences);
    look_up_tokens(folded, occurrences, tokens_, lesson.input);
    weigh_features(occurrences, features_, features);
    lesson.target = text.target;
    drop_features(features.values, lesson.input, random);
    drop_tokens(lesson.input, random);
  }

  std::span<const NetworkText> texts_;
  const FeatureTable& tokens_;
  const FeatureTable& features_;
  std::uint64_t seed_;
  std::size_t batch_;
  Workers workers_;
  Optimizer optimizer_;
  std::vector<Slice> slices_;
};

}  // namespace

Parameters train_network(std::span<const NetworkText> texts, const FeatureTable& tokens,
                         const FeatureTable& features, const NetworkOptions& options,
                         const std::function<void(double)>& progress) {
  return NetworkTrainer(texts, tokens, features, options).train(progress);
}

}  // namespace parley::intents
