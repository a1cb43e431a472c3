#include "conversations/cel/regex.h"

#include <re2/re2.h>

namespace parley::cel {
namespace {

constexpr std::int64_t kRegexMaxBytes = 1 << 20;  // of a compiled pattern

}  // namespace

Result<std::shared_ptr<const re2::RE2>> compile_regex(const std::string& pattern) {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(kRegexMaxBytes);
  auto compiled = std::make_shared<const re2::RE2>(pattern, options);
  if (!compiled->ok()) return Error{ErrorCode::kInvalid, "invalid regular expression: " + compiled->error()};
  return compiled;
}

}  // namespace parley::cel
