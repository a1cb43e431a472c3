#include "intents/suggestions/acceptance.h"

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include "config/yaml.h"
#include "intents/corpus.h"
#include "intents/import/authoring_writer.h"
#include "intents/suggestions/sentence_adder.h"
#include "intents/suggestions/suggestion_file.h"

namespace parley::intents {
namespace {

namespace fs = std::filesystem;

class Planner {
 public:
  Planner(const config::BotManifest& manifest, const Corpus& corpus) : manifest_(manifest), corpus_(corpus) {}

  Result<Done> accept(const ReviewedSuggestion& suggestion) {
    ++acceptance_.suggestions;
    for (const std::string& language : corpus_.languages) {
      std::vector<std::string> sentences;
      for (const AcceptedSentence& sentence : suggestion.sentences)
        if (sentence.language == language) sentences.push_back(sentence.written);
      if (sentences.empty()) continue;
      if (auto added = add(suggestion.intent, language, sentences); !added) return added;
      acceptance_.sentences += sentences.size();
    }
    return Done{};
  }

  Acceptance finish() { return std::move(acceptance_); }

 private:
  Result<Done> add(const std::string& intent, const std::string& language,
                   const std::vector<std::string>& sentences) {
    const auto file = file_of(intent);
    if (!file) return file.error();
    auto longer = add_sentences((*file)->content, (*file)->path.string(), intent, language, sentences);
    if (!longer) return longer.error();
    (*file)->content = std::move(*longer);
    return Done{};
  }

  /// The file that holds `intent`, as it will be; for a new intent with the beginning of its document.
  Result<FileChange*> file_of(const std::string& intent) {
    const auto known = std::find_if(corpus_.intents.begin(), corpus_.intents.end(),
                                    [&](const Intent& other) { return other.name == intent; });
    const bool is_new = known == corpus_.intents.end();
    const fs::path path = is_new ? manifest_.folder / "intents" / (intent + ".yaml") : fs::path(known->path);
    for (FileChange& change : acceptance_.changes)
      if (change.path == path) return &change;
    if (is_new && fs::exists(path))
      return Error{ErrorCode::kConflict, path.string() + " is there already, without an intent '" + intent +
                                             "': rename the one or the other"};
    std::string content = "intent: " + intent + "\n";
    if (is_new)
      acceptance_.new_intents.push_back(intent);
    else
      content = content_of(path);
    return &acceptance_.changes.emplace_back(FileChange{path, std::move(content)});
  }

  static std::string content_of(const fs::path& path) {
    config::Findings ignored;  // it was read without errors a moment ago
    return std::string(config::YamlFile(path, path.string(), ignored).text());
  }

  const config::BotManifest& manifest_;
  const Corpus& corpus_;
  Acceptance acceptance_;
};

Error unwritable(const fs::path& path) {
  return {ErrorCode::kUnavailable, path.string() + " can't be written: " + std::strerror(errno)};
}

/// Writes and syncs; false: errno tells why.
bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(descriptor) == 0;
}

}  // namespace

Result<Acceptance> plan_acceptance(const config::BotManifest& manifest, const fs::path& suggestions,
                                   config::Findings& findings) {
  const Corpus corpus = read_corpus(manifest, findings);
  const config::YamlFile file(suggestions, suggestions.string(), findings);
  const std::vector<ReviewedSuggestion> reviewed = read_suggestions(file, corpus);
  if (findings.has_errors()) return Acceptance{};
  Planner planner(manifest, corpus);
  std::vector<bool> leaves;
  for (const ReviewedSuggestion& suggestion : reviewed) {
    leaves.push_back(suggestion.accepted);
    if (!suggestion.accepted) continue;
    if (auto accepted = planner.accept(suggestion); !accepted) return accepted.error();
  }
  Acceptance acceptance = planner.finish();
  if (acceptance.suggestions > 0)
    acceptance.changes.push_back({suggestions, without_documents(file, leaves)});
  return acceptance;
}

Result<Done> make_changes(const std::vector<FileChange>& changes) {
  for (const FileChange& change : changes) {
    std::error_code failed;
    if (change.content.empty()) {
      fs::remove(change.path, failed);
      if (failed) return Error{ErrorCode::kUnavailable, change.path.string() + ": " + failed.message()};
    } else if (auto written = write_whole(change.path, change.content, false); !written) {
      return written;
    }
  }
  return Done{};
}

Result<Done> write_whole(const fs::path& path, const std::string& content, bool owner_only) {
  std::error_code missing;
  const fs::path real = fs::weakly_canonical(path, missing);
  const fs::path target = missing ? path : real;  // a link keeps pointing to the file
  const fs::path temporary = target.string() + "." + std::to_string(::getpid()) + ".new";
  fs::create_directories(target.parent_path(), missing);
  const int descriptor =
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, owner_only ? 0600 : 0666);
  if (descriptor < 0) return unwritable(path);
  const bool written = write_all(descriptor, content);
  const fs::file_status before = fs::status(target, missing);
  if (fs::exists(before)) fs::permissions(temporary, before.permissions(), missing);
  if (::close(descriptor) == 0 && written && ::rename(temporary.c_str(), target.c_str()) == 0) return Done{};
  const Error why = unwritable(path);
  fs::remove(temporary, missing);
  return why;
}

}  // namespace parley::intents
