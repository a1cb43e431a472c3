#include "connectors/frame_meter.h"

#include <algorithm>

namespace parley::connectors {
namespace {

constexpr unsigned char kFinal = 0x80, kMasked = 0x80, kLengthBits = 0x7F, kControl = 0x08;
constexpr std::size_t kMaskBytes = 4;

std::size_t length_bytes(unsigned char second) {
  const int length = second & kLengthBits;
  return length == 126 ? 2 : length == 127 ? 8 : 0;
}

}  // namespace

void FrameMeter::feed(std::string_view bytes) {
  while (!bytes.empty()) {
    if (!in_payload_) {
      take_header_byte(static_cast<unsigned char>(bytes.front()));
      bytes.remove_prefix(1);
      continue;
    }
    const auto some = static_cast<std::size_t>(std::min<std::uint64_t>(payload_left_, bytes.size()));
    bytes.remove_prefix(some);
    payload_left_ -= some;
    if (payload_left_ == 0) end_frame();
  }
}

void FrameMeter::take_header_byte(unsigned char byte) {
  header_[header_size_++] = byte;
  if (header_size_ == 2) header_wanted_ = 2 + length_bytes(byte) + ((byte & kMasked) != 0 ? kMaskBytes : 0);
  if (header_size_ == header_wanted_) begin_payload();
}

void FrameMeter::begin_payload() {
  const std::size_t extended = length_bytes(header_[1]);
  payload_left_ = extended == 0 ? header_[1] & kLengthBits : 0;
  for (std::size_t i = 0; i < extended; ++i)
    payload_left_ = (payload_left_ << 8) | header_[2 + i];
  if ((header_[0] & kControl) != 0) {
    ++control_frames_;
  } else {
    in_message_ = true;
    ++frames_of_message_;
  }
  in_payload_ = true;
  if (payload_left_ == 0) end_frame();
}

void FrameMeter::end_frame() {
  const bool ends_message = (header_[0] & kControl) == 0 && (header_[0] & kFinal) != 0;
  if (ends_message) {
    in_message_ = false;
    frames_of_message_ = 0;
  }
  header_size_ = 0;
  header_wanted_ = 2;
  in_payload_ = false;
}

}  // namespace parley::connectors
