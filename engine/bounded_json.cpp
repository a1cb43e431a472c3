#include "engine/bounded_json.h"

#include <string>
#include <vector>

namespace parley {
namespace {

/// Builds the document from the parser's events, and stops the parser at the first thing that is refused.
class Builder final : public nlohmann::json_sax<Json> {
 public:
  explicit Builder(std::size_t max_depth) : max_depth_(max_depth) {}

  Json take() { return std::move(root_); }
  const std::string& problem() const { return problem_; }
  bool too_deep() const { return too_deep_; }

  bool null() override { return put(Json(nullptr)); }
  bool boolean(bool value) override { return put(Json(value)); }
  bool number_integer(number_integer_t value) override { return put(Json(value)); }
  bool number_unsigned(number_unsigned_t value) override { return put(Json(value)); }
  bool number_float(number_float_t value, const string_t&) override { return put(Json(value)); }
  bool string(string_t& value) override { return check_text(value) && put(Json(std::move(value))); }
  bool binary(binary_t&) override { return refuse("binary data is not JSON"); }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    if (!check_text(name)) return false;
    if (open_.back()->contains(name))
      return refuse("the key '" + name.substr(0, 64) + "' stands twice in one object");
    slot_ = &(*open_.back())[name];
    return true;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    if (error.id == kOutOfRange) return refuse("a number is too large");
    return refuse("not valid JSON at byte " + std::to_string(position));
  }

 private:
  static constexpr int kOutOfRange = 406;  // nlohmann: number overflow

  /// Puts a value where it belongs: the root, the key that was just read, or the end of the open list.
  Json* place(Json&& value) {
    if (open_.empty()) return &(root_ = std::move(value));
    if (open_.back()->is_array()) return &open_.back()->emplace_back(std::move(value));
    return &(*slot_ = std::move(value));
  }

  bool put(Json&& value) {
    place(std::move(value));
    return true;
  }

  bool open(Json&& container) {
    if (open_.size() >= max_depth_) {
      too_deep_ = true;
      return refuse("nested deeper than " + std::to_string(max_depth_) + " levels");
    }
    open_.push_back(place(std::move(container)));
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  bool check_text(const std::string& text) {
    return text.find('\0') == std::string::npos || refuse("a text holds the character U+0000");
  }

  bool refuse(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
    return false;
  }

  std::size_t max_depth_;
  Json root_;
  // These pointers stay good, because only the innermost open list or object grows.
  std::vector<Json*> open_;
  Json* slot_ = nullptr;
  std::string problem_;
  bool too_deep_ = false;
};

}  // namespace

Result<Json> parse_bounded_json(std::string_view text, const JsonBounds& bounds) {
  if (text.size() > bounds.max_bytes)
    return Error{ErrorCode::kTooLarge,
                 "the JSON text is over " + std::to_string(bounds.max_bytes) + " bytes"};
  Builder builder(bounds.max_depth);
  if (Json::sax_parse(text.begin(), text.end(), &builder)) return builder.take();
  return Error{builder.too_deep() ? ErrorCode::kTooLarge : ErrorCode::kInvalid,
               builder.problem().empty() ? "not valid JSON" : builder.problem()};
}

}  // namespace parley
