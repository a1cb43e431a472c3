// Values that come from several: both days of a shortened period, and values that an author made of values.
#include <doctest/doctest.h>

#include "intents/entities/entity_finder.h"
#include "tests/intents/bot_folder.h"

namespace parley::intents {
namespace {

/// Seen from Monday the 2nd of March 2026.
std::vector<Entity> find(const std::string& text, std::string_view language = "en") {
  static const test::BotFolder kBot(test::kHelpdeskIntents, test::kHelpdeskVocabulary);
  static const EntityFinder kFinder(kBot.corpus);
  return kFinder.find(text, fold(text),
                      {language, false, "", std::chrono::sys_days(std::chrono::year(2026) / 3 / 2)});
}

std::vector<Entity> of_kind(const std::string& kind, std::vector<Entity> entities) {
  std::erase_if(entities, [&](const Entity& entity) { return entity.kind != kind; });
  return entities;
}

using Days = std::vector<std::string>;

Days days(const std::string& text, std::string_view language) {
  Days found;
  for (const Entity& entity : of_kind("date", find(text, language)))
    found.push_back(entity.text + " " + entity.value.get<std::string>());
  return found;
}

TEST_CASE("a period whose one day is shortened still has two days") {
  CHECK(days("leave from 7 to 10 december", "en") == Days{"7 2026-12-07", "10 december 2026-12-10"});
  CHECK(days("verlof van 7 tot 10 december", "nl") == Days{"7 2026-12-07", "10 december 2026-12-10"});
  CHECK(days("7-10 december", "en") == Days{"7 2026-12-07", "10 december 2026-12-10"});
  CHECK(days("december 7 to 10", "en") == Days{"december 7 2026-12-07", "10 2026-12-10"});
  CHECK(days("from 7 december to 10 december", "en").size() == 2);
  CHECK(days("next week", "en").size() == 1);
}

TEST_CASE("days that are listed share the month of the last one") {
  const Days three{"7 2026-12-07", "9 2026-12-09", "11 december 2026-12-11"};
  CHECK(days("leave on 7, 9 and 11 december", "en") == three);
  CHECK(days("verlof op 7, 9 en 11 december", "nl") == three);
  CHECK(days("7, 9 & 11 december", "en") == three);
  CHECK(days("30 and 28 february", "en") == Days{"28 february 2027-02-28"});
  CHECK(days("9, 12 december", "en").size() == 1);
  CHECK(days("2 monitors and 3 december", "en") == Days{"3 december 2026-12-03"});
  CHECK(of_kind("number", find("7 and 9 december")).empty());
}

TEST_CASE("values that stand together make a value of values, and stay values") {
  const test::BotFolder shop(
      "intent: order\nen: [order something]\n",
      "entity: product\nvalues: {tent: {en: [tent, tents]}, sock: {en: [sock, socks]}}\n---\n"
      "entity: colour\nvalues: {blue: {en: [blue]}, red: {en: [red]}}\n---\n"
      "entity: line\nparts: {quantity: number, colour: colour, what: product}\n",
      "[en]");
  const EntityFinder finder(shop.corpus);
  const auto found = [&](const std::string& text) {
    return finder.find(text, fold(text), {"en", true, "order", {}});
  };
  const auto lines = [&](const std::string& text) { return of_kind("line", found(text)); };
  const auto one = lines("I want two of the blue tents please");
  REQUIRE(one.size() == 1);
  CHECK(one[0].value == nlohmann::json{{"quantity", 2}, {"colour", "blue"}, {"what", "tent"}});
  CHECK(one[0].text == "two of the blue tents");
  CHECK(lines("tents, blue, 2").size() == 1);
  CHECK(of_kind("product", found("two blue tents")).size() == 1);
  CHECK(found("two blue tents").front().kind == "line");
  const auto both = lines("two blue tents and 3 red socks");
  REQUIRE(both.size() == 2);
  CHECK(both[0].value["what"] == "tent");
  CHECK(both[1].value == nlohmann::json{{"quantity", 3}, {"colour", "red"}, {"what", "sock"}});
  CHECK(lines("blue tents").empty());
  CHECK(lines("two blue and very lovely looking tents").empty());
}

}  // namespace
}  // namespace parley::intents
