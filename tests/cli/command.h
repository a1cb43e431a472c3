// Runs the real binary as a person at a shell does, and keeps what it printed.
#pragma once

#include <string>

namespace parley::test {

struct Ran {
  int exit_code = -1;
  std::string out, err;
};

/// `parley ARGUMENTS`, with `input` on standard input. Arguments are a shell's words; `environment` is
/// "NAME=value".
Ran run_parley(const std::string& arguments, const std::string& input = "",
               const std::string& environment = "");

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace parley::test
