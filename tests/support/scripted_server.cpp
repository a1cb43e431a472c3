#include "tests/support/scripted_server.h"

#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <openssl/ssl.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace parley::test {
namespace {

constexpr std::chrono::seconds kPatience{60};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

SeenRequest parse_head(const std::string& head) {
  SeenRequest request;
  const std::size_t first_end = head.find("\r\n");
  const std::string first = head.substr(0, first_end);
  request.method = first.substr(0, first.find(' '));
  const std::size_t target = first.find(' ') + 1;
  request.target = first.substr(target, first.rfind(' ') - target);
  for (std::size_t at = first_end + 2; at < head.size();) {
    const std::size_t end = std::min(head.find("\r\n", at), head.size());
    const std::string line = head.substr(at, end - at);
    const std::size_t colon = line.find(':');
    if (colon != std::string::npos) {
      std::string& value = request.headers[lower(line.substr(0, colon))];
      value += (value.empty() ? "" : ", ") + line.substr(std::min(colon + 2, line.size()));
    }
    at = end + 2;
  }
  return request;
}

}  // namespace

// A socket, with TLS or without.
class ScriptedServer::Wire {
 public:
  Wire(int socket, SSL_CTX* tls) : socket_(socket) {
    if (tls == nullptr) return;
    ssl_.reset(SSL_new(tls), SSL_free);
    SSL_set_fd(ssl_.get(), socket);
    open_ = SSL_accept(ssl_.get()) == 1;
  }

  bool open() const { return open_; }

  bool read_more() {
    char buffer[16 * 1024];
    const auto got =
        ssl_ ? SSL_read(ssl_.get(), buffer, sizeof buffer) : recv(socket_, buffer, sizeof buffer, 0);
    if (got <= 0) return false;
    unread_.append(buffer, static_cast<std::size_t>(got));
    return true;
  }

  bool read_until(const std::string& mark, std::string& text) {
    while (unread_.find(mark) == std::string::npos)
      if (!read_more()) return false;
    text = unread_.substr(0, unread_.find(mark));
    unread_.erase(0, text.size() + mark.size());
    return true;
  }

  bool read_bytes(std::size_t count, std::string& text) {
    while (unread_.size() < count)
      if (!read_more()) return false;
    text = unread_.substr(0, count);
    unread_.erase(0, count);
    return true;
  }

  bool write(const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
      const std::size_t left = bytes.size() - sent;
      const auto now = ssl_ ? SSL_write(ssl_.get(), bytes.data() + sent, static_cast<int>(left))
                            : send(socket_, bytes.data() + sent, left, MSG_NOSIGNAL);
      if (now <= 0) return false;
      sent += static_cast<std::size_t>(now);
    }
    return true;
  }

 private:
  int socket_;
  std::shared_ptr<SSL> ssl_;
  bool open_ = true;
  std::string unread_;
};

ScriptedAnswer answer(int status, const std::string& body, const std::string& more_headers) {
  return {"HTTP/1.1 " + std::to_string(status) + " Status\r\nContent-Length: " + std::to_string(body.size()) +
          "\r\n" + more_headers + "\r\n" + body};
}

ScriptedServer::ScriptedServer(Script script, const std::filesystem::path& certificate,
                               const std::filesystem::path& key)
    : script_(std::move(script)) {
  if (!certificate.empty()) {
    SSL_CTX* const tls = SSL_CTX_new(TLS_server_method());
    tls_.reset(tls, [](void* context) { SSL_CTX_free(static_cast<SSL_CTX*>(context)); });
    if (SSL_CTX_use_certificate_file(tls, certificate.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_use_PrivateKey_file(tls, key.c_str(), SSL_FILETYPE_PEM) != 1)
      throw std::runtime_error("the certificate can't be used");
  }
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), length) != 0 || listen(listener_, 64) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) != 0)
    throw std::runtime_error("no socket to listen on");
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

ScriptedServer::~ScriptedServer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (const int each : sockets_)
      shutdown(each, SHUT_RDWR);
    changed_.notify_all();
  }
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  for (std::thread& thread : threads_)
    thread.join();
  for (const int each : sockets_)
    close(each);
  close(listener_);
}

std::string ScriptedServer::origin() const {
  return (tls_ ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port_);
}

std::vector<SeenRequest> ScriptedServer::seen() const {
  const std::lock_guard lock(mutex_);
  return seen_;
}

std::vector<SeenRequest> ScriptedServer::wait_for(std::size_t count) const {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, kPatience, [&] { return seen_.size() >= count; });
  return seen_;
}

std::size_t ScriptedServer::connections() const {
  const std::lock_guard lock(mutex_);
  return connections_;
}

void ScriptedServer::release() {
  const std::lock_guard lock(mutex_);
  released_ = true;
  changed_.notify_all();
}

void ScriptedServer::accept_all() {
  // TLS may write to a client that has gone; the threads made here inherit this.
  sigset_t broken;
  sigemptyset(&broken);
  sigaddset(&broken, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &broken, nullptr);
  for (;;) {
    const int accepted = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    const std::lock_guard lock(mutex_);
    if (accepted < 0 || stopping_) {
      if (accepted >= 0) close(accepted);
      return;
    }
    ++connections_;
    sockets_.push_back(accepted);
    threads_.emplace_back([this, accepted] { serve(accepted); });
  }
}

void ScriptedServer::serve(int socket) {
  Wire wire(socket, static_cast<SSL_CTX*>(tls_.get()));
  while (wire.open() && serve_one(wire)) {
  }
  shutdown(socket, SHUT_RDWR);
}

bool ScriptedServer::serve_one(Wire& wire) {
  std::string head;
  if (!wire.read_until("\r\n\r\n", head)) return false;
  SeenRequest request = parse_head(head);
  const auto length = request.headers.find("content-length");
  if (length != request.headers.end() && !wire.read_bytes(std::stoul(length->second), request.body))
    return false;
  std::unique_lock lock(mutex_);
  seen_.push_back(request);
  changed_.notify_all();
  const ScriptedAnswer said = script_(request);
  if (said.hold) changed_.wait(lock, [this] { return released_ || stopping_; });
  lock.unlock();
  return wire.write(said.bytes) && !said.close;
}

TestCertificate make_certificate(const std::filesystem::path& folder, const std::string& names) {
  const TestCertificate made{folder / "certificate.pem", folder / "key.pem"};
  const std::string command =
      "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
      " -addext subjectAltName=" +
      names + " -keyout '" + made.key.string() + "' -out '" + made.certificate.string() + "' 2>/dev/null";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl can't make a certificate");
  return made;
}

}  // namespace parley::test
