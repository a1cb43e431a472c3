#include "conversations/dialogue/slot_filling.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "conversations/cel/time.h"

namespace parley::conversations {

namespace {

bool is_option(const Slot& slot, const Json& value) {
  return slot.options.empty() || std::any_of(slot.options.begin(), slot.options.end(),
                                             [&](const Option& option) { return option.value == value; });
}

std::optional<Json> yes_no_value(const Json& value) {
  if (value.is_boolean()) return value;
  if (value == "yes" || value == "true") return true;
  if (value == "no" || value == "false") return false;
  return std::nullopt;
}

std::optional<Json> whole_number(const Json& value) {
  if (value.is_number_integer()) return value;
  if (!value.is_number_float()) return std::nullopt;
  const double number = value.get<double>();
  if (std::abs(number) > 1e15 || number != std::floor(number)) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

/// JSON of the kind that the slot's type wants, not yet held against its options.
std::optional<Json> typed_value(const std::string& type, const Entity& entity) {
  if (type == "int" && entity.kind == "number") return whole_number(entity.value);
  if (type == "duration" && entity.kind == type && entity.value.is_number_integer()) {
    return std::to_string(entity.value.get<std::int64_t>()) + "s";
  }
  if (type == "bool" && entity.kind == "yesno") return yes_no_value(entity.value);
  if (type == "text" || entity.kind != type || entity.value.is_null()) return std::nullopt;
  if (entity.value.is_string()) return valid_utf8(entity.value.get<std::string>());
  return entity.value;
}

template <typename Number>
std::optional<Json> parse_number(const std::string& text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool is_clock_time(const std::string& text) {
  return text.size() == 5 && text[2] == ':' && text >= "00:00" && text <= "23:59" && text[3] <= '5' &&
         std::all_of(text.begin(), text.end(), [](char c) { return c == ':' || (c >= '0' && c <= '9'); });
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::optional<Json> parsed_text(const std::string& type, const std::string& text, const Phrases& phrases) {
  if (text.empty()) return std::nullopt;
  if (type == "text") return valid_utf8(text);
  if (type == "int") return parse_number<std::int64_t>(text);
  if (type == "number") return parse_number<double>(text);
  if (type == "date") return cel::parse_date(text) ? std::optional<Json>(text) : std::nullopt;
  if (type == "time") return is_clock_time(text) ? std::optional<Json>(text) : std::nullopt;
  if (type == "bool") {
    const std::optional<bool> answer = yes_or_no(words_of(text), phrases);
    return answer ? std::optional<Json>(*answer) : std::nullopt;
  }
  return std::nullopt;
}

/// Hands out entities to slots; an entity, and every other reading of its span, is used once.
class Handout {
 public:
  explicit Handout(const FillRequest& request)
      : request_(request), used_(request.entities.size(), false), known_(request.present) {}

  /// In the order of asking, for the reading of a later slot depends on the earlier ones.
  void by_role() {
    if (request_.bare && !request_.asked.empty()) return;
    for (const std::string& slot : request_.order)
      by_role(slot);
    for (const Entity& entity : request_.entities)
      by_role(entity.role);
  }

  void in_order(const std::string& slot) {
    for (std::size_t i = 0; i < used_.size() && open(slot); ++i) {
      offer(slot, i);
    }
  }

  std::vector<SlotValue> take() { return std::move(filled_); }

 private:
  void by_role(const std::string& slot) {
    for (std::size_t i = 0; i < used_.size() && open(slot); ++i)
      if (request_.entities[i].role == slot) offer(slot, i);
  }
  bool open(const std::string& slot) const {
    const auto present = request_.present.find(slot);
    return request_.flow.slots.contains(slot) &&
           (present == request_.present.end() || present->second.is_null()) && !filled(slot);
  }
  bool filled(const std::string& slot) const {
    return std::any_of(filled_.begin(), filled_.end(),
                       [&](const SlotValue& value) { return value.slot == slot; });
  }
  void offer(const std::string& slot, std::size_t i) {
    if (used_[i]) return;
    const Slot& declared = request_.flow.slots.at(slot);
    const auto value = value_of(
        declared, request_.read ? request_.read(known_, slot, request_.entities[i]) : request_.entities[i]);
    if (!value) return;
    known_[slot] = *value;
    filled_.push_back({slot, *value});
    for (std::size_t other = 0; other < used_.size(); ++other) {
      if (overlap(request_.entities[i], request_.entities[other])) used_[other] = true;
    }
  }

  const FillRequest& request_;
  std::vector<bool> used_;
  std::map<std::string, Json> known_;  // what was there, and what was filled
  std::vector<SlotValue> filled_;
};

}  // namespace

std::optional<Json> value_of(const Slot& slot, const Entity& entity) {
  if (entity.confidence < 1) return std::nullopt;
  std::optional<Json> value = typed_value(slot.type, entity);
  return value && is_option(slot, *value) ? value : std::nullopt;
}

std::optional<Json> value_of_text(const Slot& slot, const std::string& text, const Phrases& phrases) {
  std::optional<Json> value = parsed_text(slot.type, trimmed(text), phrases);
  return value && is_option(slot, *value) ? value : std::nullopt;
}

std::vector<std::string> asking_order(const Flow& flow, const Step* step) {
  std::vector<std::string> order;
  const auto add = [&](const std::string& slot) {
    if (std::find(order.begin(), order.end(), slot) == order.end()) order.push_back(slot);
  };
  const auto add_step = [&](const Step& one) {
    if (const auto* collect = std::get_if<Collect>(&one.action)) {
      std::for_each(collect->slots.begin(), collect->slots.end(), add);
    } else if (const auto* choose = std::get_if<Choose>(&one.action)) {
      add(choose->slot);
    }
  };
  if (step) add_step(*step);
  for (const Step& one : flow.steps)
    add_step(one);
  for (const auto& [name, slot] : flow.slots)
    add(name);
  return order;
}

std::vector<SlotValue> fill_slots(const FillRequest& request) {
  Handout handout(request);
  handout.by_role();
  if (!request.asked.empty()) handout.in_order(request.asked);
  for (const std::string& slot : request.order) {
    const auto declared = request.flow.slots.find(slot);
    if (declared != request.flow.slots.end() && declared->second.type != "bool") handout.in_order(slot);
  }
  return handout.take();
}

bool overlap(const Entity& left, const Entity& right) {
  return left.begin < right.end && right.begin < left.end;
}

std::size_t words_outside(const std::string& text, const std::vector<Entity>& entities) {
  std::string rest = text;
  for (const Entity& entity : entities) {
    if (entity.confidence < 1) continue;
    const std::size_t end = std::min(entity.end, rest.size());
    for (std::size_t i = entity.begin; i < end; ++i)
      rest[i] = ' ';
  }
  return words_of(rest).size();
}

}  // namespace parley::conversations
