#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/command.h"
#include "tests/support/temp_folder.h"

using parley::test::has;
using parley::test::Ran;
using parley::test::read_file;
using parley::test::run_parley;
using parley::test::TempFolder;

namespace {

/// Imports `content` and has the result checked; the report and the written files are what a test looks at.
struct Imported {
  Imported(const std::string& format, const std::string& name, const std::string& content) {
    const std::string source = folder.write("source/" + name, content);
    run(format, source);
  }
  void run(const std::string& format, const std::string& source) {
    ran = run_parley("import " + format + " " + source + " --into " + bot());
    intents = read_file(bot() + "/intents/imported.yaml");
    vocabulary = read_file(bot() + "/vocabulary/imported.yaml");
  }
  std::string bot() const { return (folder.path() / "bot").string(); }
  bool passes_check() const { return run_parley("check " + bot()).exit_code == 0; }
  bool reports(const std::string& what) const { return ran.err.find(what) != std::string::npos; }

  TempFolder folder;
  Ran ran;
  std::string intents, vocabulary;
};

}  // namespace

TEST_CASE("Rasa's annotations, synonyms, lookups and patterns are carried over, stories are reported") {
  const Imported import(
      "rasa", "nlu.yml",
      "version: '3.1'\nnlu:\n- intent: BookFlight\n  examples: |\n    - book a flight to [Paris](city)\n"
      "    - from [NYC]{\"entity\": \"city\", \"role\": \"from\", \"value\": \"New York\"}\n"
      "- synonym: New York\n  examples: |\n    - big apple\n- regex: code\n  examples: |\n"
      "    - [A-Z]{3}\n    - (?=x)y\n- lookup: airline\n  examples: |\n    - KLM\nstories:\n- story: x\n");
  REQUIRE_MESSAGE(import.ran.exit_code == 0, import.ran.err);
  CHECK(has(import.intents, "intent: book_flight"));
  CHECK(has(import.intents, "[NYC](city:from)"));
  CHECK(has(import.vocabulary, "\"NYC\", \"New York\", \"big apple\""));
  CHECK(has(import.vocabulary, "\"KLM\""));
  CHECK(import.reports("nlu.yml:13:5: warning[not-carried]"));
  CHECK(import.reports("'stories'"));
  CHECK(import.passes_check());
}

TEST_CASE("a table is imported with quotes, its own languages and its bad lines reported") {
  const Imported import(
      "csv", "t.csv",
      "text,intent,language,note\n\"hello, you\",greet,en,x\n\"say \"\"hi\"\"\",greet,en,x\n"
      "hallo,greet,nl-NL,x\nonly text\nwhat is love,oos,en,x\n");
  REQUIRE_MESSAGE(import.ran.exit_code == 0, import.ran.err);
  CHECK(has(import.intents, "- hello, you"));
  CHECK(has(import.intents, "nl:\n  - hallo"));
  CHECK(has(import.intents, "intent: none"));
  CHECK(import.reports("t.csv:5: warning[not-carried]"));
  CHECK(import.reports("the column 'note'"));
  CHECK(import.passes_check());
}

TEST_CASE("a text whose quote nothing closes is reported, and the lines after it are still read") {
  const Imported import("csv", "t.csv", "text,intent\n\"hello,greet\nhi there,greet\n");
  REQUIRE_MESSAGE(import.ran.exit_code == 0, import.ran.err);
  CHECK(import.reports("t.csv:2: warning[not-carried]"));
  CHECK(has(import.intents, "- hi there"));
  CHECK_FALSE(has(import.intents, "hello"));
}

TEST_CASE("a LUIS app is imported by its offsets, which count UTF-16 units") {
  const Imported import(
      "luis", "app.json",
      "\xEF\xBB\xBF{\n\t\"luis_schema_version\":\"7.0.0\",\"culture\":\"en-us\",\n\t\"utterances\":[\n"
      "\t\t{\"text\":\"\\ud83d\\ude00 fly to Paris\",\"intent\":\"Book\",\"entities\":[{\"entity\":\"city\","
      "\"role\":\"to\",\"startPos\":10,\"endPos\":14}]},\n"
      "\t\t{\"text\":\"tell a joke\",\"intent\":\"None\",\"entities\":[]}],\n"
      "\t\"closedLists\":[{\"name\":\"size\",\"subLists\":[{\"canonicalForm\":\"large\",\"list\":[\"big\"]}]}"
      "],\n"
      "\t\"patterns\":[{\"pattern\":\"fly to {city}\",\"intent\":\"Book\"}]}\n");
  REQUIRE_MESSAGE(import.ran.exit_code == 0, import.ran.err);
  CHECK_MESSAGE(has(import.intents, "fly to [Paris](city:to)"), import.intents);
  CHECK(has(import.intents, "intent: none"));
  CHECK(has(import.vocabulary, "[\"large\", \"big\"]"));
  CHECK(import.reports("app.json:7:"));
  CHECK(import.passes_check());
}

TEST_CASE("a CLU project is imported, its test set left for measuring") {
  const Imported import("clu", "project.json",
                        R"({"metadata":{"language":"nl"},"assets":{"utterances":[
{"text":"vlucht naar Parijs","language":"nl","intent":"Boek","entities":[{"category":"stad","offset":12,"length":6}]},
{"text":"boek maar","intent":"Boek","dataset":"Test","entities":[]}],
"entities":[{"category":"stad","list":{"sublists":[{"listKey":"paris","synonyms":[{"language":"nl","values":["Parijs"]}]}]}},
{"category":"code","regex":{"expressions":[{"regexKey":"a","language":"nl","regexPattern":"[0-9]{4}"}]}}]}})");
  REQUIRE_MESSAGE(import.ran.exit_code == 0, import.ran.err);
  CHECK(has(import.intents, "vlucht naar [Parijs](stad)"));
  CHECK(has(import.vocabulary, "paris:\n    nl: [\"Parijs\"]"));
  CHECK(has(import.vocabulary, "[0-9]{4}"));
  CHECK(import.reports("test set"));
  CHECK(import.passes_check());
}

TEST_CASE("lu files are imported with marks, lists and patterns") {
  const Imported import(
      "lu", "bot.lu",
      "> !# @app.culture = en-us\n# BookFlight\n- fly to {@city=Paris}\n- from {@city:from=Rome} please\n"
      "- to {@city}\n# Greeting\n- hi\n@ list size =\n\t- large :\n\t\t- big\n@ regex zip = /[0-9]{5}/\n"
      "# ? what is it\n[other](./other.lu)\n");
  REQUIRE_MESSAGE(import.ran.exit_code == 0, import.ran.err);
  CHECK(has(import.intents, "fly to [Paris](city)"));
  CHECK(has(import.intents, "from [Rome](city:from) please"));
  CHECK(has(import.vocabulary, "large:\n    en: [\"large\", \"big\"]"));
  CHECK(has(import.vocabulary, "[0-9]{5}"));
  CHECK(import.reports("bot.lu:5: warning[not-carried]"));
  CHECK(import.reports("bot.lu:13: warning[not-carried]"));
  CHECK(import.passes_check());
}

TEST_CASE("an unpacked Dialogflow agent is imported, its fallback as none and its replies reported") {
  Imported import(
      "dialogflow", "intents/Book flight.json",
      R"({"name":"Book flight","responses":[{"messages":[{"speech":"ok"}]}],"fallbackIntent":false})");
  CHECK(import.ran.exit_code == 2);  // a file where a folder is needed
  import.folder.write(
      "source/intents/Book flight_usersays_en.json",
      R"([{"data":[{"text":"fly to ","userDefined":false},{"text":"Paris","alias":"to","meta":"@city"},
{"text":" on "},{"text":"monday","alias":"date","meta":"@sys.date"}]}])");
  import.folder.write("source/intents/Default Fallback Intent.json", R"({"fallbackIntent":true})");
  import.folder.write("source/intents/Default Fallback Intent_usersays_en.json",
                      R"([{"data":[{"text":"sing a song"}]}])");
  import.folder.write("source/entities/city.json", R"({"name":"city","isRegexp":false})");
  import.folder.write("source/entities/city_entries_en.json",
                      R"([{"value":"paris","synonyms":["Paris","city of light"]}])");
  import.run("dialogflow", (import.folder.path() / "source").string());
  REQUIRE_MESSAGE(import.ran.exit_code == 0, import.ran.err);
  CHECK_MESSAGE(has(import.intents, "fly to [Paris](city:to) on [monday](date)"), import.intents);
  CHECK(has(import.intents, "intent: none\nen:\n  - sing a song"));
  CHECK(has(import.vocabulary, "\"city of light\""));
  CHECK(import.reports("responses of 'Book flight'"));
  CHECK(import.passes_check());
}

TEST_CASE("an nlp.js corpus is imported, with values in the place of entity names") {
  const Imported import(
      "nlpjs", "corpus.json",
      R"({"locale":"en-US","data":[{"intent":"travel.book","utterances":["fly to @city now","to %place%"],
"answers":["ok"]}],"entities":{"city":{"options":{"paris":["Paris","city of light"]}},"code":"/[A-Z]{4}/i"}})");
  REQUIRE_MESSAGE(import.ran.exit_code == 0, import.ran.err);
  CHECK(has(import.intents, "intent: travel_book"));
  CHECK(has(import.intents, "fly to [Paris](city) now"));
  CHECK(has(import.vocabulary, "(?i)[A-Z]{4}"));
  CHECK(import.reports("answers of 'travel.book'"));
  CHECK(import.reports("the place for 'place'"));
  CHECK(import.passes_check());
}

TEST_CASE("broken and foreign files get findings with exit code 1, and write nothing") {
  for (const std::string format : {"rasa", "csv", "luis", "lu", "nlpjs"})
    for (const std::string& content :
         {std::string(), std::string("{\"a\": [1, 2"), std::string("\xFF\xFE\x00\x01", 4),
          std::string("[[[]]]"), std::string("nlu: 5\n"), std::string(5000, '['),
          std::string("{\"utterances\": [{}], \"data\": [{}, 3]}")}) {
      const Imported import(format, "bad", content);
      CHECK_MESSAGE(import.ran.exit_code == 1, format << ": " << content.substr(0, 30) << "\n"
                                                      << import.ran.err);
      CHECK(!import.ran.err.empty());
      CHECK(import.intents.empty());
    }
}

TEST_CASE("import refuses to overwrite, and languages that the bot does not have") {
  Imported import("csv", "t.csv", "text,intent\nhello,greet\n");
  REQUIRE(import.ran.exit_code == 0);
  const std::string before = import.intents;
  import.run("csv", import.folder.path() / "source/t.csv");
  CHECK(import.ran.exit_code == 1);
  CHECK(import.reports("is there already"));
  CHECK(import.intents == before);
  std::filesystem::remove_all(import.folder.path() / "bot/intents");
  import.run("csv", import.folder.write("source/nl.csv", "text,intent,language\nhallo,greet,nl\n"));
  CHECK(import.ran.exit_code == 1);
  CHECK(import.reports("does not list the language 'nl'"));
}
