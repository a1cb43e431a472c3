// Personal data that a bot does not write down, against the real server: what is in its files afterwards.
#include <csignal>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>

#include "engine/storage/store.h"
#include "tests/fault/direct_line.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

namespace {

using namespace parley::test;
namespace fs = std::filesystem;

constexpr const char* kFlows = R"yaml(
flow: contact
when: contact
slots:
  name: {type: text, private: true, ask: What is your name?}
  email: {type: email, ask: At which address?}
steps:
  - collect: [name, email]
  - say: "Thank you {name}, we write to {email}."
)yaml";

fs::path write_bot(const TempFolder& folder) {
  folder.write("bot/bot.yaml",
               "bot: tester\nlanguages: [en]\nredact:\n  - card\n  - email\n  - bsn\n"
               "  - {name: customer, pattern: '\\b(K-[0-9]{6})\\b'}\n");
  folder.write("bot/flows/contact.yaml", kFlows);
  folder.write("bot/intents/contact.yaml",
               "intent: contact\nen: [contact me, please contact me, call me back, get in touch with me]\n");
  return folder.write("parley.yaml",
                      "listen: 127.0.0.1:0\ndata: data\nbots: {tester: bot}\nchannels:\n"
                      "  webchat: {bot: tester, access: anonymous, origins: [\"http://here.example\"]}\n");
}

/// Everything below `folder`, as bytes.
std::string bytes_of(const fs::path& folder) {
  std::string all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(file), {});
  }
  return all;
}

bool has(const std::string& all, const std::string& part) {
  return all.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("personal data is in no file of the server, and the conversation goes on with it") {
  const TempFolder folder;
  const fs::path settings = write_bot(folder);
  {
    ServerProcess server(PARLEY_BINARY, settings);
    const DirectLine client(server.port());
    REQUIRE(client.say("m1", "my card is 4111 1111 1111 1111, customer K-884422, bsn 123456782, bill 4000123")
                .status == 200);
    for (const auto& entry : fs::recursive_directory_iterator(folder.path() / "data"))
      CHECK_MESSAGE(
          (entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none,
          entry.path().string());
    const std::string running = bytes_of(folder.path() / "data");
    for (const char* secret : {"4111 1111", "4111111111111111", "K-884422", "123456782"})
      CHECK_FALSE_MESSAGE(has(running, secret), secret);
    CHECK(has(running, "my card is [card], customer [customer], bsn [bsn], bill 4000123"));

    REQUIRE(client.say("m2", "please contact me").status == 200);
    REQUIRE(client.say("m3", "Joanna Markerson").status == 200);
    REQUIRE(client.say("m4", "joanna@markerson.example").status == 200);
    CHECK(client.texts().back() == "Thank you [private], we write to [email].");  // as it was written
    REQUIRE(client.say("m5", "thanks").status == 200);
    CHECK(server.end(SIGTERM) == 0);
  }
  const std::string ended = bytes_of(folder.path() / "data");
  for (const char* secret : {"Markerson", "markerson", "Joanna", "joanna"})
    CHECK_FALSE_MESSAGE(has(ended, secret), secret);
  CHECK(has(ended, "[private]"));

  ServerProcess again(PARLEY_BINARY, settings);  // takes up what it wrote
  const DirectLine client(again.port());
  CHECK(client.say("m1", "please contact me").status == 200);
  CHECK(client.texts().back() == "What is your name?");
}
