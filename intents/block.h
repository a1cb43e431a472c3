// Numbers that are only read: made in memory, or lying in a mapped model file.
//
// A Block keeps alive what it shows. Copies share it.
//
// Thread rule: immutable; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace parley::intents {

template <typename T>
class Block {
 public:
  Block() = default;
  Block(std::vector<T> numbers) {  // implicit: a vector is as good as a Block
    auto owner = std::make_shared<const std::vector<T>>(std::move(numbers));
    view_ = *owner;
    owner_ = std::move(owner);
  }
  /// `owner` keeps `view` alive.
  Block(std::span<const T> view, std::shared_ptr<const void> owner) : view_(view), owner_(std::move(owner)) {}

  const T* data() const { return view_.data(); }
  std::size_t size() const { return view_.size(); }
  bool empty() const { return view_.empty(); }
  const T& operator[](std::size_t i) const { return view_[i]; }
  auto begin() const { return view_.begin(); }
  auto end() const { return view_.end(); }

 private:
  std::span<const T> view_;
  std::shared_ptr<const void> owner_;
};

/// A matrix with one byte a number and one scale a row: a number is its byte times the scale of its row.
struct ByteRows {
  Block<float> scales;
  Block<std::int8_t> numbers;
  std::size_t width = 0;

  const std::int8_t* row(std::size_t i) const { return numbers.data() + i * width; }
};

/// Rounds a matrix of rows of `width` numbers.
ByteRows to_bytes(std::span<const float> matrix, std::size_t width);

}  // namespace parley::intents
