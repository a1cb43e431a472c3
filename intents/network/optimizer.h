// The parameters on their way down: AdamW over batches of slices.
//
// Rows of embedding and wide that a batch does not touch stay as they are, with their running means: a batch
// touches a few thousand of a hundred thousand rows.
//
// Thread rule: step() is called by one thread at a time and uses all workers. Deterministic for any number.
#pragma once

#include <span>
#include <vector>

#include "intents/network/gradient.h"
#include "intents/network/workers.h"

namespace parley::intents {

class Optimizer {
 public:
  Optimizer(Parameters start, Workers& workers);

  const Parameters& parameters() const { return parameters_; }
  const PackedParameters& packed() const { return packed_; }
  Parameters take() { return std::move(parameters_); }

  /// One step along the mean gradient of `slices`, which hold `lessons` texts together.
  void step(std::span<const Slice> slices, std::size_t lessons, float rate);

 private:
  struct Dense {
    std::vector<float>* weights;
    std::vector<float> means;
    std::vector<float> squares;
    const std::vector<float>& (*gradient)(const DenseGradient&);
  };
  struct Rows {
    std::vector<float>* weights;
    std::size_t width;
    std::vector<float> means;
    std::vector<float> squares;
    std::vector<RowGradient> gradients;  // of one step, by row
    std::vector<std::size_t> begins;     // of the rows in `gradients`, and the end
  };
  struct Piece {
    Dense* dense;
    std::size_t begin;
    std::size_t end;
  };

  void gather(std::span<const Slice> slices, const std::vector<RowGradient> Slice::*list, Rows& rows);
  void descend(const Piece& piece, std::span<const Slice> slices, const AdamStep& step);
  void descend(Rows& rows, std::size_t first, std::size_t last, const AdamStep& step);

  Workers& workers_;
  Parameters parameters_;
  PackedParameters packed_;
  std::vector<Dense> dense_;
  std::vector<Piece> pieces_;
  Rows embedding_;
  Rows wide_;
  float scale_ = 1;  // 1 / lessons
  double mean_share_ = 1;
  double square_share_ = 1;
};

}  // namespace parley::intents
