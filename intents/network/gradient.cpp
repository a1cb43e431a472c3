// Tokens of all texts of a slice stand in one matrix with boundary vectors between them. A window of width k
// over it is k * kEmbedding neighbouring numbers, so that a convolution is one product of overlapping rows.
// Of its results only the largest of each text and filter counts. On the way back, therefore, only one window
// a text and filter has a gradient: a tenth of the work of the way there.
#include "intents/network/gradient.h"

#include <algorithm>
#include <cmath>

namespace parley::intents {

double Slice::run(const Parameters& parameters, const PackedParameters& packed, double drop_out,
                  Random& random) {
  embedding.clear();
  wide.clear();
  if (lessons.empty()) return 0;
  place_tokens(parameters);
  hidden_.assign(lessons.size() * kHidden, 0);
  convolve(parameters, packed);
  add_wide(parameters);
  drop(drop_out, random);
  const double loss = compare(parameters, packed);
  score_back(parameters);
  convolve_back(parameters);
  list_rows();
  return loss;
}

void Slice::place_tokens(const Parameters& parameters) {
  first_.clear();
  std::size_t rows = kBoundary;
  for (const Lesson& lesson : lessons) {
    first_.push_back(rows);
    rows += lesson.input.tokens + kBoundary;
  }
  tokens_.assign(rows * kEmbedding, 0);
  const auto row = [&](std::size_t i) { return tokens_.data() + i * kEmbedding; };
  const auto add = [&](std::uint32_t from, float factor, float* to) {
    kernels().add_scaled(factor, parameters.embedding.data() + from * kEmbedding, kEmbedding, to);
  };
  for (std::size_t i = 0; i < lessons.size(); ++i) {
    const NetworkInput& input = lessons[i].input;
    for (const TokenPart& part : input.parts)
      add(part.row, part.factor, row(first_[i] + part.token));
    for (std::size_t k = 0; k < kBoundary; ++k)
      add(kBoundaryRow, 1, row(first_[i] + input.tokens + k));
  }
  for (std::size_t k = 0; k < kBoundary; ++k)
    add(kBoundaryRow, 1, row(k));
}

void Slice::convolve(const Parameters& parameters, const PackedParameters& packed) {
  largest_.resize(lessons.size() * kConvolved);
  const std::size_t rows = tokens_.size() / kEmbedding;
  for (std::size_t w = 0; w < kWidths.size(); ++w) {
    const std::size_t windows = rows - kWidths[w] + 1;
    products_.resize(windows * kChannels);
    kernels().multiply(tokens_.data(), windows, kEmbedding, kWidths[w] * kEmbedding, packed.filters[w].data(),
                       kChannels, products_.data());
    for (std::size_t i = 0; i < lessons.size(); ++i) {
      const Windows range = windows_of(first_[i], lessons[i].input.tokens, kWidths[w]);
      float* const hidden = hidden_.data() + i * kHidden + w * kChannels;
      std::uint32_t* const largest = largest_.data() + i * kConvolved + w * kChannels;
      std::copy_n(products_.data() + range.begin * kChannels, kChannels, hidden);
      std::fill_n(largest, kChannels, static_cast<std::uint32_t>(range.begin));
      for (std::size_t t = range.begin + 1; t < range.end; ++t)
        kernels().keep_largest(products_.data() + t * kChannels, static_cast<std::uint32_t>(t), kChannels,
                               hidden, largest);
      kernels().add_scaled(1, parameters.filter_bias.data() + w * kChannels, kChannels, hidden);
    }
  }
}

void Slice::add_wide(const Parameters& parameters) {
  for (std::size_t i = 0; i < lessons.size(); ++i) {
    float* const hidden = hidden_.data() + i * kHidden + kConvolved;
    std::copy_n(parameters.wide.data(), kWide, hidden);
    for (const auto& [feature, value] : lessons[i].input.wide)
      kernels().add_scaled(value, parameters.wide.data() + feature * kWide, kWide, hidden);
  }
}

/// Cuts off what is below zero, and drops.
void Slice::drop(double share, Random& random) {
  kept_.resize(hidden_.size());
  const auto factor = static_cast<float>(1 / (1 - share));
  for (std::size_t i = 0; i < hidden_.size(); ++i) {
    const bool dropped = share > 0 && random.happens(share);
    kept_[i] = hidden_[i] > 0 && !dropped ? factor : 0.0F;
    hidden_[i] *= kept_[i];
  }
}

/// Leaves the gradient of the loss in scores_.
double Slice::compare(const Parameters& parameters, const PackedParameters& packed) {
  const std::size_t outputs = parameters.outputs;
  const std::size_t step = whole_panels(outputs);
  scores_.resize(lessons.size() * step);
  kernels().multiply(hidden_.data(), lessons.size(), kHidden, kHidden, packed.output.data(), step,
                     scores_.data());
  double loss = 0;
  for (std::size_t i = 0; i < lessons.size(); ++i) {
    float* const scores = scores_.data() + i * step;
    for (std::size_t k = 0; k < outputs; ++k)
      scores[k] += parameters.output_bias[k];
    const float best = *std::max_element(scores, scores + outputs);
    float sum = 0;
    for (std::size_t k = 0; k < outputs; ++k)
      sum += std::exp(scores[k] - best);
    const float log_sum = std::log(sum) + best;
    for (std::size_t k = 0; k < outputs; ++k) {
      const float log_probability = scores[k] - log_sum;
      loss -= static_cast<double>(lessons[i].target[k] * log_probability);
      scores[k] = std::exp(log_probability) - lessons[i].target[k];
    }
    std::fill(scores + outputs, scores + step, 0.0F);
  }
  return loss;
}

void Slice::score_back(const Parameters& parameters) {
  const std::size_t step = whole_panels(parameters.outputs);
  dense.output.assign(parameters.output.size(), 0);
  dense.output_bias.assign(step, 0);
  hidden_gradient_.assign(hidden_.size(), 0);
  for (std::size_t k = 0; k < parameters.outputs; ++k)
    for (std::size_t i = 0; i < lessons.size(); ++i) {
      const float gradient = scores_[i * step + k];
      dense.output_bias[k] += gradient;
      kernels().add_scaled(gradient, hidden_.data() + i * kHidden, kHidden,
                           dense.output.data() + k * kHidden);
      kernels().add_scaled(gradient, parameters.output.data() + k * kHidden, kHidden,
                           hidden_gradient_.data() + i * kHidden);
    }
  for (std::size_t i = 0; i < hidden_gradient_.size(); ++i)
    hidden_gradient_[i] *= kept_[i];
}

void Slice::convolve_back(const Parameters& parameters) {
  token_gradient_.assign(tokens_.size(), 0);
  dense.filter_bias.assign(kConvolved, 0);
  for (std::size_t w = 0; w < kWidths.size(); ++w) {
    const std::size_t depth = kWidths[w] * kEmbedding;
    dense.filters[w].assign(kChannels * depth, 0);
    for (std::size_t c = 0; c < kChannels; ++c)
      for (std::size_t i = 0; i < lessons.size(); ++i) {
        const float gradient = hidden_gradient_[i * kHidden + w * kChannels + c];
        if (gradient == 0) continue;
        const std::size_t at = largest_[i * kConvolved + w * kChannels + c] * kEmbedding;
        dense.filter_bias[w * kChannels + c] += gradient;
        kernels().add_scaled(gradient, tokens_.data() + at, depth, dense.filters[w].data() + c * depth);
        kernels().add_scaled(gradient, parameters.filters[w].data() + c * depth, depth,
                             token_gradient_.data() + at);
      }
  }
}

void Slice::list_rows() {
  for (std::size_t i = 0; i < lessons.size(); ++i) {
    const NetworkInput& input = lessons[i].input;
    const float* const tokens = token_gradient_.data() + first_[i] * kEmbedding;
    for (const TokenPart& part : input.parts)
      embedding.push_back({part.row, part.factor, tokens + part.token * kEmbedding});
    for (std::size_t k = 0; k < kBoundary; ++k)
      embedding.push_back({kBoundaryRow, 1, tokens + (input.tokens + k) * kEmbedding});
    const float* const sums = hidden_gradient_.data() + i * kHidden + kConvolved;
    wide.push_back({0, 1, sums});
    for (const auto& [feature, value] : input.wide)
      wide.push_back({feature, value, sums});
  }
  for (std::size_t k = 0; k < kBoundary; ++k)
    embedding.push_back({kBoundaryRow, 1, token_gradient_.data() + k * kEmbedding});
}

}  // namespace parley::intents
