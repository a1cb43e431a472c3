// CEL's string extension: charAt, indexOf, lastIndexOf, join, lowerAscii, upperAscii, replace, split,
// substring, trim, reverse, strings.quote and format.
//
// Places count code points from 0. Where nothing is searched for ("" in indexOf, replace, split) the answers
// are those of Go's strings package, which CEL follows: an empty text is found at every place, and splits
// into code points.
#include <algorithm>
#include <limits>
#include <unicode/uchar.h>

#include "conversations/cel/functions.h"
#include "conversations/cel/unicode.h"

namespace parley::cel {
namespace {

using std::int64_t;

Value index_error(int64_t index) {
  return Value::error("index out of range: " + std::to_string(index));
}

bool charged(Arguments a, CallContext& context) {
  std::size_t steps = 0;
  for (const Value& argument : a)
    steps += argument.weight();
  return context.budget.charge(steps);
}

// Searching may compare all of the part at every place of the text.
bool charged_search(Arguments a, CallContext& context) {
  return context.budget.charge(a[0].weight() * a[1].weight()) && charged(a, context);
}

Value char_at(Arguments a, CallContext& context) {
  if (!charged(a, context)) return over_budget();
  const std::u32string text = decode_utf8(a[0].as_text());
  const int64_t index = a[1].as_int();
  if (index < 0 || index > static_cast<int64_t>(text.size())) return index_error(index);
  return Value::text(encode_utf8(text.substr(static_cast<std::size_t>(index), 1)));
}

int64_t place(std::size_t found) {
  return found == std::u32string::npos ? -1 : static_cast<int64_t>(found);
}

Value index_of(Arguments a, CallContext& context) {
  if (!charged_search(a, context)) return over_budget();
  const std::u32string text = decode_utf8(a[0].as_text()), part = decode_utf8(a[1].as_text());
  const int64_t from = a.size() > 2 ? a[2].as_int() : 0;
  if (from < 0 || from > static_cast<int64_t>(text.size())) return index_error(from);
  return Value::integer(place(text.find(part, static_cast<std::size_t>(from))));
}

Value last_index_of(Arguments a, CallContext& context) {
  if (!charged_search(a, context)) return over_budget();
  const std::u32string text = decode_utf8(a[0].as_text()), part = decode_utf8(a[1].as_text());
  const int64_t from = a.size() > 2 ? a[2].as_int() : static_cast<int64_t>(text.size());
  if (from < 0 || from > static_cast<int64_t>(text.size())) return index_error(from);
  return Value::integer(place(text.rfind(part, static_cast<std::size_t>(from))));
}

Value substring(Arguments a, CallContext& context) {
  if (!charged(a, context)) return over_budget();
  const std::u32string text = decode_utf8(a[0].as_text());
  const int64_t size = static_cast<int64_t>(text.size());
  const int64_t start = a[1].as_int(), end = a.size() > 2 ? a[2].as_int() : size;
  if (start < 0 || start > size) return index_error(start);
  if (end < 0 || end > size) return index_error(end);
  if (start > end)
    return Value::error("invalid substring range. start: " + std::to_string(start) +
                        ", end: " + std::to_string(end));
  return Value::text(
      encode_utf8(text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start))));
}

Value join(Arguments a, CallContext& context) {
  const std::string separator = a.size() > 1 ? a[1].as_text() : "";
  const std::size_t separators = a[0].as_list().size() * (a.size() > 1 ? a[1].weight() : 0);
  if (!context.budget.charge(a[0].weight() + separators)) return over_budget();
  std::string text;
  for (const Value& item : a[0].as_list()) {
    if (!item.is(Kind::kString)) return no_such_overload("join", false, {&item, 1});
    if (&item != &a[0].as_list().front()) text += separator;
    text += item.as_text();
  }
  return Value::text(std::move(text));
}

template <char First, char Last, int Shift>
Value shift_ascii(Arguments a, CallContext& context) {
  if (!charged(a, context)) return over_budget();
  std::string text = a[0].as_text();
  for (char& c : text)
    if (c >= First && c <= Last) c = static_cast<char>(c + Shift);
  return Value::text(std::move(text));
}

std::size_t count_of(const std::string& text, const std::string& part) {
  if (part.empty()) return text.size() + 1;
  std::size_t count = 0;
  for (std::size_t found = text.find(part); found != std::string::npos;
       found = text.find(part, found + part.size()))
    ++count;
  return count;
}

// Where the pieces of a text are cut: behind each code point.
std::vector<std::string> code_points(const std::string& text) {
  std::vector<std::string> pieces;
  for (const char32_t code_point : decode_utf8(text))
    append_utf8(pieces.emplace_back(), code_point);
  return pieces;
}

// At most `limit` pieces; the last holds the rest.
std::vector<std::string> pieces_of(const std::string& text, const std::string& separator, std::size_t limit) {
  std::vector<std::string> pieces;
  if (separator.empty()) {
    pieces = code_points(text);
    for (; pieces.size() > limit; pieces.pop_back())
      pieces[pieces.size() - 2] += pieces.back();
    return pieces;
  }
  std::size_t start = 0;
  for (std::size_t end = text.find(separator); end != std::string::npos && pieces.size() + 1 < limit;
       end = text.find(separator, start)) {
    pieces.push_back(text.substr(start, end - start));
    start = end + separator.size();
  }
  pieces.push_back(text.substr(start));
  return pieces;
}

Value split(Arguments a, CallContext& context) {
  if (!charged_search(a, context)) return over_budget();
  const int64_t limit = a.size() > 2 ? a[2].as_int() : -1;
  if (limit == 0) return Value::list({});
  const std::size_t most =
      limit < 0 ? std::numeric_limits<std::size_t>::max() : static_cast<std::size_t>(limit);
  if (!context.budget.charge(count_of(a[0].as_text(), a[1].as_text()))) return over_budget();
  ListValue items;
  for (std::string& piece : pieces_of(a[0].as_text(), a[1].as_text(), most))
    items.push_back(Value::text(std::move(piece)));
  return Value::list(std::move(items));
}

// Between the code points of `text`, and before the first and behind the last, `limit` times from the front.
std::string interleave(const std::string& text, const std::string& between, std::size_t limit) {
  std::string result;
  for (const char32_t code_point : decode_utf8(text)) {
    if (limit > 0) result += between;
    if (limit > 0) --limit;
    append_utf8(result, code_point);
  }
  return limit > 0 ? result + between : result;
}

std::string replaced(const std::string& text, const std::string& from, const std::string& to,
                     std::size_t limit) {
  std::string result;
  std::size_t start = 0;
  for (std::size_t found = text.find(from); found != std::string::npos && limit > 0;
       found = text.find(from, start), --limit) {
    result.append(text, start, found - start).append(to);
    start = found + from.size();
  }
  return result.append(text, start);
}

Value replace(Arguments a, CallContext& context) {
  if (!charged_search(a, context)) return over_budget();
  const std::string &text = a[0].as_text(), &from = a[1].as_text(), &to = a[2].as_text();
  const int64_t limit = a.size() > 3 ? a[3].as_int() : -1;
  const std::size_t count = count_of(text, from);
  const std::size_t times = limit < 0 ? count : std::min(count, static_cast<std::size_t>(limit));
  if (!context.budget.charge(times * a[2].weight())) return over_budget();
  return Value::text(from.empty() ? interleave(text, to, times) : replaced(text, from, to, times));
}

Value trim(Arguments a, CallContext& context) {
  if (!charged(a, context)) return over_budget();
  const std::u32string text = decode_utf8(a[0].as_text());
  const auto is_space = [](char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0; };
  const auto first = std::find_if_not(text.begin(), text.end(), is_space);
  const auto last = std::find_if_not(text.rbegin(), std::make_reverse_iterator(first), is_space).base();
  return Value::text(encode_utf8(std::u32string(first, last)));
}

Value reverse(Arguments a, CallContext& context) {
  if (!charged(a, context)) return over_budget();
  std::u32string text = decode_utf8(a[0].as_text());
  std::reverse(text.begin(), text.end());
  return Value::text(encode_utf8(text));
}

Value quote(Arguments a, CallContext& context) {
  if (!charged(a, context)) return over_budget();
  static constexpr std::string_view kSpecial = "\a\b\f\n\r\t\v\\\"", kLetters = "abfnrtv\\\"";
  std::string text = "\"";
  for (const char c : encode_utf8(decode_utf8(a[0].as_text()))) {
    const std::size_t special = kSpecial.find(c);
    if (special == std::string_view::npos)
      text += c;
    else
      text.append(1, '\\').append(1, kLetters[special]);
  }
  return Value::text(text + "\"");
}

Value format(Arguments a, CallContext& context) {
  if (!charged(a, context)) return over_budget();
  return format_text(a[0].as_text(), a[1].as_list(), context.budget);
}

}  // namespace

void add_text_extension(FunctionTable& table) {
  const Type text = Kind::kString, i = Kind::kInt, texts = Type::list(text);
  table.add_receiver("charAt", {text, i}, text, char_at);
  table.add_receiver("indexOf", {text, text}, i, index_of);
  table.add_receiver("indexOf", {text, text, i}, i, index_of);
  table.add_receiver("lastIndexOf", {text, text}, i, last_index_of);
  table.add_receiver("lastIndexOf", {text, text, i}, i, last_index_of);
  table.add_receiver("join", {texts}, text, join);
  table.add_receiver("join", {texts, text}, text, join);
  table.add_receiver("lowerAscii", {text}, text, shift_ascii<'A', 'Z', 'a' - 'A'>);
  table.add_receiver("upperAscii", {text}, text, shift_ascii<'a', 'z', 'A' - 'a'>);
  table.add_receiver("replace", {text, text, text}, text, replace);
  table.add_receiver("replace", {text, text, text, i}, text, replace);
  table.add_receiver("split", {text, text}, texts, split);
  table.add_receiver("split", {text, text, i}, texts, split);
  table.add_receiver("substring", {text, i}, text, substring);
  table.add_receiver("substring", {text, i, i}, text, substring);
  table.add_receiver("trim", {text}, text, trim);
  table.add_receiver("reverse", {text}, text, reverse);
  table.add("strings.quote", {text}, text, quote);
  table.add_receiver("format", {text, Type::list(Kind::kDyn)}, text, format);
}

}  // namespace parley::cel
