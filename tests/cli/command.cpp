#include "tests/cli/command.h"

#include <cstdlib>
#include <sys/wait.h>

#include "tests/support/temp_folder.h"

namespace parley::test {

Ran run_parley(const std::string& arguments, const std::string& input, const std::string& environment) {
  const TempFolder folder;
  const std::string in = folder.write("in", input), out = folder.path() / "out", err = folder.path() / "err";
  const std::string command = environment + (environment.empty() ? "" : " ") + PARLEY_BINARY " " + arguments +
                              " <" + in + " >" + out + " 2>" + err;
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(out), read_file(err)};
}

}  // namespace parley::test
