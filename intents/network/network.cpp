#include "intents/network/network.h"

#include <algorithm>

namespace parley::intents {
namespace {

/// Adds a row of bytes, times `factor`.
void add_row(const ByteRows& rows, std::size_t row, float factor, float* to) {
  kernels().add_scaled_bytes(factor * rows.scales[row], rows.row(row), rows.width, to);
}

std::vector<float> packed(const ByteRows& rows) {
  std::vector<float> floats(rows.numbers.size());
  for (std::size_t i = 0; i < rows.scales.size(); ++i)
    add_row(rows, i, 1, floats.data() + i * rows.width);
  std::vector<float> panels(floats.size());
  pack(floats.data(), rows.scales.size(), rows.width, panels.data());
  return panels;
}

}  // namespace

NetworkModel to_model(const Parameters& parameters, Block<FeatureKey> tokens) {
  NetworkModel model;
  model.tokens = std::move(tokens);
  model.embedding = to_bytes(parameters.embedding, kEmbedding);
  model.wide = to_bytes(parameters.wide, kWide);
  for (std::size_t w = 0; w < kWidths.size(); ++w)
    model.filters[w] = to_bytes(parameters.filters[w], kWidths[w] * kEmbedding);
  model.filter_bias = parameters.filter_bias;
  model.output = to_bytes(parameters.output, kHidden);
  model.output_bias = parameters.output_bias;
  model.outputs = parameters.outputs;
  return model;
}

Network::Network(NetworkModel model) : model_(std::move(model)), table_(model_.tokens) {
  for (std::size_t w = 0; w < kWidths.size(); ++w)
    packed_.filters[w] = packed(model_.filters[w]);
  packed_.output = packed(model_.output);
}

void Network::read(const FoldedText& text, const std::vector<Occurrence>& occurrences,
                   const std::vector<FeatureValue>& features, NetworkReading& reading) const {
  look_up_tokens(text, occurrences, table_, reading.input);
  place_tokens(reading);
  reading.hidden.assign(kHidden, 0);
  convolve(reading);
  float* const wide = reading.hidden.data() + kConvolved;
  add_row(model_.wide, 0, 1, wide);
  for (const auto& [feature, value] : features)
    add_row(model_.wide, feature, value, wide);
  for (float& number : reading.hidden)
    number = std::max(number, 0.0F);
  reading.scores.resize(model_.output_bias.size());
  kernels().multiply(reading.hidden.data(), 1, kHidden, kHidden, packed_.output.data(), reading.scores.size(),
                     reading.scores.data());
  kernels().add_scaled(1, model_.output_bias.data(), reading.scores.size(), reading.scores.data());
}

void Network::place_tokens(NetworkReading& reading) const {
  const std::size_t end = kBoundary + reading.input.tokens;
  reading.tokens.assign((end + kBoundary) * kEmbedding, 0);
  const auto row = [&](std::size_t i) { return reading.tokens.data() + i * kEmbedding; };
  for (std::size_t k = 0; k < kBoundary; ++k) {
    add_row(model_.embedding, kBoundaryRow, 1, row(k));
    add_row(model_.embedding, kBoundaryRow, 1, row(end + k));
  }
  for (const TokenPart& part : reading.input.parts)
    add_row(model_.embedding, part.row, part.factor, row(kBoundary + part.token));
}

void Network::convolve(NetworkReading& reading) const {
  reading.places.resize(kChannels);
  for (std::size_t w = 0; w < kWidths.size(); ++w) {
    const Windows range = windows_of(kBoundary, reading.input.tokens, kWidths[w]);
    const std::size_t count = range.end - range.begin;
    reading.products.resize(count * kChannels);
    kernels().multiply(reading.tokens.data() + range.begin * kEmbedding, count, kEmbedding,
                       kWidths[w] * kEmbedding, packed_.filters[w].data(), kChannels,
                       reading.products.data());
    float* const hidden = reading.hidden.data() + w * kChannels;
    std::copy_n(reading.products.data(), kChannels, hidden);
    for (std::size_t t = 1; t < count; ++t)
      kernels().keep_largest(reading.products.data() + t * kChannels, 0, kChannels, hidden,
                             reading.places.data());
    kernels().add_scaled(1, model_.filter_bias.data() + w * kChannels, kChannels, hidden);
  }
}

}  // namespace parley::intents
