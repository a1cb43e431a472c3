#include <doctest/doctest.h>
#include <future>
#include <sstream>

#include "cli/lsp/framing.h"
#include "cli/lsp/inbox.h"
#include "cli/lsp/message.h"

using namespace parley::lsp;
using parley::Json;

namespace {

std::string frame(const std::string& content) {
  return "Content-Length: " + std::to_string(content.size()) + "\r\n\r\n" + content;
}

Frame read(const std::string& bytes) {
  std::istringstream stream(bytes);
  return read_frame(stream);
}

RpcError problem_of(const std::string& content) {
  const ParsedMessage parsed = parse_message(content);
  REQUIRE(parsed.problem.has_value());
  return parsed.problem->code;
}

// Says when all of it has been read.
class AnnouncingBuffer final : public std::stringbuf {
 public:
  explicit AnnouncingBuffer(const std::string& text) : std::stringbuf(text) {}
  std::future<void> all_read() { return all_read_.get_future(); }

 protected:
  int_type underflow() override {
    const int_type next = std::stringbuf::underflow();
    if (next == traits_type::eof() && !announced_) all_read_.set_value();
    announced_ |= next == traits_type::eof();
    return next;
  }

 private:
  std::promise<void> all_read_;
  bool announced_ = false;
};

}  // namespace

TEST_CASE("a frame is its content, whatever other headers stand before it, and the next one follows") {
  std::istringstream stream("content-length:2\r\nContent-Type: x; charset=utf-8\r\n\r\n{}" + frame("[é]"));
  CHECK(read_frame(stream).content == "{}");
  CHECK(read_frame(stream).content == "[é]");
  CHECK(read_frame(stream).kind == Frame::Kind::kEnd);
}

TEST_CASE("what is written can be read") {
  std::stringstream stream;
  write_frame(stream, "{\"a\": \"€\"}");
  CHECK(read_frame(stream).content == "{\"a\": \"€\"}");
}

TEST_CASE("headers that tell no length are bad, and so is a stream that ends in a frame") {
  for (const char* bytes : {"Content-Length: x\r\n\r\n", "Content-Length: -1\r\n\r\n", "No-Length: 1\r\n\r\n",
                            "nonsense\r\n\r\n", "Content-Length: 5\r\n\r\n{}", "Content-Length: 5\r\n",
                            "Content-Length: 99999999999999999999999\r\n\r\n"})
    CHECK_MESSAGE(read(bytes).kind == Frame::Kind::kBadHeader, bytes);
  CHECK(read(std::string(kFrameHeaderMaxBytes + 1, 'a')).kind == Frame::Kind::kBadHeader);
}

TEST_CASE("a content above the bound is passed over, and what follows is read") {
  const std::string large(kFrameContentMaxBytes + 1, ' ');
  std::istringstream stream(frame(large) + frame("{}"));
  CHECK(read_frame(stream).kind == Frame::Kind::kTooLarge);
  CHECK(read_frame(stream).content == "{}");
}

TEST_CASE("a message is a request with an id, or a notification without one") {
  const auto request = parse_message(R"({"jsonrpc": "2.0", "id": 7, "method": "a", "params": {"b": 1}})");
  REQUIRE(request.message.has_value());
  CHECK(request.message->id == Json(7));
  CHECK(request.message->params["b"] == 1);
  const auto notification = parse_message(R"({"jsonrpc": "2.0", "method": "a"})");
  REQUIRE(notification.message.has_value());
  CHECK_FALSE(notification.message->id.has_value());
  CHECK(notification.message->params.is_object());
}

TEST_CASE("a message that is none is refused with the code that JSON-RPC has for it") {
  CHECK(problem_of("{") == RpcError::kParseError);
  CHECK(problem_of(std::string(kMessageMaxDepth + 1, '[') + std::string(kMessageMaxDepth + 1, ']')) ==
        RpcError::kParseError);
  CHECK(problem_of("[]") == RpcError::kInvalidRequest);
  CHECK(problem_of(R"({"id": 1, "method": "a"})") == RpcError::kInvalidRequest);
  CHECK(problem_of(R"({"jsonrpc": "2.0", "id": {}, "method": "a"})") == RpcError::kInvalidRequest);
  CHECK(problem_of(R"({"jsonrpc": "2.0", "id": 1, "method": 2})") == RpcError::kInvalidRequest);
  CHECK(problem_of(R"({"jsonrpc": "2.0", "id": 1, "method": "a", "params": 3})") ==
        RpcError::kInvalidRequest);
}

TEST_CASE("a request that is cancelled while it waits says so when its turn comes") {
  const std::string request = R"({"jsonrpc": "2.0", "id": 1, "method": "a"})";
  const std::string other = R"({"jsonrpc": "2.0", "id": 2, "method": "b"})";
  const std::string cancel = R"({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 1}})";
  AnnouncingBuffer buffer(frame(request) + frame(other) + frame(cancel));
  std::istream stream(&buffer);
  auto all_read = buffer.all_read();
  Inbox inbox(stream);
  all_read.wait();
  CHECK(inbox.next(std::chrono::minutes(1)).kind == Arrival::Kind::kCancelled);
  CHECK(inbox.next(std::chrono::minutes(1)).message.method == "b");
  CHECK(inbox.next(std::chrono::minutes(1)).kind == Arrival::Kind::kEnd);
  CHECK(inbox.next(std::chrono::milliseconds(1)).kind == Arrival::Kind::kNothing);
}

TEST_CASE("more messages than may wait arrive all the same, in order") {
  constexpr int kMessages = 2'500;
  std::string bytes;
  for (int i = 0; i < kMessages; ++i)
    bytes += frame(R"({"jsonrpc": "2.0", "method": ")" + std::to_string(i) + "\"}");
  std::istringstream stream(bytes);
  Inbox inbox(stream);
  for (int i = 0; i < kMessages; ++i)
    REQUIRE(inbox.next(std::chrono::minutes(1)).message.method == std::to_string(i));
  CHECK(inbox.next(std::chrono::minutes(1)).kind == Arrival::Kind::kEnd);
}
