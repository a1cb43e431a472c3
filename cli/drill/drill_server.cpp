#include "cli/drill/drill_server.h"

#include <algorithm>
#include <future>
#include <set>
#include <unistd.h>

#include "engine/clock.h"
#include "engine/engine.h"
#include "engine/services/service_executor.h"
#include "engine/storage/store.h"

namespace parley::cli {
namespace {

/// A drill reaches nobody else's machines.
class NoServices final : public ServiceExecutor {
 public:
  void execute(ServiceCall call, Ended done) override {
    done({call.request.id, false, nullptr, "unavailable"});
  }
  void stop() override {}
};

std::shared_ptr<ServiceExecutor> services_for(const Bot& bot) {
  const bool http = std::any_of(
      bot.services.services.begin(), bot.services.services.end(),
      [](const auto& service) { return std::holds_alternative<HttpSource>(service.second.source); });
  return http ? std::make_shared<NoServices>() : nullptr;
}

void tell(int told, const std::string& line) {
  if (::write(told, line.data(), line.size()) != static_cast<ssize_t>(line.size())) ::_exit(1);
}

template <typename T>
Result<T> wait_for(const std::function<void(Engine::Callback<T>)>& ask) {
  std::promise<Result<T>> answer;
  ask([&](Result<T> result) { answer.set_value(std::move(result)); });
  return answer.get_future().get();
}

Result<Done> open_all(Engine& engine, const DrillPlan& plan) {
  std::set<std::string> ids;
  for (const DrillMessage& message : plan.messages)
    ids.insert(message.conversation);
  for (const std::string& id : ids) {
    const auto opened = wait_for<Opened>([&](auto done) {
      engine.open({id, plan.channel, plan.person, ""}, std::move(done));
    });
    if (!opened) return opened.error();
  }
  return Done{};
}

Result<Receipt> say(Engine& engine, const DrillMessage& message, const Person& person) {
  return wait_for<Receipt>([&](auto done) {
    engine.submit(
        {message.conversation, message.client_id, person, {{"type", "message"}, {"text", message.text}}},
        std::move(done));
  });
}

Result<Done> talk(Engine& engine, const DrillPlan& plan, std::size_t first, int told) {
  if (const auto opened = open_all(engine, plan); !opened) return opened;
  for (std::size_t i = first; i < plan.messages.size(); ++i) {
    const auto receipt = say(engine, plan.messages[i], plan.person);
    if (!receipt) return receipt.error().in(plan.messages[i].client_id);
    tell(told, std::to_string(i) + ' ' + std::to_string(receipt->sequence) + '\n');
  }
  return Done{};
}

}  // namespace

void run_drill_server(const BotPtr& bot, const std::filesystem::path& folder, const DrillPlan& plan,
                      std::size_t first, int told) {
  auto store = open_sqlite_store({folder / "ledger.db", ""});
  if (!store) {
    tell(told, "! " + store.error().message + '\n');
    ::_exit(1);
  }
  const SystemClock clock;
  Result<Done> talked = Done{};
  {
    Engine engine({1, folder, {{plan.channel, bot}}, services_for(*bot)}, **store, clock);
    talked = talk(engine, plan, first, told);
    engine.drain();
  }
  (*store)->close();
  if (!talked) tell(told, "! " + talked.error().message + '\n');
  ::_exit(talked ? 0 : 1);
}

}  // namespace parley::cli
