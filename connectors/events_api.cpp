#include "connectors/events_api.h"

#include <algorithm>
#include <array>
#include <openssl/crypto.h>
#include <openssl/sha.h>

#include "connectors/log.h"
#include "connectors/refusal.h"
#include "engine/bounded_json.h"
#include "engine/engine.h"

namespace parley::connectors {
namespace {

constexpr std::array<std::string_view, 6> kFields{"id", "name", "value", "conversation", "person", "channel"};

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

Digest digest_of(std::string_view text) {
  Digest digest{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return digest;
}

/// Digests are of one length, so that not even the secret's length shows in the time this takes.
bool same_secret(std::string_view shown, std::string_view secret) {
  const Digest left = digest_of(shown), right = digest_of(secret);
  return CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string text_of(const Json& body, const char* name) {
  const auto found = body.find(name);
  return found != body.end() && found->is_string() ? found->get<std::string>() : "";
}

/// What is wrong with the fields, apart from their sizes; "" for nothing.
std::string fault_of(const Json& body) {
  if (!body.is_object()) return "the body is not a JSON object";
  for (const auto& [name, value] : body.items()) {
    if (std::find(kFields.begin(), kFields.end(), name) == kFields.end())
      return "'" + name.substr(0, 40) + "' is not a field of an event";
    if (name != "value" && (!value.is_string() || value == "")) return "'" + name + "' is not a text";
  }
  for (const char* needed : {"id", "name"})
    if (!body.contains(needed)) return std::string("'") + needed + "' is missing";
  const bool to_person = body.contains("person") && body.contains("channel");
  const bool to_nobody = !body.contains("conversation") && !to_person;
  const bool to_both = body.contains("conversation") && (body.contains("person") || body.contains("channel"));
  return to_nobody || to_both ? "say for whom: 'conversation', or 'person' and 'channel'" : "";
}

OutsideEvent event_of(const Json& body) {
  return {text_of(body, "id"),           text_of(body, "name"),    body.value("value", Json()),
          text_of(body, "conversation"), text_of(body, "channel"), text_of(body, "person")};
}

HttpResponse answer_of(const Delivered& delivered) {
  Json list = Json::array();
  for (const EventReceipt& receipt : delivered.receipts)
    list.push_back(
        {{"conversation", receipt.conversation_id}, {"id", receipt.event_id}, {"repeat", receipt.repeat}});
  return {200, Json{{"delivered", std::move(list)}}.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

const char* result_of(const Result<Delivered>& delivered) {
  if (!delivered) return "failed";
  if (delivered->receipts.empty()) return "unwanted";
  const bool all_repeats = std::all_of(delivered->receipts.begin(), delivered->receipts.end(),
                                       [](const EventReceipt& receipt) { return receipt.repeat; });
  return all_repeats ? "repeat" : "delivered";
}

}  // namespace

void post_event(const std::shared_ptr<ServerContext>& context, const HttpRequest& request, Respond respond) {
  const auto refuse = [&](const Refusal& refusal) {
    context->metrics.event("refused");
    log_info("event_refused", {{"code", refusal.code}, {"address", request.address}});
    respond(to_response(refusal));
  };
  if (context->settings.events_secret.empty())
    return refuse(not_found("no events are taken here: see events in the settings"));
  if (request.method != "POST") return refuse({405, "MethodNotAllowed", "events are sent with POST"});
  if (request.bearer().empty()) return refuse(missing_token());
  if (!same_secret(request.bearer(), context->settings.events_secret))
    return refuse(invalid_token("this is not the secret for events"));
  if (!context->ready()) return refuse(unavailable());
  const auto body =
      parse_bounded_json(request.body, {context->limits.message_max_bytes, context->limits.json_max_depth});
  if (!body) return refuse(refusal_of(body.error()));
  if (const std::string fault = fault_of(*body); !fault.empty()) return refuse(bad_argument(fault));
  context->engine.notify(event_of(*body), [context,
                                           respond = std::move(respond)](Result<Delivered> delivered) {
    context->metrics.event(result_of(delivered));
    if (delivered) return respond(answer_of(*delivered));
    const Error& error = delivered.error();
    log_info("event_failed", {{"why", error.message}});
    respond(to_response(error.code == ErrorCode::kNotFound ? not_found(error.message) : refusal_of(error)));
  });
}

}  // namespace parley::connectors
