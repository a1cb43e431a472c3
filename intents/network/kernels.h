// The inner loops of the classifier: everything that is done to long rows of numbers.
//
// Compiled twice, for any processor and for AVX2 with FMA; kernels() picks when the program starts. Results
// differ in the last bits between the two, never between runs or thread counts on one machine.
//
// Shapes: a matrix lies row by row. `panels` is a matrix (depth x columns) cut into panels of kPanelColumns
// columns, each panel lying row by row: see pack(). Counts and columns that are marked so must be multiples
// of kPanelColumns.
//
// Thread rule: pure functions over the caller's memory.
#pragma once

#include <cstddef>
#include <cstdint>

#include "intents/feature_value.h"

namespace parley::intents {

inline constexpr std::size_t kPanelColumns = 16;

/// What one step of AdamW needs besides the numbers that it changes (Loshchilov and Hutter, "Decoupled Weight
/// Decay Regularization", ICLR 2019).
struct AdamStep {
  float rate = 0;
  float decay = 0;              // share of `rate` that shrinks every weight
  float mean_correction = 1;    // 1 / (1 - beta1^step)
  float square_correction = 1;  // 1 / (1 - beta2^step)
};

struct Kernels {
  /// out (rows x columns) = a * panels. Row i of `a` begins at a + i * row_step; rows may overlap, which is
  /// how a convolution is a product.
  void (*multiply)(const float* a, std::size_t rows, std::size_t row_step, std::size_t depth,
                   const float* panels, std::size_t columns, float* out);
  /// to += factor * from.
  void (*add_scaled)(float factor, const float* from, std::size_t count, float* to);
  void (*add_scaled_bytes)(float factor, const std::int8_t* from, std::size_t count, float* to);
  /// For rows of kPanelColumns numbers, by feature: sums += value * row, over the features of a text.
  void (*sum_lanes)(const FeatureValue* values, std::size_t count, const float* rows, float* sums);
  /// The same the other way: row += value * step.
  void (*add_to_lanes)(const float* step, const FeatureValue* values, std::size_t count, float* rows);
  /// Where candidates[i] is larger than largest[i], it takes its place, and places[i] becomes `place`.
  void (*keep_largest)(const float* candidates, std::uint32_t place, std::size_t count, float* largest,
                       std::uint32_t* places);
  /// One step of AdamW along `gradient`.
  void (*descend)(const AdamStep& step, const float* gradient, std::size_t count, float* weights,
                  float* means, float* squares);
};

const Kernels& kernels();
/// The ones that run on any processor, to compare with.
const Kernels& baseline_kernels();

/// Lays out `matrix` (columns x depth: one row for each column of the product) as panels.
void pack(const float* matrix, std::size_t columns, std::size_t depth, float* panels);

}  // namespace parley::intents
