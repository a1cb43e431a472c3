// What the bot's pages say: an answer to a text that nothing else takes, and what a `search` step finds.
//
// A passage answers when its score is at least the bot's `knowledge: {accept}`. While a question is pending,
// only a text that is more than a few words, or asks something, is held against the pages: "the blue one" is
// a failed answer, not a question about blue things.
#pragma once

#include <string>
#include <vector>

#include "conversations/dialogue/turn.h"

namespace parley::conversations {

/// Says the best passage by pattern_knowledge, after which a pending question is asked again. False: no
/// passage is good enough; the best one is in the reasons.
bool answer_from_pages(Turn& turn);

/// Says, before anything that is about to be said, what the pages know about these parts of `text`: each
/// passage once, at most two.
void answer_asides(Turn& turn, const std::string& text, const std::vector<Aside>& asides);

/// [{page, heading, text, link, score}], best first.
Json search_pages(const Turn& turn, const Search& step, const std::string& text);

}  // namespace parley::conversations
