#include "connectors/direct_line.h"

#include <algorithm>
#include <charconv>

#include "connectors/inbound_activity.h"
#include "connectors/log.h"
#include "connectors/public_address.h"
#include "engine/bounded_json.h"

namespace parley::connectors {
namespace {

constexpr std::size_t kTrustedOriginsMax = 16;
constexpr std::size_t kLanguageMaxBytes = 64;

HttpResponse json_response(int status, const Json& body) {
  return {status, body.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

std::string text_of(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::optional<std::vector<std::string>> trusted_origins(const Json& body) {
  std::vector<std::string> origins;
  const auto found = body.find("trustedOrigins");
  if (found == body.end() || found->is_null()) return origins;
  if (!found->is_array() || found->size() > kTrustedOriginsMax) return std::nullopt;
  for (const Json& origin : *found) {
    if (!origin.is_string()) return std::nullopt;
    origins.push_back(origin.get<std::string>());
  }
  return origins;
}

std::string activity_set(const ActivitySet& set) {
  std::string text = R"({"activities":[)";
  for (const StoredActivity& activity : set.activities) {
    if (text.back() == '}') text += ',';
    text += activity.json;
  }
  return text + R"(],"watermark":")" + std::to_string(set.watermark) + "\"}";
}

}  // namespace

std::optional<Sequence> watermark_of(const HttpRequest& request) {
  const auto found = request.query.find("watermark");
  if (found == request.query.end() || found->second.empty()) return 0;
  Sequence after = 0;
  const char* end = found->second.data() + found->second.size();
  const auto [stop, error] = std::from_chars(found->second.data(), end, after);
  if (error != std::errc{} || stop != end || after > (Sequence{1} << 62)) return std::nullopt;
  return after;
}

struct DirectLine::Call {
  const Reception& reception;
  const char* name;
  HttpRequest request;
  Respond respond;

  void answer(int status, const Json& body) const { respond(json_response(status, body)); }
  void refuse(const Refusal& refusal) const {
    log_info("directline_refused", {{"channel", reception.channel()},
                                    {"code", refusal.code},
                                    {"call", name},
                                    {"address", request.address}});
    respond(to_response(refusal));
  }
  /// An error of the engine: the operator gets its sentence, the client what it can act on.
  void fail(const Error& error) const {
    if (error.code == ErrorCode::kUnavailable || error.code == ErrorCode::kInternal)
      log_warn("engine_failed", {{"call", name}, {"why", error.message}});
    refuse(refusal_of(error));
  }
  Credentials credentials() const { return {request.bearer(), "", request.header("origin")}; }
};

/// The calls there are. `*` stands for a conversation's id.
struct DirectLine::Route {
  const char* name;
  const char* method;
  std::vector<std::string_view> path;
  void (DirectLine::*run)(const CallPtr& call, const std::string& id) const;
};

const DirectLine::Route* DirectLine::find_route(const std::string& method,
                                                const std::vector<std::string>& path) {
  static const Route kRoutes[] = {
      {"post_activity", "POST", {"conversations", "*", "activities"}, &DirectLine::post_activity},
      {"read_activities", "GET", {"conversations", "*", "activities"}, &DirectLine::read_activities},
      {"start_conversation", "POST", {"conversations"}, &DirectLine::start_conversation},
      {"resume_conversation", "GET", {"conversations", "*"}, &DirectLine::resume_conversation},
      {"generate_token", "POST", {"tokens", "generate"}, &DirectLine::generate_token},
      {"refresh_token", "POST", {"tokens", "refresh"}, &DirectLine::refresh_token},
  };
  const auto same = [](std::string_view wanted, const std::string& given) {
    return wanted == "*" || wanted == given;
  };
  for (const Route& route : kRoutes)
    if (route.method == method &&
        std::equal(route.path.begin(), route.path.end(), path.begin(), path.end(), same))
      return &route;
  return nullptr;
}

void DirectLine::handle(const Reception& reception, const std::vector<std::string>& path, HttpRequest request,
                        Respond respond) const {
  const Route* route = find_route(request.method, path);
  const char* name = route == nullptr ? "unknown" : route->name;
  const CallPtr call = std::make_shared<Call>(Call{reception, name, std::move(request), std::move(respond)});
  if (route == nullptr) return call->refuse(not_found("no such call"));
  if (!context_->ready()) return call->refuse(unavailable());
  (this->*route->run)(call, path.size() > 1 ? path[1] : "");
}

std::optional<HttpResponse> DirectLine::refuse_early(const std::string& method,
                                                     const std::vector<std::string>& path) {
  const bool upload =
      method == "POST" && path.size() == 3 && path[0] == "conversations" && path[2] == "upload";
  if (!upload) return std::nullopt;
  return to_response({501, "UploadNotSupported", "files are not taken here: describe it in words"});
}

void DirectLine::generate_token(const CallPtr& call, const std::string&) const {
  if (const auto wait = context_->take_conversation(call->request.address))
    return call->refuse(too_many(*wait));
  const auto body = body_of(call);
  if (!body) return;
  const auto origins = trusted_origins(*body);
  if (!origins) return call->refuse(bad_argument("trustedOrigins is not a list of at most 16 texts"));
  const std::string wanted = text_of(*body, "conversationId"), visitor = text_of(*body, "visitor");
  if (!wanted.empty() && !is_conversation_id(wanted)) return call->refuse(conversation_denied());
  Credentials shown = call->credentials();
  shown.visitor = visitor;
  const auto admission = call->reception.begin(shown, wanted, *origins);
  if (const auto* refusal = std::get_if<Refusal>(&admission)) return call->refuse(*refusal);
  const Grant& grant = std::get<Grant>(admission);
  Json answer{{"conversationId", grant.conversation},
              {"token", call->reception.issue(grant)},
              {"expires_in", call->reception.time_left(grant).count()}};
  if (std::string proof = call->reception.visitor_proof(grant.person); !proof.empty())
    answer["visitor"] = proof;
  call->answer(200, answer);
}

void DirectLine::refresh_token(const CallPtr& call, const std::string&) const {
  const auto admission = call->reception.enter(call->credentials());
  if (const auto* refusal = std::get_if<Refusal>(&admission)) return call->refuse(*refusal);
  const Grant grant = call->reception.renewed(std::get<Grant>(admission));
  if (grant.conversation.empty())
    return call->refuse(invalid_token("only a token of this server can be refreshed"));
  if (const auto shut = call->reception.shut_for(grant.person)) return call->refuse(*shut);
  context_->streams.extend(grant.conversation, grant.person.id, grant.expires);
  call->answer(200, {{"conversationId", grant.conversation},
                     {"token", call->reception.issue(grant)},
                     {"expires_in", call->reception.time_left(grant).count()}});
}

void DirectLine::start_conversation(const CallPtr& call, const std::string&) const {
  if (const auto wait = context_->take_conversation(call->request.address))
    return call->refuse(too_many(*wait));
  const auto body = body_of(call);
  if (!body) return;
  auto admission = call->reception.enter(call->credentials());
  if (const auto* refusal = std::get_if<Refusal>(&admission)) return call->refuse(*refusal);
  Grant grant = std::get<Grant>(std::move(admission));
  const std::string wanted = text_of(*body, "conversationId");
  if (grant.conversation.empty()) grant.conversation = wanted.empty() ? new_conversation_id() : wanted;
  if (!is_conversation_id(grant.conversation) || (!wanted.empty() && wanted != grant.conversation))
    return call->refuse(conversation_denied());
  open(call, grant, text_of(*body, "locale").substr(0, kLanguageMaxBytes), 0);
}

void DirectLine::resume_conversation(const CallPtr& call, const std::string& id) const {
  const auto grant = authorise(call, id);
  if (!grant) return;
  const auto after = watermark_of(call->request);
  if (!after) return call->refuse(bad_argument("watermark is not one that was given here"));
  open(call, *grant, "", *after);
}

void DirectLine::open(const CallPtr& call, const Grant& granted, const std::string& language,
                      Sequence after) const {
  const Grant grant = call->reception.renewed(granted);
  if (const auto shut = call->reception.shut_for(grant.person)) return reopen(call, grant, after, *shut);
  context_->engine.open({grant.conversation, grant.channel, grant.person, language},
                        [this, call, grant, after](Result<Opened> opened) {
                          if (!opened) return call->fail(opened.error());
                          tell_opened(*call, grant, opened->created, after);
                        });
}

/// A channel that was shut since the token was given begins no conversation, and goes on with those there
/// are.
void DirectLine::reopen(const CallPtr& call, const Grant& grant, Sequence after, const Refusal& shut) const {
  context_->engine.read(
      grant.conversation, grant.person.id, after, [this, call, grant, after, shut](Result<ActivitySet> page) {
        if (page) return tell_opened(*call, grant, false, after);
        page.error().code == ErrorCode::kNotFound ? call->refuse(shut) : call->fail(page.error());
      });
}

void DirectLine::tell_opened(const Call& call, const Grant& grant, bool created, Sequence after) const {
  call.answer(created ? 201 : 200, {{"conversationId", grant.conversation},
                                    {"token", call.reception.issue(grant)},
                                    {"expires_in", call.reception.time_left(grant).count()},
                                    {"streamUrl", stream_url(call, grant, created ? 0 : after)},
                                    {"referenceGrammarId", ""}});
}

void DirectLine::read_activities(const CallPtr& call, const std::string& id) const {
  const auto grant = authorise(call, id);
  if (!grant) return;
  const auto after = watermark_of(call->request);
  if (!after) return call->refuse(bad_argument("watermark is not one that was given here"));
  read(call, *grant, *after, !call->reception.shut_for(grant->person));
}

void DirectLine::read(const CallPtr& call, const Grant& grant, Sequence after, bool may_open) const {
  context_->engine.read(grant.conversation, grant.person.id, after,
                        [this, call, grant, after, may_open](Result<ActivitySet> page) {
                          if (page) {
                            page->watermark = std::max(page->watermark, after);
                            context_->metrics.activities_sent(ConnectionKind::kDirectLine,
                                                              page->activities.size());
                            return call->respond({200, activity_set(*page)});
                          }
                          if (page.error().code != ErrorCode::kNotFound || !may_open)
                            return call->fail(page.error());
                          context_->engine.open({grant.conversation, grant.channel, grant.person, ""},
                                                [this, call, grant](Result<Opened> opened) {
                                                  if (!opened) return call->fail(opened.error());
                                                  read(call, grant, 0, false);
                                                });
                        });
}

void DirectLine::post_activity(const CallPtr& call, const std::string& id) const {
  const auto grant = authorise(call, id);
  if (!grant) return;
  if (const auto wait = context_->take_message(*grant, call->request.address))
    return call->refuse(too_many(*wait));
  const auto body = body_of(call);
  if (!body) return;
  auto clean = clean_activity(*body, UnknownFields::kDrop, context_->limits);
  if (!clean) return call->refuse(refusal_of(clean.error()));
  if (clean->transient) return call->answer(200, {{"id", id + "|typing"}});
  submit(call, *grant, {id, std::move(clean->client_id), grant->person, std::move(clean->activity)},
         !call->reception.shut_for(grant->person));
}

void DirectLine::submit(const CallPtr& call, const Grant& grant, Inbound inbound, bool may_open) const {
  const auto began = std::chrono::steady_clock::now();
  Inbound again = may_open ? inbound : Inbound{};
  context_->engine.submit(std::move(inbound), [this, call, grant, again = std::move(again), may_open,
                                               began](Result<Receipt> receipt) {
    if (!receipt && receipt.error().code == ErrorCode::kNotFound && may_open) {
      return context_->engine.open({grant.conversation, grant.channel, grant.person, ""},
                                   [this, call, grant, again](Result<Opened> opened) {
                                     if (!opened) return call->fail(opened.error());
                                     submit(call, grant, again, false);
                                   });
    }
    const char* result = !receipt ? "failed" : receipt->repeat ? "repeat" : "stored";
    context_->metrics.turn(ConnectionKind::kDirectLine, result, std::chrono::steady_clock::now() - began);
    if (!receipt) return call->fail(receipt.error());
    call->answer(200, {{"id", receipt->activity_id}});
  });
}

std::optional<Grant> DirectLine::authorise(const CallPtr& call, const std::string& conversation) const {
  auto admission = call->reception.enter(call->credentials());
  if (const auto* refusal = std::get_if<Refusal>(&admission)) {
    call->refuse(*refusal);
    return std::nullopt;
  }
  Grant grant = std::get<Grant>(std::move(admission));
  // An employee's own token names no conversation: the engine knows whose it is.
  if (grant.conversation.empty() && is_conversation_id(conversation)) grant.conversation = conversation;
  if (grant.conversation == conversation) return grant;
  call->refuse(conversation_denied());
  return std::nullopt;
}

std::optional<Json> DirectLine::body_of(const CallPtr& call) const {
  if (call->request.body.empty()) return Json::object();
  auto body = parse_bounded_json(call->request.body,
                                 {context_->limits.message_max_bytes, context_->limits.json_max_depth});
  if (body && body->is_object()) return std::move(*body);
  call->refuse(body ? bad_argument("the body is not a JSON object") : refusal_of(body.error()));
  return std::nullopt;
}

std::string DirectLine::stream_url(const Call& call, const Grant& grant, Sequence after) const {
  return socket_base(call.request, context_->settings) + "/" + call.reception.channel() +
         "/v3/directline/conversations/" + grant.conversation + "/stream?watermark=" + std::to_string(after) +
         "&t=" + call.reception.issue(call.reception.stream_ticket(grant));
}

}  // namespace parley::connectors
