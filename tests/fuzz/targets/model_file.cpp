// Model files: damaged ones are refused, and what is taken can be used. The input is the file, or what a file
// holds behind its header; then the header is put before it, for no fuzzer guesses a checksum.
#include "intents/model_file.h"

#include <cmath>

#include "intents/classifier.h"
#include "tests/fuzz/target.h"

namespace parley::fuzz {
namespace {

using namespace intents;

constexpr std::string_view kDigest = "digest";

void use(ClassifierModel model) {
  const Classifier classifier(std::move(model), Asking::kAlways);
  Reading reading;
  std::vector<double> probabilities;
  for (const char* text : {"", "a lamp", "I need a lamp for monday", "\xC3\xA9\xF0\x9F\x98\x80"}) {
    classifier.read(text, reading);
    classifier.probabilities(reading, probabilities);
    require(probabilities.size() == reading.ranked.size(), "an intent without a probability");
    const double in_scope = classifier.in_scope(reading);
    require(!(in_scope < 0) && !(in_scope > 1), "a probability outside of 0 to 1");
    require(classifier.language(reading).first < classifier.model().languages.size(), "no such language");
    for (std::size_t column = 0; column < classifier.model().columns(); ++column)
      classifier.run_weights(reading, column);
  }
}

void run(std::string_view input) {
  for (const std::string& file : {std::string(input), sealed_model(input)}) {
    auto model = model_from_bytes(file, kDigest);
    if (!model) {
      require(model.error().code == ErrorCode::kCorrupt, model.error().message);
      continue;
    }
    require(model_from_bytes(model_bytes(*model, kDigest), kDigest).ok(), "a model that can't be read again");
    use(std::move(*model));
  }
}

const AddTarget kAdd{"model_file", run};

}  // namespace
}  // namespace parley::fuzz
