// The other end for tests of the connectors: plain HTTP requests, a WebSocket that shows frames and close
// codes, and a bare TCP connection for what no library would send. Everything blocks; a wait of kPatience
// fails the test.
//
// One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace parley::test {

using Headers = std::map<std::string, std::string>;

struct Reply {
  int status = 0;
  Headers headers;  // names in lower case
  std::string body;
  nlohmann::json json() const { return nlohmann::json::parse(body); }
  std::string code() const { return json()["error"]["code"]; }
  std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
  }
};

Reply request(std::uint16_t port, const std::string& method, const std::string& target,
              const std::string& body = "", const Headers& headers = {});
Reply get(std::uint16_t port, const std::string& target, const Headers& headers = {});
Reply post(std::uint16_t port, const std::string& target, const nlohmann::json& body,
           const Headers& headers = {});
Headers bearer(const std::string& token, Headers headers = {});

/// An employee's token; `claims` are added to (or put in place of) good ones. `now` in seconds.
std::string employee_token(const nlohmann::json& claims = nlohmann::json::object(),
                           const std::string& secret = "");

class WebSocketClient {
 public:
  /// `response` tells how a refused upgrade was answered.
  WebSocketClient(std::uint16_t port, const std::string& target, const Headers& headers = {});
  ~WebSocketClient();
  WebSocketClient(WebSocketClient&&) noexcept;

  bool is_open() const;
  int refused_status() const;  // 0: it was not refused
  std::string header(const std::string& name) const;

  void send(const nlohmann::json& frame);
  void send_text(const std::string& text);
  void send_binary(const std::string& bytes);
  void send_fragment(const std::string& text, bool last);
  void ping();
  /// The next message; an empty optional when the server closed.
  std::optional<std::string> read();
  nlohmann::json read_json();
  /// Reads on until the server closes; gives the close code (0: none came).
  int close_code();
  std::string close_reason() const;
  /// Ends the connection without a close frame.
  void drop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port, std::size_t receive_buffer_bytes = 0);
  ~RawClient();

  void send(const std::string& bytes);
  /// Reads until `needle` came; false when the connection ended first.
  bool read_until(const std::string& needle);
  /// Reads to the end of the connection.
  std::string read_all();
  const std::string& received() const;
  /// Upgrades `target` to a WebSocket; true on 101.
  bool upgrade(const std::string& target, const Headers& headers = {});
  /// The close code of the close frame at the end of what came, 0 without one.
  int close_code();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// One masked client frame. `opcode`: 1 text, 2 binary, 0 continuation, 8 close, 9 ping.
std::string client_frame(int opcode, const std::string& payload, bool last = true);

}  // namespace parley::test
