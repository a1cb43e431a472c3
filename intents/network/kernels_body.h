// The loops of kernels.h, included by one source file for each instruction set. Nothing of the standard
// library may be used here: a shared inline function compiled for AVX2 could be the copy that the linker
// keeps for all.
//
// The product keeps 6 x 16 sums in registers and runs down the depth once: each number of `a` serves sixteen
// columns, each row of a panel six rows.

#pragma once

#include "intents/network/kernels.h"

namespace parley::intents {
namespace {

using Lane [[gnu::vector_size(32), gnu::aligned(4), gnu::may_alias]] = float;
constexpr std::size_t kLane = 8;
constexpr std::size_t kTileRows = 6;

template <std::size_t kRows>
inline void multiply_tile(const float* a, std::size_t row_step, std::size_t depth, const float* panel,
                          float* out, std::size_t out_step) {
  Lane left[kRows] = {};
  Lane right[kRows] = {};
  for (std::size_t k = 0; k < depth; ++k, panel += kPanelColumns) {
    const Lane first = *reinterpret_cast<const Lane*>(panel);
    const Lane second = *reinterpret_cast<const Lane*>(panel + kLane);
    for (std::size_t r = 0; r < kRows; ++r) {
      const float value = a[r * row_step + k];
      left[r] += value * first;
      right[r] += value * second;
    }
  }
  for (std::size_t r = 0; r < kRows; ++r) {
    *reinterpret_cast<Lane*>(out + r * out_step) = left[r];
    *reinterpret_cast<Lane*>(out + r * out_step + kLane) = right[r];
  }
}

/// One panel for all rows, in tiles of about the same height: a low one would wait for its own sums.
void multiply_panel(const float* a, std::size_t rows, std::size_t row_step, std::size_t depth,
                    const float* panel, float* out, std::size_t out_step) {
  for (std::size_t i = 0; i < rows;) {
    const std::size_t tiles = (rows - i + kTileRows - 1) / kTileRows;
    const std::size_t height = (rows - i + tiles - 1) / tiles;
    const float* const from = a + i * row_step;
    float* const to = out + i * out_step;
    switch (height) {
      case 1:
        multiply_tile<1>(from, row_step, depth, panel, to, out_step);
        break;
      case 2:
        multiply_tile<2>(from, row_step, depth, panel, to, out_step);
        break;
      case 3:
        multiply_tile<3>(from, row_step, depth, panel, to, out_step);
        break;
      case 4:
        multiply_tile<4>(from, row_step, depth, panel, to, out_step);
        break;
      case 5:
        multiply_tile<5>(from, row_step, depth, panel, to, out_step);
        break;
      default:
        multiply_tile<kTileRows>(from, row_step, depth, panel, to, out_step);
        break;
    }
    i += height;
  }
}

/// One row over several panels side by side, for the same reason. Sums run in the same order as in a tile.
template <std::size_t kPanels>
inline void multiply_row(const float* a, std::size_t depth, const float* panels, float* out) {
  Lane sums[kPanels * 2] = {};
  for (std::size_t k = 0; k < depth; ++k)
    for (std::size_t p = 0; p < kPanels; ++p) {
      const float* const row = panels + (p * depth + k) * kPanelColumns;
      sums[2 * p] += a[k] * *reinterpret_cast<const Lane*>(row);
      sums[2 * p + 1] += a[k] * *reinterpret_cast<const Lane*>(row + kLane);
    }
  for (std::size_t p = 0; p < kPanels * 2; ++p)
    *reinterpret_cast<Lane*>(out + p * kLane) = sums[p];
}

void multiply(const float* a, std::size_t rows, std::size_t row_step, std::size_t depth, const float* panels,
              std::size_t columns, float* out) {
  constexpr std::size_t kSideBySide = 4;
  std::size_t c = 0;
  for (; rows == 1 && c + kSideBySide * kPanelColumns <= columns; c += kSideBySide * kPanelColumns)
    multiply_row<kSideBySide>(a, depth, panels + c * depth, out + c);
  for (; c < columns; c += kPanelColumns)
    multiply_panel(a, rows, row_step, depth, panels + c * depth, out + c, columns);
}

void add_scaled(float factor, const float* from, std::size_t count, float* to) {
  for (std::size_t i = 0; i < count; ++i)
    to[i] += factor * from[i];
}

void add_scaled_bytes(float factor, const std::int8_t* from, std::size_t count, float* to) {
  for (std::size_t i = 0; i < count; ++i)
    to[i] += factor * static_cast<float>(from[i]);
}

void sum_lanes(const FeatureValue* values, std::size_t count, const float* rows, float* sums) {
  Lane left = *reinterpret_cast<const Lane*>(sums);
  Lane right = *reinterpret_cast<const Lane*>(sums + kLane);
  for (std::size_t i = 0; i < count; ++i) {
    const float* const row = rows + values[i].feature * kPanelColumns;
    left += values[i].value * *reinterpret_cast<const Lane*>(row);
    right += values[i].value * *reinterpret_cast<const Lane*>(row + kLane);
  }
  *reinterpret_cast<Lane*>(sums) = left;
  *reinterpret_cast<Lane*>(sums + kLane) = right;
}

void add_to_lanes(const float* step, const FeatureValue* values, std::size_t count, float* rows) {
  const Lane left = *reinterpret_cast<const Lane*>(step);
  const Lane right = *reinterpret_cast<const Lane*>(step + kLane);
  for (std::size_t i = 0; i < count; ++i) {
    float* const row = rows + values[i].feature * kPanelColumns;
    *reinterpret_cast<Lane*>(row) += values[i].value * left;
    *reinterpret_cast<Lane*>(row + kLane) += values[i].value * right;
  }
}

void keep_largest(const float* candidates, std::uint32_t place, std::size_t count, float* largest,
                  std::uint32_t* places) {
  for (std::size_t i = 0; i < count; ++i) {
    const bool larger = candidates[i] > largest[i];
    largest[i] = larger ? candidates[i] : largest[i];
    places[i] = larger ? place : places[i];
  }
}

void descend(const AdamStep& step, const float* gradient, std::size_t count, float* weights, float* means,
             float* squares) {
  constexpr float kMeanShare = 0.9F;
  constexpr float kSquareShare = 0.999F;
  constexpr float kSmallest = 1e-8F;
  for (std::size_t i = 0; i < count; ++i) {
    const float g = gradient[i];
    means[i] = kMeanShare * means[i] + (1 - kMeanShare) * g;
    squares[i] = kSquareShare * squares[i] + (1 - kSquareShare) * g * g;
    const float length = __builtin_sqrtf(squares[i] * step.square_correction) + kSmallest;
    weights[i] -= step.rate * (means[i] * step.mean_correction / length + step.decay * weights[i]);
  }
}

constexpr Kernels kKernels = {multiply,     add_scaled,   add_scaled_bytes, sum_lanes,
                              add_to_lanes, keep_largest, descend};

}  // namespace
}  // namespace parley::intents
