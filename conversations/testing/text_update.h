// Tests brought up to date: the files of tests with the texts that the bot says by now in place of those that
// were expected, and nothing else changed. Reads the files, writes none. One thread.
#pragma once

#include <string>
#include <vector>

#include "conversations/testing/test_play.h"

namespace parley::conversations {

struct UpdatedFile {
  std::string path, content;
};

struct TextUpdate {
  std::vector<UpdatedFile> files;
  std::vector<TextChange> made;
  std::vector<TextChange> refused;  // in files laid out in a way that can't be changed
};

TextUpdate update_texts(const std::vector<TextChange>& changes);

/// What changed, as differences with file and line.
std::string to_text(const TextUpdate& update, bool colour = false);

}  // namespace parley::conversations
