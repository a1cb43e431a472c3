#include "conversations/exploring/pattern_sample.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <re2/re2.h>
#include <string_view>

namespace parley::conversations {

namespace {

constexpr int kNestingMax = 50;
constexpr std::size_t kRepeatMax = 64;
constexpr std::size_t kSampleMaxBytes = 4'000;
constexpr std::string_view kLikely = "a1A -_.@";  // tried for a class that leaves things out

/// Reads a pattern and writes the first text that comes to mind for each part of it.
class SampleWriter {
 public:
  explicit SampleWriter(std::string_view pattern) : rest_(pattern) {}

  std::optional<std::string> write() {
    const std::string text = alternatives(0);
    return failed_ || !rest_.empty() ? std::nullopt : std::optional<std::string>(text);
  }

 private:
  bool at(char c) const { return !rest_.empty() && rest_.front() == c; }
  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  std::string fail() {
    failed_ = true;
    rest_ = {};
    return "";
  }

  /// The first of `a|b|c`; the others are read, too.
  std::string alternatives(int depth) {
    if (depth > kNestingMax) return fail();
    const std::string first = sequence(depth);
    while (at('|')) {
      take();
      sequence(depth);
    }
    return first;
  }

  std::string sequence(int depth) {
    std::string text;
    while (!rest_.empty() && !at('|') && !at(')')) {
      const std::string one = repeated(piece(depth));
      if (text.size() + one.size() > kSampleMaxBytes) return fail();
      text += one;
    }
    return text;
  }

  std::string piece(int depth) {
    const char c = take();
    switch (c) {
      case '^':
      case '$':
        return "";
      case '.':
        return "a";
      case '\\':
        return escaped();
      case '[':
        return one_of_class();
      case '(':
        return group(depth);
      default:
        return std::string(1, c);
    }
  }

  std::string group(int depth) {
    if (at('?')) {
      take();
      if (at('P') || at('<')) {
        rest_.remove_prefix(std::min(rest_.find('>'), rest_.size()));
        if (rest_.empty()) return fail();
        take();
      } else {
        while (!rest_.empty() && !at(':') && !at(')'))
          take();
        if (at(':')) take();
      }
    }
    const std::string text = alternatives(depth + 1);
    if (!at(')')) return fail();
    take();
    return text;
  }

  std::string escaped() {
    if (rest_.empty()) return fail();
    const char c = take();
    switch (c) {
      case 'd':
        return "1";
      case 'w':
      case 'D':
        return "a";
      case 's':
      case 'W':
        return " ";
      case 'S':
        return "a";
      case 'b':
      case 'B':
      case 'A':
      case 'z':
        return "";
      default:
        return std::isalnum(static_cast<unsigned char>(c)) ? fail() : std::string(1, c);
    }
  }

  /// RE2 itself says which character a class holds.
  std::string one_of_class() {
    std::string source = "[";
    if (at('^')) source += take();
    if (at(']')) source += take();
    while (!rest_.empty() && !at(']')) {
      const char c = take();
      source += c;
      if (c == '\\' && !rest_.empty()) source += take();
      if (c == '[' && at(':')) {
        const std::size_t end = rest_.find(":]");
        if (end == rest_.npos) return fail();
        source += rest_.substr(0, end + 2);
        rest_.remove_prefix(end + 2);
      }
    }
    if (rest_.empty()) return fail();
    source += take();
    const RE2 one(source, RE2::Quiet);
    if (!one.ok()) return fail();
    for (const char likely : kLikely)
      if (RE2::FullMatch(std::string(1, likely), one)) return std::string(1, likely);
    for (char c = ' '; c < 127; ++c)
      if (RE2::FullMatch(std::string(1, c), one)) return std::string(1, c);
    return fail();
  }

  std::string repeated(const std::string& one) {
    std::size_t times = 1;
    if (at('?') || at('*')) {
      times = take() == '?' ? 1 : 0;
    } else if (at('+')) {
      take();
    } else if (const auto least = counted()) {
      times = *least;
    }
    if (at('?')) take();  // the lazy form
    std::string text;
    for (std::size_t i = 0; i < std::min(times, kRepeatMax); ++i)
      text += one;
    return text;
  }

  /// The least of `{2,4}`.
  std::optional<std::size_t> counted() {
    if (!at('{')) return std::nullopt;
    const std::size_t end = rest_.find('}');
    if (end == rest_.npos) return std::nullopt;
    std::size_t least = 0;
    const auto [stop, error] = std::from_chars(rest_.data() + 1, rest_.data() + end, least);
    if (error != std::errc()) return std::nullopt;
    rest_.remove_prefix(end + 1);
    return least;
  }

  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace

std::optional<std::string> sample_of_pattern(const std::string& pattern) {
  const RE2 compiled(pattern, RE2::Quiet);
  if (!compiled.ok()) return std::nullopt;
  auto text = SampleWriter(pattern).write();
  if (text && !text->empty() && RE2::PartialMatch(*text, compiled)) return text;
  return std::nullopt;
}

}  // namespace parley::conversations
