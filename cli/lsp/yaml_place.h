// Where in a YAML file the cursor stands, while the file is being typed and is perhaps no YAML at all.
//
//   steps:
//     - call: hr.leave_balance
//       with: {employee: us|          frames: {steps} [] {call, with} {employee};  value `us`
//
// Lines and columns are enough to know the way to a place, so this reads from the document's begin to the
// cursor and never fails; what stands behind the cursor is looked at only for the other keys of the maps
// around it. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace parley::lsp {

/// A map or a list around the place.
struct YamlFrame {
  bool list = false;
  bool flow = false;  // in braces or brackets
  std::size_t indent = 0;
  std::string key = "";                             // of a map: the one whose value holds the place
  std::map<std::string, std::string> entries = {};  // of a map: its keys, with what stands behind them

  std::string value_of(const std::string& wanted) const {
    const auto found = entries.find(wanted);
    return found == entries.end() ? "" : found->second;
  }
};

struct YamlPlace {
  std::vector<YamlFrame> frames;  // the outermost first
  bool key = false;               // a key may be typed here: of the last frame where that is a map
  bool new_map = false;           // ... or, rather, the first key of a map in the last frame
  bool value = false;             // a text may be typed here: the value of the last frame's key, or an item
  std::string written;            // of the key or value, up to the cursor
  char quote = '\0';              // that the value began with

  /// The value of `key` in the innermost map that has one; "" when none does.
  std::string beside(const std::string& key) const;
};

YamlPlace place_in_yaml(std::string_view text, std::size_t cursor);

}  // namespace parley::lsp
