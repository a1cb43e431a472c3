#include <doctest/doctest.h>

#include "intents/tree/tree_json.h"
#include "intents/tree/tree_text.h"
#include "intents/tree/tree_trainer.h"
#include "tests/support/temp_folder.h"

namespace parley::intents {
namespace {

DecisionTree grown(const std::string& content, const TreeOptions& options = {}) {
  config::Findings findings;
  const auto table = read_decision_table(content, "t.csv", "", findings);
  REQUIRE(table);
  return train_tree(*table, options);
}

const std::string kRouting =
    "topic,urgent,hour,desk\n"
    "vpn,yes,9,network\nvpn,no,10,network\nvpn,yes,20,on_call\nvpn,no,21,network\n"
    "laptop,yes,11,workplace\nlaptop,no,20,workplace\nmail,no,9,workplace\nmail,yes,22,workplace\n";

const std::string kGaps = "hour,desk\n1,day\n2,day\n3,day\n8,night\n9,night\n,night\n,night\n";

}  // namespace

TEST_CASE("a tree decides every row of a table without contradictions as the table does") {
  const DecisionTree tree = grown(kRouting);
  using Inputs = std::vector<FeatureInput>;
  CHECK(tree.decide(Inputs{"vpn", 1.0, 9.0}) == "network");
  CHECK(tree.decide(Inputs{"vpn", 1.0, 20.0}) == "on_call");
  CHECK(tree.decide(Inputs{"vpn", 0.0, 21.0}) == "network");
  CHECK(tree.decide(Inputs{"laptop", 1.0, 11.0}) == "workplace");
  CHECK(tree.decide(Inputs{"mail", 1.0, 22.0}) == "workplace");
}

TEST_CASE("rules are readable, and questions with texts and flags say so") {
  CHECK(to_rules(grown(kRouting)) ==
        "if topic is vpn\n"
        "  if urgent is no -> network (2 rows)\n"
        "  else\n"
        "    if hour <= 14.5 -> network (1 row)\n"
        "    else -> on_call (1 row)\n"
        "else -> workplace (4 rows)\n");
  CHECK(to_rules(grown("a,d\n1,x\n2,x\n")) == "always -> x (2 rows)\n");
  CHECK(to_rules(grown("a,d\n1,x\n2,x\n2,y\n")) == "if a <= 1.5 -> x (1 row)\nelse -> x (1 of 2 rows)\n");
}

TEST_CASE("a text that no row had is none of the categories") {
  const DecisionTree tree = grown(kRouting);
  CHECK(tree.decide(std::vector<FeatureInput>{"printer", 1.0, 9.0}) == "workplace");
}

TEST_CASE("rows without a value are learned from, and such a value is decided as they were") {
  const DecisionTree tree = grown(kGaps);
  CHECK(to_rules(tree) == "if hour <= 5.5 -> day (3 rows)\nelse -> night (4 rows)\n");
  CHECK(tree.decide(std::vector<FeatureInput>{std::monostate()}) == "night");
  const DecisionTree day = grown("hour,desk\n1,day\n2,day\n8,night\n9,night\n,day\n");
  CHECK(to_rules(day) == "if hour <= 5 or not known -> day (3 rows)\nelse -> night (2 rows)\n");
  const DecisionTree known = grown("hour,desk\n1,day\n2,day\n8,day\n,night\n");
  CHECK(to_rules(known) == "if hour is known -> day (3 rows)\nelse -> night (1 row)\n");
  const DecisionTree text = grown("topic,desk\na,x\nb,x\nc,x\n,y\n,y\n");
  CHECK(text.decide(std::vector<FeatureInput>{std::monostate()}) == "y");
  CHECK(text.decide(std::vector<FeatureInput>{"c"}) == "x");
}

TEST_CASE("where training had no gaps, a value that is not known goes with the larger side") {
  const auto decided = [](const std::string& table) {
    return grown(table).decide(std::vector<FeatureInput>{std::monostate()});
  };
  CHECK(decided("hour,desk\n1,day\n2,day\n3,day\n8,night\n") == "day");
  CHECK(decided("hour,desk\n1,day\n7,night\n8,night\n9,night\n") == "night");
}

TEST_CASE(
    "of equally good questions the first column, then the lowest threshold or first category is taken") {
  CHECK(to_rules(grown("a,b,d\n1,5,x\n2,6,y\n")).starts_with("if a <= 1.5"));
  CHECK(to_rules(grown("b,a,d\n5,1,x\n6,2,y\n")).starts_with("if b <= 5.5"));
  CHECK(to_rules(grown("a,d\n1,x\n2,y\n3,x\n4,y\n")).starts_with("if a <= 1.5"));
  CHECK(to_rules(grown("t,d\nq,x\np,y\n")).starts_with("if t is p"));
}

TEST_CASE("each setting stops the growth") {
  const std::string table = "a,d\n1,x\n2,y\n3,x\n4,x\n5,y\n6,y\n7,y\n8,x\n";
  const auto rules = [&](const TreeOptions& options) { return to_rules(grown(table, options)); };
  CHECK(rules({.max_depth = 0}) == "always -> x (4 of 8 rows)\n");
  CHECK(rules({.max_depth = 1}) == "if a <= 4.5 -> x (3 of 4 rows)\nelse -> y (3 of 4 rows)\n");
  CHECK(rules({.min_samples_split = 9}) == rules({.max_depth = 0}));
  CHECK(rules({.min_samples_split = 5}) == rules({.max_depth = 1}));
  CHECK(rules({.min_samples_leaf = 4}) == rules({.max_depth = 1}));
  CHECK(rules({.min_samples_leaf = 5}) == rules({.max_depth = 0}));
  CHECK(grown(table, {.criterion = Criterion::kEntropy}).nodes().front().impurity == doctest::Approx(1.0));
  CHECK(grown(table).nodes().front().impurity == doctest::Approx(0.5));
}

TEST_CASE("a tree is never deeper than its limit, however the rows lie") {
  std::string table = "a,d\n";
  for (int i = 0; i < 600; ++i)
    table += std::to_string(i) + "," + (i % 2 ? "x" : "y") + "\n";
  const DecisionTree tree = grown(table);
  std::size_t deepest = 0;
  std::vector<std::size_t> depth(tree.nodes().size(), 0);
  for (std::size_t i = 0; i < tree.nodes().size(); ++i) {
    deepest = std::max(deepest, depth[i]);
    if (tree.nodes()[i].is_leaf()) continue;
    depth[tree.nodes()[i].yes] = depth[tree.nodes()[i].no] = depth[i] + 1;
  }
  CHECK(deepest == kTreeDepthMax);
}

TEST_CASE("a tree reads back from its JSON as it was") {
  for (const std::string& table : {kRouting, kGaps}) {
    const test::TempFolder folder;
    const DecisionTree tree = grown(table);
    config::Findings findings;
    const auto again = read_tree(folder.write("tree.json", to_json(tree).dump(1)), findings);
    REQUIRE_MESSAGE(again, (findings.all().empty() ? "" : to_text(findings.all().front())));
    CHECK(to_json(*again) == to_json(tree));
    CHECK(to_rules(*again) == to_rules(tree));
  }
}

TEST_CASE("JSON that is no tree is refused with the place of the mistake") {
  const test::TempFolder folder;
  const std::string good = to_json(grown(kRouting)).dump(1);
  const auto refused = [&](const std::string& content) {
    config::Findings findings;
    CHECK_FALSE(read_tree(folder.write("tree.json", content), findings));
    return findings.all().empty() ? "" : to_text(findings.all().front());
  };
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string changed = good;
    const std::size_t at = changed.find(from);
    REQUIRE(at != std::string::npos);
    return changed.replace(at, from.size(), to);
  };
  const auto has = [](const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  };
  CHECK(has(refused(""), "error[tree]"));
  CHECK(has(refused("[]"), "error[tree]"));
  CHECK(has(refused("{"), "error[syntax]"));
  CHECK(has(refused(with("\"parley_tree\": 1", "\"parley_tree\": 2")),
            "tree.json:2:17: error[tree]: this is a tree of"));
  CHECK(has(refused(with("\"target\"", "\"goal\"")), "error[unknown-key]"));
  CHECK(has(refused(with("\"text\"", "\"word\"")), "a feature is number, flag or text"));
  CHECK(has(refused(with("\"feature\": 0", "\"feature\": 9")), "node 0 does not fit"));
  CHECK(has(refused(with("\"is\": 2", "\"is\": 3")), "node 0 does not fit"));
  CHECK(has(refused(with("\"yes\": 1", "\"yes\": -1")), "error[range]"));
  CHECK(has(refused(with("\"no\": 6", "\"no\": 0")), "node 0 does not fit"));
  CHECK(has(refused(with("\"no\": 6", "\"no\": 5")), "not one tree"));
  CHECK(has(refused(with("\"at_most\": 0.5", "\"at_most\": .inf")), "error[type]"));
}

TEST_CASE("nodes that no question leads to, or no nodes at all, are no tree") {
  const test::TempFolder folder;
  const auto refused = [&](const nlohmann::ordered_json& nodes) {
    nlohmann::ordered_json tree = to_json(grown("a,d\n1,x\n2,x\n"));
    tree["nodes"] = nodes;
    config::Findings findings;
    const bool read = read_tree(folder.write("tree.json", tree.dump()), findings).has_value();
    return !read && to_text(findings.all().front()).find("not one tree") != std::string::npos;
  };
  const nlohmann::ordered_json leaf = to_json(grown("a,d\n1,x\n2,x\n"))["nodes"][0];
  CHECK_FALSE(refused(nlohmann::ordered_json::array({leaf})));
  CHECK(refused(nlohmann::ordered_json::array({leaf, leaf})));
  CHECK(refused(nlohmann::ordered_json::array()));
}

TEST_CASE("a tree is drawn for Graphviz, with what a label may not hold escaped") {
  const std::string picture = to_graphviz(grown("say \"x\",d\n1,a\\b\n2,c\n"));
  CHECK(picture.find("0 [label=\"say \\\"x\\\" <= 1.5\\nimpurity 0.500\\na\\\\b (1 of 2 rows)\"]") !=
        std::string::npos);
  CHECK(picture.find("0 -> 1 [label=yes]") != std::string::npos);
  CHECK(picture.find("0 -> 2 [label=no]") != std::string::npos);
}

}  // namespace parley::intents
