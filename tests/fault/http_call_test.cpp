// The promise across a kill, for an effect that is not ours: a call of an HTTP service that the real server
// had sent when it was killed is sent again after the start, with the same key, and answered once.
#include <csignal>
#include <doctest/doctest.h>
#include <sys/wait.h>

#include "tests/fault/counter_bot.h"
#include "tests/support/native_client.h"
#include "tests/support/scripted_server.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

namespace {

using namespace parley::test;
namespace fs = std::filesystem;

void settle(NativeClient& client) {
  while (!client.settle())
    if (!client.connected()) client.connect();
}

std::size_t heard(const NativeClient& client, const std::string& text) {
  std::size_t count = 0;
  for (const auto& [sequence, activity] : client.received())
    count += activity.value("text", "") == text ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE(
    "a call that was under way when the server was killed is made again with its key, and answered once") {
  int requests = 0;
  ScriptedServer counter([&requests](const SeenRequest&) {
    ScriptedAnswer said = answer(200, "{\"value\": 5}");
    said.hold = ++requests == 1;
    return said;
  });
  const TempFolder folder;
  const fs::path settings = write_counter_bot(folder, counter.origin(), "self");
  auto server = std::make_unique<ServerProcess>(PARLEY_BINARY, settings);
  NativeClient client(server->port(), "webchat");
  REQUIRE(client.connect());
  REQUIRE(client.send("m0", "count one up"));
  REQUIRE(counter.wait_for(1).size() == 1);
  const std::uint16_t port = server->port();
  CHECK(WIFSIGNALED(server->end(SIGKILL)));

  server = std::make_unique<ServerProcess>(PARLEY_BINARY, settings, port);
  settle(client);
  const auto seen = counter.seen();
  REQUIRE(seen.size() == 2);
  CHECK(seen[0].method == "POST");
  CHECK_FALSE(seen[0].headers.at("idempotency-key").empty());
  CHECK(seen[1].headers.at("idempotency-key") == seen[0].headers.at("idempotency-key"));
  CHECK(heard(client, "The counter stands at 5.") == 1);

  client.send("m1", "count one up");
  settle(client);
  REQUIRE(counter.seen().size() == 3);
  CHECK(counter.seen()[2].headers.at("idempotency-key") != seen[0].headers.at("idempotency-key"));
  CHECK(server->end(SIGTERM) == 0);
}

TEST_CASE("a server does not start without the secrets that its services need, and names them") {
  const TempFolder folder;
  const fs::path settings = write_counter_bot(folder, "https://counter.example.org", "self");
  const fs::path services = folder.path() / "bot/services.yaml", log = folder.path() / "log";
  folder.write("bot/services.yaml",
               read_file(services) + "headers: {Authorization: \"Bearer {secret.FAULT_TEST}\"}\n");
  unsetenv("PARLEY_SECRET_FAULT_TEST");
  CHECK_THROWS(ServerProcess(PARLEY_BINARY, settings, 0, log));
  CHECK(read_file(log).find("PARLEY_SECRET_FAULT_TEST") != std::string::npos);
  setenv("PARLEY_SECRET_FAULT_TEST", "x", 1);
  ServerProcess server(PARLEY_BINARY, settings, 0, log);
  CHECK(server.port() > 0);
}
