// One slice of a training batch: scores of its texts, how wrong they are, and the gradient of that.
//
// A batch is always cut into the same slices, each slice runs alone, and gradients are summed in the order of
// the slices: so the number of threads changes nothing.
//
// Thread rule: a Slice belongs to one thread at a time.
#pragma once

#include <vector>

#include "intents/network/parameters.h"
#include "intents/random.h"

namespace parley::intents {

/// A text with what it should be taken for: a probability for each output.
struct Lesson {
  NetworkInput input;
  std::vector<float> target;
};

/// The parameters without the rows of embedding and wide, of which a slice touches few.
struct DenseGradient {
  std::array<std::vector<float>, kWidths.size()> filters;
  std::vector<float> filter_bias;
  std::vector<float> output;
  std::vector<float> output_bias;
};

/// `factor` times `gradient` is to be added to the gradient of a row.
struct RowGradient {
  std::uint32_t row = 0;
  float factor = 0;
  const float* gradient = nullptr;  // lives in the Slice until its next run
};

class Slice {
 public:
  std::vector<Lesson> lessons;

  /// Sum over the lessons of the cross-entropy between target and scores. Fills everything below. `drop_out`
  /// is the share of hidden numbers left out, drawn from `random`.
  double run(const Parameters& parameters, const PackedParameters& packed, double drop_out, Random& random);

  DenseGradient dense;
  std::vector<RowGradient> embedding;
  std::vector<RowGradient> wide;

 private:
  void place_tokens(const Parameters& parameters);
  void convolve(const Parameters& parameters, const PackedParameters& packed);
  void convolve_back(const Parameters& parameters);
  void add_wide(const Parameters& parameters);
  void drop(double share, Random& random);
  double compare(const Parameters& parameters, const PackedParameters& packed);
  void score_back(const Parameters& parameters);
  void list_rows();

  std::vector<std::size_t> first_;  // row of tokens_ where each text begins
  std::vector<float> tokens_;       // rows of kEmbedding
  std::vector<float> token_gradient_;
  std::vector<float> products_;         // of one width: a row of kChannels for each window
  std::vector<std::uint32_t> largest_;  // by text and filter: the window with the largest product
  std::vector<float> hidden_;           // by text: kHidden
  std::vector<float> kept_;             // what each hidden number was multiplied with: 0 where it was dropped
  std::vector<float> hidden_gradient_;
  std::vector<float> scores_;  // by text: whole_panels(outputs); then their gradient
};

}  // namespace parley::intents
