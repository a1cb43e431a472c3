// Links in pages, made such that they work in a chat, where nobody has the folder of pages:
//
//   [the rules](travel.md#by-train)    becomes the address of that page, by its `link`, with the anchor
//   [below](#how-long)                 becomes the address of this page, with the anchor
//   [the form](form.pdf)               a file of the folder has no address: only the text stays
//   https:, http:, mailto:, tel:, /... stay as they are
//
// What points to no page, heading or file is reported (broken-link), as is any other kind of address.
//
// Thread rule: one thread.
#pragma once

#include <filesystem>
#include <vector>

#include "intents/knowledge/page.h"

namespace parley::intents {

void resolve_links(std::vector<Page>& pages, const std::filesystem::path& bot_folder,
                   config::Findings& findings);

}  // namespace parley::intents
