#include "intents/evaluation/annotated_values.h"

#include <algorithm>
#include <set>

#include "intents/entities/vocabulary.h"
#include "intents/normalize.h"

namespace parley::intents {
namespace {

std::set<std::string> listed_kinds(const Corpus& corpus) {
  std::set<std::string> kinds;
  for (const VocabularyEntity& entity : corpus.vocabulary)
    if (!entity.values.empty() || !entity.pattern.empty()) kinds.insert(entity.name);
  return kinds;
}

bool is_found(const Vocabulary& vocabulary, const Sentence& sentence, const Annotation& annotation) {
  std::vector<VocabularyMatch> matches;
  vocabulary.find(sentence.text, fold(sentence.text), matches);
  return std::any_of(matches.begin(), matches.end(), [&](const VocabularyMatch& match) {
    return *match.kind == annotation.kind && match.begin < annotation.end && annotation.begin < match.end;
  });
}

}  // namespace

void check_annotated_values(const Corpus& corpus, config::Findings& findings) {
  const std::set<std::string> kinds = listed_kinds(corpus);
  const Vocabulary vocabulary(corpus, {});
  for (const Intent& intent : corpus.intents)
    for (const Sentence& sentence : intent.sentences)
      for (const Annotation& annotation : sentence.annotations) {
        if (!kinds.contains(annotation.kind) || is_found(vocabulary, sentence, annotation)) continue;
        const std::string text = sentence.text.substr(annotation.begin, annotation.end - annotation.begin);
        findings.add(
            {config::Severity::kWarning, "unlisted-value", intent.path, sentence.position,
             "'" + text + "' is marked as '" + annotation.kind + "', which has no such value",
             "add it to the vocabulary of '" + annotation.kind + "', or people who say it are asked again",
             "intent: " + intent.name});
      }
}

}  // namespace parley::intents
