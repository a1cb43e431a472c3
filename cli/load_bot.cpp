#include "cli/load_bot.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <vector>

#include "cli/file_digest.h"
#include "cli/terminal.h"
#include "conversations/dialogue/dialogue.h"
#include "conversations/flows/bot_outline.h"
#include "conversations/flows/loader.h"
#include "engine/services/catalog_reader.h"
#include "intents/knowledge/knowledge.h"
#include "intents/redactor.h"
#include "intents/tree/decisions.h"

namespace parley::cli {
namespace {

conversations::BotOutline outline_of(const intents::Corpus& corpus) {
  conversations::BotOutline outline;
  for (const intents::Intent& intent : corpus.intents) {
    outline.intents.push_back(intent.name);
    outline.intent_titles[intent.name] = intent.title.empty() ? intent.name : intent.title;
    outline.intent_places[intent.name] = {intent.path, intent.position};
    for (const intents::Sentence& sentence : intent.sentences)
      for (const intents::Annotation& annotation : sentence.annotations)
        if (!annotation.slot.empty())
          outline.annotated_slots.push_back({annotation.slot, {intent.path, sentence.position}});
  }
  for (const intents::VocabularyEntity& entity : corpus.vocabulary) {
    if (!entity.parts.empty()) outline.composites[entity.name] = entity.parts;
    std::vector<std::string>& values = outline.vocabulary[entity.name];
    for (const intents::VocabularyValue& value : entity.values) {
      values.push_back(value.name);
      for (const auto& [language, words] : value.words)
        if (!words.empty()) outline.words[entity.name][value.name][language] = words;
    }
  }
  return outline;
}

conversations::ExampleSentences examples_of(const intents::Corpus& corpus) {
  conversations::ExampleSentences examples;
  for (const intents::Intent& intent : corpus.intents)
    for (const intents::Sentence& sentence : intent.sentences)
      examples[intent.name][sentence.language].push_back(sentence.text);
  return examples;
}

}  // namespace

BotFiles read_bot(const std::filesystem::path& folder, config::Findings& findings, WordVectorFiles vectors) {
  BotFiles files;
  files.manifest = config::read_bot_manifest(folder, findings);
  if (vectors == WordVectorFiles::kLeave) files.manifest.vectors.clear();
  if (!files.manifest.readable) return files;  // all else would only follow from that
  files.corpus = intents::read_corpus(files.manifest, findings);
  files.services = read_services(folder, findings);
  conversations::BotOutline outline = outline_of(files.corpus);
  outline.decisions = intents::read_decisions(folder, findings);
  outline.knowledge = files.knowledge = intents::read_knowledge(files.manifest, findings);
  outline.redactor = files.redactor = intents::make_redactor(files.manifest, findings);
  files.program = conversations::load_program(files.manifest, outline, files.services, findings);
  files.tests = conversations::read_tests(
      {files.manifest, outline, files.services, files.program.get(), examples_of(files.corpus)}, findings);
  files.version = digest_of_folder(folder);
  findings.sort();
  return files;
}

std::optional<BotFiles> read_good_bot(const std::filesystem::path& folder) {
  config::Findings findings;
  BotFiles files = read_bot(folder, findings);
  if (!findings.has_errors()) return files;
  print_findings(findings, std::cerr);
  return std::nullopt;
}

Result<std::shared_ptr<const intents::BotUnderstander>> understander_of(
    const BotFiles& files, const std::filesystem::path& cache_folder, intents::ModelKind kind) {
  ProgressLine line("training " + files.manifest.name);
  std::string warning;
  auto understander = intents::load_or_train(
      files.corpus, cache_folder, [&](double done, std::string_view what) { line.update(done, what); },
      &warning, kind);
  if (!warning.empty()) std::cerr << files.manifest.name << ": " << warning << '\n';
  return understander;
}

bool has_model(const BotFiles& files, const std::filesystem::path& cache_folder) {
  using intents::ModelKind;
  return std::filesystem::exists(intents::model_path(files.corpus, cache_folder, ModelKind::kFast)) ||
         std::filesystem::exists(intents::model_path(files.corpus, cache_folder, ModelKind::kThorough));
}

Result<BotPtr> make_bot(const BotFiles& files, const std::filesystem::path& cache_folder) {
  auto understander = understander_of(files, cache_folder);
  if (!understander) return understander.error().in(files.manifest.name);
  auto bot = std::make_shared<Bot>();
  bot->manifest = files.manifest;
  bot->version = files.version;
  bot->understander = *understander;
  bot->dialogue = conversations::make_dialogue(files.program, files.manifest.name, files.version);
  bot->services = files.services;
  bot->redactor = files.redactor;
  return BotPtr(std::move(bot));
}

std::filesystem::path default_cache_folder() {
  if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache && *cache)
    return std::filesystem::path(cache) / "parley";
  if (const char* home = std::getenv("HOME"); home && *home)
    return std::filesystem::path(home) / ".cache" / "parley";
  return std::filesystem::temp_directory_path() / "parley";
}

}  // namespace parley::cli
