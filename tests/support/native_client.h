// A blocking client of the native socket (docs/protocol.md) that survives its server: it reconnects with what
// it has seen and sends again, with the same ids, what was not acknowledged. It remembers everything, for a
// checker to compare with the ledger.
//
// One thread. Functions give false when the connection ended; they throw std::runtime_error when the server
// breaks the protocol (a sequence that does not rise, an ack for what was never sent).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace parley::test {

struct SentMessage {
  std::string client_id, text;
  std::string activity_id;  // empty until acknowledged
  std::uint64_t sequence = 0;
};

class NativeClient {
 public:
  NativeClient(std::uint16_t port, std::string channel);
  ~NativeClient();
  NativeClient(const NativeClient&) = delete;
  NativeClient& operator=(const NativeClient&) = delete;

  /// The token of the company's login that the first hello shows; without it the client is a visitor.
  void show(std::string token) { token_ = std::move(token); }
  /// Connects, says hello with what is known, and sends again what was not acknowledged.
  bool connect();
  /// Ends the connection without a word, as a lost network does.
  void drop();
  bool connected() const { return connection_ != nullptr; }

  bool send(const std::string& client_id, const std::string& text);
  /// Sends a message that was sent before, whether acknowledged or not.
  bool send_again(std::size_t index);
  /// Reads one frame.
  bool read();
  /// Reads until every message is acknowledged and has a reply.
  bool settle();

  /// The code of the last error that the server sent; empty: none came.
  const std::string& last_error() const { return last_error_; }
  const std::string& conversation() const { return conversation_; }
  const std::vector<SentMessage>& sent() const { return sent_; }
  /// All activities received, by sequence.
  const std::map<std::uint64_t, nlohmann::json>& received() const { return received_; }

 private:
  struct Connection;
  bool write(const nlohmann::json& frame);
  void take(const nlohmann::json& frame);
  void take_ack(const nlohmann::json& frame);
  void take_activity(const nlohmann::json& item);
  bool settled() const;

  std::uint16_t port_;
  std::string channel_, conversation_, token_, last_error_;
  std::uint64_t last_seen_ = 0;
  std::unique_ptr<Connection> connection_;
  std::vector<SentMessage> sent_;
  std::map<std::uint64_t, nlohmann::json> received_;
  std::map<std::string, int> replies_;  // by the id of the activity they answer
};

}  // namespace parley::test
