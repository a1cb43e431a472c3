// The bot of the end-to-end tests, with its counter at an HTTP server of the test's own.
#pragma once

#include <filesystem>
#include <string>

#include "tests/support/temp_folder.h"

namespace parley::test {

/// Writes the bot and the settings of a server that serves it, anonymously, to pages of `page`. Gives the
/// settings' path.
inline std::filesystem::path write_counter_bot(const TempFolder& folder, const std::string& service,
                                               const std::string& page) {
  std::filesystem::copy(PARLEY_SOURCE_DIR "/tests/e2e/bot", folder.path() / "bot",
                        std::filesystem::copy_options::recursive);
  folder.write("bot/services.yaml", "service: counter\nhttp: " + service +
                                        "\nprivate: 127.0.0.1\noperations:\n"
                                        "  add: {post: /add, returns: {value: int}, timeout: 60s}\n"
                                        "  ponder: {get: /ponder, returns: {steps: int}}\n");
  return folder.write("parley.yaml",
                      "listen: 127.0.0.1:0\ndata: data\nbots: {tester: bot}\nchannels:\n"
                      "  webchat: {bot: tester, access: anonymous, origins: [\"" +
                          page + "\"]}\n");
}

}  // namespace parley::test
