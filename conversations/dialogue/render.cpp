#include "conversations/dialogue/render.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "conversations/messages/plain_text.h"

namespace parley::conversations {

namespace {

Json message() {
  return Json{{"type", "message"}};
}

Json button_action(const std::string& title, const std::string& value, const std::string& url) {
  if (!url.empty()) return {{"type", "openUrl"}, {"title", title}, {"value", url}};
  return {{"type", "imBack"}, {"title", title}, {"value", value.empty() ? title : value}};
}

/// The press comes back with the intent beside the title (options.h: button_intent).
Json intent_action(const std::string& title, const std::string& intent) {
  return {{"type", "messageBack"},
          {"title", title},
          {"text", title},
          {"displayText", title},
          {"value", {{"intent", intent}}}};
}

Json button_actions(const Turn& turn, const std::vector<Button>& buttons, const cel::Bindings& bindings) {
  Json actions = Json::array();
  for (const Button& button : buttons) {
    const std::string title = format(turn, button.title, bindings);
    actions.push_back(button.intent.empty() ? button_action(title, button.value, button.url)
                                            : intent_action(title, button.intent));
  }
  return actions;
}

void suggest(Json& activity, Json actions) {
  if (actions.empty()) return;
  activity["suggestedActions"] = {{"actions", std::move(actions)}};
}

std::string content_type_of(std::string_view url) {
  using Suffix = std::pair<std::string_view, std::string_view>;
  static constexpr std::array<Suffix, 6> kTypes{{{".png", "image/png"},
                                                 {".jpg", "image/jpeg"},
                                                 {".jpeg", "image/jpeg"},
                                                 {".gif", "image/gif"},
                                                 {".svg", "image/svg+xml"},
                                                 {".webp", "image/webp"}}};
  const std::string_view path = url.substr(0, url.find_first_of("?#"));
  for (const auto& [suffix, type] : kTypes) {
    if (path.ends_with(suffix)) return std::string(type);
  }
  return "image/*";
}

Json image_attachment(const Turn& turn, const Image& image, const cel::Bindings& bindings) {
  Json attachment{{"contentType", content_type_of(image.url)}, {"contentUrl", image.url}};
  if (image.alt) attachment["name"] = format(turn, *image.alt, bindings);
  return attachment;
}

Json hero_content(const Turn& turn, const Card& card, const cel::Bindings& bindings) {
  Json content = Json::object();
  if (card.title) content["title"] = format(turn, *card.title, bindings);
  if (card.text) content["text"] = format(turn, *card.text, bindings);
  if (card.image) {
    Json image{{"url", card.image->url}};
    if (card.image->alt) image["alt"] = format(turn, *card.image->alt, bindings);
    content["images"] = Json::array({std::move(image)});
  }
  if (!card.buttons.empty()) content["buttons"] = button_actions(turn, card.buttons, bindings);
  return content;
}

Json adaptive_content(const Turn& turn, const Card& card, const cel::Bindings& bindings) {
  Json content = card.adaptive;
  for (const CardText& text : card.adaptive_texts) {
    if (content.contains(text.at)) content[text.at] = format(turn, text.text, bindings);
  }
  return content;
}

Json card_attachment(const Turn& turn, const Card& card, const cel::Bindings& bindings) {
  const bool hero = card.adaptive.is_null();
  return {{"contentType",
           hero ? "application/vnd.microsoft.card.hero" : "application/vnd.microsoft.card.adaptive"},
          {"content", hero ? hero_content(turn, card, bindings) : adaptive_content(turn, card, bindings)}};
}

/// The last reply that has buttons gives them to the last reply of all; clients would not show them
/// elsewhere.
void move_buttons_to_last(std::vector<Json>& activities) {
  Json buttons;
  for (Json& activity : activities) {
    const auto found = activity.find("suggestedActions");
    if (found == activity.end()) continue;
    buttons = std::move(*found);
    activity.erase(found);
  }
  if (!buttons.is_null()) activities.back()["suggestedActions"] = std::move(buttons);
}

bool is_plain(const Turn& turn) {
  const std::vector<std::string>& plain = turn.program.plain_channels;
  return std::find(plain.begin(), plain.end(), turn.context.channel) != plain.end();
}

void make_plain(std::vector<Json>& activities) {
  for (Json& activity : activities) {
    const auto text = activity.find("text");
    if (text == activity.end() || activity.value("textFormat", "") == "plain") continue;
    *text = plain_text(text->get<std::string>());
    activity["textFormat"] = "plain";
  }
}

}  // namespace

void say(Turn& turn, const Say& step, const cel::Bindings& bindings) {
  Json activity = message();
  if (!step.text.empty()) activity["text"] = pick_text(turn, step.text, bindings);
  Json attachments = Json::array();
  if (step.image) attachments.push_back(image_attachment(turn, *step.image, bindings));
  if (step.card) attachments.push_back(card_attachment(turn, *step.card, bindings));
  if (!attachments.empty()) activity["attachments"] = std::move(attachments);
  suggest(activity, button_actions(turn, step.buttons, bindings));
  turn.out.activities.push_back(std::move(activity));
}

void ask(Turn& turn, const std::string& text, const std::vector<Choice>& choices) {
  Json activity = message();
  activity["text"] = text;
  Json actions = Json::array();
  for (const Choice& choice : choices)
    actions.push_back(button_action(choice.title, "", ""));
  suggest(activity, std::move(actions));
  turn.out.activities.push_back(std::move(activity));
}

void say_plainly(Turn& turn, const std::string& text) {
  ask(turn, text, {});
}

void finish_replies(Turn& turn) {
  std::vector<Json>& activities = turn.out.activities;
  if (activities.empty()) return;
  move_buttons_to_last(activities);
  for (Json& activity : activities)
    activity["locale"] = turn.state.language;
  if (is_plain(turn)) make_plain(activities);
  const bool expects = !turn.idle() && turn.top().waits_for_answer();
  activities.back()["inputHint"] = expects ? "expectingInput" : "acceptingInput";
}

}  // namespace parley::conversations
