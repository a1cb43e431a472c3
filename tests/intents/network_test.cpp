#include "intents/network/network.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "intents/classifier.h"
#include "intents/model_file.h"
#include "intents/network/gradient.h"
#include "intents/network/optimizer.h"
#include "intents/trainer.h"
#include "tests/intents/allocation_count.h"
#include "tests/intents/bot_folder.h"

namespace parley::intents {
namespace {

const Corpus& small_corpus() {
  static const test::BotFolder kBot(test::kHelpdeskIntents, test::kHelpdeskVocabulary);
  return kBot.corpus;
}

ClassifierModel train_thoroughly(unsigned threads) {
  TrainingOptions options;
  options.kind = ModelKind::kThorough;
  options.threads = threads;
  return train_classifier(small_corpus(), options);
}

const ClassifierModel& small_model() {
  static const ClassifierModel kModel = train_thoroughly(2);
  return kModel;
}

std::vector<std::string> some_texts() {
  std::vector<std::string> texts = {"",
                                    "?",
                                    "zzqx",
                                    "leave",
                                    "could you arange a few days of for my holliday",
                                    "mijn scherm is stuk en ik wil een nieuwe laptop",
                                    "what is the weather"};
  for (const Intent& intent : small_corpus().intents)
    for (const Sentence& sentence : intent.sentences)
      texts.push_back(sentence.text);
  return texts;
}

std::vector<Lesson> made_up_lessons(std::size_t rows, std::size_t features, std::size_t outputs) {
  Random random(3);
  std::vector<Lesson> lessons(5);
  for (std::size_t i = 0; i < lessons.size(); ++i) {
    NetworkInput& input = lessons[i].input;
    input.tokens = 1 + i * 2;
    for (std::uint32_t token = 0; token < input.tokens; ++token)
      for (int k = 0; k < 3; ++k)
        input.parts.push_back({token, static_cast<std::uint32_t>(1 + random.below(rows - 1)), 0.5F, k == 0});
    for (int k = 0; k < 4; ++k)
      input.wide.push_back({static_cast<std::uint32_t>(1 + random.below(features - 1)), 0.4F});
    lessons[i].target.assign(outputs, 0.1F / static_cast<float>(outputs));
    lessons[i].target[i % outputs] += 0.9F;
  }
  return lessons;
}

double loss_of(const Parameters& parameters, Slice& slice) {
  PackedParameters packed;
  packed.take(parameters);
  Random random(1);
  return slice.run(parameters, packed, 0, random);
}

/// The gradient of one number of a row, from what a slice lists.
double row_gradient(const std::vector<RowGradient>& list, std::size_t at, std::size_t width) {
  double sum = 0;
  for (const RowGradient& entry : list)
    if (entry.row == at / width)
      sum += static_cast<double>(entry.factor) * static_cast<double>(entry.gradient[at % width]);
  return sum;
}

class GradientCheck {
 public:
  GradientCheck() : parameters_(initial_parameters(20, 30, 4, 7)) {
    slice_.lessons = made_up_lessons(20, 30, 4);
    loss_of(parameters_, slice_);
  }

  const Slice& slice() const { return slice_; }
  Parameters& parameters() { return parameters_; }

  /// How far `expected` is from the slope of the loss along one number, relative to the larger.
  double error(float& number, double expected) {
    constexpr float kStep = 1e-2F;
    const float before = number;
    Slice other;
    other.lessons = slice_.lessons;
    number = before + kStep;
    const double above = loss_of(parameters_, other);
    number = before - kStep;
    const double below = loss_of(parameters_, other);
    number = before;
    const double slope = (above - below) / (2 * static_cast<double>(kStep));
    return std::fabs(slope - expected) / std::max({std::fabs(slope), std::fabs(expected), 0.02});
  }

 private:
  Parameters parameters_;
  Slice slice_;
};

/// The middle of the errors: a step over the kink of a largest or of a cut-off at zero may be far off.
double median(std::vector<double> errors) {
  std::nth_element(errors.begin(), errors.begin() + static_cast<std::ptrdiff_t>(errors.size() / 2),
                   errors.end());
  return errors[errors.size() / 2];
}

TEST_CASE("every part of the gradient agrees with finite differences") {
  GradientCheck check;
  Parameters& parameters = check.parameters();
  const DenseGradient dense = check.slice().dense;
  Random random(11);
  const auto median_error = [&](std::vector<float>& numbers, std::size_t count, const auto& gradient) {
    std::vector<double> errors;
    for (int i = 0; i < 25; ++i) {
      const std::size_t at = random.below(count);
      errors.push_back(check.error(numbers[at], gradient(at)));
    }
    return median(errors);
  };
  const auto entry = [](const std::vector<float>& of) {
    return [&of](std::size_t at) { return static_cast<double>(of[at]); };
  };
  for (std::size_t w = 0; w < kWidths.size(); ++w)
    CHECK(median_error(parameters.filters[w], parameters.filters[w].size(), entry(dense.filters[w])) < 0.05);
  CHECK(median_error(parameters.filter_bias, kConvolved, entry(dense.filter_bias)) < 0.05);
  CHECK(median_error(parameters.output, 4 * kHidden, entry(dense.output)) < 0.05);
  CHECK(median_error(parameters.output_bias, 4, entry(dense.output_bias)) < 0.05);
  CHECK(median_error(parameters.embedding, parameters.embedding.size(), [&](std::size_t at) {
          return row_gradient(check.slice().embedding, at, kEmbedding);
        }) < 0.05);
  CHECK(median_error(parameters.wide, parameters.wide.size(),
                     [&](std::size_t at) { return row_gradient(check.slice().wide, at, kWide); }) < 0.05);
}

TEST_CASE("a slice without texts has no gradient and no loss") {
  const Parameters parameters = initial_parameters(5, 5, 2, 1);
  Slice slice;
  CHECK(loss_of(parameters, slice) == 0);
  CHECK(slice.embedding.empty());
  CHECK(slice.wide.empty());
}

TEST_CASE("steps along the gradient bring the loss down") {
  Workers workers(2);
  Optimizer optimizer(initial_parameters(20, 30, 4, 7), workers);
  std::vector<Slice> slices(2);  // the second stays empty, as at the end of a pass
  slices[0].lessons = made_up_lessons(20, 30, 4);
  Random random(1);
  const double before = slices[0].run(optimizer.parameters(), optimizer.packed(), 0, random);
  double after = before;
  for (int i = 0; i < 20; ++i) {
    optimizer.step(slices, slices[0].lessons.size(), 2e-3F);
    after = slices[0].run(optimizer.parameters(), optimizer.packed(), 0, random);
  }
  CHECK(after < before / 2);
}

TEST_CASE("products are right for any number of rows, on this processor and on any") {
  constexpr std::size_t kRowsMax = 14;
  constexpr std::size_t kDepth = 37;
  constexpr std::size_t kColumns = 6 * kPanelColumns;
  Random random(5);
  const auto numbers = [&](std::size_t count) {
    std::vector<float> result(count);
    for (float& number : result)
      number = static_cast<float>(random.share() - 0.5);
    return result;
  };
  const auto left = numbers(kRowsMax * kDepth);
  const auto right = numbers(kColumns * kDepth);
  std::vector<float> panels(right.size());
  pack(right.data(), kColumns, kDepth, panels.data());
  std::vector<float> all(kRowsMax * kColumns);
  kernels().multiply(left.data(), kRowsMax, kDepth, kDepth, panels.data(), kColumns, all.data());
  for (std::size_t i = 0; i < all.size(); ++i) {
    float sum = 0;
    for (std::size_t k = 0; k < kDepth; ++k)
      sum += left[i / kColumns * kDepth + k] * right[i % kColumns * kDepth + k];
    CHECK(all[i] == doctest::Approx(sum).epsilon(1e-4));
  }
  for (std::size_t rows = 1; rows < kRowsMax; ++rows) {
    std::vector<float> fast(rows * kColumns);
    std::vector<float> plain(rows * kColumns);
    kernels().multiply(left.data(), rows, kDepth, kDepth, panels.data(), kColumns, fast.data());
    baseline_kernels().multiply(left.data(), rows, kDepth, kDepth, panels.data(), kColumns, plain.data());
    CHECK_MESSAGE(std::equal(fast.begin(), fast.end(), all.begin()), "to the bit, with ", rows, " rows");
    for (std::size_t i = 0; i < plain.size(); ++i)
      CHECK(plain[i] == doctest::Approx(all[i]).epsilon(1e-4));
  }
}

TEST_CASE("a thorough model of a tiny bot knows its own sentences") {
  const Classifier classifier(small_model(), Asking::kAlways);
  Reading reading;
  std::size_t right = 0;
  std::size_t count = 0;
  for (const Intent& intent : small_corpus().intents) {
    if (intent.name == kNoneIntent) continue;
    for (const Sentence& sentence : intent.sentences) {
      classifier.read(sentence.text, reading);
      REQUIRE(reading.asked);
      right += classifier.model().intents[reading.ranked.front()] == intent.name ? 1 : 0;
      ++count;
    }
  }
  CHECK(right + 1 >= count);
}

TEST_CASE("a thorough training gives the same model to the byte, whatever the number of threads") {
  const std::string two = model_bytes(small_model(), "d");
  CHECK(two == model_bytes(train_thoroughly(1), "d"));
  CHECK(two == model_bytes(train_thoroughly(5), "d"));
}

TEST_CASE("where the network is asked it decides, and where not the linear scores do") {
  const Classifier cascade(small_model());
  const Classifier always(small_model(), Asking::kAlways);
  const Classifier never(small_model(), Asking::kNever);
  Reading reading;
  Reading expected;
  std::size_t asked = 0;
  for (const std::string& text : some_texts()) {
    cascade.read(text, reading);
    (reading.asked ? always : never).read(text, expected);
    CHECK(reading.ranked == expected.ranked);
    CHECK(reading.log_odds == expected.log_odds);
    CHECK(cascade.in_scope(reading) == (reading.asked ? always : never).in_scope(expected));
    asked += reading.asked ? 1 : 0;
  }
  CHECK(asked > 0);
}

TEST_CASE("a mapped thorough model reads every text as the one that was trained") {
  const test::TempFolder folder;
  REQUIRE(write_model_file(folder.path() / "m.model", small_model(), "digest"));
  const auto mapped = read_model_file(folder.path() / "m.model", "digest");
  REQUIRE(mapped);
  std::filesystem::remove(folder.path() / "m.model");
  const Classifier before(small_model());
  const Classifier after(*mapped);
  Reading left;
  Reading right;
  for (const std::string& text : some_texts()) {
    before.read(text, left);
    after.read(text, right);
    CHECK(left.ranked == right.ranked);
    CHECK(left.log_odds == right.log_odds);
    CHECK(before.in_scope(left) == after.in_scope(right));
  }
}

TEST_CASE("a damaged or cut thorough model is refused") {
  const std::string bytes = model_bytes(small_model(), "digest");
  for (std::size_t at = 0; at < bytes.size(); at += bytes.size() / 60) {
    std::string flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
    CHECK_FALSE(model_from_bytes(flipped, "digest"));
    CHECK_FALSE(model_from_bytes(std::string_view(bytes).substr(0, at), "digest"));
  }
}

TEST_CASE("reading a text allocates nothing once the memory is warm") {
  const Classifier classifier(small_model(), Asking::kAlways);
  const auto texts = some_texts();
  Reading reading;
  std::vector<double> probabilities;
  const auto read_all = [&] {
    for (const std::string& text : texts) {
      classifier.read(text, reading);
      classifier.probabilities(reading, probabilities);
      (void)classifier.in_scope(reading);
      (void)classifier.language(reading);
    }
  };
  read_all();
  const std::size_t before = test::allocation_count();
  read_all();
  CHECK(test::allocation_count() == before);
}

TEST_CASE("a very long text is read, and only its beginning") {
  std::string text;
  for (int i = 0; i < 2'000; ++i)
    text += "leave holiday laptop ";
  const Classifier classifier(small_model(), Asking::kAlways);
  Reading reading;
  classifier.read(text, reading);
  CHECK(reading.network.input.tokens == kNetworkWordsMax);
  CHECK(std::isfinite(classifier.in_scope(reading)));
}

}  // namespace
}  // namespace parley::intents
