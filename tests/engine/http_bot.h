// A bot with one HTTP service at a scripted server, and the calls to it.
#pragma once

#include <cstdlib>
#include <doctest/doctest.h>
#include <future>
#include <memory>
#include <string>

#include "config/diagnostic.h"
#include "engine/services/catalog_reader.h"
#include "engine/services/http_services.h"
#include "tests/support/engine_client.h"
#include "tests/support/manual_clock.h"
#include "tests/support/scripted_server.h"
#include "tests/support/temp_folder.h"

namespace parley::test {

inline constexpr const char* kToken = "a-token-that-nobody-may-see";

/// The outcome of one call as a future.
inline std::future<CallOutcome> call_later(ServiceExecutor& services, const BotPtr& bot,
                                           const std::string& operation, Json arguments = Json::object(),
                                           const std::string& key = "conversation|0000007",
                                           const std::string& service = "tickets") {
  auto promise = std::make_shared<std::promise<CallOutcome>>();
  services.execute({bot, {"call-1", service, operation, std::move(arguments)}, key},
                   [promise](CallOutcome outcome) { promise->set_value(std::move(outcome)); });
  return promise->get_future();
}

struct HttpBot {
  TempFolder folder;
  ManualClock clock{TimePoint{std::chrono::milliseconds(1'767'225'600'000)}};
  std::shared_ptr<Bot> bot = std::make_shared<Bot>();
  std::unique_ptr<HttpServices> services = std::make_unique<HttpServices>(clock);

  /// `yaml` is all of services.yaml but for the service's name; ORIGIN in it stands for `origin`.
  HttpBot(std::string yaml, const std::string& origin) {
    setenv("PARLEY_SECRET_TEST_TOKEN", kToken, 1);
    for (std::size_t at = yaml.find("ORIGIN"); at != std::string::npos; at = yaml.find("ORIGIN"))
      yaml.replace(at, 6, origin);
    folder.write("services.yaml", "service: tickets\n" + yaml);
    bot->manifest.name = "tester";
    read();
  }

  void read() {
    config::Findings findings;
    bot->services = read_services(folder.path(), findings);
    for (const auto& finding : findings.all())
      CHECK_MESSAGE(false, config::to_text(finding));
  }

  CallOutcome call(const std::string& operation, Json arguments = Json::object(),
                   const std::string& key = "conversation|0000007") {
    return call_later(*services, bot, operation, std::move(arguments), key).get();
  }
  HttpSource& source() { return std::get<HttpSource>(bot->services.services.at("tickets").source); }
};

}  // namespace parley::test
