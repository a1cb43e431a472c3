#include "conversations/flows/text_lengths.h"

#include <array>
#include <string_view>

namespace parley::conversations {
namespace {

struct ChannelLimits {
  std::string_view channel;
  std::size_t reply, button;
};

// docs.slack.dev (chat.postMessage, button element), developers.facebook.com (Messenger text and quick
// replies, WhatsApp text and reply buttons), core.telegram.org (sendMessage), twilio.com/docs (Message Body).
constexpr std::array<ChannelLimits, 5> kLimits{{{"slack", 4'000, 75},
                                                {"messenger", 2'000, 20},
                                                {"whatsapp", 4'096, 20},
                                                {"telegram", 4'096, 64},
                                                {"sms", 1'600, 80}}};

/// Code points outside of {arguments}.
std::size_t literal_chars(const std::string& text) {
  std::size_t count = 0;
  int depth = 0;
  for (const char c : text) {
    if (c == '{') ++depth;
    if (depth == 0 && (static_cast<unsigned char>(c) & 0xC0) != 0x80) ++count;
    if (c == '}' && depth > 0) --depth;
  }
  return count;
}

}  // namespace

std::optional<TooLong> too_long(const std::string& text, bool button,
                                const std::vector<std::string>& channels) {
  const std::size_t chars = literal_chars(text);
  const std::size_t most = button ? kButtonMaxChars : kReplyMaxChars;
  for (const std::string& channel : channels)
    for (const ChannelLimits& limits : kLimits)
      if (limits.channel == channel && chars > (button ? limits.button : limits.reply))
        return TooLong{chars, button ? limits.button : limits.reply, channel};
  if (chars > most) return TooLong{chars, most, ""};
  return std::nullopt;
}

}  // namespace parley::conversations
