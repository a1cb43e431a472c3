// What the dialogue remembers of a conversation between two events: the open flows, innermost last, and a few
// counters.
//
// Its JSON form is stored with every turn (limits::kDialogueStateMaxBytes) and must survive a newer version
// of the bot: flows and steps are named, not numbered, and whatever can't be read any more is left out. Plain
// values; any thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/message.h"

namespace parley::conversations {

/// What a flow waits for at its step.
struct Waiting {
  enum class For { kNothing, kSlot, kChoice, kConfirm, kCard, kCall, kEvent };
  For what = For::kNothing;
  std::string name;  // of the slot, or the call's id; stays when the wait is over, to go on counting failures
  int failures = 0;  // answers in a row that did not fit
  int silences = 0;  // no-answer times in a row that ran out
};

/// An answer that was collected, and the step that would ask for it again.
struct Filled {
  std::string slot;
  std::string step;
};

enum class Origin {
  kTask,     // something the person wants done
  kRun,      // a sub-flow of the frame beneath
  kPattern,  // a built-in flow: its question is dropped as soon as the person says something else
};

/// What becomes of a question beneath, when this frame has ended.
enum class After {
  kAsk,    // it is asked again
  kOffer,  // the person is asked whether to go on
  kStay,   // nothing is said; it still waits
};

inline constexpr std::size_t kRanMax = 3;  // of one flow: of an earlier sub-flow the answers stay as they are

/// One open flow.
struct Frame {
  std::string flow;
  std::string step;
  Origin origin = Origin::kTask;
  After after = After::kOffer;
  Waiting waiting;
  std::map<std::string, Json> slots;  // slots, parameters and results by name, JSON forms as in cel/value.h
  std::vector<Filled> filled;         // in order of filling
  std::vector<std::string> settled;  // slots a `confirm` was answered yes about, or a call has passed on: not
                                     // to be corrected any more
  std::map<std::string, Json> replaced;  // what slots were that are asked for again
  Json carried;                          // entities of the sentence that a clarifying question is about
  std::vector<Frame> ran;  // sub-flows that ended, latest last, whose answers may still be corrected: kRanMax
  std::string ran_by;      // of such a sub-flow: the step that ran it
  std::string recovery;    // the recovery case that it has open; may be empty

  bool waits() const { return waiting.what != Waiting::For::kNothing; }
  bool waits_for_answer() const {
    return waits() && waiting.what != Waiting::For::kCall && waiting.what != Waiting::For::kEvent;
  }
};

/// A task, with its sub-flows, that waits for a time or an event beside the open flows. Its innermost frame
/// stands at a `wait` step, or, when an event is to start it, before its first step.
struct Parked {
  enum class Stage { kWaiting, kCame, kTimedOut, kStarts };
  std::vector<Frame> frames;
  std::string timer;              // its time limit's id; "" once that is over
  Stage stage = Stage::kWaiting;  // but for kWaiting: it goes on as soon as no question is open
  bool held = false;              // but not in these quiet hours: `timer` is their end
};

/// A recovery case that is not closed.
struct OpenCase {
  std::string id;
  bool escalated = false;  // a person looks after it: who gives the conversation back says how it ended
};
inline constexpr std::size_t kOpenCasesMax = 16;  // of one conversation: the oldest is closed for a new one

/// A request that waits until what is open has ended.
struct Queued {
  std::string intent;
  Json carried;      // entities of its clause
  std::string what;  // the values that tell it from another of its flow, as people say them; may be empty
};
inline constexpr std::size_t kQueuedMax = 3;  // of one conversation: later ones are said to be left out

struct DialogueState {
  std::vector<Frame> frames;         // innermost last
  std::vector<Parked> parked;        // the one that began to wait first comes first
  std::map<std::string, Json> kept;  // values of slots with `keep`
  std::vector<Queued> queued;        // in order
  std::vector<Frame> ended;  // the task that was completed last, until the person says something: at most one
  int fallbacks = 0;         // texts in a row that were not understood
  std::string language;
  bool handed_off = false;
  Json last = Json::array();       // activities said last, for repeating them
  std::vector<OpenCase> cases;     // oldest first
  std::uint64_t cases_opened = 0;  // so far, for their ids
  bool unasked = false;            // what goes on goes on by itself: the person has said nothing since
  bool negative = false;           // the last text told of a negative experience
  bool apologised = false;         // pattern_negative has spoken: once a conversation is enough
  std::uint64_t calls = 0;         // made so far, for their ids
  std::uint64_t timers = 0;        // of waits set so far, for their ids
  std::int64_t silent_since = 0;   // when the pending question's no-answer time began, ms since 1970; 0: none
  std::size_t steps = 0;           // walked since a person, or an event from outside, last did something
  std::int64_t variants = 0;       // picks among variants so far; negative: always the first, as tests want
};

Json to_json(const DialogueState& state);

/// Never fails: what is not as to_json wrote it is left out. Of an unknown format only language and hand-off
/// are kept.
DialogueState state_from_json(const Json& json);

/// Entities as they are carried in a state, at most a handful.
Json carried_entities(const std::vector<Entity>& entities);
std::vector<Entity> entities_from(const Json& carried);

}  // namespace parley::conversations
