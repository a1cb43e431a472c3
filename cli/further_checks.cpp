#include "cli/further_checks.h"

#include "conversations/testing/untested.h"
#include "intents/evaluation/alike.h"
#include "intents/evaluation/annotated_values.h"

namespace parley::cli {

void check_further(const BotFiles& files, config::Findings& findings) {
  if (!files.program) return;
  std::set<std::string> types;
  for (const auto& [name, flow] : files.program->flows)
    for (const auto& [slot_name, slot] : flow.slots)
      types.insert(slot.type);
  std::map<std::string, std::vector<std::string>> sentences;
  for (const intents::Intent& intent : files.corpus.intents)
    for (const intents::Sentence& sentence : intent.sentences)
      sentences[intent.name].push_back(sentence.text);
  intents::check_alike_intents(files.corpus, findings);
  intents::check_annotated_values(files.corpus, findings);
  intents::check_entity_examples(files.corpus, types, findings);
  if (!findings.has_errors())  // a test that can't be read touches its flow all the same
    conversations::check_untested_flows(*files.program, files.tests, sentences, findings);
  findings.sort();
}

}  // namespace parley::cli
