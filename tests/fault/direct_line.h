// A client of Direct Line's HTTP part on the channel `webchat`, as a web page's. One thread; REQUIREs.
#pragma once

#include <curl/curl.h>
#include <doctest/doctest.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace parley::test {

using Json = nlohmann::json;

struct Answer {
  long status = 0;
  Json body;
};

inline std::size_t take(const char* bytes, std::size_t size, std::size_t count, void* into) {
  static_cast<std::string*>(into)->append(bytes, size * count);
  return size * count;
}

/// A GET, or a POST of `body`.
inline Answer request(const std::string& url, const std::string& token, const Json& body = nullptr) {
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(
      curl_slist_append(curl_slist_append(nullptr, "Content-Type: application/json"),
                        ("Authorization: Bearer " + token).c_str()),
      curl_slist_free_all);
  std::string received, sent = body.dump();
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &received);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  if (!body.is_null()) curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, sent.c_str());
  Answer answer;
  if (curl_easy_perform(curl.get()) == CURLE_OK)
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer.status);
  answer.body = Json::parse(received, nullptr, false);
  return answer;
}

class DirectLine {
 public:
  explicit DirectLine(std::uint16_t port)
      : base_("http://127.0.0.1:" + std::to_string(port) + "/webchat/v3/directline/") {
    const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
    const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(
        curl_slist_append(nullptr, "Origin: http://here.example"), curl_slist_free_all);
    std::string received;
    curl_easy_setopt(curl.get(), CURLOPT_URL, (base_ + "tokens/generate").c_str());
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, "");
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &received);
    REQUIRE(curl_easy_perform(curl.get()) == CURLE_OK);
    const Json generated = Json::parse(received);
    token_ = generated.at("token");
    REQUIRE(request(base_ + "conversations", token_, Json::object()).status < 300);
    activities_ =
        base_ + "conversations/" + generated.at("conversationId").get<std::string>() + "/activities";
  }

  Answer say(const std::string& id, const std::string& text) const {
    return request(activities_, token_,
                   {{"type", "message"}, {"text", text}, {"channelData", {{"clientActivityID", id}}}});
  }
  std::vector<std::string> texts() const {
    std::vector<std::string> texts;
    const Answer read = request(activities_, token_);
    for (const Json& activity : read.body.at("activities"))
      texts.push_back(activity.value("text", ""));
    return texts;
  }

 private:
  std::string base_, token_, activities_;
};

}  // namespace parley::test
