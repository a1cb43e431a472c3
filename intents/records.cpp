#include "intents/records.h"

#include <algorithm>

namespace parley::intents {

std::optional<Record> Records::next() {
  if (at_ >= content_.size()) return std::nullopt;
  Record record{line_, {}};
  do
    record.fields.push_back(field());
  while (take(separator_));
  take('\r');
  if (take('\n')) new_line();
  return record;
}

bool Records::take(char c) {
  if (at_ >= content_.size() || content_[at_] != c) return false;
  ++at_;
  return true;
}

void Records::new_line() {
  ++line_;
  line_begin_ = at_;
}

bool Records::at_field_end() const {
  return at_ >= content_.size() || content_[at_] == separator_ || content_[at_] == '\n' ||
         content_[at_] == '\r';
}

Field Records::field() {
  Field field{"", line_, line_begin_, at_, false};
  if (at_ < content_.size() && content_[at_] == '"') {
    if (quoted_field(field.text)) return field;
    at_ = field.begin;
    line_ = field.line;
    line_begin_ = field.line_begin;
    field.odd_quote = true;
  }
  while (!at_field_end())
    ++at_;
  field.text = content_.substr(field.begin, at_ - field.begin);
  return field;
}

bool Records::quoted_field(std::string& text) {
  text.clear();
  for (++at_; at_ < content_.size() && text.size() < kQuotedMaxBytes;) {
    const char c = content_[at_++];
    if (c == '\n') new_line();
    if (c != '"') {
      text += c;
    } else if (take('"')) {
      text += '"';
    } else {
      return at_field_end();
    }
  }
  return false;
}

config::Position Records::position_of(const Field& field) const {
  const std::string_view before = content_.substr(field.line_begin, field.begin - field.line_begin);
  const auto points =
      std::count_if(before.begin(), before.end(), [](unsigned char byte) { return (byte & 0xC0) != 0x80; });
  return {field.line, static_cast<int>(points) + 1};
}

std::string_view Records::line_of(const Field& field) const {
  const std::string_view rest = content_.substr(field.line_begin);
  return rest.substr(0, rest.find_first_of("\r\n"));
}

char separator_of(std::string_view content) {
  const std::string_view header = content.substr(0, content.find('\n'));
  for (const char separator : {'\t', ';', ','})
    if (header.find(separator) != std::string_view::npos) return separator;
  return ',';
}

}  // namespace parley::intents
