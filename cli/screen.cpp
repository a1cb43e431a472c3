#include "cli/screen.h"

#include <iostream>

namespace parley::cli {
namespace {

constexpr std::size_t kLongestNumber = 3;  // digits of a button's number

std::string text_at(const Json& object, const char* key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

void add(std::vector<std::string>& lines, const std::string& line) {
  if (!line.empty()) lines.push_back(line);
}

const Json& list_at(const Json& object, const char* key) {
  static const Json kNone = Json::array();
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found != object.end() && found->is_array() ? *found : kNone;
}

// Text blocks, facts and inputs in reading order; containers and columns are gone through.
void adaptive_lines(const Json& element, std::vector<std::string>& lines) {
  const std::string type = text_at(element, "type");
  if (type.starts_with("Input."))
    add(lines,
        "[" + (text_at(element, "label").empty() ? text_at(element, "id") : text_at(element, "label")) + "]");
  else
    add(lines, text_at(element, "text"));
  for (const Json& fact : list_at(element, "facts"))
    lines.push_back(text_at(fact, "title") + ": " + text_at(fact, "value"));
  for (const char* inner : {"body", "items", "columns"})
    for (const Json& child : list_at(element, inner))
      adaptive_lines(child, lines);
}

std::vector<std::string> hero_lines(const Json& content) {
  std::vector<std::string> lines;
  for (const char* part : {"title", "subtitle", "text"})
    add(lines, text_at(content, part));
  for (const Json& image : list_at(content, "images"))
    add(lines, "[" + (text_at(image, "alt").empty() ? text_at(image, "url") : text_at(image, "alt")) + "]");
  return lines;
}

void add_presses(const Json& actions, std::vector<Press>& presses) {
  for (const Json& action : actions) {
    const std::string title = text_at(action, "title");
    std::string value = text_at(action, "value");
    if (value.empty()) value = text_at(action, "url").empty() ? title : text_at(action, "url");
    presses.push_back({title, std::move(value)});
  }
}

}  // namespace

std::vector<std::string> card_lines(const Json& attachment) {
  const std::string type = text_at(attachment, "contentType");
  const Json content = attachment.value("content", Json::object());
  std::vector<std::string> lines;
  if (type.ends_with(".card.adaptive"))
    adaptive_lines(content, lines);
  else if (type.find(".card.") != std::string::npos)
    lines = hero_lines(content);
  if (lines.empty()) {
    const std::string name = text_at(attachment, "name");
    lines.push_back("[" + (name.empty() ? text_at(attachment, "contentUrl") : name) + "]");
  }
  return lines;
}

std::vector<Press> presses_of(const Json& activity) {
  std::vector<Press> presses;
  for (const Json& attachment : list_at(activity, "attachments")) {
    const Json content = attachment.value("content", Json::object());
    add_presses(list_at(content, "buttons"), presses);
    add_presses(list_at(content, "actions"), presses);
  }
  add_presses(activity.value("/suggestedActions/actions"_json_pointer, Json::array()), presses);
  return presses;
}

void Screen::deliver(const std::vector<StoredActivity>& activities) {
  const std::lock_guard lock(mutex_);
  for (const StoredActivity& stored : activities) {
    if (stored.activity.value("/from/role"_json_pointer, "") == "bot") print(stored.activity);
    seen_ = stored.sequence;
  }
  typing_ = false;
  changed_.notify_all();
}

void Screen::deliver_transient(const Json& activity) {
  const std::lock_guard lock(mutex_);
  typing_ = typing_ || text_at(activity, "type") == "typing";
}

void Screen::wait_for(Sequence sequence) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return seen_ >= sequence && !typing_; });
}

std::string Screen::resolve(const std::string& text) {
  const std::lock_guard lock(mutex_);
  const bool number = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos &&
                      text.size() <= kLongestNumber;
  const std::size_t chosen = number ? std::stoul(text) : 0;
  return chosen >= 1 && chosen <= presses_.size() ? presses_[chosen - 1].value : text;
}

void Screen::print(const Json& activity) {
  const char* begin = colour_ ? "\x1b[36m" : "";
  const char* end = colour_ ? "\x1b[0m" : "";
  if (const std::string text = text_at(activity, "text"); !text.empty())
    std::cout << begin << "bot: " << text << end << '\n';
  for (const Json& attachment : list_at(activity, "attachments"))
    for (const std::string& line : card_lines(attachment))
      std::cout << begin << "bot: | " << line << end << '\n';
  presses_ = presses_of(activity);
  for (std::size_t i = 0; i < presses_.size(); ++i)
    std::cout << "  " << i + 1 << ") " << presses_[i].title << '\n';
  std::cout << std::flush;
}

}  // namespace parley::cli
