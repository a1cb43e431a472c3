#include "config/yaml_guard.h"

#include <algorithm>
#include <sstream>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/parser.h>

namespace parley::config {
namespace {

// Stands for a question mark behind a character, where it never has a meaning of its own. The file has none
// of these.
constexpr char kHiddenQuestionMark = '\x01';

std::string hide_question_marks(std::string text) {
  for (std::size_t i = 1; i < text.size(); ++i)
    if (text[i] == '?' && static_cast<unsigned char>(text[i - 1]) > ' ') text[i] = kHiddenQuestionMark;
  return text;
}

// Two documents that begin at one place: the parser does not get on.
class ProgressCheck final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& mark) override {
    if (mark.pos == last_) throw YAML::ParserException(mark, "nothing can begin like this");
    last_ = mark.pos;
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
  }
  void OnMapEnd() override {}

 private:
  int last_ = -1;
};

void check_progress(const std::string& text) {
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  ProgressCheck check;
  while (parser.HandleNextDocument(check))
    continue;
}

bool is_bounded_below(const YAML::Node& node, int depth, int& nodes, YAML::Mark& at) {
  at = node.Mark();
  if (depth > kYamlDepthMax || ++nodes > kYamlNodesMax) return false;
  if (node.IsSequence())
    return std::all_of(node.begin(), node.end(),
                       [&](const YAML::Node& item) { return is_bounded_below(item, depth + 1, nodes, at); });
  if (!node.IsMap()) return true;
  return std::all_of(node.begin(), node.end(), [&](const auto& pair) {
    return is_bounded_below(pair.first, depth + 1, nodes, at) &&
           is_bounded_below(pair.second, depth + 1, nodes, at);
  });
}

}  // namespace

std::size_t find_control_character(std::string_view text) {
  const auto found = std::find_if(text.begin(), text.end(), [](unsigned char c) {
    return (c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
  });
  return found == text.end() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
}

std::vector<YAML::Node> parse_documents(const std::string& text) {
  const std::string hidden = hide_question_marks(text);
  check_progress(hidden);
  std::vector<YAML::Node> documents = YAML::LoadAll(hidden);
  std::erase_if(documents, [](const YAML::Node& node) { return !node.IsDefined() || node.IsNull(); });
  return documents;
}

std::string scalar_text(const YAML::Node& scalar) {
  std::string text = scalar.Scalar();
  std::replace(text.begin(), text.end(), kHiddenQuestionMark, '?');
  return text;
}

bool is_bounded(const YAML::Node& document, int& nodes, YAML::Mark& at) {
  return is_bounded_below(document, 0, nodes, at);
}

}  // namespace parley::config
