// How many edits lie between two words: a byte put in, left out or changed, or two neighbours swapped, as
// people do when they type (optimal string alignment: Oommen and Loke 1997). Costs the product of the
// lengths. Pure function; any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace parley::config {

std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace parley::config
