// Reading goes twice over the cells: first the rows are cut and held against the header, then each column is
// looked at as a whole, since what kind it is depends on all of its values. A column that is mostly numbers
// but not quite is more likely a slip than a list of names, so the odd value is reported rather than the
// whole column quietly taken as texts.

#include "intents/tree/table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>

#include "config/text_file.h"
#include "intents/records.h"

namespace parley::intents {
namespace {

constexpr float kNotKnown = std::numeric_limits<float>::quiet_NaN();

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// A number that a float can hold.
std::optional<float> number_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (!(std::abs(value) <= std::numeric_limits<float>::max())) return std::nullopt;
  return static_cast<float>(value);
}

class TableReader {
 public:
  TableReader(std::string_view content, const std::string& shown_as, config::Findings& findings)
      : records_(content, separator_of(content)), shown_as_(shown_as), findings_(findings) {}

  std::optional<DecisionTable> read(const std::string& target) {
    if (!read_header() || !read_rows()) return std::nullopt;
    const std::optional<std::size_t> decided = column_named(target);
    if (!decided) return std::nullopt;
    DecisionTable table;
    for (std::size_t i = 0; i < header_.size(); ++i)
      if (i == *decided)
        take_decisions(i, table);
      else
        table.columns.push_back(column(i));
    if (table.columns.empty())
      report(header_.front(), "this table has one column: there is nothing to decide by",
             "write the facts in the columns before '" + header_.front().text + "'");
    if (reported_ > 0) return std::nullopt;
    return table;
  }

 private:
  bool read_header() {
    auto record = records_.next();
    while (record && record->empty())
      record = records_.next();
    if (!record) {
      report_file("this table is empty", "write a header line with the names of the columns");
      return false;
    }
    header_ = std::move(record->fields);
    if (header_.size() > kTableColumnsMax)
      report(header_[kTableColumnsMax],
             "a table has at most " + std::to_string(kTableColumnsMax) + " columns",
             "leave out what decides nothing");
    std::set<std::string_view> names;
    for (Field& field : header_) {
      field.text = trimmed(field.text);
      if (field.text.empty())
        report(field, "this column has no name", "write one into the first line");
      else if (!names.insert(field.text).second)
        report(field, "there is a column '" + field.text + "' already", "rename one of the two");
    }
    return reported_ == 0;
  }

  bool read_rows() {
    while (const auto record = records_.next()) {
      if (record->empty()) continue;
      const std::size_t count = record->fields.size();
      for (const Field& field : record->fields)
        if (field.odd_quote)
          report(field, "a quote opens this value, but none closes it", "write \" as \"\" inside quotes");
      if (rows_.size() == kTableRowsMax) {
        report(record->fields.front(), "a table has at most " + std::to_string(kTableRowsMax) + " rows",
               "take some out");
        return false;
      }
      if (count == header_.size())
        rows_.push_back(record->fields);
      else
        report(record->fields[std::min(count, header_.size() + 1) - 1],
               "this row has " + std::to_string(count) + (count == 1 ? " value" : " values") +
                   ", but there are " + std::to_string(header_.size()) + " columns",
               "leave a value that is not known empty; put quotes around one that holds a separator");
    }
    if (rows_.empty() && reported_ == 0)
      report(header_.front(), "this table has no row behind its header", "write one row for each case");
    return !rows_.empty();
  }

  std::optional<std::size_t> column_named(const std::string& name) {
    if (name.empty()) return header_.size() - 1;
    std::vector<std::string> names;
    for (const Field& field : header_)
      names.push_back(field.text);
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    report(header_.front(), "there is no column '" + name + "'", config::near_names_hint(name, names));
    return std::nullopt;
  }

  std::string_view cell(std::size_t row, std::size_t column) const {
    return trimmed(rows_[row][column].text);
  }

  /// The different values of a column that are known, sorted.
  std::vector<std::string> values_of(std::size_t column, std::size_t max) {
    std::set<std::string_view> values;
    for (std::size_t row = 0; row < rows_.size(); ++row)
      if (!cell(row, column).empty()) values.insert(cell(row, column));
    if (values.size() > max)
      report(header_[column],
             "'" + header_[column].text + "' has more than " + std::to_string(max) + " different values",
             "leave the column out, or write groups instead");
    return {values.begin(), values.end()};
  }

  void take_decisions(std::size_t column, DecisionTable& table) {
    table.target = header_[column].text;
    table.outcomes = values_of(column, kTableOutcomesMax);
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      const std::string_view value = cell(row, column);
      if (value.empty())
        report(rows_[row][column], "'" + table.target + "' is empty: what was decided here?",
               "write it, or take the row out");
      const auto place = std::lower_bound(table.outcomes.begin(), table.outcomes.end(), value);
      table.decisions.push_back(static_cast<std::uint32_t>(place - table.outcomes.begin()));
    }
  }

  DecisionTable::Column column(std::size_t index) {
    DecisionTable::Column column;
    column.feature.name = header_[index].text;
    column.feature.kind = kind_of(index);
    for (std::size_t row = 0; row < rows_.size(); ++row)
      column.feature.may_be_missing |= cell(row, index).empty();
    if (column.feature.kind == FeatureKind::kText)
      fill_texts(index, column);
    else
      fill_numbers(index, column);
    return column;
  }

  FeatureKind kind_of(std::size_t index) const {
    std::size_t known = 0, numbers = 0;
    std::set<std::string_view> words;  // no more than tell a flag
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      const std::string_view value = cell(row, index);
      if (value.empty()) continue;
      ++known;
      numbers += number_of(value).has_value() ? 1 : 0;
      if (words.size() < 3) words.insert(value);
    }
    const auto only = [&](std::string_view yes, std::string_view no) {
      return !words.empty() &&
             std::all_of(words.begin(), words.end(), [&](auto word) { return word == yes || word == no; });
    };
    if (only("yes", "no") || only("true", "false")) return FeatureKind::kFlag;
    return known == 0 || numbers * 2 > known ? FeatureKind::kNumber : FeatureKind::kText;
  }

  void fill_numbers(std::size_t index, DecisionTable::Column& column) {
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      const std::string_view value = cell(row, index);
      float number = kNotKnown;
      if (column.feature.kind == FeatureKind::kFlag) {
        if (!value.empty()) number = value == "yes" || value == "true" ? 1.0F : 0.0F;
      } else if (const auto read = number_of(value)) {
        number = *read;
      } else if (!value.empty()) {
        report(
            rows_[row][index],
            "'" + std::string(value) + "' is no number, as most values of '" + column.feature.name + "' are",
            "correct it or leave it empty; if these are names, begin each of them with a letter");
      }
      column.values.push_back(number);
    }
  }

  void fill_texts(std::size_t index, DecisionTable::Column& column) {
    const std::vector<std::string>& known = column.feature.categories = values_of(index, kTableCategoriesMax);
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      const std::string_view value = cell(row, index);
      const auto place = std::lower_bound(known.begin(), known.end(), value) - known.begin();
      column.values.push_back(value.empty() ? kNotKnown : static_cast<float>(place));
    }
  }

  void report(const Field& field, std::string message, std::string hint) {
    if (++reported_ > kTableFindingsMax) return;
    findings_.add({config::Severity::kError, "table", shown_as_, records_.position_of(field),
                   std::move(message), std::move(hint), std::string(records_.line_of(field))});
  }

  void report_file(std::string message, std::string hint) {
    ++reported_;
    findings_.add(
        {config::Severity::kError, "table", shown_as_, {}, std::move(message), std::move(hint), ""});
  }

  Records records_;
  const std::string& shown_as_;
  config::Findings& findings_;
  std::vector<Field> header_;
  std::vector<std::vector<Field>> rows_;
  std::size_t reported_ = 0;
};

}  // namespace

std::optional<DecisionTable> read_decision_table(const std::filesystem::path& path, const std::string& target,
                                                 config::Findings& findings, std::size_t bytes_max) {
  const auto content = config::read_text_file(path, path.string(), bytes_max, findings);
  return content ? read_decision_table(*content, path.string(), target, findings) : std::nullopt;
}

std::optional<DecisionTable> read_decision_table(std::string_view content, const std::string& shown_as,
                                                 const std::string& target, config::Findings& findings) {
  return TableReader(content, shown_as, findings).read(target);
}

}  // namespace parley::intents
