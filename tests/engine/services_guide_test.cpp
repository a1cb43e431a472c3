// The examples of docs/services.md: they have no mistake, and the request, the reply and the result are as
// the page says.
#include <doctest/doctest.h>
#include <sstream>

#include "tests/engine/http_bot.h"

namespace parley {
namespace {

std::string page() {
  return test::read_file(std::filesystem::path(PARLEY_SOURCE_DIR) / "docs/services.md");
}

// The blocks of one language, in order.
std::vector<std::string> blocks(const std::string& language) {
  const std::string text = page(), open = "```" + language + "\n", close = "```\n";
  std::vector<std::string> found;
  for (std::size_t at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
    at += open.size();
    found.push_back(text.substr(at, text.find(close, at) - at));
  }
  return found;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("The examples of the guide to services have no mistake") {
  setenv("PARLEY_SECRET_TICKETS_TOKEN", "x", 1);
  const test::TempFolder folder;
  folder.write("data/hr.sql",
               "CREATE TABLE leave_balance (employee TEXT, days INTEGER);\n"
               "CREATE TABLE leave (employee TEXT, first TEXT, last TEXT);\n");
  std::string all;
  for (const std::string& block : blocks("yaml"))
    all += "---\n" + block;
  folder.write("services.yaml", all);
  config::Findings findings;
  const ServiceCatalog catalog = read_services(folder.path(), findings);
  for (const auto& finding : findings.all())
    CHECK_MESSAGE(false, config::to_text(finding));
  CHECK(catalog.services.size() == 3);
}

TEST_CASE("The HTTP example of the guide sends what the page shows, and reads the reply as it says") {
  const std::string reply = blocks("json").at(0), shown = blocks("http").at(0);
  const test::ScriptedServer server([&](const test::SeenRequest&) { return test::answer(201, reply); });
  const std::string example = replaced(blocks("yaml").at(1), "service: tickets\n", "private: true\n");
  setenv("PARLEY_SECRET_TICKETS_TOKEN", "the token", 1);
  test::HttpBot bot(replaced(example, "https://tickets.example.org", "ORIGIN"), server.origin());
  const Json value = bot.call("create", {{"queue", "IT & co"}, {"title", "No sound"}, {"urgency", 2}}).value;
  CHECK(page().find("{id: \"T-7\", state: \"open\"}") != std::string::npos);
  CHECK(value == Json{{"id", "T-7"}, {"state", "open"}});

  REQUIRE(server.seen().size() == 1);
  const test::SeenRequest request = server.seen().front();
  std::istringstream lines(shown);
  std::string line;
  std::getline(lines, line);
  CHECK(line == request.method + ' ' + request.target);
  CHECK(request.headers.at("authorization") == "Bearer the token");
  CHECK(shown.find("\n\n" + request.body + "\n") != std::string::npos);
}

}  // namespace parley
