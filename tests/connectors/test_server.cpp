#include "tests/connectors/test_server.h"

#include <doctest/doctest.h>
#include <sstream>

#include "tests/connectors/test_client.h"
#include "tests/support/answering_bot.h"

namespace parley::test {
namespace {

config::Settings plain_settings(const std::filesystem::path& data) {
  config::Settings settings;
  settings.port = 0;
  settings.io_threads = 2;
  settings.data_folder = data;
  settings.metrics_readers = {*config::Network::parse("127.0.0.1")};
  config::Channel helpdesk;
  helpdesk.bot = "tester";
  helpdesk.access = config::Access::kSigned;
  helpdesk.tokens.secret = kEmployeeSecret;
  helpdesk.tokens.issuer = "tests";
  helpdesk.tokens.audience = "helpdesk";
  helpdesk.origins = {config::kOriginSelf};
  config::Channel webchat;
  webchat.bot = "tester";
  webchat.origins = {config::kOriginSelf, kShopOrigin};
  settings.channels = {{"helpdesk", helpdesk}, {"webchat", webchat}};
  return settings;
}

}  // namespace

TestServer::TestServer(const Adjust& adjust) : settings_(plain_settings(folder_.path() / "data")) {
  if (adjust) adjust(settings_);
  auto store = open_sqlite_store({folder_.path() / "ledger.db", ""});
  REQUIRE_MESSAGE(store.ok(), store.error().message);
  store_ = std::move(*store);
  const BotPtr bot = make_answering_bot(folder_.path());
  EngineOptions options{2, folder_.path(), {{"helpdesk", bot}, {"webchat", bot}}, nullptr};
  engine_ = std::make_unique<Engine>(std::move(options), *store_, clock_);
  server_ = std::make_unique<connectors::Server>(settings_, *engine_, clock_);
  const auto port = server_->start();
  REQUIRE_MESSAGE(port.ok(), port.error().message);
  port_ = *port;
}

TestServer::~TestServer() {
  server_->stop();
}

double TestServer::metric(const std::string& name) const {
  std::istringstream lines(get(port_, "/metrics").body);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(name)) return std::stod(line.substr(line.rfind(' ')));
  return 0;
}

}  // namespace parley::test
