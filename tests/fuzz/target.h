// A fuzz target: a function that takes any bytes at all and has to come back. What it reads may be refused,
// but nothing may crash, hang, leak or break a promise that the target checks with require().
//
// One file in targets/ holds one target. Alone, with fuzzer_main.cpp, it becomes the libFuzzer binary
// fuzz_<name>; all of them together, with every seed, are the test binary test_fuzz.
//
// Thread rule: one thread; a target may keep what is costly to make from one input to the next.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley::fuzz {

struct Target {
  const char* name;  // of its folder in seeds/
  void (*run)(std::string_view input);
  void (*prepare)();  // makes what takes seconds, so that it does not count as the first input's; may be null
};

/// Those that are linked into this binary.
std::vector<Target>& targets();

/// `const AddTarget kAdd{"cel", run};` at the end of a target's file.
struct AddTarget {
  AddTarget(const char* name, void (*run)(std::string_view input), void (*prepare)() = nullptr) {
    targets().push_back({name, run, prepare});
  }
};

/// What has to hold whatever the input is. Otherwise it throws, which ends a fuzzer and fails a test.
void require(bool holds, const std::string& what);

/// The first line of the input, which is taken off it.
std::string_view take_line(std::string_view& input);

}  // namespace parley::fuzz
