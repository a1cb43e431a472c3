// Values in texts of people: built-in kinds of every language, the bot's vocabulary and patterns, personal
// data. The first line says the language and the day; the rest is the text.
#include "intents/entities/entity_finder.h"
#include "intents/redactor.h"
#include "tests/fuzz/small_bot.h"
#include "tests/fuzz/target.h"

namespace parley::fuzz {
namespace {

using namespace intents;

void check(const std::vector<Entity>& entities, std::string_view text) {
  require(entities.size() <= limits::kEntitiesPerTextMax, "more entities than the limit");
  for (const Entity& entity : entities) {
    require(entity.begin < entity.end && entity.end <= text.size(), "an entity out of place");
    require(!entity.kind.empty(), "an entity without a kind");
    require(!entity.value.is_null() && !entity.value.is_discarded(), "an entity without a value");
    entity.value.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
}

void find_personal_data(std::string_view text) {
  std::size_t end = 0;
  for (const PersonalData& found : small_bot()->redactor->find(text)) {
    require(found.begin >= end && found.begin < found.end && found.end <= text.size(), "data out of place");
    end = found.end;
  }
}

void run(std::string_view input) {
  static const EntityFinder kFinder(small_bot_files().corpus);
  const std::string_view how = take_line(input);
  // The day after 1970 and the second of the day, from whatever the line holds.
  std::uint32_t number = 0;
  for (const char c : how)
    number = number * 31 + static_cast<unsigned char>(c);
  EntityContext context;
  context.language = how.substr(0, 2);
  context.language_certain = how.size() > 2;
  context.intent = number % 2 == 0 ? "order_thing" : "";
  context.today = std::chrono::sys_days(std::chrono::days(number % 36'525));
  context.clock = number % 86'400;
  const FoldedText text = fold(input);
  check(kFinder.find(input, text, context), input);
  find_personal_data(input);
  UnderstandContext understood;
  understood.language = context.language_certain ? std::string(context.language) : "";
  understood.now = context.today;
  check(small_bot()->understander->understand(input, understood).entities, input);
}

const AddTarget kAdd{"entities", run, make_small_bot};

}  // namespace
}  // namespace parley::fuzz
