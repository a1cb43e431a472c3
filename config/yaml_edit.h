// Changing YAML files as an author would by hand: a text is replaced or written so that it reads back as it
// is, and nothing else in the file changes. Comments, order, quotes and line ends stay.
//
// A changed file is read back and compared before it is given: a layout that this does not understand is
// refused, never damaged. Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/yaml.h"

namespace parley::config {

/// A scalar that reads back as `text`: plain where that is safe, else in double quotes.
std::string yaml_scalar(const std::string& text);
/// The same between brackets, where less may stand without quotes.
std::string yaml_bracket_scalar(const std::string& text);
std::string yaml_quoted(const std::string& text);

/// The byte of the quote that closes the one at `begin`, or the text's end.
std::size_t closing_quote(std::string_view text, std::size_t begin);

struct ScalarChange {
  Position at;  // of the scalar
  std::string text;
};

/// The file with other texts at these scalars, each in the quotes it had. Nullopt: one of them is not there,
/// or is written in a way that this does not understand (behind a tag or an anchor).
std::optional<std::string> replace_scalars(const YamlFile& file, const std::vector<ScalarChange>& changes);

}  // namespace parley::config
