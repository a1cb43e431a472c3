#include "config/maturity_model.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "config/diagnostic.h"

namespace parley {

const std::map<std::string_view, std::string_view>& shipped_models();

namespace config {
namespace {

constexpr std::array<std::string_view, kAxes.size()> kAxisNames{"interaction", "intelligence", "integration"};
constexpr std::array<std::string_view, 4> kEffortNames{"minutes", "hours", "days", "weeks"};
constexpr std::chrono::milliseconds kWindowLeast = std::chrono::hours(24);
constexpr std::chrono::milliseconds kWindowMost = std::chrono::hours(24 * 400);

bool is_bar_name(const std::string& text) {
  return !text.empty() && text[0] >= 'a' && text[0] <= 'z' &&
         std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::islower(c) || std::isdigit(c) || c == '-'; });
}

/// One reading of one model.
class Reader {
 public:
  explicit Reader(const BarCheck& check) : check_(check) {}

  MaturityModel read(const Node& root) {
    root.allow({"model", "window", "least_conversations", "confidence", "levels"});
    model_.name = root.need("model").text().value_or("");
    read_window(root.get("window"));
    read_confidence(root.get("confidence"));
    if (const Node least = root.get("least_conversations")) {
      const auto count = least.integer();
      if (count && *count < 1) least.error("range", "a number of conversations from 1 on is expected");
      if (count && *count >= 1) model_.least_conversations = static_cast<std::size_t>(*count);
    }
    read_levels(root.need("levels"));
    return std::move(model_);
  }

 private:
  void read_window(const Node& node) {
    const auto length = node.duration_ms();
    if (!length) return;
    const std::chrono::milliseconds window(*length);
    if (window < kWindowLeast || window > kWindowMost)
      node.error("range", "a time from 1d to 400d is expected");
    else
      model_.window = window;
  }

  void read_confidence(const Node& node) {
    const auto confidence = node.number();
    if (!confidence) return;
    if (*confidence < 0.5 || *confidence > 0.999)
      node.error("range", "a confidence from 0.5 to 0.999 is expected", "0.95 is usual");
    else
      model_.confidence = *confidence;
  }

  void read_levels(const Node& node) {
    if (!node) return;
    const std::vector<Node> levels = node.list();
    if (levels.size() != kLevelMax)
      node.error("levels", "a model has " + std::to_string(kLevelMax) + " levels; this one has " +
                               std::to_string(levels.size()));
    for (std::size_t i = 0; i < std::min<std::size_t>(levels.size(), kLevelMax); ++i)
      read_level(levels[i], static_cast<int>(i) + 1);
  }

  void read_level(const Node& node, int number) {
    if (!node.is_map()) return static_cast<void>(node.entries());
    node.allow({"level", "name", "promise", "unlocks", "interaction", "intelligence", "integration"});
    const auto stated = node.need("level").integer();
    if (stated && *stated != number)
      node.get("level").error("levels", "level " + std::to_string(number) + " is expected here",
                              "the levels stand in their order, 1 to " + std::to_string(kLevelMax));
    Level& level = model_.levels[static_cast<std::size_t>(number - 1)];
    level.name = node.need("name").text().value_or("");
    level.promise = node.get("promise").text().value_or("");
    for (const Node& feature : node.get("unlocks").items())
      read_feature(feature, level);
    for (const Axis axis : kAxes)
      for (const Node& bar : node.get(name_of(axis)).items())
        read_bar(bar, number, axis);
  }

  void read_feature(const Node& node, Level& level) {
    const auto name = node.text();
    if (!name) return;
    std::vector<std::string> known;
    for (const Feature& feature : kFeatures)
      known.emplace_back(feature.name);
    if (std::find(known.begin(), known.end(), *name) == known.end())
      return node.error("unknown-feature", "'" + *name + "' is not a feature of flows",
                        near_names_hint(*name, known));
    if (!features_.insert(*name).second)
      return node.error("duplicate-feature", "'" + *name + "' is unlocked by a lower level already");
    level.unlocks.push_back(*name);
  }

  void read_bar(const Node& node, int level, Axis axis) {
    if (!node.is_map()) return static_cast<void>(node.entries());
    node.allow({"bar", "needs", "because", "start", "effort"});
    Bar bar;
    bar.level = level;
    bar.axis = axis;
    bar.name = node.need("bar").text().value_or("");
    if (!bar.name.empty() && !is_bar_name(bar.name))
      node.get("bar").error("name", "a bar's name is lower-case letters, digits and -, letters first");
    else if (!bar.name.empty() && !names_.insert(bar.name).second)
      node.get("bar").error("duplicate-bar", "another bar is called '" + bar.name + "' already");
    bar.because = node.need("because").text().value_or("");
    bar.start = node.need("start").text().value_or("");
    read_effort(node.need("effort"), bar);
    const Node needs = node.need("needs");
    bar.needs = needs.text().value_or("");
    if (!bar.needs.empty()) check_(needs);
    model_.bars.push_back(std::move(bar));
  }

  static void read_effort(const Node& node, Bar& bar) {
    const auto name = node.text();
    if (!name) return;
    const auto found = std::find(kEffortNames.begin(), kEffortNames.end(), *name);
    if (found == kEffortNames.end())
      node.error("effort", "'" + *name + "' is not an effort", "write minutes, hours, days or weeks");
    else
      bar.effort = static_cast<Effort>(found - kEffortNames.begin());
  }

  const BarCheck& check_;
  MaturityModel model_;
  std::set<std::string> names_, features_;
};

}  // namespace

std::string_view name_of(Axis axis) {
  return kAxisNames[static_cast<std::size_t>(axis)];
}

std::string_view name_of(Effort effort) {
  return kEffortNames[static_cast<std::size_t>(effort)];
}

int MaturityModel::level_of_feature(std::string_view feature) const {
  for (std::size_t i = 0; i < levels.size(); ++i)
    if (std::find(levels[i].unlocks.begin(), levels[i].unlocks.end(), feature) != levels[i].unlocks.end())
      return static_cast<int>(i) + 1;
  return kLevelMax + 1;
}

MaturityModel read_maturity_model(const YamlFile& file, const BarCheck& check) {
  return file.documents().empty() ? MaturityModel() : Reader(check).read(file.documents().front());
}

std::string_view shipped_maturity_model() {
  return shipped_models().at("maturity.yaml");
}

}  // namespace config
}  // namespace parley
