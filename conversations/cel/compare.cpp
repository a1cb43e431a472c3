#include "conversations/cel/compare.h"

#include <cmath>
#include <utility>

namespace parley::cel {
namespace {

constexpr double kTwoTo63 = 9223372036854775808.0;
constexpr double kTwoTo64 = 18446744073709551616.0;

double as_double(const Value& value) {
  if (value.is(Kind::kInt)) return static_cast<double>(value.as_int());
  if (value.is(Kind::kUint)) return static_cast<double>(value.as_uint());
  return value.as_double();
}

std::strong_ordering compare_whole(const Value& left, const Value& right) {
  if (left.is(Kind::kInt) && right.is(Kind::kInt)) return left.as_int() <=> right.as_int();
  if (left.is(Kind::kUint) && right.is(Kind::kUint)) return left.as_uint() <=> right.as_uint();
  if (left.is(Kind::kUint)) return 0 <=> compare_whole(right, left);
  if (left.as_int() < 0) return std::strong_ordering::less;
  return static_cast<std::uint64_t>(left.as_int()) <=> right.as_uint();
}

int key_rank(const Value& key) {
  return key.is(Kind::kBool) ? 0 : key.is_number() ? 1 : 2;
}

}  // namespace

std::optional<std::partial_ordering> compare(const Value& left, const Value& right) {
  if (left.is_number() && right.is_number()) {
    if (left.is(Kind::kDouble) || right.is(Kind::kDouble)) return as_double(left) <=> as_double(right);
    return compare_whole(left, right);
  }
  if (left.is_instant() && right.is_instant()) return left.as_instant() <=> right.as_instant();
  if (left.kind() != right.kind()) return std::nullopt;
  switch (left.kind()) {
    case Kind::kBool:
      return left.as_bool() <=> right.as_bool();
    case Kind::kString:  // the order of UTF-8 bytes is that of code points
      return left.as_text() <=> right.as_text();
    case Kind::kBytes:
      return left.as_bytes() <=> right.as_bytes();
    case Kind::kDuration:
      return left.as_duration() <=> right.as_duration();
    default:
      return std::nullopt;
  }
}

bool may_be_key(const Value& value) {
  return value.is(Kind::kBool) || value.is(Kind::kInt) || value.is(Kind::kUint) || value.is(Kind::kString);
}

std::strong_ordering compare_keys(const Value& left, const Value& right) {
  if (key_rank(left) != key_rank(right)) return key_rank(left) <=> key_rank(right);
  if (left.is(Kind::kBool)) return left.as_bool() <=> right.as_bool();
  if (left.is(Kind::kString)) return left.as_text() <=> right.as_text();
  return compare_whole(left, right);
}

Value as_key(const Value& value) {
  if (!value.is(Kind::kDouble)) return value;
  const double number = value.as_double();
  if (number != std::trunc(number)) return value;
  if (number >= -kTwoTo63 && number < kTwoTo63) return Value::integer(static_cast<std::int64_t>(number));
  if (number >= 0 && number < kTwoTo64) return Value::unsigned_integer(static_cast<std::uint64_t>(number));
  return value;
}

}  // namespace parley::cel
