// Reads along with the bytes of a WebSocket's client and counts what the WebSocket library does not tell: how
// many frames the message under way has (empty ones too), whether one is under way at all, and how many
// control frames came.
//
// Only frame headers are looked at (RFC 6455, 5.2); payload is skipped. What it makes of broken frames does
// not matter: the library ends the connection at the first one.
//
// One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace parley::connectors {

class FrameMeter {
 public:
  void feed(std::string_view bytes);

  /// True from the first byte of a data message to its last.
  bool in_message() const { return in_message_; }
  std::size_t frames_of_message() const { return frames_of_message_; }
  std::size_t control_frames() const { return control_frames_; }  // since the beginning

 private:
  void take_header_byte(unsigned char byte);
  void begin_payload();
  void end_frame();

  unsigned char header_[14] = {};
  std::size_t header_size_ = 0;
  std::size_t header_wanted_ = 2;
  std::uint64_t payload_left_ = 0;
  bool in_payload_ = false;
  bool in_message_ = false;
  std::size_t frames_of_message_ = 0;
  std::size_t control_frames_ = 0;
};

}  // namespace parley::connectors
