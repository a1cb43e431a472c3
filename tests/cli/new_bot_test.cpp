// A bot made by `parley new` is right from the start, and its translations can be kept up to date.
#include <doctest/doctest.h>
#include <filesystem>

#include "tests/cli/command.h"
#include "tests/support/temp_folder.h"

using parley::test::has;
using parley::test::Ran;
using parley::test::read_file;
using parley::test::run_parley;
using parley::test::TempFolder;

TEST_CASE("A new bot passes check and test as it is, in one language and in several") {
  for (const std::string languages : {"en", "en,nl", "en,de", "en,nl,de"}) {
    const TempFolder folder;
    const std::string bot = (folder.path() / "rooms").string();
    const Ran made = run_parley("new " + bot + " --languages " + languages);
    REQUIRE_MESSAGE(made.exit_code == 0, made.err);
    CHECK(has(made.out, "parley check " + bot));
    const Ran checked = run_parley("check " + bot);
    CHECK_MESSAGE(checked.out == "0 errors, 0 warnings\n", checked.out);
    const Ran tested = run_parley("test " + bot + " --fail-under 100");
    CHECK_MESSAGE(tested.exit_code == 0, tested.out << tested.err);
    CHECK(has(read_file(bot + "/bot.yaml"), "bot: rooms\n"));
    for (const std::string language : {"nl", "de"}) {
      CHECK(has(read_file(bot + "/intents/rooms.yaml"), language + ":\n") == has(languages, language));
      CHECK(std::filesystem::exists(bot + "/translations/" + language + ".po") == has(languages, language));
    }
    CHECK_FALSE(has(read_file(bot + "/tests/rooms.yaml"), "@"));
  }
}

TEST_CASE("A minimal new bot has one flow, and passes check and test as it is") {
  for (const std::string languages : {"en", "en,nl,de"}) {
    const TempFolder folder;
    const std::string bot = (folder.path() / "fresh").string();
    const Ran made = run_parley("new " + bot + " --minimal --languages " + languages);
    REQUIRE_MESSAGE(made.exit_code == 0, made.err);
    CHECK(has(made.out, "try: when are you open\n"));
    const Ran checked = run_parley("check " + bot);
    CHECK_MESSAGE(checked.out == "0 errors, 0 warnings\n", checked.out);
    const Ran tested = run_parley("test " + bot + " --fail-under 100");
    CHECK_MESSAGE(tested.exit_code == 0, tested.out << tested.err);
    CHECK_FALSE(std::filesystem::exists(bot + "/services.yaml"));
    CHECK(std::filesystem::exists(bot + "/translations/nl.po") == has(languages, "nl"));
  }
}

TEST_CASE("A new bot can speak every language that the built-in flows do, and says which those are") {
  const TempFolder folder;
  std::string languages = "en";
  for (const auto& entry : std::filesystem::directory_iterator(PARLEY_SOURCE_DIR "/conversations/patterns"))
    if (entry.path().extension() == ".po") languages += "," + entry.path().stem().string();
  const std::string bot = (folder.path() / "rooms").string();
  const Ran made = run_parley("new " + bot + " --languages " + languages);
  CHECK_MESSAGE(made.exit_code == 0, made.err);
  const Ran french = run_parley("new " + bot + "2 --languages en,fr");
  CHECK(french.exit_code == 2);
  CHECK_MESSAGE(has(french.err, "a new bot speaks en, de, nl; what it takes to add 'fr'"), french.err);
  CHECK(has(run_parley("new " + bot + "2 --languages en,nl,nl").err, "'nl' is listed twice"));
}

TEST_CASE("A new bot answers in a chat, and its service really books") {
  const TempFolder folder;
  const std::string bot = (folder.path() / "rooms").string();
  REQUIRE(run_parley("new " + bot).exit_code == 0);
  const Ran chat = run_parley("chat " + bot,
                              "book the tower for tomorrow\nbook the garden for tomorrow\nyes\n"
                              "book the garden for tomorrow\n");
  CHECK_MESSAGE(has(chat.out, "The tower room is taken on"), chat.out);
  CHECK_MESSAGE(has(chat.out, "Done, the room is yours."), chat.out);
  CHECK_MESSAGE(has(chat.out, "The garden room is taken on"), chat.out);
}

TEST_CASE("Some of a bot's tests tell only of what they touch, and an update why a test stays as it was") {
  const TempFolder folder;
  const std::string bot = (folder.path() / "rooms").string();
  REQUIRE(run_parley("new " + bot).exit_code == 0);
  const Ran some = run_parley("test " + bot + " --only 'the opening hours'");
  CHECK_MESSAGE(has(some.out, "  opening_hours "), some.out << some.err);
  CHECK_FALSE(has(some.out, "book_room"));
  CHECK(some.out.ends_with("1 passed, 0 failed\n"));
  CHECK_FALSE(has(run_parley("test " + bot + " --only 'the opening hours' --coverage").out, "book_room"));
  CHECK(has(run_parley("test " + bot).out, "100.0% of the steps touched\n"));
  folder.write("rooms/tests/wrong.yaml",
               "test: wrong\nsteps:\n  - user: when are you open\n  - bot: /closed/\n");
  const Ran updated = run_parley("test " + bot + " --update");
  CHECK(updated.exit_code == 1);
  CHECK_MESSAGE(has(updated.out, " not updated: a pattern is for you to change\n"), updated.out);
  CHECK(updated.out.ends_with(
      "0 texts changed in 0 files\nTests that still fail say above why they were not updated.\n"));
}

TEST_CASE("A new bot is refused where something is already, and under a name that no bot has") {
  const TempFolder folder;
  folder.write("there/file", "kept");
  const Ran there = run_parley("new " + (folder.path() / "there").string());
  CHECK(there.exit_code == 1);
  CHECK(has(there.err, "is there already"));
  CHECK(read_file(folder.path() / "there/file") == "kept");
  for (const char* name : {"Rooms", "2rooms", "my_röoms", "'a b'"}) {
    CAPTURE(name);
    const Ran ran = run_parley("new " + (folder.path() / "x").string() + "/" + name);
    CHECK(ran.exit_code == 2);
    CHECK(has(ran.err, "is no name of a bot"));
  }
  CHECK(run_parley("new " + (folder.path() / "x").string() + " --languages de").exit_code == 2);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "x"));
}

TEST_CASE("translations adds what is missing, keeps what is there, and retires what is gone") {
  const TempFolder folder;
  const std::string bot = (folder.path() / "rooms").string(), po = bot + "/translations/nl.po";
  REQUIRE(run_parley("new " + bot + " --languages en,nl").exit_code == 0);
  const std::string before = read_file(po);
  CHECK(
      has(run_parley("translations " + bot).out, "0 texts added, 0 no longer used, 0 without a translation"));
  CHECK(read_file(po) == before);

  const std::string flows = read_file(bot + "/flows/rooms.yaml");
  const std::string gone = "Done, the room is yours.", is_new = "See you in \\\"{room}\\\" then.";
  folder.write("rooms/flows/rooms.yaml",
               std::string(flows).replace(flows.find(gone), gone.size(), "\"" + is_new + "\""));
  const Ran ran = run_parley("translations " + bot + " --language nl");
  CHECK_MESSAGE(has(ran.out, "1 text added, 1 no longer used, 1 without a translation"), ran.out << ran.err);
  const std::string after = read_file(po);
  CHECK(has(after, "#: flows/rooms.yaml\nmsgid \"" + is_new + "\"\nmsgstr \"\"\n"));
  CHECK(has(after, "#~ msgid \"" + gone + "\"\n#~ msgstr \"Gelukt, de zaal is voor jou.\"\n"));
  CHECK(has(after, "msgid \"For which day?\"\nmsgstr \"Voor welke dag?\"\n"));
  CHECK(has(run_parley("translations " + bot).out, "0 texts added, 0 no longer used, 1 without"));
  CHECK(has(run_parley("check " + bot).out, "0 errors, 1 warning\n"));
}

TEST_CASE("translations hands the translation of a reworded text on, marked fuzzy, and check waits for it") {
  const TempFolder folder;
  const std::string bot = (folder.path() / "rooms").string(), po = bot + "/translations/nl.po";
  REQUIRE(run_parley("new " + bot + " --languages en,nl").exit_code == 0);
  const auto reword = [&](const std::string& from, const std::string& to) {
    const std::string flows = read_file(bot + "/flows/rooms.yaml");
    folder.write("rooms/flows/rooms.yaml", std::string(flows).replace(flows.find(from), from.size(), to));
    return run_parley("translations " + bot).out;
  };
  const std::string old = "Done, the room is yours.", fresh = "All set, the room is yours.";
  const std::string translation = "msgstr \"Gelukt, de zaal is voor jou.\"\n";
  const std::string out = reword(old, fresh);
  CHECK_MESSAGE(has(out, "0 texts added, 0 no longer used, 1 without a translation\n  1 reworded text"), out);
  const std::string fuzzy = "#, fuzzy\n#| msgid \"" + old + "\"\nmsgid \"";
  CHECK_MESSAGE(has(read_file(po), fuzzy + fresh + "\"\n" + translation), read_file(po));
  CHECK(has(run_parley("check " + bot).out, "warning[fuzzy-translation]"));
  CHECK(has(run_parley("check " + bot).out, "warning[missing-translation]"));
  CHECK(has(run_parley("translations " + bot).out, "0 texts added, 0 no longer used, 1 without"));
  // reworded once more before anybody looked: the translation is still that of the first text
  reword(fresh, "All set, the room is theirs.");
  CHECK_MESSAGE(has(read_file(po), fuzzy + "All set, the room is theirs.\"\n" + translation), read_file(po));
  std::string confirmed = read_file(po);
  folder.write("rooms/translations/nl.po", confirmed.erase(confirmed.find("#, fuzzy\n"), 9));
  CHECK_FALSE(has(run_parley("check " + bot).out, "warning["));
}

TEST_CASE("translations makes the file of a language that is new, with the texts of the built-in flows") {
  const TempFolder folder;
  const std::string bot = (folder.path() / "rooms").string();
  REQUIRE(run_parley("new " + bot).exit_code == 0);
  CHECK(has(run_parley("translations " + bot).err, "add others to 'languages'"));
  CHECK(has(run_parley("translations " + bot + " --language fr").err, "does not speak 'fr'"));
  const std::string manifest = read_file(bot + "/bot.yaml");
  folder.write("rooms/bot.yaml", std::string(manifest).replace(manifest.find("[en]"), 4, "[en, fr]"));
  CHECK(run_parley("translations " + bot + " --language fr").exit_code == 0);
  const std::string french = read_file(bot + "/translations/fr.po");
  CHECK(has(french, "\"Language: fr\\n\""));
  CHECK(has(french, "msgid \"For which day?\"\nmsgstr \"\"\n"));
  CHECK(has(french, "msgid \"Hello! How can I help you?\"\nmsgstr \"\"\n"));
  CHECK_FALSE(has(run_parley("check " + bot).out, "error["));
}
