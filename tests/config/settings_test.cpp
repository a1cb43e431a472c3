#include "config/settings.h"

#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <iostream>

#include "tests/support/temp_folder.h"

namespace parley::config {
namespace {

const std::string kGood = R"(
bots: {tester: .}
channels:
  helpdesk:
    bot: tester
    access: signed
    tokens: {algorithm: HS256, issuer: intranet}
)";

struct Read {
  Settings settings;
  Findings findings;
};

Read read(const std::string& text) {
  Read result;
  result.settings = read_settings(text, std::filesystem::temp_directory_path(), result.findings);
  return result;
}

/// True when the settings fit config/schema/settings.schema.json, as an editor would see it.
bool fits_schema(const std::filesystem::path& file) {
  const std::string root = PARLEY_SOURCE_DIR;
  return std::system(("python3 '" + root + "/tests/support/validate_yaml.py' '" + root +
                      "/config/schema/settings.schema.json' '" + file.string() + "' >/dev/null")
                         .c_str()) == 0;
}

std::string codes(const Findings& findings) {
  std::string all;
  for (const Finding& finding : findings.all())
    all += finding.code + " ";
  return all;
}

}  // namespace

TEST_CASE("The sample settings have no mistakes and describe both channels") {
  Findings findings;
  const Settings settings = read_settings(PARLEY_SOURCE_DIR "/config/parley.yaml", findings);
  CHECK_MESSAGE(findings.all().empty(), to_text(findings.all().empty() ? Finding{} : findings.all().front()));
  CHECK(settings.channels.at("helpdesk").access == Access::kSigned);
  CHECK(settings.channels.at("webchat").access == Access::kAnonymous);
  CHECK(settings.demo_employees.size() > 1);
  CHECK_FALSE(settings.demo);
}

TEST_CASE("What is set is read, and what is not keeps its default") {
  const auto [settings, findings] = read(kGood + R"(
listen: "[::1]:9090"
public_url: https://chat.example.com
io_threads: 3
data: ledgers
trusted_proxies: [10.0.0.0/8]
limits: {messages_per_minute_max: 7, idle_timeout: 2m, visitor_lifetime: 90d}
log: {level: warn}
)");
  CHECK_MESSAGE(findings.all().empty(), codes(findings));
  CHECK(settings.address == "::1");
  CHECK(settings.port == 9090);
  CHECK(settings.public_url == "https://chat.example.com");
  CHECK(settings.io_threads == 3);
  CHECK(settings.shards == 1);
  CHECK(settings.data_folder == (std::filesystem::temp_directory_path() / "ledgers").lexically_normal());
  CHECK(contains(settings.trusted_proxies, "10.1.2.3"));
  CHECK(contains(settings.metrics_readers, "192.168.1.1"));
  CHECK(settings.limits.messages_per_minute_max == 7);
  CHECK(settings.limits.idle_timeout == std::chrono::minutes(2));
  CHECK(settings.limits.visitor_lifetime == std::chrono::hours(24 * 90));
  CHECK_FALSE(settings.limits.connections_max.has_value());
  CHECK(settings.channels.at("helpdesk").tokens.issuer == "intranet");
  CHECK(settings.log_level == "warn");
}

TEST_CASE("Each mistake in the settings is found and named") {
  const std::string bot = "bots: {tester: .}\n";
  const auto channel = [&](const std::string& rest) {
    return bot + "channels: {c: {bot: tester, " + rest + "}}\n";
  };
  const std::pair<std::string, std::string> mistakes[] = {
      {"nonsense: 1\n" + kGood, "unknown-key"},
      {"bots: {tester: .}", "missing-key"},
      {"listen: everywhere\n" + kGood, "listen"},
      {"listen: 127.0.0.1:70000\n" + kGood, "listen"},
      {"public_url: https://chat.example.com/path\n" + kGood, "origin"},
      {"io_threads: 0\n" + kGood, "range"},
      {"shards: many\n" + kGood, "type"},
      {"trusted_proxies: [proxy]\n" + kGood, "address"},
      {"metrics_readers: 10.0.0.0/40\n" + kGood, "address"},
      {"limits: {message_max_byte: 1}\n" + kGood, "unknown-key"},
      {"limits: {message_max_bytes: 1}\n" + kGood, "range"},
      {"limits: {idle_timeout: 5}\n" + kGood, "type"},
      {"log: {level: loud}\n" + kGood, "level"},
      {"demo: {employees: [{id: a}, {id: a}]}\n" + kGood, "duplicate"},
      {"demo: {employees: [{name: a}]}\n" + kGood, "missing-key"},
      {"bots: {tester: no-such-folder}\nchannels: {c: {bot: tester, access: signed}}", "no-such-folder"},
      {bot + "channels: {c: {bot: testr, access: signed}}", "unknown-bot"},
      {bot + "channels: {metrics: {bot: tester, access: signed}}", "name"},
      {bot + "channels: {v1: {bot: tester, access: signed}}", "name"},
      {"events: {}\n" + kGood, "missing-key"},
      {"events: {secret: abc}\n" + kGood, "inline-secret"},
      {"events: {secret_env: PARLEY_TEST_NO_SUCH}\n" + kGood, "secret"},
      {"events: {secret_env: A, secret_file: b}\n" + kGood, "tokens"},
      {"events: {jwks_file: b}\n" + kGood, "unknown-key"},
      {"events: yes\n" + kGood, "type"},
      {bot + "channels: {Shop: {bot: tester, access: signed}}", "name"},
      {channel("access: open"), "access"},
      {channel("access: anonymous"), "missing-key"},
      {channel("access: anonymous, origins: ['https://a.example/']"), "origin"},
      {channel("access: anonymous, origins: ['*']"), "origin"},
      {channel("access: anonymous, origins: [self], tokens: {algorithm: HS256}"), "tokens"},
      {channel("access: signed, phase: half"), "phase"},
      {channel("access: signed, phase: preview"), "missing-key"},
      {channel("access: signed, phase: preview, people: [a, b, a]"), "duplicate"},
      {channel("access: signed, opens_at: 6"), "range"},
      {channel("access: signed, opens_at: soon"), "type"},
      {channel("access: signed, below: close"), "missing-key"},
      {channel("access: signed, opens_at: 2, below: shout"), "below"},
      {"maturity: {every: 500ms}\n" + kGood, "range"},
      {"maturity: {every: 32d}\n" + kGood, "range"},
      {"maturity: {every: 60}\n" + kGood, "type"},
      {"maturity: {model: no-such-file.yaml}\n" + kGood, "no-such-file"},
      {"maturity: {window: 4w}\n" + kGood, "unknown-key"},
      {channel("access: signed, tokens: {algorithm: none}"), "algorithm"},
      {channel("access: signed, tokens: {algorithm: HS256, secret: abc}"), "inline-secret"},
      {channel("access: signed, tokens: {algorithm: HS256, secret_env: PARLEY_TEST_NO_SUCH}"), "secret"},
      {channel("access: signed, tokens: {algorithm: HS256, secret_file: no-such-file}"), "secret"},
      {channel("access: signed, tokens: {algorithm: HS256, jwks_file: keys.json}"), "tokens"},
      {channel("access: signed, tokens: {algorithm: RS256}"), "missing-key"},
      {channel("access: signed, tokens: {algorithm: RS256, jwks_file: no-such-file}"), "no-such-file"},
      {channel("access: signed, tokens: {algorithm: RS256, secret_env: X, jwks_file: no-such-file}"),
       "tokens"},
  };
  for (const auto& [text, code] : mistakes) {
    const auto [settings, findings] = read(text);
    CHECK_MESSAGE(findings.has_errors(), text);
    CHECK_MESSAGE(codes(findings).find(code + " ") != std::string::npos, text << " gave " << codes(findings));
  }
}

TEST_CASE("A finding stands where the mistake is and says what to write") {
  const auto [settings, findings] = read("bots: {tester: .}\nchannels:\n  c: {bot: testr, access: signed}\n");
  REQUIRE(findings.all().size() == 1);
  const Finding& finding = findings.all().front();
  CHECK(finding.position.line == 3);
  CHECK(finding.position.column == 12);
  CHECK(finding.hint == "did you mean 'tester'?");
}

TEST_CASE("A channel's phase, the people of its preview and its level are read") {
  const auto [settings, findings] = read(R"(
bots: {tester: .}
maturity: {every: 1s}
channels:
  inside: {bot: tester, access: signed, opens_at: 2, below: degrade}
  outside:
    bot: tester
    access: anonymous
    origins: [self]
    phase: preview
    people: [e1, e2]
    tokens: {algorithm: HS256, issuer: intranet}
)");
  CHECK_MESSAGE(findings.all().empty(), codes(findings));
  const Channel& inside = settings.channels.at("inside");
  CHECK(inside.phase == Phase::kOpen);
  CHECK(inside.opens_at == 2);
  CHECK(inside.below == Below::kDegrade);
  CHECK(inside.takes_tokens());
  const Channel& outside = settings.channels.at("outside");
  CHECK(outside.phase == Phase::kPreview);
  CHECK(outside.people == std::vector<std::string>{"e1", "e2"});
  CHECK(outside.opens_at == 0);
  CHECK(outside.below == Below::kAlarm);
  CHECK(outside.takes_tokens());
  CHECK(outside.tokens.issuer == "intranet");
  CHECK(settings.maturity.every == std::chrono::seconds(1));
  CHECK(read(kGood).settings.maturity.every == std::chrono::hours(1));
}

TEST_CASE("A mistake about a phase stands where it is and says what to write") {
  const auto finding = [](const std::string& line) {
    const auto [settings, findings] =
        read("bots: {tester: .}\nchannels:\n  c:\n    bot: tester\n    access: signed\n    " + line + "\n");
    REQUIRE(findings.all().size() == 1);
    return findings.all().front();
  };
  CHECK(finding("phase: opne").position.line == 6);
  CHECK(finding("phase: opne").hint == "write one of closed, preview, open");
  CHECK(finding("opens_at: 0").position.line == 6);
  CHECK(finding("below: close").position.line == 6);
  CHECK(finding("below: close").message.find("opens_at") != std::string::npos);
  CHECK(finding("phase: preview").hint == "people: [e1001, e1002]");
}

TEST_CASE("A secret comes from the environment, and a short one is refused") {
  const std::string text = R"(
bots: {tester: .}
channels: {c: {bot: tester, access: signed, tokens: {algorithm: HS256, secret_env: PARLEY_TEST_SECRET}}}
)";
  setenv("PARLEY_TEST_SECRET", "0123456789abcdef0123456789abcdef", 1);
  CHECK(read(text).settings.channels.at("c").tokens.secret == "0123456789abcdef0123456789abcdef");
  setenv("PARLEY_TEST_SECRET", "short", 1);
  CHECK(codes(read(text).findings) == "secret ");
  unsetenv("PARLEY_TEST_SECRET");
}

TEST_CASE("The schema takes the sample settings and refuses what the server would refuse") {
  if (std::system("python3 -c 'import jsonschema, yaml' 2>/dev/null") != 0) {
    std::cout << "SKIPPED: python3-jsonschema and python3-yaml are not installed\n";
    return;
  }
  CHECK(fits_schema(PARLEY_SOURCE_DIR "/config/parley.yaml"));
  const test::TempFolder folder;
  CHECK(fits_schema(folder.write("good.yaml", kGood)));
  const std::string channel = "bots: {t: .}\nchannels: {c: {bot: t, ";
  for (const std::string& wrong :
       {"nonsense: 1" + kGood, "listen: everywhere" + kGood, "limits: {x: 1}" + kGood,
        channel + "access: signed, phase: half}}", channel + "access: signed, phase: preview}}",
        channel + "access: signed, below: close}}", channel + "access: signed, opens_at: 0}}",
        channel + "access: open}}", channel + "access: anonymous}}",
        channel + "access: signed, tokens: {algorithm: RS256}}}",
        channel + "access: signed, tokens: {algorithm: HS256, secret: x}}}"})
    CHECK_MESSAGE(!fits_schema(folder.write("wrong.yaml", wrong)), wrong);
}

}  // namespace parley::config
