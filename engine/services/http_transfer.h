// One request on its way through libcurl: the options that make it safe, and what came back.
//
// The server's certificate and name are checked (TLS 1.2 or newer). Proxies of the environment, .netrc,
// cookies and libcurl's own redirects are off. The address is looked at twice: before a socket is made for
// it, whatever a name resolved to, and before the request leaves on a connection, which may have been made
// for another service. So neither a name that changes its address nor a shared connection leads into a
// private network. Bytes of headers and body are counted as they come.
//
// Thread rule: one thread, that of the multi handle it is added to. Lifetime: `source` outlives it.
#pragma once

#include <curl/curl.h>
#include <memory>
#include <string>

#include "engine/services/http_request.h"

namespace parley {

/// Before the first transfer. Any thread, any number of times.
void prepare_http();

class HttpTransfer {
 public:
  HttpTransfer(const HttpSource& source, ServiceRequest request);
  HttpTransfer(const HttpTransfer&) = delete;
  HttpTransfer& operator=(const HttpTransfer&) = delete;

  CURL* handle() const { return handle_.get(); }
  /// Once libcurl has said how it ended.
  ServiceReply reply(CURLcode ended);

 private:
  struct FreeHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  void set_request();
  void set_network();
  void set_safety();
  void set_callbacks();
  ServiceReply::Trouble trouble_of(CURLcode ended) const;
  std::string reason_of(CURLcode ended) const;
  bool may_use(const std::string& address);

  static std::size_t take_body(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t take_header(char* data, std::size_t size, std::size_t count, void* self);
  static curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
  static int before_request(void* self, char* address, char*, int, int);

  const HttpSource& source_;
  const ServiceRequest request_;
  std::unique_ptr<CURL, FreeHandle> handle_;
  std::unique_ptr<curl_slist, FreeList> headers_;
  std::string body_;
  std::size_t header_bytes_ = 0;
  bool too_large_ = false;
  std::string refused_address_;
};

}  // namespace parley
