#include "engine/limits.h"
#include "intents/entities/entity_finder.h"
#include "intents/entities/spelling.h"
#include "tests/intents/bot_folder.h"

namespace parley::intents {
namespace {

const test::BotFolder& bot() {
  static const test::BotFolder kBot(test::kHelpdeskIntents, test::kHelpdeskVocabulary);
  return kBot;
}

/// Seen from Monday the 2nd of March 2026.
std::vector<Entity> find(const std::string& text, std::string_view language = "en",
                         std::string_view intent = "") {
  static const EntityFinder kFinder(bot().corpus);
  return kFinder.find(text, fold(text),
                      {language, false, intent, std::chrono::sys_days(std::chrono::year(2026) / 3 / 2)});
}

/// The value of the only entity of `kind`, or null when there is none or more.
nlohmann::json value(const std::string& text, const std::string& kind, std::string_view language = "en") {
  nlohmann::json found;
  int count = 0;
  for (const Entity& entity : find(text, language))
    if (entity.kind == kind && ++count > 0) found = entity.value;
  return count == 1 ? found : nlohmann::json();
}

std::vector<Entity> of_kind(const std::string& kind, std::vector<Entity> entities) {
  std::erase_if(entities, [&](const Entity& entity) { return entity.kind != kind; });
  return entities;
}

struct Case {
  const char* text;
  nlohmann::json value;
};

TEST_CASE("dates in English are resolved against today") {
  for (const Case& expected : std::vector<Case>{{"today", "2026-03-02"},
                                                {"I leave tomorrow", "2026-03-03"},
                                                {"the day after tomorrow", "2026-03-04"},
                                                {"on friday", "2026-03-06"},
                                                {"monday", "2026-03-09"},
                                                {"next friday", "2026-03-13"},
                                                {"next week friday", "2026-03-13"},
                                                {"this thursday", "2026-03-05"},
                                                {"3 march", "2026-03-03"},
                                                {"march 3rd, 2027", "2027-03-03"},
                                                {"the 1st of march", "2027-03-01"},
                                                {"Friday 13 March", "2026-03-13"},
                                                {"on the 15th", "2026-03-15"},
                                                {"3/4", "2026-04-03"},
                                                {"25/12/2026", "2026-12-25"},
                                                {"2026-03-03", "2026-03-03"},
                                                {"in two weeks", "2026-03-16"},
                                                {"10 days from now", "2026-03-12"},
                                                {"3 days ago", "2026-02-27"},
                                                {"next month", "2026-04-01"},
                                                {"29 february", "2028-02-29"}})
    CHECK_MESSAGE(value(expected.text, "date") == expected.value, expected.text);
}

TEST_CASE("dates in Dutch are resolved against today") {
  for (const Case& expected : std::vector<Case>{{"vandaag", "2026-03-02"},
                                                {"ik ga morgen weg", "2026-03-03"},
                                                {"overmorgen", "2026-03-04"},
                                                {"vrijdag", "2026-03-06"},
                                                {"volgende week vrijdag", "2026-03-13"},
                                                {"aanstaande maandag", "2026-03-09"},
                                                {"3 maart", "2026-03-03"},
                                                {"de 3e van april", "2026-04-03"},
                                                {"3 mei 2027", "2027-05-03"},
                                                {"de 15e", "2026-03-15"},
                                                {"over twee weken", "2026-03-16"},
                                                {"eenentwintig maart", "2026-03-21"},
                                                {"gisteren", "2026-03-01"}})
    CHECK_MESSAGE(value(expected.text, "date", "nl") == expected.value, expected.text);
}

TEST_CASE("a date that does not exist is no date, and neither is half of it") {
  for (const char* text : {"the 31st of april", "31 april", "2026-02-30", "40/50", "may I ask", "march on"})
    CHECK_MESSAGE(value(text, "date").is_null(), text);
}

TEST_CASE("of two dates the second goes on from the first") {
  const auto dates = of_kind("date", find("from monday to friday"));
  REQUIRE(dates.size() == 2);
  CHECK(dates[0].value == "2026-03-09");
  CHECK(dates[1].value == "2026-03-13");
}

TEST_CASE("numbers are read from digits and words") {
  CHECK(value("3", "number") == 3);
  CHECK(value("two hundred and fifty", "number") == 250);
  CHECK(value("twenty-one", "number") == 21);
  CHECK(value("1,250.5", "number") == 1250.5);
  CHECK(value("3 million", "number") == 3'000'000);
  CHECK(value("tweehonderdvijftig", "number", "nl") == 250);
  CHECK(value("vijfentwintig", "number", "nl") == 25);
  CHECK(value("1.250,5", "number", "nl") == 1250.5);
  CHECK(value("één", "number", "nl") == 1);
  CHECK(value("een laptop", "number", "nl").is_null());
  CHECK(value("180ml", "number").is_null());
}

TEST_CASE("times, durations, money, addresses and answers have their shapes") {
  CHECK(value("at 3 pm", "time") == "15:00");
  CHECK(value("14:30", "time") == "14:30");
  CHECK(value("half past two", "time") == "14:30");
  CHECK(value("half drie", "time", "nl") == "14:30");
  CHECK(value("kwart voor vier", "time", "nl") == "15:45");
  CHECK(value("two weeks", "duration") == 1'209'600);
  CHECK(value("3 dagen", "duration", "nl") == 259'200);
  CHECK(value("anderhalf uur", "duration", "nl") == 5'400);
  CHECK(value("€ 12.50", "money") == nlohmann::json{{"amount", 12.5}, {"currency", "EUR"}});
  CHECK(value("vijf euro vijftig", "money", "nl") == nlohmann::json{{"amount", 5.5}, {"currency", "EUR"}});
  CHECK(value("mail Jan.Smit@example.com.", "email") == "Jan.Smit@example.com");
  CHECK(value("call 06-12345678", "phone") == "06-12345678");
  CHECK(value("see https://example.com/a?b=c.", "url") == "https://example.com/a?b=c");
  CHECK(value("yes please", "yesno") == true);
  CHECK(value("nee, morgen pas", "yesno", "nl") == false);
  CHECK(value("liever niet", "yesno", "nl") == false);
  CHECK(value("👍🏽", "yesno") == true);
}

TEST_CASE("a no in the middle of a sentence is no answer") {
  CHECK(value("there is no wifi in the office today", "yesno").is_null());
  CHECK(value("mijn wachtwoord van vorige week werkt niet", "yesno", "nl").is_null());
}

TEST_CASE("vocabulary is found as written, inflected and with a typo") {
  CHECK(value("my Laptop", "device") == "laptop");
  CHECK(value("two laptops", "device") == "laptop");
  CHECK(value("mijn schermen", "device", "nl") == "monitor");
  CHECK(value("a new lapotp", "device") == "laptop");
  CHECK(value("new keybord", "device") == "keyboard");
  CHECK(value("a dokcing station", "device") == "dock");
  CHECK(value("the docking", "device").is_null());
  CHECK(value("ticket INC-10234", "ticket_number") == "INC-10234");
}

TEST_CASE("a common word is not taken for a misspelt one") {
  const test::BotFolder paint("intent: paint\nen: [paint the wall]\n",
                              "entity: colour\nvalues: {white: {en: [white]}, green: {en: [green]}}\n",
                              "[en]");
  const EntityFinder finder(paint.corpus);
  const auto count = [&](const std::string& text) {
    return finder.find(text, fold(text), {"en", true, "", {}}).size();
  };
  CHECK(count("paint it whiet") == 1);
  CHECK(count("can you write that down") == 0);
}

TEST_CASE("a misspelt weekday is still a date") {
  CHECK(value("on wensday", "date") == "2026-03-04");
  CHECK(value("vrijdg", "date", "nl") == "2026-03-06");
}

TEST_CASE("the longest reading wins and what lies inside it is dropped") {
  CHECK(find("3 march").size() == 1);
  CHECK(find("INC-10234").size() == 1);
  CHECK(find("2 weeks").size() == 1);
  CHECK(find("€ 12.50").size() == 1);
}

TEST_CASE("what a word stands for in two vocabularies is kept for both, one inside the other too") {
  const test::BotFolder office("intent: where\nen: [where is it]\n",
                               "entity: place\nvalues: {office: {en: [the office]}}\n---\n"
                               "entity: building\nvalues: {hq: {en: [office]}}\n---\n"
                               "entity: topic\nvalues: {work: {en: [office]}}\n",
                               "[en]");
  const EntityFinder finder(office.corpus);
  const std::string text = "at the office";
  CHECK(finder.find(text, fold(text), {"en", true, "", {}}).size() == 3);
}

TEST_CASE("a short answer in another of the bot's languages is understood") {
  CHECK(value("ja hoor", "yesno", "en") == true);
  CHECK(value("overmorgen", "date", "en") == "2026-03-04");
}

TEST_CASE("offsets and text refer to the original bytes") {
  const std::string text = "Één café: Überlaptop, LAPTOP!";
  const auto entities = find(text, "nl");
  REQUIRE_FALSE(entities.empty());
  for (const Entity& entity : entities)
    CHECK(text.substr(entity.begin, entity.end - entity.begin) == entity.text);
  CHECK(entities.back().text == "LAPTOP");
}

TEST_CASE("the words around an entity decide its role") {
  const auto both = of_kind("date", find("leave from 9 march until 13 march", "en", "request_leave"));
  REQUIRE(both.size() == 2);
  CHECK(both[0].role == "start");
  CHECK(both[1].role == "end");
  const auto end = of_kind("date", find("until 13 march", "en", "request_leave"));
  REQUIRE(end.size() == 1);
  CHECK(end[0].role == "end");
  const auto alone = find("13 march", "en", "request_leave");
  REQUIRE(alone.size() == 1);
  CHECK(alone[0].role.empty());
}

TEST_CASE("the spelling index finds the nearest word within its tolerance") {
  const SpellingIndex index({"keyboard", "monitor", "cable", "mouse"});
  CHECK(index.nearest("keybord") == 0);
  CHECK(index.nearest("kyebaord") == 0);
  CHECK(index.nearest("moniter") == 1);
  CHECK(index.nearest("table") == SpellingIndex::kNothing);
  CHECK(index.nearest("mose") == 3);
  CHECK(index.nearest("xyz") == SpellingIndex::kNothing);
  CHECK(edit_distance("abcd", "acbd", 2) == 1);
  CHECK(edit_distance("abcd", "wxyz", 2) == 3);
}

TEST_CASE("no more entities are kept than the limit") {
  std::string text;
  for (int i = 0; i < 200; ++i)
    text += "laptop, ";
  CHECK(find(text).size() == limits::kEntitiesPerTextMax);
}

}  // namespace
}  // namespace parley::intents
