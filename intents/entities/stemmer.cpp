#include "intents/entities/stemmer.h"

#include <libstemmer.h>
#include <map>
#include <memory>

namespace parley::intents {
namespace {

struct Delete {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

sb_stemmer* stemmer_of(const std::string& language) {
  thread_local std::map<std::string, std::unique_ptr<sb_stemmer, Delete>> stemmers;
  const auto [found, added] = stemmers.try_emplace(language);
  if (added) found->second.reset(sb_stemmer_new(language.c_str(), "UTF_8"));
  return found->second.get();
}

}  // namespace

std::string stem(std::string_view word, const std::string& language) {
  sb_stemmer* stemmer = stemmer_of(language);
  if (!stemmer) return std::string(word);
  const auto* bytes = reinterpret_cast<const sb_symbol*>(word.data());
  const sb_symbol* result = sb_stemmer_stem(stemmer, bytes, static_cast<int>(word.size()));
  if (!result) return std::string(word);
  return {reinterpret_cast<const char*>(result), static_cast<std::size_t>(sb_stemmer_length(stemmer))};
}

}  // namespace parley::intents
