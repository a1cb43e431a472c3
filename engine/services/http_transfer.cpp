#include "engine/services/http_transfer.h"

#include <sys/socket.h>
#include <utility>

#include "engine/limits.h"
#include "engine/services/http_address.h"

namespace parley {

void prepare_http() {
  static const CURLcode kPrepared = curl_global_init(CURL_GLOBAL_DEFAULT);
  PARLEY_CHECK(kPrepared == CURLE_OK);
}

HttpTransfer::HttpTransfer(const HttpSource& source, ServiceRequest request)
    : source_(source), request_(std::move(request)), handle_(curl_easy_init()) {
  PARLEY_CHECK(handle_ != nullptr);
  set_request();
  set_network();
  set_safety();
  set_callbacks();
}

void HttpTransfer::set_request() {
  CURL* const handle = handle_.get();
  // "Expect:" stops libcurl from asking before a large body, which costs a second with a server that ignores
  // it.
  for (const std::string& header : request_.headers)
    headers_.reset(curl_slist_append(headers_.release(), header.c_str()));
  headers_.reset(curl_slist_append(headers_.release(), "Expect:"));
  if (!request_.body) headers_.reset(curl_slist_append(headers_.release(), "Content-Type:"));
  curl_easy_setopt(handle, CURLOPT_URL, request_.url.c_str());
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers_.get());
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "parley");
  if (request_.body) {
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body->size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request_.body->c_str());
  } else if (request_.method == "POST" || request_.method == "PUT" || request_.method == "PATCH") {
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(0));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, "");
  }
  curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
}

void HttpTransfer::set_network() {
  CURL* const handle = handle_.get();
  curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  // A name that does not resolve must not hold up the thread when its call is given up.
  curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(handle, CURLOPT_PROXY, source_.proxy.c_str());  // "" also means: none of the environment
  curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
}

void HttpTransfer::set_safety() {
  CURL* const handle = handle_.get();
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (source_.ca_file.empty()) return;
  curl_easy_setopt(handle, CURLOPT_CAINFO, source_.ca_file.c_str());
  curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
}

void HttpTransfer::set_callbacks() {
  CURL* const handle = handle_.get();
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
  if (!source_.proxy.empty())
    return;  // the proxy's address is as the author wrote it, and it resolves the rest
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, before_request);
  curl_easy_setopt(handle, CURLOPT_PREREQDATA, this);
}

std::size_t HttpTransfer::take_body(char* data, std::size_t, std::size_t count, void* self) {
  auto& transfer = *static_cast<HttpTransfer*>(self);
  transfer.too_large_ |= transfer.body_.size() + count > limits::kServiceReplyMaxBytes;
  if (transfer.too_large_) return 0;
  transfer.body_.append(data, count);
  return count;
}

std::size_t HttpTransfer::take_header(char*, std::size_t, std::size_t count, void* self) {
  auto& transfer = *static_cast<HttpTransfer*>(self);
  transfer.header_bytes_ += count;
  transfer.too_large_ |= transfer.header_bytes_ > limits::kServiceHeaderMaxBytes;
  return transfer.too_large_ ? 0 : count;
}

bool HttpTransfer::may_use(const std::string& address) {
  if (may_connect(address, source_.private_networks)) return true;
  refused_address_ = address;
  return false;
}

curl_socket_t HttpTransfer::open_socket(void* self, curlsocktype, curl_sockaddr* address) {
  if (!static_cast<HttpTransfer*>(self)->may_use(address_text(&address->addr))) return CURL_SOCKET_BAD;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

int HttpTransfer::before_request(void* self, char* address, char*, int, int) {
  return static_cast<HttpTransfer*>(self)->may_use(address) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

ServiceReply HttpTransfer::reply(CURLcode ended) {
  ServiceReply reply;
  reply.trouble = trouble_of(ended);
  if (reply.trouble != ServiceReply::Trouble::kNone) {
    reply.reason = reason_of(ended);
    return reply;
  }
  long status = 0;
  curl_off_t retry_after = 0;
  char* redirect = nullptr;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(handle_.get(), CURLINFO_RETRY_AFTER, &retry_after);
  curl_easy_getinfo(handle_.get(), CURLINFO_REDIRECT_URL, &redirect);
  reply.status = static_cast<int>(status);
  reply.body = std::move(body_);
  if (redirect != nullptr) reply.redirect = redirect;
  if (retry_after > 0) reply.retry_after = std::chrono::seconds(retry_after);
  return reply;
}

ServiceReply::Trouble HttpTransfer::trouble_of(CURLcode ended) const {
  using Trouble = ServiceReply::Trouble;
  if (ended == CURLE_OK) return Trouble::kNone;
  if (!refused_address_.empty()) return Trouble::kRefused;
  if (too_large_) return Trouble::kMalformed;
  switch (ended) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
      return Trouble::kConnection;
    case CURLE_PARTIAL_FILE:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return Trouble::kMalformed;
    default:
      return Trouble::kRefused;
  }
}

std::string HttpTransfer::reason_of(CURLcode ended) const {
  if (!refused_address_.empty())
    return "the address " + refused_address_ +
           " is not public, and the service's 'private' does not allow it";
  if (too_large_)
    return "the reply is over " + std::to_string(limits::kServiceReplyMaxBytes) +
           " bytes, or its headers over " + std::to_string(limits::kServiceHeaderMaxBytes);
  return curl_easy_strerror(ended);
}

}  // namespace parley
