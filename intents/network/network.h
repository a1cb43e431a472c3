// The network in use: from the n-grams of a text to a score for every output.
//
// A NetworkModel is what training makes and a model file holds: one byte a number. A Network is that data
// ready for use; the filters and the output, half a million numbers, are laid out as floats for the products,
// which takes a millisecond. How the network is built: parameters.h.
//
// Thread rule: a Network is immutable and shared; a NetworkReading is scratch memory of one thread, reused
// between texts.
#pragma once

#include <array>
#include <vector>

#include "intents/block.h"
#include "intents/network/parameters.h"

namespace parley::intents {

struct NetworkModel {
  Block<FeatureKey> tokens;  // sorted; row i+1 of the embedding belongs to tokens[i], row 0 to the boundary
  ByteRows embedding;
  ByteRows wide;  // by feature of the linear classifier
  std::array<ByteRows, kWidths.size()> filters;
  Block<float> filter_bias;
  ByteRows output;
  Block<float> output_bias;
  std::uint64_t outputs = 0;

  bool empty() const { return outputs == 0; }
};

NetworkModel to_model(const Parameters& parameters, Block<FeatureKey> tokens);

struct NetworkReading {
  NetworkInput input;
  std::vector<float> tokens;
  std::vector<float> products;
  std::vector<std::uint32_t> places;
  std::vector<float> hidden;
  std::vector<float> scores;  // by output, and some zeros
};

class Network {
 public:
  explicit Network(NetworkModel model);

  /// `features` are those of the linear classifier. Fills reading.scores.
  void read(const FoldedText& text, const std::vector<Occurrence>& occurrences,
            const std::vector<FeatureValue>& features, NetworkReading& reading) const;

 private:
  void place_tokens(NetworkReading& reading) const;
  void convolve(NetworkReading& reading) const;

  NetworkModel model_;
  FeatureTable table_;
  PackedParameters packed_;
};

}  // namespace parley::intents
