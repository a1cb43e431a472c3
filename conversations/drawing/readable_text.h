// A message as people who know no MessageFormat read it, in pictures and pages.
//
//   "You have {balance.days, plural, one {# day} other {# days}} left until {end, date, full}."
//   "You have ‹balance.days› days left until ‹end›."
//
// Of a plural the `other` form stands for all; of a select all forms are shown, "approved / waiting". Pure
// functions; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parley::conversations {

std::string readable_text(std::string_view message);

/// At most `most` code points, white space as single spaces; what is cut off becomes "…".
std::string shortened(std::string_view text, std::size_t most);

}  // namespace parley::conversations
