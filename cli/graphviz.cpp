#include "cli/graphviz.h"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <re2/re2.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace parley::cli {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

/// Runs `dot -Tsvg` on two files; its exit code, or -1 when there is no such program.
int run_dot(std::FILE* input, std::FILE* output) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, fileno(input), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, fileno(output), STDOUT_FILENO);
  char program[] = "dot", format[] = "-Tsvg";
  char* arguments[] = {program, format, nullptr};
  pid_t child = 0;
  const int problem = posix_spawnp(&child, program, &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (problem != 0) return -1;
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR)
    continue;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

std::string content_of(std::FILE* file) {
  std::string content;
  std::rewind(file);
  char buffer[4096];
  while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, file))
    content.append(buffer, size);
  return content;
}

}  // namespace

Result<std::string> svg_of(const std::string& dot) {
  const File input(std::tmpfile()), output(std::tmpfile());
  if (!input || !output) return Error{ErrorCode::kUnavailable, "no temporary file can be made"};
  std::fwrite(dot.data(), 1, dot.size(), input.get());
  std::rewind(input.get());
  const int code = run_dot(input.get(), output.get());
  if (code == -1 || code == 127)
    return Error{ErrorCode::kUnavailable,
                 "Graphviz's program 'dot' is not there: install the package graphviz, or take --format dot"};
  if (code != 0) return Error{ErrorCode::kInternal, "Graphviz does not take the picture"};
  return content_of(output.get());
}

std::string inline_svg(const std::string& svg) {
  const std::size_t begin = svg.find("<svg");
  if (begin == svg.npos) return "";
  std::string element = svg.substr(begin);
  RE2::GlobalReplace(&element, R"(<title>[^<]*</title>\n?)", "");
  RE2::GlobalReplace(&element, R"(<!--[^>]*-->\n?)", "");
  RE2::GlobalReplace(&element, R"re( id="[^"]*")re", "");
  return element;
}

}  // namespace parley::cli
