#include "intents/import/readers.h"

#include <array>

namespace parley::intents {
namespace {

constexpr std::array kFormats{
    ImportFormat{"rasa", "Rasa nlu.yml: examples, synonyms, lookups, regular expressions", read_rasa},
    ImportFormat{"csv", "comma or tab separated values with the columns text and intent", read_table},
    ImportFormat{"tsv", "the same", read_table},
    ImportFormat{"luis", "a LUIS app or a CLU project as JSON", read_luis},
    ImportFormat{"clu", "the same", read_luis},
    ImportFormat{"lu", "Bot Framework .lu files", read_lu},
    ImportFormat{"dialogflow", "the folder of an unpacked Dialogflow ES export", read_dialogflow, true},
    ImportFormat{"nlpjs", "an nlp.js corpus as JSON", read_nlpjs},
};

}  // namespace

std::span<const ImportFormat> import_formats() {
  return kFormats;
}

const ImportFormat* find_import_format(std::string_view name) {
  for (const ImportFormat& format : kFormats)
    if (format.name == name) return &format;
  return nullptr;
}

}  // namespace parley::intents
