// Direct Line while a service is asked, against the real server: what is sent meanwhile waits for the call's
// end, is answered in order, and once, however often it is sent.
#include <csignal>
#include <curl/curl.h>
#include <doctest/doctest.h>
#include <future>
#include <nlohmann/json.hpp>

#include "tests/fault/counter_bot.h"
#include "tests/support/scripted_server.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

namespace {

using namespace parley::test;
using Json = nlohmann::json;
namespace fs = std::filesystem;

struct Answer {
  long status = 0;
  Json body;
};

std::size_t take(const char* bytes, std::size_t size, std::size_t count, void* into) {
  static_cast<std::string*>(into)->append(bytes, size * count);
  return size * count;
}

/// A GET, or a POST of `body`.
Answer request(const std::string& url, const std::string& token, const Json& body = nullptr) {
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

}  // namespace

TEST_CASE("what is posted while a service is asked is answered after it, in order and once") {
  int requests = 0;
  ScriptedServer counter([&requests](const SeenRequest&) {
    ScriptedAnswer said = answer(200, "{\"value\": " + std::to_string(++requests) + "}");
    said.hold = requests == 1;
    return said;
  });
  const TempFolder folder;
  ServerProcess server(PARLEY_BINARY, write_counter_bot(folder, counter.origin(), "http://here.example"));
  const DirectLine client(server.port());
  REQUIRE(client.say("m1", "count one up").status == 200);
  REQUIRE(counter.wait_for(1).size() == 1);

  const auto second = [&client] { return client.say("m2", "count one up"); };
  auto sent = std::async(std::launch::async, second);
  auto sent_again = std::async(std::launch::async, second);
  CHECK(client.texts().back() == "count one up");  // reading does not wait
  counter.release();
  const Answer first_receipt = sent.get(), second_receipt = sent_again.get();
  CHECK(first_receipt.status == 200);
  CHECK(second_receipt.body == first_receipt.body);

  REQUIRE(client.say("m3", "count one up").status == 200);
  REQUIRE(counter.wait_for(3).size() == 3);
  REQUIRE(client.say("m4", "thanks").status == 200);  // waits for the third answer
  std::vector<std::string> texts = client.texts();
  texts.resize(std::min<std::size_t>(texts.size(), 7));
  const std::vector<std::string> expected{"count one up", "The counter stands at 1.",
                                          "count one up", "The counter stands at 2.",
                                          "count one up", "The counter stands at 3."};
  REQUIRE(texts.size() == 7);
  CHECK(std::vector<std::string>(texts.begin() + 1, texts.end()) == expected);  // behind the greeting
  CHECK(server.end(SIGTERM) == 0);
}
