#include "intents/network/optimizer.h"

#include <algorithm>

namespace parley::intents {
namespace {

constexpr std::size_t kPieceNumbers = 16'384;  // of dense parameters that one worker does at a time
constexpr std::size_t kPieceRows = 64;
constexpr float kDecay = 0.01F;

template <std::size_t kIndex>
const std::vector<float>& filter_gradient(const DenseGradient& gradient) {
  return gradient.filters[kIndex];
}

}  // namespace

Optimizer::Optimizer(Parameters start, Workers& workers) : workers_(workers), parameters_(std::move(start)) {
  const auto add = [&](std::vector<float>& weights,
                       const std::vector<float>& (*gradient)(const DenseGradient&)) {
    dense_.push_back(
        {&weights, std::vector<float>(weights.size()), std::vector<float>(weights.size()), gradient});
  };
  add(parameters_.filters[0], filter_gradient<0>);
  add(parameters_.filters[1], filter_gradient<1>);
  add(parameters_.filters[2], filter_gradient<2>);
  add(parameters_.filters[3], filter_gradient<3>);
  using Numbers = const std::vector<float>&;
  add(parameters_.filter_bias, [](const DenseGradient& gradient) -> Numbers { return gradient.filter_bias; });
  add(parameters_.output, [](const DenseGradient& gradient) -> Numbers { return gradient.output; });
  add(parameters_.output_bias, [](const DenseGradient& gradient) -> Numbers { return gradient.output_bias; });
  for (Dense& dense : dense_)
    for (std::size_t begin = 0; begin < dense.weights->size(); begin += kPieceNumbers)
      pieces_.push_back({&dense, begin, std::min(begin + kPieceNumbers, dense.weights->size())});
  const auto rows = [](std::vector<float>& weights, std::size_t width) {
    return Rows{&weights, width, std::vector<float>(weights.size()), std::vector<float>(weights.size()),
                {},       {}};
  };
  embedding_ = rows(parameters_.embedding, kEmbedding);
  wide_ = rows(parameters_.wide, kWide);
  packed_.take(parameters_);
}

void Optimizer::step(std::span<const Slice> slices, std::size_t lessons, float rate) {
  mean_share_ *= 0.9;
  square_share_ *= 0.999;
  scale_ = 1 / static_cast<float>(lessons);
  const AdamStep adam{rate, kDecay, static_cast<float>(1 / (1 - mean_share_)),
                      static_cast<float>(1 / (1 - square_share_))};
  workers_.run(2, [&](std::size_t i) {
    i == 0 ? gather(slices, &Slice::embedding, embedding_) : gather(slices, &Slice::wide, wide_);
  });
  const auto pieces_of = [](const Rows& rows) {
    return (rows.begins.size() - 1 + kPieceRows - 1) / kPieceRows;
  };
  const std::size_t embedding_end = pieces_.size() + pieces_of(embedding_);
  workers_.run(embedding_end + pieces_of(wide_), [&](std::size_t i) {
    if (i < pieces_.size()) return descend(pieces_[i], slices, adam);
    Rows& rows = i < embedding_end ? embedding_ : wide_;
    const std::size_t first = (i - (i < embedding_end ? pieces_.size() : embedding_end)) * kPieceRows;
    descend(rows, first, std::min(first + kPieceRows, rows.begins.size() - 1), adam);
  });
  packed_.take(parameters_);
}

void Optimizer::gather(std::span<const Slice> slices, const std::vector<RowGradient> Slice::*list,
                       Rows& rows) {
  rows.gradients.clear();
  for (const Slice& slice : slices)
    rows.gradients.insert(rows.gradients.end(), (slice.*list).begin(), (slice.*list).end());
  std::stable_sort(rows.gradients.begin(), rows.gradients.end(),
                   [](const RowGradient& a, const RowGradient& b) { return a.row < b.row; });
  rows.begins.clear();
  for (std::size_t i = 0; i < rows.gradients.size(); ++i)
    if (i == 0 || rows.gradients[i].row != rows.gradients[i - 1].row) rows.begins.push_back(i);
  rows.begins.push_back(rows.gradients.size());
}

void Optimizer::descend(const Piece& piece, std::span<const Slice> slices, const AdamStep& step) {
  thread_local std::vector<float> sum;
  sum.assign(piece.end - piece.begin, 0);
  Dense& dense = *piece.dense;
  for (const Slice& slice : slices)
    if (!slice.lessons.empty())
      kernels().add_scaled(scale_, dense.gradient(slice.dense).data() + piece.begin, sum.size(), sum.data());
  kernels().descend(step, sum.data(), sum.size(), dense.weights->data() + piece.begin,
                    dense.means.data() + piece.begin, dense.squares.data() + piece.begin);
}

void Optimizer::descend(Rows& rows, std::size_t first, std::size_t last, const AdamStep& step) {
  thread_local std::vector<float> sum;
  for (std::size_t i = first; i < last; ++i) {
    sum.assign(rows.width, 0);
    for (std::size_t k = rows.begins[i]; k < rows.begins[i + 1]; ++k)
      kernels().add_scaled(scale_ * rows.gradients[k].factor, rows.gradients[k].gradient, rows.width,
                           sum.data());
    const std::size_t at = rows.gradients[rows.begins[i]].row * rows.width;
    kernels().descend(step, sum.data(), rows.width, rows.weights->data() + at, rows.means.data() + at,
                      rows.squares.data() + at);
  }
}

}  // namespace parley::intents
