// Direct Line while a service is asked, against the real server: what is sent meanwhile waits for the call's
// end, is answered in order, and once, however often it is sent.
#include <csignal>
#include <doctest/doctest.h>
#include <future>

#include "tests/fault/counter_bot.h"
#include "tests/fault/direct_line.h"
#include "tests/support/scripted_server.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

namespace {

using namespace parley::test;

}  // namespace

TEST_CASE("what is posted while a service is asked is answered after it, in order and once") {
  int requests = 0;
  ScriptedServer counter([&requests](const SeenRequest&) {
    ScriptedAnswer said = answer(200, "{\"value\": " + std::to_string(++requests) + "}");
    said.hold = requests == 1;
    return said;
  });
  const TempFolder folder;
  ServerProcess server(PARLEY_BINARY, write_counter_bot(folder, counter.origin(), "http://here.example"));
  const DirectLine client(server.port());
  REQUIRE(client.say("m1", "count one up").status == 200);
  REQUIRE(counter.wait_for(1).size() == 1);

  const auto second = [&client] { return client.say("m2", "count one up"); };
  auto sent = std::async(std::launch::async, second);
  auto sent_again = std::async(std::launch::async, second);
  CHECK(client.texts().back() == "count one up");  // reading does not wait
  counter.release();
  const Answer first_receipt = sent.get(), second_receipt = sent_again.get();
  CHECK(first_receipt.status == 200);
  CHECK(second_receipt.body == first_receipt.body);

  REQUIRE(client.say("m3", "count one up").status == 200);
  REQUIRE(counter.wait_for(3).size() == 3);
  REQUIRE(client.say("m4", "thanks").status == 200);  // waits for the third answer
  std::vector<std::string> texts = client.texts();
  texts.resize(std::min<std::size_t>(texts.size(), 7));
  const std::vector<std::string> expected{"count one up", "The counter stands at 1.",
                                          "count one up", "The counter stands at 2.",
                                          "count one up", "The counter stands at 3."};
  REQUIRE(texts.size() == 7);
  CHECK(std::vector<std::string>(texts.begin() + 1, texts.end()) == expected);  // behind the greeting
  CHECK(server.end(SIGTERM) == 0);
}
