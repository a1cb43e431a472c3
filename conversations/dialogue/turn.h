// One turn under way: what came in, the state as it changes, what goes out. Lives for one Dialogue::advance.
//
// The parts of the dialogue are functions over a Turn. References into `state.frames` do not survive a start
// or an end of a flow. One thread.
#pragma once

#include <string>
#include <vector>

#include "conversations/dialogue/phrases.h"
#include "conversations/dialogue/state.h"
#include "conversations/flows/flow.h"
#include "engine/dialogue.h"

namespace parley::conversations {

struct Turn {
  Turn(const Program& program, const Event& event, const TurnContext& context, const Json& before);

  const Program& program;
  Event event;  // as it came in, or the clause of it that is taken first (several.h)
  const TurnContext& context;
  DialogueState state;
  const Phrases& phrases;  // of state.language
  Words words;             // of the event's text, but for what it takes back itself (self_repair.h)
  Advance out;
  std::vector<std::size_t> named;  // where entities begin that the text gives to a slot by its name

  std::size_t steps = 0;        // executed so far
  bool failed = false;          // the error pattern has been called for
  bool retrying = false;        // the next question is said with its retry line
  bool asked = false;           // a question has been asked, or asked again
  std::string parked;           // the flow that began to wait in this turn, last of all; may be empty
  bool restated = false;        // the replies said last are given again, unchanged
  Json path = Json::array();    // "flow/step" of every step executed
  Json slots = Json::object();  // values of the slots that were filled

  std::vector<Frame> ended;  // state.ended as it was before the message: what was said last may be about it

  bool idle() const { return state.frames.empty(); }
  Frame& top() { return state.frames.back(); }
  const Frame& top() const { return state.frames.back(); }

  /// Why this is said: the first rule noted is the turn's rule, later ones are listed after it.
  void note(const std::string& rule);
  void note_filled(const std::string& slot, const Json& value);
  /// What the private slots of `frames` hold is not written down.
  void note_private(const std::vector<Frame>& frames);
};

const Flow& flow_of(const Turn& turn, const Frame& frame);
/// The step the frame stands at. The state has been checked: it is there.
const Step& step_of(const Turn& turn, const Frame& frame);

/// Every name in scope of the frame's flow, with `user`, `channel`, `language`, `now` and `today`.
cel::Bindings bindings_of(const Turn& turn, const Frame& frame);

/// One of the variants, in the turn's language; the choice moves on with every pick. Variants whose condition
/// holds are preferred; where none does, those without one.
std::string pick_text(Turn& turn, const Text& variants, const cel::Bindings& bindings);
/// The same of lines that are said one after the other: the last again where there are fewer. `number`
/// from 1.
std::string line_of(Turn& turn, const Text& lines, int number, const cel::Bindings& bindings);
std::size_t count_of_lines(const Text& lines, const cel::Bindings& bindings);
std::string format(const Turn& turn, const MessageTemplate& text, const cel::Bindings& bindings);

/// What people call the slot: its title, or its name in words.
std::string slot_title(const Turn& turn, const Slot& slot);

}  // namespace parley::conversations
