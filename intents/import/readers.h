// The foreign formats. Each reader adds what one file holds to the draft, and reports what it can't carry; a
// broken file is an error in the draft's findings, never more.
//
// Formats as published: Rasa 3 "NLU training data", LUIS app JSON (schema 7) and CLU project JSON (2022-05-01
// and later), Bot Framework .lu, Dialogflow ES agent export, nlp.js 4 corpus.
//
// Thread rule: one thread.
#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "intents/import/draft.h"

namespace parley::intents {

struct ImportFormat {
  std::string_view name;
  std::string_view title;
  void (*read)(const std::filesystem::path& path, Draft& draft);
  bool folder = false;  // reads a folder, not a file
};

std::span<const ImportFormat> import_formats();
/// nullptr when there is none of that name.
const ImportFormat* find_import_format(std::string_view name);

void read_rasa(const std::filesystem::path& path, Draft& draft);
void read_table(const std::filesystem::path& path, Draft& draft);  // .csv, .tsv
void read_luis(const std::filesystem::path& path, Draft& draft);   // LUIS and CLU
void read_lu(const std::filesystem::path& path, Draft& draft);
void read_dialogflow(const std::filesystem::path& path, Draft& draft);  // the folder of an unpacked export
void read_nlpjs(const std::filesystem::path& path, Draft& draft);

}  // namespace parley::intents
