// Reads what a text may have beside it: buttons, pictures, cards; and the choices of a list.
//
// Codes: card, button, unknown-value, too-deep and those of card_check.h, FlowReader and config/yaml.h.
// One thread.
#pragma once

#include "conversations/flows/reader.h"

namespace parley::conversations {

/// `[Yes, No]` or `[{title, value}, {title, url}]`.
std::vector<Button> read_buttons(const config::Node& node, const FlowReader& reader);

/// `{url, alt}`.
std::optional<Image> read_image(const config::Node& node, const FlowReader& reader);

/// A hero card or `{adaptive: ...}`; `into` is left to the caller, who knows the slots.
std::optional<Card> read_card(const config::Node& node, const FlowReader& reader);

/// What an Adaptive Card submits: the ids of its inputs and the keys of its submit actions' data.
std::vector<std::string> fields_of(const nlohmann::json& adaptive_card);

/// `[laptop, monitor]` or `[{title, value}]`, values of the slot's type.
std::vector<Option> read_options(const config::Node& node, const std::string& slot_type,
                                 const BotOutline& outline, const FlowReader& reader);

}  // namespace parley::conversations
