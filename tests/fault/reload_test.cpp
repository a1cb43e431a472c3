// `parley reload` judges the bots with the environment of the server, not with that of whoever types it.
#include <csignal>
#include <cstdlib>
#include <doctest/doctest.h>
#include <string>
#include <sys/wait.h>

#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

namespace {

using namespace parley::test;
namespace fs = std::filesystem;

struct ReloadFolder {
  TempFolder folder;
  fs::path settings = folder.write("parley.yaml",
                                   "listen: 127.0.0.1:0\ndata: data\nbots: {tester: bot}\nchannels:\n"
                                   "  webchat: {bot: tester, access: anonymous, origins: [self]}\n"
                                   "  helpdesk:\n    bot: tester\n    access: signed\n"
                                   "    tokens: {algorithm: HS256, secret_env: RELOAD_TEST_LOGIN}\n");
  fs::path output = folder.path() / "output";

  ReloadFolder() {
    fs::copy(PARLEY_SOURCE_DIR "/tests/e2e/bot", folder.path() / "bot", fs::copy_options::recursive);
    need_secret("SERVER");
  }
  void need_secret(const std::string& name) {
    folder.write(
        "bot/services.yaml",
        "service: counter\nhttp: https://counter.example.org\noperations:\n"
        "  add: {post: /add, returns: {value: int}}\n  ponder: {get: /ponder, returns: {steps: int}}\n"
        "headers: {Authorization: \"Bearer {secret.RELOAD_" +
            name + "}\"}\n");
  }
  int reload() const {
    const std::string command = std::string(PARLEY_BINARY) + " reload --settings " + settings.string() +
                                " > " + output.string() + " 2>&1";
    return WEXITSTATUS(std::system(command.c_str()));
  }
};

}  // namespace

TEST_CASE("a reload is judged with the environment that the server was started with") {
  ReloadFolder files;
  setenv("PARLEY_SECRET_RELOAD_SERVER", "x", 1);
  setenv("RELOAD_TEST_LOGIN", "a secret that is long enough for HS256", 1);
  const ServerProcess server(PARLEY_BINARY, files.settings, 0);
  unsetenv("PARLEY_SECRET_RELOAD_SERVER");
  unsetenv("RELOAD_TEST_LOGIN");
  CHECK_MESSAGE(files.reload() == 0, read_file(files.output));

  files.need_secret("CLIENT");
  setenv("PARLEY_SECRET_RELOAD_CLIENT", "x", 1);
  CHECK(files.reload() == 1);
  unsetenv("PARLEY_SECRET_RELOAD_CLIENT");
  const std::string said = read_file(files.output);
  CHECK_MESSAGE(
      said.find("PARLEY_SECRET_RELOAD_CLIENT, which the server was started without") != std::string::npos,
      said);
}
