// What a client sends over the native protocol: one WebSocket message, and the answers that name what it
// sent.
#include "connectors/native_frames.h"

#include "connectors/inbound_activity.h"
#include "tests/fuzz/target.h"

namespace parley::fuzz {
namespace {

using namespace connectors;

void answer(const std::string& frame) {
  require(parse_bounded_json(frame, {1u << 20, 64}).ok(), "an answer that is not JSON: " + frame);
}

void take(const BadFrame& bad) {
  require(!bad.message.empty(), "a frame was refused without a word");
  answer(write_error(bad_argument(bad.message), bad.id));
}

void take(const ActivityFrame& frame, const ConnectionLimits& limits) {
  const auto clean = clean_activity(frame.activity, UnknownFields::kRefuse, limits);
  if (!clean) return answer(write_error(refusal_of(clean.error()), frame.id));
  require(clean->client_id.size() <= limits.activity_id_max_bytes, "an id over its limit was taken");
  answer(write_ack(frame.id, {frame.id, 1, false}));
  answer(write_transient(clean->activity));
  answer(write_activities({{1, frame.id, clean->activity, clean->activity.dump()}}));
}

void run(std::string_view input) {
  static const ConnectionLimits kLimits;
  const ClientFrame frame = read_client_frame(input, kLimits);
  if (const auto* bad = std::get_if<BadFrame>(&frame)) take(*bad);
  if (const auto* activity = std::get_if<ActivityFrame>(&frame)) take(*activity, kLimits);
  if (const auto* hello = std::get_if<HelloFrame>(&frame))
    answer(write_welcome({hello->conversation, {hello->visitor, hello->language, {}}, hello->token, "", {}}));
}

const AddTarget kAdd{"native_frames", run};

}  // namespace
}  // namespace parley::fuzz
