// Where a conversation stands while flows are explored, and what may happen next in it.
//
// A Situation is all that a turn begins with: the dialogue's state, who talks where and when, calls without a
// result, timers. A Move is one thing from outside: an answer, a call's end, silence. take() is what the
// engine does with it, without storage. Plain values, pure functions; any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "conversations/exploring/answers.h"
#include "engine/dialogue.h"

namespace parley::conversations {

enum class MoveKind {
  kStart,       // the conversation begins, or the flow does
  kAnswer,      // of the right kind, or a button
  kOutcome,     // a call ended
  kEvent,       // something came from outside
  kSilence,     // nobody says anything until a timer goes off
  kInvalid,     // no answer to the question
  kCorrection,  // of an earlier answer
  kDigression,  // another flow
  kRequest,     // cancel, help, a person ...
};

struct Move {
  MoveKind kind = MoveKind::kAnswer;
  Event event;
  std::string fails;  // of kOutcome: why the call did not work; "" when it did
  std::string lacks;  // of kOutcome: "'column' of service.operation" that has no value; may be empty
};

struct Situation {
  Json state;
  TurnContext context;
  TimePoint begun{};  // the time at which the conversation did
  std::map<std::string, TimePoint> timers;
  std::vector<CallRequest> calls;    // without a result, in order
  std::vector<std::string> buttons;  // under the last reply: what each says
};

/// What follows on `move`. `advance` gets what the dialogue said about it.
Situation take(const Dialogue& dialogue, const Situation& before, const Move& move, Advance& advance);

/// What moves are made from.
struct MoveSources {
  const Program& program;
  const ServiceCatalog& services;
  ValueSources values;
  std::string digression;  // an intent whose flow is another; "" for none
};

/// Everything that may happen next where the conversation waits for an answer, a call, an event or a time;
/// none where it rests. `thorough` adds what may happen at any question: nonsense, silence, cancelling, a
/// correction, a digression; without it only the first answers and results are given.
std::vector<Move> moves_at(const Situation& situation, const MoveSources& sources, bool thorough);

/// What may be said while no flow is open, beside what starts one.
std::vector<Move> moves_at_rest(const Situation& situation, const MoveSources& sources);

/// A text that is understood to mean `intent`, with entities of its own.
Move saying(const std::string& text, const std::string& intent, MoveKind kind,
            const std::vector<Entity>& entities = {});

/// The same text, from somebody who tells of a negative experience with it.
Move in_anger(Move move);

/// What somebody says who wants `intent`.
std::string sentence_for(const Lexicon& lexicon, const std::string& intent);

}  // namespace parley::conversations
