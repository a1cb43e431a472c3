#include "cli/explain_threshold.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/command.h"

using parley::IntentScore;
using parley::Understanding;
using parley::cli::margin_for_question;
using parley::cli::threshold_outcomes;

namespace {

Understanding understood(std::vector<IntentScore> intents, double in_scope) {
  Understanding result;
  result.intents = std::move(intents);
  result.in_scope = in_scope;
  return result;
}

}  // namespace

TEST_CASE("a clear intent is taken up to its probability, and not understood above") {
  const auto outcomes = threshold_outcomes(understood({{"a", 0.7}, {"b", 0.1}}, 0.9), 0.15);
  REQUIRE(outcomes.size() == 2);
  CHECK(outcomes[0].outcome == "taken");
  CHECK(outcomes[0].to == doctest::Approx(0.7));
  CHECK(outcomes[1].outcome == "not understood");
  CHECK(margin_for_question(understood({{"a", 0.7}, {"b", 0.1}}, 0.9)) == doctest::Approx(0.6));
}

TEST_CASE("near intents are asked about while together they reach the threshold and the text is in scope") {
  const auto outcomes = threshold_outcomes(understood({{"a", 0.4}, {"b", 0.35}}, 0.6), 0.15);
  CHECK(outcomes[0].outcome == "asked");
  CHECK(outcomes[0].to == doctest::Approx(0.6));
  CHECK(threshold_outcomes(understood({}, 0), 0.15).front().outcome == "not understood");
}

TEST_CASE("explain names the phrases that decided, the nearest sentences and what a threshold would change") {
  const std::string bot = PARLEY_SOURCE_DIR "/tests/e2e/bot";
  const auto ran = parley::test::run_parley("explain --json " + bot + " 'please pick a colour'");
  REQUIRE_MESSAGE(ran.exit_code == 0, ran.err);
  const auto json = nlohmann::json::parse(ran.out);
  CHECK(json["nearest"][0]["intent"] == "colour");
  CHECK(json["nearest"][0]["place"].get<std::string>().find(".yaml:") != std::string::npos);
  bool colour_speaks_for_it = false;
  for (const auto& phrase : json["phrases"])
    colour_speaks_for_it =
        colour_speaks_for_it ||
        (phrase["phrase"].get<std::string>().find("colour") != std::string::npos && phrase["change"] > 0.0);
  CHECK(colour_speaks_for_it);
  CHECK(json["thresholds"].back()["to"] == 1.0);
  const auto text = parley::test::run_parley("explain " + bot + " 'please pick a colour'");
  CHECK(text.out.find("nearest sentences") != std::string::npos);
  CHECK(text.out.find("with accept (now") != std::string::npos);
}

TEST_CASE("explain shows the pieces of words that decided, so that a misspelt word is no riddle") {
  const std::string bot = PARLEY_SOURCE_DIR "/tests/e2e/bot";
  const auto ran = parley::test::run_parley("explain --json " + bot + " 'colouur please'");
  REQUIRE_MESSAGE(ran.exit_code == 0, ran.err);
  const auto json = nlohmann::json::parse(ran.out);
  REQUIRE(json["unknown"] == nlohmann::json::array({"colouur"}));
  REQUIRE(json["intents"][0]["intent"] == "colour");
  REQUIRE(!json["pieces"].empty());
  const auto& strongest = json["pieces"][0];
  CHECK(strongest["word"] == "colouur");
  CHECK(strongest["weight"] > 0.0);
  const std::string piece = strongest["piece"];
  CHECK(std::string("colour").find(piece) != std::string::npos);
  CHECK(std::string("colouur").compare(strongest["begin"].get<std::size_t>(), piece.size(), piece) == 0);
  const auto text = parley::test::run_parley("explain " + bot + " 'colouur please'");
  CHECK_MESSAGE(text.out.find("within") != std::string::npos, text.out);
}
