// What there is to say about a name, in Markdown: for hovering, and beside what is offered while typing.
//
// One thread.
#pragma once

#include <string>

#include "cli/lsp/bot_view.h"

namespace parley::lsp {

/// Examples of an intent, and values of an entity, that a description shows.
inline constexpr std::size_t kExamplesShown = 5;
inline constexpr std::size_t kValuesShown = 20;

/// "" when nothing is known about it.
std::string description_of(const BotView& bot, const Name& name);

}  // namespace parley::lsp
