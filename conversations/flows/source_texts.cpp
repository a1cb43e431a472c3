#include "conversations/flows/source_texts.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace parley::conversations {
namespace {

class Gatherer {
 public:
  explicit Gatherer(std::string language) : language_(std::move(language)) {}

  void add(const Flow& flow, std::string place) {
    place_ = std::move(place);
    add(flow.title);
    for (const auto& [name, slot] : flow.slots) {
      add(slot.title);
      add(slot.ask);
      add(slot.otherwise);
      add(slot.options);
      add(slot.silence);
    }
    add(flow.silence);
    for (const Step& step : flow.steps)
      std::visit([this](const auto& action) { add_of(action); }, step.action);
  }

  void add_title(const MessageTemplate& title, std::string place) {
    place_ = std::move(place);
    add(title);
  }

  std::vector<TextToTranslate> finish() { return std::move(texts_); }

 private:
  template <typename Action>
  void add_of(const Action&) {}
  void add_of(const Say& action) {
    add(action.text);
    add(action.buttons);
    add(action.image);
    if (!action.card) return;
    add(action.card->title);
    add(action.card->text);
    add(action.card->image);
    add(action.card->buttons);
    for (const CardText& text : action.card->adaptive_texts)
      add(text.text);
  }
  void add_of(const Choose& action) {
    add(action.ask);
    add(action.options);
    add(action.item_title);
    add(action.silence);
  }
  void add_of(const Confirm& action) {
    add(action.ask);
    add(action.silence);
  }
  void add_of(const Call& action) { add(action.meanwhile); }

  void add(const MessageTemplate& text) {
    if (!has_words(text.source())) return;
    const auto [known, is_new] = known_.emplace(text.source(), texts_.size());
    if (is_new) texts_.push_back({text.source(), {}, text.has(language_)});
    TextToTranslate& one = texts_[known->second];
    one.translated = one.translated && text.has(language_);
    if (std::find(one.places.begin(), one.places.end(), place_) == one.places.end())
      one.places.push_back(place_);
  }
  void add(const std::optional<MessageTemplate>& text) {
    if (text) add(*text);
  }
  void add(const Text& text) {
    for (const Variant& variant : text)
      add(variant.message);
  }
  void add(const std::vector<Button>& buttons) {
    for (const Button& button : buttons)
      add(button.title);
  }
  void add(const std::vector<Option>& options) {
    for (const Option& option : options)
      add(option.title);
  }
  void add(const std::optional<Image>& image) {
    if (image) add(image->alt);
  }
  void add(const Silence& silence) {
    if (!silence) return;
    for (const SilenceReaction& reaction : *silence)
      add(reaction.say);
  }

  const std::string language_;
  std::string place_;
  std::map<std::string, std::size_t> known_;
  std::vector<TextToTranslate> texts_;
};

std::string place_of(const std::string& path, const std::filesystem::path& folder) {
  const std::string relative = std::filesystem::path(path).lexically_relative(folder).string();
  return relative.empty() || relative.starts_with("..") ? path : relative;
}

}  // namespace

std::vector<TextToTranslate> source_texts(const Program& program, const std::string& language,
                                          const std::filesystem::path& folder) {
  Gatherer gatherer(language);
  for (const auto& [intent, title] : program.intent_titles)
    if (title.source() != intent) gatherer.add_title(title, "intents");  // without a title its name stands in
  std::vector<const Flow*> flows;
  for (const auto& [name, flow] : program.flows)
    flows.push_back(&flow);
  std::stable_sort(flows.begin(), flows.end(), [](const Flow* left, const Flow* right) {
    return std::tie(left->built_in, left->path, left->line) <
           std::tie(right->built_in, right->path, right->line);
  });
  for (const Flow* flow : flows)
    gatherer.add(*flow, place_of(flow->path, folder));
  return gatherer.finish();
}

}  // namespace parley::conversations
