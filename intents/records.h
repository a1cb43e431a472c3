// Tables as spreadsheets write them: RFC 4180 with a comma, semicolon or tab between fields. A field in
// quotes may hold separators, doubled quotes and line ends.
//
// A quote that nothing closes properly counts as a character of its field, which is what tab-separated files
// mean by it; Field::odd_quote tells those who want to refuse it.
//
// Thread rule: one thread. Lifetime: refers to the content it was made with.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/diagnostic.h"

namespace parley::intents {

struct Field {
  std::string text;
  int line = 0;                // from 1
  std::size_t line_begin = 0;  // bytes into the content
  std::size_t begin = 0;
  bool odd_quote = false;  // began with a quote that is not closed at its end
};

struct Record {
  int line = 0;
  std::vector<Field> fields;  // at least one

  /// A line without anything.
  bool empty() const { return fields.size() == 1 && fields.front().text.empty(); }
};

class Records {
 public:
  Records(std::string_view content, char separator) : content_(content), separator_(separator) {}

  /// Nullopt: that was all.
  std::optional<Record> next();

  /// Where a field begins.
  config::Position position_of(const Field& field) const;
  /// The whole line that a field begins in, without its end.
  std::string_view line_of(const Field& field) const;

 private:
  bool take(char c);
  Field field();
  bool quoted_field(std::string& text);
  void new_line();
  bool at_field_end() const;

  std::string_view content_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  int line_ = 1;
};

/// The separator that the first line of a table uses: a tab, else a semicolon, else a comma.
char separator_of(std::string_view content);

/// A longer field in quotes is one whose end was forgotten.
inline constexpr std::size_t kQuotedMaxBytes = 64'000;

}  // namespace parley::intents
