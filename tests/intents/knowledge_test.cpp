// Pages found, cut, linked and kept from whom they are not for.
#include "intents/knowledge/knowledge.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <set>
#include <thread>

#include "config/bot_manifest.h"
#include "engine/limits.h"
#include "intents/normalize.h"
#include "tests/support/temp_folder.h"

using namespace parley;

namespace {

using Files = std::map<std::string, std::string>;

/// A bot that has only pages.
class Pages {
 public:
  explicit Pages(const Files& files, std::vector<std::string> languages = {"en", "nl"}) {
    for (const auto& [name, content] : files)
      folder_.write("knowledge/" + name, content);
    config::BotManifest manifest;
    manifest.folder = folder_.path();
    manifest.languages = std::move(languages);
    knowledge = intents::read_knowledge(manifest, findings);
  }

  std::vector<Passage> search(std::string_view text, std::size_t limit = 1,
                              const std::string& language = "en") const {
    return search_as("webchat", {}, text, limit, language);
  }
  std::vector<Passage> search_as(const std::string& channel, const std::vector<std::string>& roles,
                                 std::string_view text, std::size_t limit = 1,
                                 const std::string& language = "en") const {
    REQUIRE(knowledge);
    return knowledge->search({language, text, channel, roles, limit});
  }
  std::string heading(std::string_view text, const std::string& language = "en") const {
    const auto found = search(text, 1, language);
    return found.empty() ? "" : found[0].heading;
  }
  double score(std::string_view text) const {
    const auto found = search(text);
    return found.empty() ? 0 : found[0].score;
  }
  /// "knowledge/en/a.md:3:7 broken-link"
  std::vector<std::string> found() const {
    std::vector<std::string> all;
    for (const config::Finding& one : findings.all())
      all.push_back(std::filesystem::path(one.path).lexically_relative(folder_.path()).generic_string() +
                    ":" + std::to_string(one.position.line) + ":" + std::to_string(one.position.column) +
                    " " + one.code);
    return all;
  }

  config::Findings findings;
  std::shared_ptr<const Knowledge> knowledge;

 private:
  test::TempFolder folder_;
};

const std::string kTravel =
    "---\ntitle: Business travel\nlink: https://example.com/travel\nkeywords: [flight]\n---\n"
    "# Business travel\n\nWhat we arrange for you.\n\n"
    "## Hotels\n\nA hotel may cost 160 euros a night. Breakfast is included.\n\n"
    "## Rental cars\n\nTake the smallest car. The insurance covers damage.\n\n"
    "### Abroad\n\nAsk for a green card two weeks before.\n";
const std::string kLeave =
    "# Leave\n\n## Parental leave\n\nParents get 26 weeks of leave.\n\n## Moving house\n\n"
    "You get one day when you move house.\n";

using Strings = std::vector<std::string>;

std::multiset<std::string> words_of(const std::string& text) {
  const intents::FoldedText folded = intents::fold(text);
  std::multiset<std::string> words;
  for (std::size_t i = 0; i < folded.words.size(); ++i)
    words.emplace(folded.word(i));
  return words;
}

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](unsigned char byte) { return (byte & 0xC0) != 0x80; }));
}

}  // namespace

TEST_CASE("a passage is found with its page, heading, text and link") {
  const Pages pages(Files{{"en/travel.md", kTravel}, {"en/leave.md", kLeave}});
  CHECK(pages.findings.all().empty());
  const auto found = pages.search("what may a hotel cost?");
  REQUIRE(found.size() == 1);
  CHECK(found[0].page == "Business travel");
  CHECK(found[0].heading == "Hotels");
  CHECK(found[0].text == "A hotel may cost 160 euros a night. Breakfast is included.");
  CHECK(found[0].link == "https://example.com/travel#hotels");
  CHECK(found[0].path == "knowledge/en/travel.md");
  CHECK(found[0].score > 0.5);
  CHECK(found[0].score <= 1);
}

TEST_CASE("the text before the first heading stands under the title, with the bare link") {
  const Pages pages(Files{{"en/travel.md", kTravel}});
  const auto found = pages.search("what do you arrange");
  REQUIRE(found.size() == 1);
  CHECK(found[0].heading == "Business travel");
  CHECK(found[0].link == "https://example.com/travel");
}

TEST_CASE("a page without a title has its first heading's, or its name's") {
  const Pages pages(Files{{"en/leave.md", kLeave}, {"en/dress-code.md", "Shoes are wanted."}});
  CHECK(pages.search("parental leave")[0].page == "Leave");
  CHECK(pages.search("shoes")[0].page == "dress code");
  CHECK(pages.search("shoes")[0].link.empty());
}

TEST_CASE("words are compared by their stems, in the language that is spoken") {
  const Pages pages(
      Files{{"en/leave.md", kLeave}, {"nl/verlof.md", "# Verlof\n\n## Verhuizen\n\nEen dag vrij."}});
  CHECK(pages.heading("moved houses") == "Moving house");
  CHECK(pages.heading("ik ben verhuisd, wat nu, verhuizing", "nl") == "Verhuizen");
  CHECK(pages.search("moving house", 1, "nl").empty());
  CHECK(pages.search("moving house", 1, "de").empty());
}

TEST_CASE("a heading, the headings above it, the title and keywords are searched too") {
  const Pages pages(Files{{"en/travel.md", kTravel}, {"en/leave.md", kLeave}});
  CHECK(pages.heading("rental abroad") == "Abroad");
  CHECK(pages.search("my flight")[0].page == "Business travel");
}

TEST_CASE("stop words alone find nothing") {
  const Pages pages(Files{{"en/leave.md", kLeave}});
  CHECK(pages.search("what is the").empty());
  CHECK(pages.search("can you tell me about it?").empty());
  CHECK(pages.search("").empty());
}

TEST_CASE("a misspelt word is found, and is less sure than a right one") {
  const Pages pages(Files{{"en/leave.md", kLeave}, {"en/travel.md", kTravel}});
  CHECK(pages.heading("parentel leave") == "Parental leave");
  CHECK(pages.score("parentel leave") < pages.score("parental leave"));
}

TEST_CASE("a word that no page has makes the answer less sure") {
  const Pages pages(Files{{"en/leave.md", kLeave}, {"en/travel.md", kTravel}});
  CHECK(pages.score("parental leave") > pages.score("parental leave giraffe"));
  CHECK(pages.score("parental leave giraffe") > pages.score("leave giraffe bicycle zebra"));
}

TEST_CASE("a word in a heading says more than one in the text") {
  const Pages pages(Files{{"en/a.md", "# A\n\n## Dogs\n\nNone here.\n\n## Cats\n\nNot where dogs are.\n"}});
  CHECK(pages.heading("dogs") == "Dogs");
  const auto both = pages.search("dogs", 2);
  REQUIRE(both.size() == 2);
  CHECK(both[0].score > both[1].score);
}

TEST_CASE("a page is not shown to who may not see it") {
  const Pages pages(
      Files{{"en/pay.md", "---\nchannels: [helpdesk]\nroles: [manager]\n---\n# Salary budget\n\nThree.\n"},
            {"en/open.md", "---\nchannels: [helpdesk, webchat]\n---\n# Salary date\n\nThe 24th.\n"}});
  const auto titles = [&](const std::string& channel, const Strings& roles) {
    Strings found;
    for (const Passage& one : pages.search_as(channel, roles, "salary", 5))
      found.push_back(one.page);
    std::sort(found.begin(), found.end());
    return found;
  };
  CHECK(titles("helpdesk", {"employee", "manager"}) == Strings{"Salary budget", "Salary date"});
  CHECK(titles("helpdesk", {"employee"}) == Strings{"Salary date"});
  CHECK(titles("webchat", {"manager"}) == Strings{"Salary date"});
  CHECK(titles("console", {"manager"}).empty());
}

TEST_CASE("pages that may not be seen do not crowd out those that may") {
  Files files{{"en/open.md", "# Other things\n\nAlso about bonus.\n"}};
  for (int i = 0; i < 50; ++i)
    files["en/secret" + std::to_string(i) + ".md"] = "---\nroles: [board]\n---\n# Bonus\n\nBonus bonus.\n";
  const auto found = Pages(files).search("bonus");
  REQUIRE(found.size() == 1);
  CHECK(found[0].page == "Other things");
}

TEST_CASE("scripts without blanks are searched by ICU's words") {
  const Pages pages(
      Files{{"zh/a.md",
             "# 假期\n\n## 育儿假\n\n员工可以申请二十六周的育儿假。\n\n## 病假\n\n请在九点前通知经理。\n"},
            {"ja/a.md",
             "# 休暇\n\n## 育児休暇\n\n社員は二十六週間取得できます。\n\n## 出張\n\n電車を使います。\n"},
            {"th/a.md", "# การลา\n\n## ลาป่วย\n\nโปรดแจ้งผู้จัดการก่อนเก้าโมง\n\n## เดินทาง\n\nใช้รถไฟ\n"}},
      {"zh", "ja", "th"});
  CHECK(pages.findings.all().empty());
  CHECK(pages.heading("我想申请育儿假", "zh") == "育儿假");
  CHECK(pages.heading("出張で電車に乗る", "ja") == "出張");
  CHECK(pages.heading("ฉันอยากลาป่วย", "th") == "ลาป่วย");
}

TEST_CASE("hostile texts find what their words say, or nothing") {
  const Pages pages(Files{{"en/leave.md", kLeave}, {"en/travel.md", kTravel}});
  for (const std::string text : {"parental\" OR leave NEAR(", "title:parental AND ^leave*",
                                 "parental) -leave (\"\"\"", "'; DROP TABLE parental leave"})
    CHECK(pages.heading(text) == "Parental leave");
  for (const std::string text :
       {"\"", "* OR *", "()", "NEAR(", "🐘🐘", "\xff\xfe\xc3", "\xed\xa0\x80", "-", ":::", "{}"})
    CHECK(pages.search(text).empty());
  CHECK(pages.heading(std::string("parental\0leave", 14)) == "Parental leave");
  CHECK(pages.search(std::string(4000, 'a')).empty());
  std::string many = "parental";
  for (int i = 0; many.size() < 3990; ++i)
    many += " w" + std::to_string(i);
  CHECK(pages.heading(many) == "Parental leave");
  CHECK(pages.score(many) < 0.1);
}

TEST_CASE("of very many words those that tell most are searched for") {
  std::string rare;
  for (std::size_t i = 0; i < limits::kSearchWordsMax; ++i)
    rare += "x" + std::to_string(i) + " ";
  const Pages pages(
      Files{{"en/a.md", "# A\n\n## Rare\n\n" + rare + "\n\n## One\n\ncommon\n\n## Two\n\ncommon\n"}});
  const std::string one_less = rare.substr(rare.find(' '));
  CHECK(pages.search(one_less + "common", 3).size() == 3);
  CHECK(pages.search(rare + "common", 3).size() == 1);
}

TEST_CASE("at most as many passages come back as were wanted, best first") {
  std::string page = "# A\n\n";
  for (int i = 0; i < 9; ++i)
    page += "## Part " + std::to_string(i) + "\n\nabout dogs\n\n";
  const Pages pages(Files{{"en/a.md", page}});
  CHECK(pages.search("dogs", 0).empty());
  const auto found = pages.search("dogs", 4);
  REQUIRE(found.size() == 4);
  CHECK(std::is_sorted(found.begin(), found.end(),
                       [](const Passage& left, const Passage& right) { return left.score > right.score; }));
}

TEST_CASE("a long section becomes passages of at most the limit, and no word is lost") {
  std::string page = "# Rules\n\n## All of them\n\n";
  for (int i = 0; i < 60; ++i)
    page += "Sentence number " + std::to_string(i) +
            " says **something bold** and [links](https://example.com/" + std::to_string(i) + "). ";
  page += "\n\n";
  for (int i = 0; i < 80; ++i)
    page += "- item " + std::to_string(i) + " of a long list\n";
  page += "\n```\n";
  for (int i = 0; i < 90; ++i)
    page += "code line " + std::to_string(i) + "\n";
  page += "```\n\n> " + std::string(40, 'q') + " quoted\n\n| a | b |\n| --- | --- |\n";
  for (int i = 0; i < 90; ++i)
    page += "| row " + std::to_string(i) + " | value |\n";
  const Pages pages(Files{{"en/a.md", page}});
  std::multiset<std::string> found;
  std::size_t links = 0;
  for (const Passage& one : pages.search("rules", 1000)) {
    CAPTURE(one.text);
    CHECK(characters(one.text) <= limits::kPassageMaxChars);
    CHECK(std::count(one.text.begin(), one.text.end(), '[') ==
          std::count(one.text.begin(), one.text.end(), ']'));
    links += static_cast<std::size_t>(std::count(one.text.begin(), one.text.end(), '['));
    for (const std::string& word : words_of(one.text))
      found.insert(word);
  }
  CHECK(links > 0);
  for (const std::string& word : words_of(page)) {
    CAPTURE(word);
    CHECK((found.contains(word) || words_of("Rules, all of them").contains(word)));
  }
}

TEST_CASE("items of a list keep their marks and numbers where a list is cut") {
  std::string page = "# Steps\n\n";
  for (int i = 1; i <= 60; ++i)
    page += std::to_string(i) + ". do the thing called thing" + std::to_string(i) + " carefully\n";
  const auto passage = Pages(Files{{"en/a.md", page}}).search("thing60");
  REQUIRE(passage.size() == 1);
  CHECK(passage[0].text.find("60. do the thing called thing60 carefully") != std::string::npos);
  CHECK(passage[0].text.find("1. do the thing called thing1 ") == std::string::npos);
}

TEST_CASE("a word longer than a passage is cut") {
  const auto passage =
      Pages(Files{{"en/a.md", "# Endless\n\n" + std::string(5000, 'x') + "\n"}}).search("endless");
  REQUIRE(passage.size() == 1);
  CHECK(characters(passage[0].text) == limits::kPassageMaxChars);
  CHECK(passage[0].text.ends_with("…"));
}

TEST_CASE("HTML, comments and rules are left out") {
  const auto passage =
      Pages(Files{{"en/a.md",
                   "# Cats\n\n<script>alert(1)</script>\n\nA <b>black</b> cat.\n\n<!-- dogs -->\n\n---\n"}})
          .search("cats");
  REQUIRE(passage.size() == 1);
  CHECK(passage[0].text == "A black cat.");
}

TEST_CASE("deep and odd Markdown is read without harm") {
  std::string deep;
  for (int i = 0; i < 20'000; ++i)
    deep += "> ";
  const Pages pages(
      Files{{"en/deep.md", "# Deep\n\n" + deep + "bottom\n"},
            {"en/odd.md", "# Odd\n\n" + std::string(50'000, '[') + "\n\n" + std::string(50'000, '*') + "\n"},
            {"en/nul.md", std::string("# Nul\n\nzero\0byte\n", 17)}});
  CHECK(pages.search("nul")[0].page == "Nul");
}

TEST_CASE("links between pages lead to where the pages can be read") {
  const Pages pages(Files{
      {"en/a.md",
       "---\nlink: https://example.com/a\n---\n# Alpha\n\nCompass [b](b.md), [there](sub/c.md#deep-down), "
       "[here](#more), [d](d.md) and [out](https://example.org).\n\n## More\n\nMore.\n"},
      {"en/b.md", "---\nlink: https://example.com/b\n---\n# Beta\n"},
      {"en/sub/c.md", "---\nlink: https://example.com/c\n---\n# C\n\n## Deep down\n\nUp to [a](../a.md).\n"},
      {"en/d.md", "# Delta\n\nNowhere but here.\n"}});
  CHECK(pages.found() == Strings{"knowledge/en/b.md:0:0 empty-page"});
  CHECK(pages.search("compass")[0].text ==
        "Compass [b](https://example.com/b), [there](https://example.com/c#deep-down), "
        "[here](https://example.com/a#more), d and [out](https://example.org).");
  CHECK(pages.search("deep down")[0].text == "Up to [a](https://example.com/a).");
}

TEST_CASE("what a link does not find is reported where it stands") {
  const Pages pages(Files{{"en/a.md",
                           "# A\n\nA [page](none.md), a [heading](#none),\nthe ünï [file](none.pdf), "
                           "[bad](javascript:alert(1)) and [out](../../../etc/passwd).\n"}});
  CHECK(pages.found() == Strings{"knowledge/en/a.md:3:10 broken-link", "knowledge/en/a.md:3:32 broken-link",
                                 "knowledge/en/a.md:4:16 broken-link", "knowledge/en/a.md:4:33 broken-link",
                                 "knowledge/en/a.md:4:64 broken-link"});
  CHECK(pages.search("file")[0].text.find("javascript") == std::string::npos);
}

TEST_CASE("two headings of one name get anchors of their own") {
  const Pages pages(Files{{"en/a.md",
                           "---\nlink: /a\n---\n# A\n\n## For cats\n\n### How long?\n\nA day.\n\n"
                           "## For dogs\n\n### How long?\n\nA week.\n"}});
  CHECK(pages.findings.all().empty());
  CHECK(pages.search("dogs long week")[0].link == "/a#how-long-1");
}

TEST_CASE("a bot without pages has no knowledge, and a missing language is told") {
  CHECK(Pages(Files{}).knowledge == nullptr);
  CHECK(Pages(Files{{"en/notes.txt", "not a page"}}).knowledge == nullptr);
  CHECK(Pages(Files{{"fr/a.md", "# A\n\nb\n"}, {"fr/b.md", "# A\n\nb\n"}}).found() ==
        Strings{"knowledge/fr:0:0 unknown-language"});
}

TEST_CASE("a page above the limit of bytes is refused, and so are pages above their number") {
  CHECK(Pages(Files{{"en/a.md", std::string(limits::kPageMaxBytes + 1, 'a')}}).found() ==
        Strings{"knowledge/en/a.md:0:0 too-large"});
  Files files;
  for (std::size_t i = 0; i <= limits::kPagesMax; ++i)
    files["en/" + std::to_string(i) + ".md"] = "a";
  const Pages pages(files);
  CHECK(pages.found() == Strings{"knowledge:0:0 too-many-pages"});
  CHECK(pages.search("a").empty());
}

TEST_CASE("searching from several threads at once gives what one gives") {
  const Pages pages(
      Files{{"en/leave.md", kLeave}, {"en/travel.md", kTravel}, {"nl/a.md", "# Verlof\n\nVerlof.\n"}});
  const std::vector<std::pair<std::string, std::string>> questions{
      {"parental leave", "en"}, {"hotel costs", "en"}, {"verlof", "nl"}, {"rental car abroad", "en"}};
  const auto answers = [&] {
    std::string all;
    for (const auto& [text, language] : questions)
      for (const Passage& one : pages.search(text, 3, language))
        all += one.heading + std::to_string(one.score) + ";";
    return all;
  };
  const std::string alone = answers();
  std::vector<int> same(8, 0);
  std::vector<std::thread> threads;
  for (int& count : same)
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i)
        count += answers() == alone ? 1 : 0;
    });
  for (std::thread& thread : threads)
    thread.join();
  CHECK(same == std::vector<int>(8, 50));
}
