#include "conversations/testing/test_file.h"

#include <algorithm>
#include <set>
#include <utility>

#include "config/yaml.h"
#include "conversations/cel/time.h"
#include "conversations/testing/test_names.h"
#include "conversations/testing/test_steps.h"

namespace parley::conversations {

namespace {

using config::Entry;
using config::Node;

/// Where the clock stands in a test that names no time: a Monday, 2026-03-02 09:00 UTC.
constexpr std::chrono::milliseconds kDefaultNow{1'772'442'000'000};

TimePoint read_now(const Node& node) {
  if (!node) return TimePoint(kDefaultNow);
  const auto instant = cel::parse_instant(node.text().value_or(""));
  if (!instant) {
    node.error("time", "a time is written as 2026-03-02T09:00:00+01:00");
    return TimePoint(kDefaultNow);
  }
  return TimePoint(std::chrono::milliseconds(instant->seconds * 1000 + instant->nanos / 1'000'000));
}

/// How many conversations the steps are, with each text of each list.
std::size_t variants_of(const std::vector<TestStep>& steps) {
  std::size_t variants = 1;
  for (const TestStep& step : steps)
    if (const auto* said = std::get_if<UserSays>(&step.what); said && variants <= kVariantsPerTestMax)
      variants *= std::max<std::size_t>(said->texts.size(), 1);
  return variants;
}

class TestReader {
 public:
  TestReader(const TestedBot& bot, const TestNames& names) : bot_(bot), names_(names) {}

  ConversationTest read(const Node& document) const {
    document.allow({"test", "language", "channel", "user", "now", "variant", "stubs", "steps"});
    ConversationTest test;
    test.name = document.need("test").text().value_or("");
    test.path = document.path();
    test.line = document.position().line;
    test.language = read_language(document.get("language"));
    test.channel_says_language = static_cast<bool>(document.get("language"));
    if (const Node channel = document.get("channel")) {
      names_.check_channel(channel);
      test.channel = channel.text().value_or("");
    }
    test.user = read_user(document.get("user"));
    test.now = read_now(document.get("now"));
    test.variant = read_variant(document.get("variant"));
    if (const Node stubs = document.get("stubs")) test.stubs = read_stubs(stubs);
    test.steps = read_test_steps(document.need("steps"), names_, test.language);
    if (variants_of(test.steps) > kVariantsPerTestMax)
      document.get("test").error(
          "too-many-variants",
          "this test is more than " + std::to_string(kVariantsPerTestMax) + " conversations",
          "all lists of texts are played with one another: write several tests with one list each");
    return test;
  }

 private:
  std::string read_language(const Node& node) const {
    if (!node) return bot_.manifest.languages.empty() ? "en" : bot_.manifest.languages.front();
    names_.check_language(node);
    return node.text().value_or("");
  }

  Person read_user(const Node& node) const {
    Person person{"test", "", {}};
    if (!node) return person;
    node.allow({"id", "name", "roles"});
    if (auto id = node.get("id").text()) person.id = std::move(*id);
    if (auto name = node.get("name").text()) person.name = std::move(*name);
    for (const Node& role : node.get("roles").items()) {
      names_.check_role(role);
      person.roles.push_back(role.text().value_or(""));
    }
    return person;
  }

  static int read_variant(const Node& node) {
    if (!node) return 1;
    if (node.is_scalar() && node.text() == "next") return 0;
    const long long variant = node.integer().value_or(1);
    if (variant < 1 || variant > 1000) node.error("range", "a variant is a number from 1 on, or next");
    return static_cast<int>(std::clamp(variant, 1LL, 1000LL));
  }

  std::map<std::string, Stub> read_stubs(const Node& node) const {
    std::map<std::string, Stub> stubs;
    for (const Entry& entry : node.entries()) {
      names_.check_operation(entry.key);
      for (const Node& answer : entry.value.items())
        if (const Node failure = answer.get("fails"); failure.is_scalar()) names_.check_failure(failure);
      stubs.emplace(entry.name, Stub{json_of(entry.value)});
    }
    return stubs;
  }

  const TestedBot& bot_;
  const TestNames& names_;
};

}  // namespace

std::vector<ConversationTest> read_tests(const TestedBot& bot, config::Findings& findings) {
  std::vector<ConversationTest> tests;
  std::set<std::string> known;
  const TestNames names(bot);
  const TestReader reader(bot, names);
  for (const std::filesystem::path& path : config::yaml_files(bot.manifest.folder / "tests")) {
    const config::YamlFile file(path, path.string(), findings);
    for (const Node& document : file.documents()) {
      const std::size_t errors = findings.error_count();
      ConversationTest test = reader.read(document);
      if (!known.insert(test.name).second) {
        document.get("test").error("duplicate-test", "there is a test of this name already");
      }
      if (findings.error_count() == errors) tests.push_back(std::move(test));
    }
  }
  return tests;
}

}  // namespace parley::conversations
