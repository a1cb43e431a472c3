// PO files as translators' tools write them.
#include <doctest/doctest.h>

#include "conversations/messages/translations.h"
#include "engine/limits.h"
#include "tests/support/temp_folder.h"

namespace parley::conversations {
namespace {

Catalogue parse(const std::string& content, config::Findings& findings) {
  return Catalogue::parse(content, "nl.po", findings);
}

std::string text_of(const Catalogue& catalogue, const std::string& source, const std::string& context = "") {
  const Translation* entry = catalogue.find(context, source);
  return entry ? entry->text : "(none)";
}

}  // namespace

TEST_CASE("texts over several lines, escapes, comments and obsolete entries are read as gettext has them") {
  config::Findings findings;
  const Catalogue catalogue = parse(
      "# by hand\n"
      "msgid \"\"\nmsgstr \"\"\n\"Language: nl\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
      "#. for the translator\n#: flows/leave.yaml:3\n#, no-c-format\n"
      "msgid \"\"\n\"Two \"\n\"lines\"\nmsgstr \"Twee \"\n\"regels\"\n\n"
      "msgid \"a \\\"quote\\\",\\ta tab,\\na line, a \\\\\"\nmsgstr \"\\\"\\t\\n\\\\\"\n"
      "#~ msgid \"Old\"\n#~ msgstr \"Oud\"\n",
      findings);
  CHECK(findings.all().empty());
  CHECK(catalogue.entries().size() == 2);
  CHECK(text_of(catalogue, "Two lines") == "Twee regels");
  CHECK(text_of(catalogue, "a \"quote\",\ta tab,\na line, a \\") == "\"\t\n\\");
  CHECK(text_of(catalogue, "Old") == "(none)");
}

TEST_CASE("a byte order mark and line ends of Windows do no harm") {
  config::Findings findings;
  const Catalogue catalogue = parse("\xEF\xBB\xBFmsgid \"Yes\"\r\nmsgstr \"Ja\"\r\n", findings);
  CHECK(findings.all().empty());
  CHECK(text_of(catalogue, "Yes") == "Ja");
}

TEST_CASE("a translation for one flow goes before the one for all") {
  config::Findings findings;
  const Catalogue catalogue = parse(
      "msgid \"Book\"\nmsgstr \"Boek\"\n\nmsgctxt \"request_leave\"\nmsgid \"Book\"\nmsgstr \"Boeken\"\n",
      findings);
  CHECK(findings.all().empty());
  CHECK(text_of(catalogue, "Book", "request_leave") == "Boeken");
  CHECK(text_of(catalogue, "Book", "other") == "Boek");
  CHECK(text_of(catalogue, "Book") == "Boek");
}

TEST_CASE("an entry without a translation, or a fuzzy one, is as good as none") {
  config::Findings findings;
  const Catalogue catalogue = parse(
      "msgid \"Yes\"\nmsgstr \"\"\n\n#, fuzzy\nmsgid \"No\"\nmsgstr \"Nou\"\n\nmsgid \"Bye\"\nmsgstr "
      "\"Dag\"\n",
      findings);
  CHECK(text_of(catalogue, "Yes") == "(none)");
  CHECK(text_of(catalogue, "No") == "(none)");
  CHECK(text_of(catalogue, "Bye") == "Dag");
  REQUIRE(findings.all().size() == 1);
  CHECK(findings.all()[0].code == "fuzzy-translation");
  CHECK_FALSE(findings.has_errors());
}

TEST_CASE("reading goes on behind a mistake and finds the next") {
  config::Findings findings;
  const Catalogue catalogue = parse(
      "nonsense\nmsgid \"a\nmsgstr \"b\"\n\"c\" \"d\"\n\nmsgid \"Yes\"\nmsgstr \"Ja\"\n\nmsgid \"last\"\n",
      findings);
  CHECK(text_of(catalogue, "Yes") == "Ja");
  std::vector<int> lines;
  for (const config::Finding& finding : findings.all()) {
    CHECK(finding.code == "po-syntax");
    lines.push_back(finding.position.line);
  }
  CHECK(lines == std::vector<int>{1, 2, 4, 9});
}

TEST_CASE("a file that is too large, or is not there, is reported and not read") {
  const test::TempFolder folder;
  const auto path = folder.write("nl.po", "");
  std::filesystem::resize_file(path, limits::kTranslationFileMaxBytes + 1);
  config::Findings findings;
  CHECK(Catalogue::read(path, findings).entries().empty());
  CHECK(Catalogue::read(folder.path() / "de.po", findings).entries().empty());
  REQUIRE(findings.all().size() == 2);
  CHECK(findings.all()[0].code == "too-large");
  CHECK(findings.all()[1].code == "unreadable");
}

TEST_CASE("a byte of a translation is found behind escapes and several lines") {
  config::Findings findings;
  const Catalogue catalogue =
      parse("msgid \"x\"\nmsgstr \"\"\n\"één \\\"twee\\\" \"\n\"drie {vier}\"\n", findings);
  REQUIRE(catalogue.entries().size() == 1);
  const Translation& entry = catalogue.entries()[0];
  const auto position = [&](const std::string& part) {
    return catalogue.finding(entry, entry.text.find(part), config::Severity::kError, "translation", "")
        .position;
  };
  CHECK(position("twee").line == 3);
  CHECK(position("twee").column == 8);
  CHECK(position("vier").line == 4);
  CHECK(position("vier").column == 8);
}

}  // namespace parley::conversations
