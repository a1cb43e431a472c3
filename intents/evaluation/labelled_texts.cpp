#include "intents/evaluation/labelled_texts.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>

namespace parley::intents {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find('\t', begin), line.size());
    fields.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return fields;
}

struct Columns {
  std::size_t text = 0;
  std::size_t intent = 0;
};

std::optional<Columns> columns_of(std::string_view header) {
  const auto names = fields_of(header);
  const auto text = std::find(names.begin(), names.end(), "text");
  const auto intent = std::find(names.begin(), names.end(), "intent");
  if (text == names.end() || intent == names.end()) return std::nullopt;
  return Columns{static_cast<std::size_t>(text - names.begin()),
                 static_cast<std::size_t>(intent - names.begin())};
}

bool next_line(std::istream& file, std::string& line) {
  if (!std::getline(file, line)) return false;
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return true;
}

}  // namespace

Result<std::vector<LabelledText>> read_labelled_texts(const std::filesystem::path& path) {
  std::error_code problem;
  const auto bytes = std::filesystem::file_size(path, problem);
  std::ifstream file(path);
  if (problem || !file) return Error{ErrorCode::kNotFound, path.string() + " can't be read"};
  if (bytes > kLabelledFileMaxBytes)
    return Error{ErrorCode::kTooLarge,
                 path.string() + " is larger than " + std::to_string(kLabelledFileMaxBytes) + " bytes"};
  const auto invalid = [&](std::size_t number, const std::string& what) {
    return Error{ErrorCode::kInvalid, path.string() + ":" + std::to_string(number) + ": " + what};
  };
  std::string line;
  next_line(file, line);
  if (line.starts_with(kByteOrderMark)) line.erase(0, kByteOrderMark.size());
  const auto columns = columns_of(line);
  if (!columns)
    return invalid(1, "a header line with the columns text and intent, tab separated, is expected");
  std::vector<LabelledText> texts;
  for (std::size_t number = 2; next_line(file, line); ++number) {
    if (line.empty()) continue;
    const auto fields = fields_of(line);
    if (fields.size() <= std::max(columns->text, columns->intent) || fields[columns->intent].empty())
      return invalid(number, "a text, a tab and an intent are expected");
    texts.push_back({std::string(fields[columns->text]), std::string(fields[columns->intent]),
                     path.string() + ":" + std::to_string(number)});
  }
  return texts;
}

Corpus corpus_of(const std::vector<LabelledText>& texts, const std::string& language) {
  Corpus corpus;
  corpus.languages = {language};
  std::map<std::string, std::size_t> places;
  for (const LabelledText& labelled : texts) {
    const std::string name = labelled.intent == kOutOfScopeLabel ? std::string(kNoneIntent) : labelled.intent;
    const auto [at, added] = places.try_emplace(name, corpus.intents.size());
    if (added) corpus.intents.push_back({name, "", "", {}, {}});
    corpus.intents[at->second].sentences.push_back({labelled.text, language, {}, {}});
  }
  return corpus;
}

}  // namespace parley::intents
