#include "engine/services/http_reader.h"

#include <cstdlib>
#include <doctest/doctest.h>

#include "engine/services/catalog_reader.h"
#include "tests/support/temp_folder.h"

namespace parley {
namespace {

constexpr auto kGood = R"(service: tickets
http: https://tickets.example.org/api
headers: {Authorization: "Bearer {secret.READER_TEST}"}
operations:
  find:
    with: {id: text}
    get: /tickets/{id}
    returns: {id: text from /ticket/id, state: text}
    empty: 404
  file:
    with: {title: text, days: int}
    post: /tickets
    query: {lang: en}
    body: {title: "{title}", plan: {days: "{days}"}}
    returns: {id: text}
    timeout: 3s
    retries: 1
)";

struct Reading {
  test::TempFolder folder;
  config::Findings findings;
  ServiceCatalog catalog;

  explicit Reading(const std::string& text) {
    setenv("PARLEY_SECRET_READER_TEST", "x", 1);
    folder.write("services.yaml", text);
    catalog = read_services(folder.path(), findings);
  }
  std::string text() const {
    std::string all;
    for (const auto& finding : findings.all())
      all += config::to_text(finding);
    return all;
  }
};

std::string replaced(const std::string& from, const std::string& to) {
  std::string text = kGood;
  const std::size_t at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  return text.replace(at, from.size(), to);
}

struct Mistake {
  std::string from, to, code;
  int line, column;
  config::Severity severity = config::Severity::kError;
};

}  // namespace

TEST_CASE("An HTTP service becomes a catalog of typed operations") {
  const Reading reading(kGood);
  CAPTURE(reading.text());
  REQUIRE(reading.findings.all().empty());
  const auto& source = std::get<HttpSource>(reading.catalog.services.at("tickets").source);
  CHECK(source.base == "https://tickets.example.org/api");
  CHECK(source.redirects == 0);
  CHECK(source.private_networks.empty());
  REQUIRE(source.headers.size() == 1);
  CHECK(source.headers[0].second.pieces[1].text == "READER_TEST");

  const ServiceOperation* find = reading.catalog.find("tickets", "find");
  REQUIRE(find != nullptr);
  CHECK(find->columns == std::map<std::string, std::string>{{"id", "text"}, {"state", "text"}});
  CHECK(find->http.method == "GET");
  CHECK(find->http.columns.at("id").path == JsonPath{"ticket", "id"});
  CHECK(find->http.columns.at("state").path == JsonPath{"state"});
  CHECK(find->http.empty == std::set<int>{404});
  CHECK(find->http.retries == limits::kServiceRetries);

  const ServiceOperation* file = reading.catalog.find("tickets", "file");
  REQUIRE(file != nullptr);
  CHECK(file->timeout == std::chrono::seconds(3));
  CHECK(file->http.retries == 1);
  CHECK(*file->http.body == Json{{"title", "{title}"}, {"plan", {{"days", "{days}"}}}});
}

TEST_CASE("Each mistake in an HTTP service is found with its code and its place") {
  const auto warning = config::Severity::kWarning;
  const std::vector<Mistake> mistakes{
      {"https://tickets.example.org/api", "tickets.example.org", "bad-address", 2, 7},
      {"https://tickets.example.org/api", "ftp://tickets.example.org", "bad-address", 2, 7},
      {"https://tickets.example.org/api", "https://me:pin@tickets.example.org", "bad-address", 2, 7},
      {"https://tickets.example.org/api", "https://tickets.example.org/?a=b", "bad-address", 2, 7},
      {"https://tickets.example.org/api", "http://tickets.example.org", "plain-http", 2, 7, warning},
      {"https://tickets.example.org/api", "https://localhost:8443", "private-address", 2, 7},
      {"https://tickets.example.org/api", "http://10.0.0.7/api", "private-address", 2, 7},
      {"https://tickets.example.org/api", "http://[::1]/api", "private-address", 2, 7},
      {"operations:", "private: nowhere\noperations:", "bad-network", 4, 10},
      {"operations:", "redirects: 9\noperations:", "range", 4, 12},
      {"operations:", "proxy: nowhere\noperations:", "bad-address", 4, 8},
      {"operations:", "ca: company.pem\noperations:", "missing-ca", 4, 5},
      {"operations:", "sqlite: a.db\noperations:", "unknown-key", 4, 1},
      {"http: https://tickets.example.org/api\n", "", "missing-key", 1, 1},
      {"secret.READER_TEST", "secret.NOT_SET", "missing-secret", 3, 26, warning},
      {"Bearer {secret.READER_TEST}", "Bearer abc", "written-secret", 3, 26, warning},
      {"Authorization", "Autho rization", "bad-header", 3, 11},
      {"Authorization", "Content-Length", "bad-header", 3, 11},
      {"Bearer {", "Bear\\ner {", "bad-header", 3, 26},
      {"get: /tickets/{id}", "gte: /tickets/{id}", "unknown-key", 7, 5},
      {"    get: /tickets/{id}\n", "    query: {id: \"{id}\"}\n", "http-method", 5, 3},
      {"get: /tickets/{id}", "get: /tickets/{id}\n    put: /x", "http-method", 8, 10},
      {"get: /tickets/{id}", "get: tickets/{id}", "bad-path", 7, 10},
      {"get: /tickets/{id}", "get: /tickets/../{id}", "bad-path", 7, 10},
      {"get: /tickets/{id}", "get: /tickets/{id}?x=1", "bad-path", 7, 10},
      {"get: /tickets/{id}", "get: /tickets/{idd}", "undeclared-parameter", 7, 19},
      {"get: /tickets/{id}", "get: /tickets/{id", "placeholder", 7, 19},
      {"get: /tickets/{id}", "get: /tickets/{}", "placeholder", 7, 19},
      {"get: /tickets/{id}", "get: /tickets/{id}}", "placeholder", 7, 23},
      {"get: /tickets/{id}", "get: /tickets/{id}/{secret.A}", "secret-place", 7, 24},
      {"get: /tickets/{id}", "get: /tickets/{id}\n    body: {a: b}", "no-body", 8, 11},
      {"{lang: en}", "{lang: \"{secret.A}\"}", "secret-place", 13, 20},
      {"{lang: en}", "{lang: {title}}", "placeholder", 13, 19},
      {"\"{days}\"", "{days}", "placeholder", 14, 43},
      {"\"{days}\"", "\"{hours}\"", "undeclared-parameter", 14, 44},
      {", plan: {days: \"{days}\"}", "", "unused-parameter", 11, 25},
      {"text from /ticket/id", "text from ticket.id", "bad-source", 8, 29},
      {"text from /ticket/id", "text from status", "bad-source", 8, 19},
      {"text from /ticket/id", "txt from /ticket/id", "unknown-type", 8, 19},
      {"state: text", "State: text", "bad-name", 8, 41},
      {"    returns: {id: text}\n", "", "missing-returns", 10, 3},
      {"empty: 404", "empty: 99", "range", 9, 12},
      {"empty: 404", "accept: 404\n    rows: many", "bad-source", 9, 13},
      {"empty: 404", "from: data", "bad-source", 9, 11},
      {"retries: 1", "retries: 6", "range", 17, 14},
      {"timeout: 3s", "timeout: 3h", "timeout-too-long", 16, 14},
  };
  for (const Mistake& mistake : mistakes) {
    const Reading reading(replaced(mistake.from, mistake.to));
    CAPTURE(mistake.from);
    CAPTURE(mistake.to);
    CAPTURE(reading.text());
    const auto& all = reading.findings.all();
    CHECK(std::any_of(all.begin(), all.end(), [&](const config::Finding& finding) {
      return finding.code == mistake.code && finding.position.line == mistake.line &&
             finding.position.column == mistake.column && finding.severity == mistake.severity &&
             !finding.message.empty();
    }));
  }
}

TEST_CASE("What is allowed is no finding") {
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"https://tickets.example.org/api", "http://localhost:8080\nprivate: true"},
           {"https://tickets.example.org/api", "http://10.0.0.7\nprivate: [10.0.0.0/8, \"::1\"]"},
           {"https://tickets.example.org/api", "http://tickets.intern\nprivate: 10.0.0.0/8"},
           {"Authorization: \"Bearer {secret.READER_TEST}\"", "X-Tenant: acme, Accept: application/json"},
           {"{title: \"{title}\", plan: {days: \"{days}\"}}", "[\"{title} {{x}}\", \"{days}\", null, 1.5]"},
           {"/ticket/id", "/a~1b/c~0d/0"}}) {
    const Reading reading(replaced(from, to));
    CAPTURE(to);
    CAPTURE(reading.text());
    CHECK(reading.findings.all().empty());
  }
}

TEST_CASE("However the file is mutilated, it is read to its end") {
  const std::string good = kGood;
  std::size_t read_with_findings = 0;
  for (std::size_t at = 0; at < good.size(); ++at)
    for (const char* put : {"", "{", "\n"}) {
      const Reading reading(good.substr(0, at) + put + good.substr(at + 1));
      read_with_findings += reading.findings.all().empty() ? 0 : 1;
    }
  CHECK(read_with_findings > good.size());
}

TEST_CASE("Secrets that are not set are named by their variable") {
  const Reading reading(replaced("/tickets/{id}", "/tickets/{id}\n    headers: {X-Key: \"{secret.OTHER}\"}"));
  CHECK(unset_secrets(reading.catalog) == std::vector<std::string>{"PARLEY_SECRET_OTHER"});
  setenv("PARLEY_SECRET_OTHER", "x", 1);
  CHECK(unset_secrets(reading.catalog).empty());
  unsetenv("PARLEY_SECRET_OTHER");
}

}  // namespace parley
