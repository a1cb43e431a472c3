// One flow on the page to sign (sign_off_page.h), and the HTML that both write. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "conversations/sign_off/sign_off_page.h"

namespace parley::conversations {

std::string html(std::string_view text);  // escaped
std::string flow_section(const Flow& flow, const SignOffSources& sources);

}  // namespace parley::conversations
