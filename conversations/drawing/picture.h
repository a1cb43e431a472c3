// A flow as boxes and arrows, before any format: what to_dot() and to_mermaid() write down.
//
// Boxes are the steps, in the order of the file, with their texts in one language; jumps are only arrows.
// Ends of one reason share a box. With traffic each arrow tells how often real conversations went that way.
// Plain values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "conversations/drawing/traffic.h"
#include "conversations/flows/flow.h"

namespace parley::conversations {

enum class BoxKind { kStart, kSay, kQuestion, kBranch, kCall, kWork, kRun, kPerson, kEnd };

struct PictureBox {
  std::string id;  // letters and digits
  BoxKind kind = BoxKind::kSay;
  std::string heading;  // what is done: "ask", "call hr.leave_balance"
  std::string text;     // in full: whoever draws cuts it
  std::string flow;     // that this leads to: of kRun, and of the boxes of an overview
};

struct PictureArrow {
  std::string from, to, label;
  bool failed = false;                 // a call did, or people left the flow here
  std::optional<std::uint64_t> count;  // conversations that went this way
  double share = 0;                    // of those that were at `from`
};

struct Picture {
  std::string name, title;
  std::vector<PictureBox> boxes;
  std::vector<PictureArrow> arrows;
  bool sideways = false;  // many boxes side by side would be too wide
};

/// One flow. `traffic` may be null.
Picture picture_of(const Flow& flow, const Program& program, const std::string& language,
                   const Traffic* traffic);

/// The bot's own flows: what starts each, which it runs, how it ends.
Picture overview_of(const Program& program, const std::string& language, const Traffic* traffic);

/// A flow's title as `language` has it, or its name.
std::string flow_title(const Flow& flow, const Program& program, const std::string& language);
/// What anybody may hear of a text, in `language` or in the bot's first one; "" for no variants.
std::string text_in(const Text& variants, const std::string& language);
std::string text_in(const MessageTemplate& message, const std::string& language);

}  // namespace parley::conversations
