#include "cli/lsp/yaml_place.h"

#include <algorithm>
#include <limits>

namespace parley::lsp {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::string unquoted(std::string_view text) {
  text = trimmed(text);
  const bool quoted = text.size() >= 2 && (text[0] == '"' || text[0] == '\'') && text.back() == text[0];
  return std::string(quoted ? text.substr(1, text.size() - 2) : text);
}

bool is_quote(char c) {
  return c == '"' || c == '\'';
}

// The colon behind a key of a line, or npos: it stands before a space or the line's end, outside quotes.
std::size_t colon_of(std::string_view line) {
  char quote = '\0';
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (quote != '\0') {
      if (line[i] == quote) quote = '\0';
    } else if (i == 0 && is_quote(line[i])) {
      quote = line[i];
    } else if (i == 0 && (line[i] == '{' || line[i] == '[')) {
      break;
    } else if (line[i] == '#' && i > 0 && line[i - 1] == ' ') {
      break;
    } else if (line[i] == ':' && (i + 1 == line.size() || line[i + 1] == ' ' || line[i + 1] == '\r')) {
      return i;
    }
  }
  return std::string_view::npos;
}

bool is_item(std::string_view line) {
  return line.starts_with("- ") || line == "-" || line == "-\r";
}

std::size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

std::size_t document_begin(std::string_view text, std::size_t cursor) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < cursor; at = std::min(text.find('\n', at), text.size()) + 1)
    if (text.substr(at).starts_with("---")) begin = std::min(text.find('\n', at), text.size() - 1) + 1;
  return std::min(begin, cursor);
}

class Reader {
 public:
  Reader(std::string_view text, std::size_t cursor)
      : text_(text.substr(0, cursor)), whole_(text), at_(document_begin(text, cursor)) {}

  YamlPlace read() {
    while (!done_) {
      const std::size_t end = std::min(text_.find('\n', at_), text_.size());
      last_ = end == text_.size();
      line(text_.substr(at_, end - at_));
      at_ = end + 1;
      done_ |= last_;
    }
    place_.frames = std::move(frames_);
    add_keys_behind();
    return std::move(place_);
  }

 private:
  void line(std::string_view line) {
    const std::size_t indent = indent_of(line);
    if (in_flow_ || open_quote_ != '\0') return go_on(line);
    if (block_ && (trimmed(line).empty() || indent > block_indent_)) return scalar(at_ + indent);
    block_ = false;
    if (trimmed(line).empty()) return blank(indent);
    if (line[indent] == '#') return;
    content(line.substr(indent), indent);
  }

  // A blank line under the cursor: its column tells to what it belongs.
  void blank(std::size_t column) {
    if (!last_) return;
    while (!frames_.empty() && (frames_.back().indent > column || is_list_at(column)))
      frames_.pop_back();
    place_.key = true;
    place_.new_map = frames_.empty() || frames_.back().list || frames_.back().indent < column;
    place_.value = place_.new_map && !frames_.empty();
  }

  bool is_list_at(std::size_t column) const { return frames_.back().list && frames_.back().indent == column; }

  void content(std::string_view rest, std::size_t column) {
    while (is_item(rest)) {
      begin_item(column);
      const std::size_t skipped = std::min(rest.find_first_not_of(' ', 1), rest.size());
      rest.remove_prefix(skipped);
      column += skipped;
      if (rest.empty() && last_) return typed_first(rest);
    }
    const std::size_t colon = colon_of(rest);
    if (colon == std::string_view::npos) return without_key(rest, column);
    begin_entry(unquoted(rest.substr(0, colon)), column);
    std::string_view value = rest.substr(colon + 1);
    const std::size_t space = std::min(value.find_first_not_of(' '), value.size());
    value.remove_prefix(space);
    begin_value(value, static_cast<std::size_t>(value.data() - text_.data()), column);
  }

  void begin_item(std::size_t column) {
    while (!frames_.empty() && frames_.back().indent > column)
      frames_.pop_back();
    if (frames_.empty() || !frames_.back().list || frames_.back().indent != column)
      frames_.push_back({true, false, column});
  }

  void begin_entry(std::string key, std::size_t column) {
    while (!frames_.empty() && (frames_.back().indent > column || is_list_at(column)))
      frames_.pop_back();
    if (frames_.empty() || frames_.back().list || frames_.back().indent != column)
      frames_.push_back({false, false, column});
    frames_.back().key = std::move(key);
    frames_.back().entries[frames_.back().key] = "";
  }

  // A line that has no key yet: one that is being typed, an item, or what goes on from the line above.
  void without_key(std::string_view rest, std::size_t column) {
    const auto inner = std::find_if(frames_.rbegin(), frames_.rend(),
                                    [&](const YamlFrame& frame) { return frame.indent < column; });
    const bool goes_on = inner != frames_.rend() && !inner->list && !inner->entries[inner->key].empty() &&
                         &*inner == &frames_.back();
    const auto begin = static_cast<std::size_t>(rest.data() - text_.data());
    if (goes_on) return scalar(begin);
    if (!last_) return begin_value(rest, begin, column);
    while (!frames_.empty() && (frames_.back().indent > column || (is_list_at(column))))
      frames_.pop_back();
    if (!rest.empty() && (is_quote(rest[0]) || rest[0] == '{' || rest[0] == '['))
      return begin_value(rest, begin, column);
    const bool sibling = !frames_.empty() && !frames_.back().list && frames_.back().indent == column;
    if (!sibling) return typed_first(rest);
    place_.key = true;
    place_.written = rest;
  }

  void typed_first(std::string_view written) {
    place_.key = place_.new_map = place_.value = true;
    place_.written = written;
  }

  void begin_value(std::string_view value, std::size_t begin, std::size_t column) {
    if (!frames_.empty() && !frames_.back().list)
      frames_.back().entries[frames_.back().key] = unquoted(value);
    scalar_begin_ = begin;
    if (!value.empty() && (value[0] == '|' || value[0] == '>')) {
      block_ = true;
      block_indent_ = column;
      scalar_begin_ = std::string::npos;
    } else if (!value.empty() && (value[0] == '{' || value[0] == '[' || is_quote(value[0]))) {
      return go_on(value);
    }
    if (last_) scalar(begin);
  }

  // Inside a scalar that began here or on a line above.
  void scalar(std::size_t begin) {
    if (scalar_begin_ == std::string::npos) scalar_begin_ = begin;
    if (!last_) return;
    place_.value = true;
    place_.written = text_.substr(std::min(scalar_begin_, text_.size()));
    if (!place_.written.empty() && is_quote(place_.written[0])) {
      place_.quote = place_.written[0];
      place_.written.erase(0, 1);
    }
  }

  // Braces, brackets and quotes, which may reach over several lines.
  void go_on(std::string_view line) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      const auto at = static_cast<std::size_t>(line.data() - text_.data()) + i;
      const char c = line[i];
      if (open_quote_ != '\0') {
        if (c == '\\' && open_quote_ == '"')
          ++i;
        else if (c == open_quote_)
          open_quote_ = '\0';
      } else if (is_quote(c) && trimmed(text_.substr(part_begin(at), at - part_begin(at))).empty()) {
        open_quote_ = c;
        scalar_begin_ = at;
      } else if (c == '{' || c == '[') {
        frames_.push_back({c == '[', true, std::numeric_limits<std::size_t>::max()});
        begin_part(at + 1);
      } else if (in_flow_) {
        flow_character(c, at);
      }
    }
    if (last_) end_in_flow();
  }

  void flow_character(char c, std::size_t at) {
    YamlFrame& frame = frames_.back();
    const bool splits = at + 1 >= text_.size() || text_[at + 1] == ' ' || text_[at + 1] == '\n';
    if (c == ':' && splits && !frame.list) {
      frame.key = unquoted(text_.substr(part_, at - part_));
      frame.entries[frame.key] = "";
      has_key_ = true;
      part_ = at + 1;
    } else if (c == ',' || c == '}' || c == ']') {
      if (has_key_) frame.entries[frame.key] = unquoted(text_.substr(part_, at - part_));
      if (c != ',') frames_.pop_back();
      begin_part(at + 1);
      in_flow_ = !frames_.empty() && frames_.back().flow;
    }
  }

  void begin_part(std::size_t at) {
    in_flow_ = true;
    has_key_ = false;
    part_ = at;
  }

  std::size_t part_begin(std::size_t at) const { return in_flow_ ? part_ : at; }

  void end_in_flow() {
    if (!in_flow_) {
      if (open_quote_ != '\0') scalar(scalar_begin_);
      return;
    }
    const std::size_t begin = std::min(text_.find_first_not_of(" \n\r", part_), text_.size());
    place_.key = !frames_.back().list && !has_key_;
    place_.value = !place_.key;
    place_.written = text_.substr(begin);
    if (open_quote_ == '\0') return;
    place_.quote = open_quote_;
    place_.written.erase(0, 1);
  }

  // The keys of the maps around the place that stand behind it.
  void add_keys_behind() {
    std::size_t least = std::numeric_limits<std::size_t>::max();
    std::size_t at = whole_.find('\n', text_.size());
    while (at != std::string_view::npos && least > 0) {
      const std::size_t begin = at + 1;
      at = whole_.find('\n', begin);
      const std::string_view line = whole_.substr(begin, std::min(at, whole_.size()) - begin);
      if (line.starts_with("---")) return;
      const std::size_t indent = indent_of(line);
      if (trimmed(line).empty() || line[indent] == '#') continue;
      least = std::min(least, indent);
      const std::size_t colon = colon_of(line.substr(indent));
      if (is_item(line.substr(indent)) || colon == std::string_view::npos || indent > least) continue;
      for (YamlFrame& frame : place_.frames)
        if (!frame.list && frame.indent == indent)
          frame.entries.try_emplace(unquoted(line.substr(indent, colon)),
                                    unquoted(line.substr(indent + colon + 1)));
    }
  }

  std::string_view text_, whole_;
  std::size_t at_;
  YamlPlace place_;
  std::vector<YamlFrame> frames_;
  bool last_ = false, done_ = false;
  bool block_ = false;  // in a scalar behind | or >
  std::size_t block_indent_ = 0, scalar_begin_ = 0;
  bool in_flow_ = false, has_key_ = false;
  std::size_t part_ = 0;  // where the key or value between two commas begins
  char open_quote_ = '\0';
};

}  // namespace

std::string YamlPlace::beside(const std::string& wanted) const {
  for (auto frame = frames.rbegin(); frame != frames.rend(); ++frame)
    if (const auto found = frame->entries.find(wanted); found != frame->entries.end()) return found->second;
  return "";
}

YamlPlace place_in_yaml(std::string_view text, std::size_t cursor) {
  return Reader(text, std::min(cursor, text.size())).read();
}

}  // namespace parley::lsp
