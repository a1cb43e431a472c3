// Texts that are longer than a channel takes: it would cut them off, or refuse them.
//
// Limits by the channel's name, as the makers of these channels publish them, and one for all others. A flow
// without `channels` is held to the one for all. Only what surely is said counts: the text outside its
// {arguments}. Code: text-too-long. One thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace parley::conversations {

/// Of any channel: more than a window of a chat shows at once.
inline constexpr std::size_t kReplyMaxChars = 4'000;
/// Of a button's title on any channel.
inline constexpr std::size_t kButtonMaxChars = 80;

struct TooLong {
  std::size_t chars = 0, most = 0;
  std::string channel;  // "" for any
};

/// Whether `text` is too long for one of `channels` (none: for any channel).
std::optional<TooLong> too_long(const std::string& text, bool button,
                                const std::vector<std::string>& channels);

}  // namespace parley::conversations
