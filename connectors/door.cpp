#include "connectors/door.h"

namespace parley::connectors {

std::optional<Refusal> Door::refusal_for(const Person& person) const {
  switch (phase()) {
    case config::Phase::kOpen:
      return std::nullopt;
    case config::Phase::kPreview:
      return is_named(person) ? std::nullopt : std::optional(preview_only());
    case config::Phase::kClosed:
      break;
  }
  return channel_closed();
}

}  // namespace parley::connectors
