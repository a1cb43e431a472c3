#include "connectors/native_frames.h"

#include <algorithm>

namespace parley::connectors {
namespace {

constexpr std::size_t kLanguageMaxBytes = 64;
constexpr std::size_t kConversationMaxBytes = 64;
constexpr Sequence kSequenceMax = Sequence{1} << 62;

/// Reads the fields of one frame; remembers the first thing that is wrong.
class FieldReader {
 public:
  explicit FieldReader(const Json& frame) : frame_(frame) {}

  void allow(std::initializer_list<std::string_view> names) {
    for (const auto& [name, value] : frame_.items())
      if (std::find(names.begin(), names.end(), name) == names.end())
        fail("'" + name.substr(0, 64) + "' is not a known field of this frame");
  }

  std::string text(const char* name, std::size_t max_bytes) {
    const auto found = frame_.find(name);
    if (found == frame_.end()) return "";
    if (!found->is_string()) return fail(std::string("'") + name + "' is not a text");
    if (found->get_ref<const std::string&>().size() > max_bytes)
      return fail(std::string("'") + name + "' is over " + std::to_string(max_bytes) + " bytes");
    return found->get<std::string>();
  }

  Sequence sequence(const char* name) {
    const auto found = frame_.find(name);
    if (found == frame_.end()) return 0;
    if (found->is_number_unsigned() && found->get<Sequence>() <= kSequenceMax) return found->get<Sequence>();
    fail(std::string("'") + name + "' is not a sequence number");
    return 0;
  }

  const Json& object(const char* name) {
    static const Json kNone = Json::object();
    const auto found = frame_.find(name);
    if (found != frame_.end() && found->is_object()) return *found;
    fail(std::string("'") + name + "' is missing, or not an object");
    return kNone;
  }

  std::string fail(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
    return "";
  }
  const std::string& problem() const { return problem_; }

 private:
  const Json& frame_;
  std::string problem_;
};

ClientFrame read_hello(FieldReader& fields) {
  fields.allow({"type", "token", "visitor", "conversation", "after", "language"});
  HelloFrame hello;
  hello.token = fields.text("token", kTokenMaxBytes);
  hello.visitor = fields.text("visitor", kTokenMaxBytes);
  hello.conversation = fields.text("conversation", kConversationMaxBytes);
  hello.language = fields.text("language", kLanguageMaxBytes);
  hello.after = fields.sequence("after");
  return hello;
}

ClientFrame read_activity(FieldReader& fields, const ConnectionLimits& limits) {
  ActivityFrame frame;
  frame.id = fields.text("id", limits.activity_id_max_bytes);
  if (frame.id.empty()) fields.fail("'id' is missing: give each activity an id of your own");
  fields.allow({"type", "id", "activity"});
  frame.activity = fields.object("activity");
  if (!fields.problem().empty()) return BadFrame{fields.problem(), frame.id};
  return frame;
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

ClientFrame read_client_frame(std::string_view text, const ConnectionLimits& limits) {
  const auto frame = parse_bounded_json(text, {limits.message_max_bytes, limits.json_max_depth});
  if (!frame) return BadFrame{frame.error().message, ""};
  if (!frame->is_object()) return BadFrame{"a frame is a JSON object", ""};
  FieldReader fields(*frame);
  const std::string type = fields.text("type", kLanguageMaxBytes);
  ClientFrame read = BadFrame{"'type' is missing, or not hello, activity, ping or refresh", ""};
  if (type == "hello") {
    read = read_hello(fields);
  } else if (type == "activity") {
    read = read_activity(fields, limits);
    if (std::holds_alternative<BadFrame>(read)) return read;
  } else if (type == "ping" || type == "refresh") {
    fields.allow({"type"});
    read = type == "ping" ? ClientFrame(PingFrame{}) : ClientFrame(RefreshFrame{});
  }
  if (!fields.problem().empty()) return BadFrame{fields.problem(), ""};
  return read;
}

std::string write_welcome(const WelcomeFrame& welcome) {
  Json frame{{"type", "welcome"},
             {"conversation", welcome.conversation},
             {"user", {{"id", welcome.person.id}, {"name", welcome.person.name}}},
             {"token", welcome.token},
             {"expires_in", welcome.expires_in.count()},
             {"created", welcome.created}};
  if (!welcome.visitor.empty()) frame["visitor"] = welcome.visitor;
  return dump(frame);
}

std::string write_ack(const std::string& id, const Receipt& receipt) {
  return dump(Json{{"type", "ack"},
                   {"id", id},
                   {"activity_id", receipt.activity_id},
                   {"sequence", receipt.sequence},
                   {"repeat", receipt.repeat}});
}

std::string write_activities(const std::vector<StoredActivity>& activities) {
  std::string frame = R"({"type":"activities","items":[)";
  for (const StoredActivity& item : activities) {
    if (frame.back() == '}') frame += ',';
    frame += R"({"sequence":)" + std::to_string(item.sequence);
    if (!item.client_id.empty()) frame += R"(,"client_id":)" + dump(item.client_id);
    frame += R"(,"activity":)" + item.json + "}";
  }
  return frame + "]}";
}

std::string write_transient(const Json& activity) {
  return dump(Json{{"type", "transient"}, {"activity", activity}});
}

std::string write_pong() {
  return R"({"type":"pong"})";
}

std::string write_token(const std::string& token, std::chrono::seconds expires_in) {
  return dump(Json{{"type", "token"}, {"token", token}, {"expires_in", expires_in.count()}});
}

std::string write_error(const Refusal& refusal, const std::string& id) {
  Json frame{{"type", "error"}, {"code", native_code(refusal)}, {"message", refusal.message}};
  if (!id.empty()) frame["id"] = id;
  if (refusal.retry_after.count() > 0) frame["retry_after_ms"] = refusal.retry_after.count();
  return dump(frame);
}

}  // namespace parley::connectors
