// An HTTP server on loopback that does as a script says, and remembers what it was asked: for clients that
// must survive a server that stalls, fails or lies. It sends its answers byte for byte, so it can break every
// rule.
//
// A thread for each connection; the script is called on those, one call at a time. The destructor cuts all
// connections.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace parley::test {

struct SeenRequest {
  std::string method, target, body;
  std::map<std::string, std::string> headers;  // names in lower case
};

struct ScriptedAnswer {
  std::string bytes;  // status line, headers, body: as they go out
  bool hold = false;  // wait for release() before sending
  bool close = false;
};

/// A whole answer with a JSON (or other) body.
ScriptedAnswer answer(int status, const std::string& body, const std::string& more_headers = "");

class ScriptedServer {
 public:
  using Script = std::function<ScriptedAnswer(const SeenRequest&)>;

  /// With a certificate (PEM files) it speaks TLS. Port 0: any free one.
  explicit ScriptedServer(Script script, const std::filesystem::path& certificate = {},
                          const std::filesystem::path& key = {});
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  std::uint16_t port() const { return port_; }
  /// "http://127.0.0.1:4711"
  std::string origin() const;
  std::vector<SeenRequest> seen() const;
  /// Once there are `count`, or patience is over.
  std::vector<SeenRequest> wait_for(std::size_t count) const;
  std::size_t connections() const;
  /// Lets go of all answers that are held, now and later.
  void release();

 private:
  class Wire;
  void accept_all();
  void serve(int socket);
  bool serve_one(Wire& wire);

  const Script script_;
  std::shared_ptr<void> tls_;
  int listener_ = -1;
  std::uint16_t port_ = 0;

  mutable std::mutex mutex_;  // guards the rest
  mutable std::condition_variable changed_;
  std::vector<SeenRequest> seen_;
  std::list<int> sockets_;
  std::size_t connections_ = 0;
  bool released_ = false;
  bool stopping_ = false;
  std::list<std::thread> threads_;
  std::thread acceptor_;
};

/// A certificate for `names` that signs itself, with its key: two PEM files in `folder`.
struct TestCertificate {
  std::filesystem::path certificate, key;
};
TestCertificate make_certificate(const std::filesystem::path& folder,
                                 const std::string& names = "IP:127.0.0.1,DNS:localhost");

}  // namespace parley::test
