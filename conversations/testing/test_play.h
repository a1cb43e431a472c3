// One test played as one conversation: with stubs for calls, a virtual clock, and each expectation held
// against what came.
//
// It stops at the first exchange that is not as expected: what follows would only be noise. One thread; the
// test and the subject must outlive the play.
#pragma once

#include <string>
#include <vector>

#include "conversations/flows/flow.h"
#include "conversations/testing/coverage.h"
#include "conversations/testing/test_file.h"
#include "engine/dialogue.h"
#include "engine/service_catalog.h"
#include "engine/understanding.h"

namespace parley::conversations {

struct TestSubject {
  const Understander& understander;
  const Dialogue& dialogue;
  const Program& program;
  const ServiceCatalog& services;
};

/// One expectation that was not met.
struct Mismatch {
  int line = 0;  // of the test's file
  std::string what;
  std::vector<std::string> expected, actual;  // lines
  std::string why;                            // what the bot took the last text for
  std::vector<std::string> said;              // where a test has lists of texts: those of this play
  std::string obstacle;                       // why the test can't be brought up to date by itself
};

/// A reply that the bot words otherwise by now, where a test may be brought up to date.
struct TextChange {
  std::string path;
  config::Position position;  // of the expected text
  std::string before, after;
};

struct PlayOutcome {
  std::vector<Mismatch> mismatches;
  std::vector<TextChange> changes;
};

struct PlayOptions {
  /// Of each list of texts that the person may say, in order: which one is said.
  std::vector<std::size_t> picks;
  /// Replies that are worded otherwise are changes, not mismatches, and the play goes on. Not where the bot
  /// said what it has no translation of: that is no new wording.
  bool accept_texts = false;
};

PlayOutcome play(const ConversationTest& test, const TestSubject& subject, const PlayOptions& options,
                 CoverageCounter& coverage);

}  // namespace parley::conversations
