#include "intents/import/authoring_writer.h"

#include <algorithm>
#include <fstream>

#include "config/bot_manifest.h"
#include "config/yaml_edit.h"
#include "intents/import/names.h"

namespace parley::intents {
namespace {

namespace fs = std::filesystem;

void add_sentences(const Intent& intent, const std::string& language, std::string& into) {
  bool headed = false;
  for (const Sentence& sentence : intent.sentences) {
    if (sentence.language != language) continue;
    if (!headed) into += language + ":\n";
    headed = true;
    into += "  - " + config::yaml_scalar(marked_text(sentence)) + "\n";
  }
}

void add_value(const VocabularyValue& value, std::string& into) {
  into += "  " + config::yaml_scalar(value.name) + ":\n";
  for (const auto& [language, words] : value.words) {
    into += "    " + language + ": [";
    for (std::size_t i = 0; i < words.size(); ++i)
      (into += i > 0 ? ", " : "") += config::yaml_quoted(words[i]);
    into += "]\n";
  }
}

std::string manifest_yaml(const fs::path& folder, const Corpus& corpus) {
  std::string yaml =
      "bot: " + legal_name(fs::absolute(folder).lexically_normal().filename().string(), "bot") +
      "\nlanguages: [";
  for (std::size_t i = 0; i < corpus.languages.size(); ++i)
    (yaml += i > 0 ? ", " : "") += corpus.languages[i];
  return yaml + "]\n";
}

/// "" when `folder` can take the corpus, else why it can't.
std::string conflict(const fs::path& folder, const Corpus& corpus) {
  for (const char* name : {"intents/imported.yaml", "vocabulary/imported.yaml"})
    if (fs::exists(folder / name))
      return (folder / name).string() + " is there already: rename or remove it, then import again";
  if (!fs::exists(folder / "bot.yaml")) return "";
  config::Findings findings;
  const config::BotManifest manifest = config::read_bot_manifest(folder, findings);
  for (const std::string& language : corpus.languages)
    if (std::find(manifest.languages.begin(), manifest.languages.end(), language) == manifest.languages.end())
      return (folder / "bot.yaml").string() + " does not list the language '" + language +
             "': add it under 'languages'";
  return "";
}

}  // namespace

std::string marked_text(const Sentence& sentence) {
  std::string text;
  std::size_t done = 0;
  for (const Annotation& annotation : sentence.annotations) {
    text += sentence.text.substr(done, annotation.begin - done) + "[" +
            sentence.text.substr(annotation.begin, annotation.end - annotation.begin) + "](" +
            annotation.kind + (annotation.slot.empty() ? "" : ":" + annotation.slot) + ")";
    done = annotation.end;
  }
  return text + sentence.text.substr(done);
}

std::string intents_yaml(const Corpus& corpus) {
  std::string yaml;
  for (const Intent& intent : corpus.intents) {
    yaml += (yaml.empty() ? "intent: " : "---\nintent: ") + intent.name + "\n";
    for (const std::string& language : corpus.languages)
      add_sentences(intent, language, yaml);
  }
  return yaml;
}

std::string vocabulary_yaml(const Corpus& corpus) {
  std::string yaml;
  for (const VocabularyEntity& entity : corpus.vocabulary) {
    yaml += (yaml.empty() ? "entity: " : "---\nentity: ") + entity.name + "\n";
    if (!entity.pattern.empty()) {
      yaml += "pattern: " + config::yaml_quoted(entity.pattern) + "\n";
      continue;
    }
    yaml += "values:\n";
    for (const VocabularyValue& value : entity.values)
      add_value(value, yaml);
  }
  return yaml;
}

Result<std::vector<fs::path>> write_import(const fs::path& folder, const Corpus& corpus) {
  if (const std::string why = conflict(folder, corpus); !why.empty()) return Error{ErrorCode::kConflict, why};
  std::vector<std::pair<fs::path, std::string>> files;
  if (!fs::exists(folder / "bot.yaml"))
    files.emplace_back(folder / "bot.yaml", manifest_yaml(folder, corpus));
  files.emplace_back(folder / "intents/imported.yaml", intents_yaml(corpus));
  if (!corpus.vocabulary.empty())
    files.emplace_back(folder / "vocabulary/imported.yaml", vocabulary_yaml(corpus));
  std::vector<fs::path> written;
  for (const auto& [path, content] : files) {
    std::error_code problem;
    fs::create_directories(path.parent_path(), problem);
    std::ofstream file(path, std::ios::binary);
    file << content;
    if (!file.flush()) return Error{ErrorCode::kUnavailable, path.string() + " can't be written"};
    written.push_back(path);
  }
  return written;
}

}  // namespace parley::intents
