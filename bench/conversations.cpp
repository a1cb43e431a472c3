#include "bench/conversations.h"

#include <malloc.h>
#include <yaml-cpp/yaml.h>

#include "bench/words.h"
#include "cli/load_bot.h"
#include "conversations/testing/conversation_driver.h"
#include "engine/storage/store.h"
#include "intents/sentiment.h"
#include "intents/understander.h"
#include "tests/support/engine_client.h"
#include "tests/support/temp_folder.h"

namespace parley::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kRepeats = 5'000;

template <typename Run>
double milliseconds(const Run& run) {
  const auto begin = std::chrono::steady_clock::now();
  run();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

BotPtr load(const fs::path& folder, const fs::path& cache) {
  const auto files = cli::read_good_bot(folder);
  if (!files) throw std::runtime_error(folder.string() + " has errors");
  auto bot = cli::make_bot(*files, cache);
  if (!bot) throw std::runtime_error(bot.error().message);
  return *bot;
}

TimePoint bench_day() {
  return TimePoint{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + std::chrono::hours(9)};
}

TurnContext context_of(const Bot& bot) {
  return {"bench",     "helpdesk", {"e1001", "Anna", {"employee"}}, bot.manifest.languages.front(),
          bench_day(), {}};
}

StepCost cost_of(const std::string& what, const Bot& bot, const Json& state, const std::string& text) {
  const TurnContext context = context_of(bot);
  Event event;
  event.text = text;
  event.understanding = bot.understander->understand(text, {context.language, context.now, "UTC"});
  StepCost cost{what, 0, 0, state.dump().size()};
  const Json after = bot.dialogue->advance(state, event, context).state;  // warms up
  cost.advance_us = milliseconds([&] {
                      for (int i = 0; i < kRepeats; ++i)
                        bot.dialogue->advance(state, event, context);
                    }) *
                    1000 / kRepeats;
  const std::string stored = state.dump();
  std::size_t bytes = 0;
  cost.json_us = milliseconds([&] {
                   for (int i = 0; i < kRepeats; ++i)
                     bytes += Json::parse(stored).size() + after.dump().size();
                 }) *
                 1000 / kRepeats;
  if (bytes == 0) throw std::runtime_error("no state");
  return cost;
}

std::size_t heap_in_use() {
  malloc_trim(0);
  return mallinfo2().uordblks;
}

/// One intent and one flow with a slot, a choice and a branch, for each number.
void write_large_bot(const test::TempFolder& folder, std::size_t flows, std::size_t sentences) {
  Words words;
  folder.write("bot.yaml", "bot: large\nlanguages: [en]\nlevel: 1\n");
  std::string text, intents;
  for (std::size_t i = 0; i < flows; ++i) {
    const std::string name = "task_" + std::to_string(i), topic = words.sentence(2);
    intents += "intent: " + name + "\ntitle: " + topic + "\nen:\n";
    for (std::size_t s = 0; s < sentences; ++s)
      intents += "  - " + words.sentence(3) + " " + topic + " " + words.sentence(2) + "\n";
    intents += "---\n";
    text +=
        "flow: " + name + "\ntitle: " + topic + "\nwhen: " + name +
        "\nslots:\n  day: {type: date, ask: \"Which day?\", check: day >= today, otherwise: That has been.}\n"
        "  way: {type: text}\nsteps:\n  - collect: [day]\n  - choose: way\n    ask: How?\n    from: [" +
        words.word() + ", " + words.word() +
        "]\n  - if: way == 'x'\n    then:\n      - say: " + words.sentence(8) + "\n  - say: \"" +
        words.sentence(6) + " {day, date, full}\"\n---\n";
    if (i % 50 == 49 || i + 1 == flows) {
      folder.write("flows/" + std::to_string(i) + ".yaml", text);
      folder.write("intents/" + std::to_string(i) + ".yaml", intents);
      text.clear();
      intents.clear();
    }
  }
}

void read_yaml_alone(const fs::path& folder) {
  for (const fs::directory_entry& file : fs::recursive_directory_iterator(folder))
    if (file.path().extension() == ".yaml") YAML::LoadAllFromFile(file.path().string());
}

}  // namespace

std::vector<StepCost> measure_steps(const fs::path& helpdesk) {
  const test::TempFolder cache;
  const BotPtr bot = load(helpdesk, cache.path());
  conversations::ConversationDriver talk(*bot->understander, *bot->dialogue, context_of(*bot),
                                         bot->manifest.timezone);
  talk.start();
  std::vector<StepCost> costs;
  costs.push_back(cost_of("a flow begins and asks", *bot, talk.state(), "I want to take leave"));
  talk.say("I want to take leave from monday");
  costs.push_back(cost_of("an answer fills a slot", *bot, talk.state(), "until friday"));
  costs.push_back(cost_of("an answer is corrected", *bot, talk.state(), "no, from tuesday"));
  return costs;
}

UnderstandCost measure_understanding(const fs::path& helpdesk) {
  const auto files = cli::read_good_bot(helpdesk);
  if (!files) throw std::runtime_error(helpdesk.string() + " has errors");
  const test::TempFolder cache;
  const auto understander = intents::load_or_train(files->corpus, cache.path());
  if (!understander) throw std::runtime_error(understander.error().message);
  const auto sentiment = intents::load_or_train_sentiment(files->corpus, cache.path());
  std::vector<std::string> texts;
  for (const intents::Intent& intent : files->corpus.intents)
    for (const intents::Sentence& sentence : intent.sentences)
      texts.push_back(sentence.text);
  const UnderstandContext context{"en", bench_day(), "UTC"};
  double sum = 0;
  const auto each = [&](const auto& read) {
    for (const std::string& text : texts)  // warms up
      sum += read(text);
    return milliseconds([&] {
             for (const std::string& text : texts)
               sum += read(text);
           }) *
           1000 / static_cast<double>(texts.size());
  };
  UnderstandCost cost;
  cost.all_us =
      each([&](const std::string& text) { return (*understander)->understand(text, context).in_scope; });
  cost.negative_us = each([&](const std::string& text) { return sentiment->negative(text); });
  if (sum == 0) throw std::runtime_error("nothing was understood");
  return cost;
}

OpenCost measure_open_conversations(const fs::path& helpdesk, std::size_t conversations) {
  const test::TempFolder folder;
  const BotPtr bot = load(helpdesk, folder.path());
  auto store = open_sqlite_store({folder.path() / "ledger.db", ""});
  if (!store) throw std::runtime_error(store.error().message);
  const SystemClock clock;
  EngineOptions options;
  options.data_folder = folder.path();
  options.channels = {{"test", bot}};
  Engine engine(options, **store, clock);
  const auto begin_some = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      const std::string id = "c" + std::to_string(i);
      if (!test::open(engine, id) || !test::say(engine, id, "I want to take leave from monday"))
        throw std::runtime_error("a conversation was refused");
    }
  };
  const std::size_t warm_up = 100;
  begin_some(0, warm_up);
  const std::size_t before = heap_in_use();
  begin_some(warm_up, warm_up + conversations);
  return {conversations, (heap_in_use() - before) / conversations};
}

LoadCost measure_large_bot(std::size_t flows, std::size_t sentences_per_intent) {
  const test::TempFolder folder, cache;
  write_large_bot(folder, flows, sentences_per_intent);
  LoadCost cost{flows, flows * sentences_per_intent, 0, 0, 0, 0};
  cost.yaml_ms = milliseconds([&] { read_yaml_alone(folder.path()); });
  config::Findings findings;
  cost.read_ms = milliseconds([&] { cli::read_bot(folder.path(), findings); });
  const auto files = cli::read_good_bot(folder.path());
  if (!files) throw std::runtime_error("the large bot has errors");
  cost.train_ms = milliseconds([&] { cli::make_bot(*files, cache.path()).value(); });
  cost.start_ms =
      milliseconds([&] { cli::make_bot(*cli::read_good_bot(folder.path()), cache.path()).value(); });
  return cost;
}

}  // namespace parley::bench
