// One flow on the page to sign (sign_off_page.h). Pure functions; any thread.
#pragma once

#include <string>

#include "conversations/sign_off/sign_off_page.h"

namespace parley::conversations {

std::string flow_section(const Flow& flow, const SignOffSources& sources);

}  // namespace parley::conversations
