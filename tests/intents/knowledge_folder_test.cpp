// A bot's knowledge folder as people fill it: with one page only, or with what is no page.
#include <doctest/doctest.h>
#include <map>

#include "config/bot_manifest.h"
#include "intents/knowledge/knowledge.h"
#include "tests/support/temp_folder.h"

using namespace parley;

namespace {

using Files = std::map<std::string, std::string>;

struct Pages {
  test::TempFolder folder;
  config::Findings findings;
  std::shared_ptr<const Knowledge> knowledge;

  explicit Pages(const Files& files) {
    for (const auto& [name, content] : files)
      folder.write("knowledge/" + name, content);
    config::BotManifest manifest;
    manifest.folder = folder.path();
    manifest.languages = {"en", "nl"};
    knowledge = intents::read_knowledge(manifest, findings);
  }
};

Passage best(const Pages& pages, std::string_view text) {
  REQUIRE(pages.knowledge);
  const auto found = pages.knowledge->search({"en", text, "webchat", {}, 1});
  return found.empty() ? Passage{} : found.front();
}

double score(const Pages& pages, std::string_view text) {
  return best(pages, text).score;
}

std::string heading(const Pages& pages, std::string_view text) {
  return best(pages, text).heading;
}

}  // namespace

TEST_CASE(
    "a keyword of the only page finds it, and a question about other things with the keyword does not") {
  const Pages pages(
      Files{{"en/leave.md",
             "---\nkeywords: [maternity, baby]\n---\n# Parental leave\n\nIt is sixteen weeks.\n\n"
             "## Asking\n\nAsk your manager.\n\n## Pay\n\nYour pay goes on.\n\n"
             "## Return\n\nYou may return part time.\n"}});
  CHECK(score(pages, "maternity") >= 0.4);
  CHECK(heading(pages, "maternity") == "Parental leave");
  CHECK(heading(pages, "maternity pay") == "Pay");
  CHECK(score(pages, "where can I buy a pram for the baby") < 0.4);
}

TEST_CASE("what lies beside the pages and is not read is named, with what to do") {
  const Pages pages(Files{{"NL/a.md", "# Hallo\n\nDag.\n"},
                          {"fr/a.md", "# Salut\n\nBonjour.\n"},
                          {"x.txt", "hello"},
                          {"en/b.docx", "hello"},
                          {"en/picture.png", "hello"},
                          {"en/c.md", "# Hello\n\nHi.\n"}});
  std::map<std::string, std::string> hints;
  for (const config::Finding& one : pages.findings.all())
    hints[std::filesystem::path(one.path).filename().string() + " " + one.code] = one.hint;
  CHECK(hints.size() == 4);
  CHECK(hints["NL unknown-language"] == "rename the folder to nl");
  CHECK(hints["fr unknown-language"] == "add it to the languages in bot.yaml");
  CHECK(hints["x.txt unread-file"] == "pages are Markdown: write it as x.md");
  CHECK(hints["b.docx unread-file"] == "pages are Markdown: write it as b.md");
}
