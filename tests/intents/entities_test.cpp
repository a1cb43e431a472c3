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

nlohmann::json euros(double amount) {
  return {{"amount", amount}, {"currency", "EUR"}};
}

TEST_CASE("an amount ends where the next one or something else begins") {
  CHECK(value("3 euro 40 and 5 things", "money") == euros(3.4));
  CHECK(value("10 euros and 2 apples", "money") == euros(10));
  CHECK(value("drie euro vijftig", "money", "nl") == euros(3.5));
  const auto two = of_kind("money", find("20 euro 30 dollars"));
  REQUIRE(two.size() == 2);
  CHECK(two[0].value == euros(20));
  CHECK(two[1].value == nlohmann::json{{"amount", 30}, {"currency", "USD"}});
  CHECK(value("lend me $5000 over 3 years", "money")["amount"] == 5000);
  CHECK(value("a $ 4 sandwich", "money") == nlohmann::json{{"amount", 4}, {"currency", "USD"}});
}

TEST_CASE("currencies are known by code, by sign and by name") {
  for (const auto& [text, currency] :
       std::vector<std::pair<const char*, const char*>>{{"NZD$15", "NZD"},
                                                        {"100 czech crowns", "CZK"},
                                                        {"12 new zealand dollars", "NZD"},
                                                        {"250 ₴", "UAH"},
                                                        {"30 Egyptian pounds", "EGP"},
                                                        {"usd 7", "USD"},
                                                        {"8 bucks", "USD"},
                                                        {"9 TRY", "TRY"}})
    CHECK_MESSAGE(value(text, "money")["currency"] == currency, text);
  CHECK(value("500 deense kronen", "money", "nl")["currency"] == "DKK");
  CHECK(value("try 3 times", "money").is_null());
  CHECK(value("all 3 of them", "money").is_null());
}

TEST_CASE("a currency without an amount gives a slot nothing") {
  CHECK(value("what is the dollar worth", "money").is_null());
}

TEST_CASE("a word that only looks like a number is none") {
  CHECK(value("which one is yours", "number").is_null());
  CHECK(value("the other one please", "number").is_null());
  CHECK(value("one of them is broken", "number").is_null());
  CHECK(value("it was the second of three", "number") == 3);
  CHECK(value("one or two", "number").is_null());
}

TEST_CASE("fractions are read in digits and in words") {
  CHECK(value("2 1/4", "number") == 2.25);
  CHECK(value("half a million", "number") == 500'000);
  CHECK(value("1 in 8", "number") == 0.125);
  CHECK(value("twenty and three quarters", "number") == 20.75);
  CHECK(value("anderhalf miljoen", "number", "nl") == 1'500'000);
  CHECK(value("driekwart", "number", "nl") == 0.75);
  CHECK(value("3 uit 4", "number", "nl").is_null());
  CHECK(value("12,34,567", "number") == 1'234'567);
  CHECK(value("two crore", "number") == 20'000'000);
  CHECK(value(",5", "number", "nl") == 0.5);
}

TEST_CASE("German has the numbers, amounts, answers and days that English and Dutch have") {
  const test::BotFolder bot("intent: a_b\nde: [eins zwei]\n", "", "[de]");
  const EntityFinder finder(bot.corpus);
  const auto german = [&](const std::string& text, const std::string& kind) {
    const auto all =
        of_kind(kind, finder.find(text, fold(text),
                                  {"de", true, "", std::chrono::sys_days(std::chrono::year(2026) / 3 / 2)}));
    return all.size() == 1 ? all[0].value : nlohmann::json();
  };
  CHECK(german("zweihundertfünfzig", "number") == 250);
  CHECK(german("fünfundzwanzig", "number") == 25);
  CHECK(german("anderthalb Millionen", "number") == 1'500'000);
  CHECK(german("drei Viertel", "number") == 0.75);
  CHECK(german("zwei Drittel", "number").get<double>() == doctest::Approx(2.0 / 3));
  CHECK(german("ein Zehntel", "number") == 0.1);
  CHECK(german("1.250,5", "number") == 1250.5);
  CHECK(german("eine Tasche", "number").is_null());
  CHECK(german("unsere siebzehnte Zeile", "ordinal") == 17);
  CHECK(german("zum einundzwanzigsten Mal", "ordinal") == 21);
  CHECK(german("im dritten Stock", "ordinal") == 3);
  CHECK(german("20 Prozent", "percentage") == 20);
  CHECK(german("drei Euro fünfzig", "money") == euros(3.5));
  CHECK(german("500 dänische Kronen", "money")["currency"] == "DKK");
  CHECK(german("na klar", "yesno") == true);
  CHECK(german("das stimmt nicht", "yesno") == false);
  CHECK(german("ich glaube nicht", "yesno") == false);
  CHECK(german("anderthalb Stunden", "duration") == 5'400);
  CHECK(german("am 3. April", "date") == "2026-04-03");
  CHECK(german("nächsten Freitag", "date") == "2026-03-13");
  CHECK(german("halb drei", "time") == "14:30");
}

TEST_CASE("a may or a second that is no time is none") {
  for (const char* text : {"may I come in", "it may be late", "a second opinion please"})
    for (const char* kind : {"date", "period", "duration"})
      CHECK_MESSAGE(value(text, kind).is_null(), text);
  CHECK(value("in may", "period")["start"] == "2026-05-01");
}

TEST_CASE("a denial in several words is the answer, whatever stands before it") {
  CHECK(value("agree, it is not ok", "yesno").is_null());
  CHECK(value("sure, not ok", "yesno") == false);
  CHECK(value("no one", "yesno").is_null());
  CHECK(value("right now", "yesno").is_null());
  CHECK(value("don't", "yesno") == false);
  CHECK(value("ik denk het niet", "yesno", "nl") == false);
}

TEST_CASE("a no in the middle of a sentence is no answer") {
  CHECK(value("there is no wifi in the office today", "yesno").is_null());
  CHECK(value("mijn wachtwoord van vorige week werkt niet", "yesno", "nl").is_null());
}

TEST_CASE("an everyday word is no misspelt month") {
  for (const Entity& entity : find("boek maar een zaal", "nl"))
    CHECK(entity.kind != "date");
  const std::vector<Entity> misspelt = find("3 maaart", "nl");
  REQUIRE_FALSE(misspelt.empty());
  CHECK(misspelt.front().kind == "date");
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

TEST_CASE("a value that no list has is known by its place in a sentence of the intent") {
  const test::BotFolder shop(
      "intent: order\nen:\n"
      "  - order a [kettle](product)\n  - please order the [blue kettle](product) for me\n"
      "  - I want to order two [kettles](product) today\n  - can you send it today please\n"
      "  - a quote for a [kettle](product)\n  - this is for me and for my wife\n"
      "---\nintent: complain\nen: [my parcel is late, in order of size]\n",
      "entity: product\nvalues: {kettle: {en: [kettle, blue kettle]}}\n", "[en]");
  const EntityFinder finder(shop.corpus);
  const auto products = [&](const std::string& text, const char* intent) {
    return of_kind("product", finder.find(text, fold(text), {"en", true, intent, {}}));
  };
  const auto unseen = products("order the red toaster please", "order");
  REQUIRE(unseen.size() == 1);
  CHECK(unseen[0].text == "red toaster");
  CHECK(unseen[0].value == "red toaster");
  CHECK(unseen[0].confidence == kUnseenConfidence);
  const auto counted = products("please order 3 toasters, today", "order");
  REQUIRE(counted.size() == 1);
  CHECK(counted[0].text == "toasters");
  const auto listed = products("order the kettle", "order");
  REQUIRE(listed.size() == 1);
  CHECK(listed[0].confidence == 1);
  CHECK(products("order the red toaster", "complain").empty());
  CHECK(products("order the red toaster", "").empty());
  CHECK(products("order it today please", "order").empty());
  CHECK(products("order, toaster", "order").empty());
  CHECK(products("is the toaster late", "order").empty());
  CHECK(products("order a joke", "order").empty());
  CHECK(products("is this for toasters", "order").empty());
  CHECK(products("order a kettle, then order toasters", "order").size() == 1);
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
