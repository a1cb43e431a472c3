// What clients post over Direct Line, one body a line, all to one conversation: through the protocol's own
// decoding, the engine, the dialogue of a real bot and the ledger in memory, and what is read back.
#include "connectors/direct_line.h"

#include <future>

#include "engine/bounded_json.h"
#include "engine/storage/store.h"
#include "tests/fuzz/small_bot.h"
#include "tests/fuzz/target.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temp_folder.h"

namespace parley::fuzz {
namespace {

using namespace connectors;

constexpr std::size_t kBodiesMax = 8;              // of one input
constexpr std::size_t kConversationsMax = 200;     // of one server: the ledger is in memory
constexpr std::size_t kUnlimited = 1'000'000'000;  // messages a minute
constexpr TimePoint kStart{std::chrono::milliseconds(1'772'000'000'000)};

config::Settings settings() {
  config::Settings settings;
  settings.channels["webchat"].bot = "desk";
  settings.channels["webchat"].origins = {config::kOriginSelf};
  settings.limits.messages_per_minute_max = settings.limits.messages_per_minute_per_address_max = kUnlimited;
  return settings;
}

/// Everything behind the sockets.
struct Server {
  Server()
      : engine({1, folder.path(), {{"webchat", small_bot()}}, nullptr}, *store, clock),
        context(std::make_shared<ServerContext>(settings(), std::string(32, 'k'), engine, clock)) {
    const config::Channel& channel = context->settings.channels.at("webchat");
    const Door& door = context->doors.try_emplace("webchat", channel).first->second;
    auto made = Reception::make("webchat", channel, {"http://localhost"},
                                {context->limits, context->mint, clock, context->metrics, door});
    require(made.ok(), "the channel can't be opened");
    context->receptions.emplace("webchat", std::move(*made));
  }

  test::TempFolder folder;
  test::ManualClock clock{kStart};
  std::unique_ptr<Store> store = make_memory_store();
  Engine engine;
  std::shared_ptr<ServerContext> context;
  const DirectLine direct_line{context};  // the answers of the engine go through it
};

Server& server() {
  static std::unique_ptr<Server> current;
  static std::size_t conversations = 0;
  if (!current || ++conversations % kConversationsMax == 0) {
    current.reset();
    current = std::make_unique<Server>();
  }
  return *current;
}

HttpResponse call(Server& to, const std::string& method, const Grant& grant, std::string body) {
  const Reception& reception = to.context->receptions.at("webchat");
  HttpRequest request;
  request.method = method;
  request.headers = {{"authorization", "Bearer " + reception.issue(grant)}};
  request.body = std::move(body);
  request.address = "127.0.0.1";
  const auto answer = std::make_shared<std::promise<HttpResponse>>();
  to.direct_line.handle(reception, {"conversations", grant.conversation, "activities"}, std::move(request),
                        [answer](HttpResponse response) { answer->set_value(std::move(response)); });
  return answer->get_future().get();
}

void check(const HttpResponse& response) {
  require(response.status < 500, "a client's words became the server's mistake: " + response.body);
  require(parse_bounded_json(response.body, {64u << 20, 64}).ok(),
          "an answer that is not JSON: " + response.body);
}

void run(std::string_view input) {
  Server& to = server();
  const Grant grant{GrantKind::kToken,
                    "webchat",
                    new_conversation_id(),
                    {"visitor", "", {}},
                    {},
                    kStart + std::chrono::hours(24 * 365),
                    {}};
  for (std::size_t i = 0; i < kBodiesMax && (i == 0 || !input.empty()); ++i)
    check(call(to, "POST", grant, std::string(take_line(input))));
  check(call(to, "GET", grant, ""));
}

const AddTarget kAdd{"direct_line", run, make_small_bot};

}  // namespace
}  // namespace parley::fuzz
