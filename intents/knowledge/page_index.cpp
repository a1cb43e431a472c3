// BM25 orders the passages for one text, but says nothing across texts: a long question about the weather may
// outdo a short one about leave. So the best few get a second, comparable score, the share of the question
// that they cover:
//
//     what(-) happens(1.9) to(-) my(-) leave(1.1) when(-) I(-) am(-) sick(2.6)       stop words weigh nothing
//     covered: leave, in the heading, 1.1; sick, in the text, 0.8 * 2.6             3.2 of 5.6 + k
//
// A word weighs its inverse document frequency, as in BM25; one that no passage has weighs as much as a word
// can, so a question about other things scores low however often it says "work". A match in the text alone
// counts a little less than one in a heading. The constant k makes that a single common word is never sure.
//
// A word that no passage has may be misspelt: it then stands for the word of the pages that it was meant to
// be, and counts for a part of its weight.
//
// Cost: docs/knowledge.md has the figures. Limit: words are compared, not meanings; where people say
// something in other words than a page, its `keywords` help.
#include "intents/knowledge/page_index.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "engine/limits.h"
#include "intents/entities/spelling.h"
#include "intents/knowledge/stem_tables.h"
#include "intents/knowledge/terms.h"
#include "intents/language_data.h"

namespace parley::intents {
namespace {

constexpr std::size_t kScored = 20;     // passages of BM25's order that get a score
constexpr double kTextShare = 0.8;      // of a word's weight, for a match in the text alone
constexpr double kMisspeltShare = 0.6;  // of a word's weight, when it had to be corrected
constexpr double kPrior = 0.25;         // k, in weights of a word that no passage has

using Stems = std::set<std::string, std::less<>>;

/// What is known about the words of one language's passages.
struct LanguageTerms {
  std::string language;
  std::size_t passages = 0;
  std::unordered_map<std::string, std::size_t> frequency;   // stem -> passages that have it
  std::unordered_map<std::string, std::size_t> title_only;  // those of `frequency` that only the title has
  Stems pages;                                              // their paths
  Stems words;                                              // as they are written, folded
  Stems common;                                             // words of everyday sentences: no typos
  SpellingIndex spelling;                                   // over `words`

  double weight(const std::string& stem) const {
    const auto found = frequency.find(stem);
    const double with = found == frequency.end() ? 0 : static_cast<double>(found->second);
    return std::log(1 + (static_cast<double>(passages) - with + 0.5) / (with + 0.5));
  }
  double greatest_weight() const { return std::log(1 + (static_cast<double>(passages) + 0.5) / 0.5); }
};

struct Entry {
  IndexedPassage indexed;
  Stems marked, plain;  // of title and heading; of the text
};

/// A word of a question that some passage has.
struct Wanted {
  std::string stem;
  double weight = 0;
  double share = 1;  // of the weight, where it is found
};

struct Question {
  std::vector<Wanted> words;  // of very many those that tell most
  double weight = 0;          // of all its words, found or not, and k
};

bool may_see(const IndexedPassage& passage, const KnowledgeQuery& query) {
  const auto has = [](const std::vector<std::string>& list, std::string_view one) {
    return std::find(list.begin(), list.end(), one) != list.end();
  };
  if (!passage.channels.empty() && !has(passage.channels, query.channel)) return false;
  return passage.roles.empty() || std::any_of(query.roles.begin(), query.roles.end(),
                                              [&](const auto& role) { return has(passage.roles, role); });
}

double covered(const Question& question, const Entry& entry) {
  double sum = 0;
  for (const Wanted& one : question.words) {
    if (entry.marked.contains(one.stem))
      sum += one.weight * one.share;
    else if (entry.plain.contains(one.stem))
      sum += one.weight * one.share * kTextShare;
  }
  return sum;
}

class PageIndex final : public Knowledge {
 public:
  explicit PageIndex(std::vector<IndexedPassage> passages) {
    for (IndexedPassage& passage : passages)
      add(std::move(passage));
    for (auto& [language, terms] : languages_) {
      weigh_only_title(terms);
      learn_spelling(terms);
    }
  }

  Result<Done> build() {
    auto tables = StemTables::make(rows_);
    if (!tables) return tables.error();
    tables_ = std::move(*tables);
    rows_ = {};
    return Done{};
  }

  std::vector<Passage> search(const KnowledgeQuery& query) const override {
    const auto found = languages_.find(query.language);
    if (found == languages_.end()) return {};
    const LanguageTerms& terms = found->second;
    const Question question = question_of(query.text, terms);
    std::vector<std::string> stems;
    for (const Wanted& one : question.words)
      stems.push_back(one.stem);
    std::vector<std::size_t> best;
    tables_->match(terms.language, stems, [&](std::size_t number) {
      if (may_see(entries_[number].indexed, query)) best.push_back(number);
      return best.size() < kScored;
    });
    return scored(question, best, query.limit);
  }

 private:
  void add(IndexedPassage indexed) {
    LanguageTerms& terms = languages_[indexed.language];
    terms.language = indexed.language;
    ++terms.passages;
    Entry entry;
    StemRow row{indexed.language, "", "", ""};
    Stems title;
    read(indexed.title_words, row.title, title, terms);
    read(indexed.heading_words, row.heading, entry.marked, terms);
    read(indexed.body_words, row.body, entry.plain, terms);
    Stems all = entry.marked;
    all.insert(entry.plain.begin(), entry.plain.end());
    for (const std::string& stem : all)
      ++terms.frequency[stem];
    for (const std::string& stem : title) {
      if (!all.insert(stem).second) continue;
      ++terms.frequency[stem];
      ++terms.title_only[stem];
    }
    entry.marked.merge(title);
    terms.pages.emplace(indexed.passage.path);
    rows_.push_back(std::move(row));
    entry.indexed = std::move(indexed);
    entries_.push_back(std::move(entry));
  }

  // Every passage has the title and the keywords of its page. Where there is one page only, they would weigh
  // nothing, as a word that is everywhere, and the question for a keyword would find no answer: there they
  // weigh as if one passage had them.
  static void weigh_only_title(LanguageTerms& terms) {
    if (terms.pages.size() > 1) return;
    for (const auto& [stem, passages] : terms.title_only)
      terms.frequency[stem] -= passages - 1;
  }

  static void read(const std::string& text, std::string& column, Stems& stems, LanguageTerms& terms) {
    for (Term& term : terms_of(text, terms.language)) {
      (column += column.empty() ? "" : " ") += term.stem;
      stems.insert(std::move(term.stem));
      terms.words.insert(std::move(term.word));
    }
  }

  static Question question_of(std::string_view text, const LanguageTerms& terms) {
    Question question;
    question.weight = kPrior * terms.greatest_weight();
    Stems seen;
    std::size_t corrections = 0;
    for (const Term& term : terms_of(text, terms.language)) {
      if (!seen.insert(term.stem).second) continue;
      Wanted wanted{term.stem, terms.weight(term.stem), 1};
      question.weight += wanted.weight;
      const bool known = terms.frequency.contains(term.stem);
      if (known || (++corrections <= limits::kSearchWordsMax && correct(term.word, terms, wanted)))
        question.words.push_back(std::move(wanted));
    }
    if (question.words.size() <= limits::kSearchWordsMax) return question;
    std::stable_sort(question.words.begin(), question.words.end(),
                     [](const Wanted& left, const Wanted& right) { return left.weight > right.weight; });
    question.words.resize(limits::kSearchWordsMax);
    return question;
  }

  static void learn_spelling(LanguageTerms& terms) {
    terms.spelling = SpellingIndex({terms.words.begin(), terms.words.end()});
    for (const std::string& sentence : language_data(terms.language).everyday)
      for (Term& term : terms_of(sentence, terms.language))
        terms.common.insert(std::move(term.word));
  }

  /// The word of the pages that a word which none has was meant to be. False: there is none like it.
  static bool correct(const std::string& word, const LanguageTerms& terms, Wanted& wanted) {
    if (terms.common.contains(word)) return false;
    const std::size_t near = terms.spelling.nearest(word);
    if (near == SpellingIndex::kNothing) return false;
    const std::vector<Term> meant = terms_of(terms.spelling.word(near), terms.language);
    if (meant.empty()) return false;
    wanted.stem = meant.front().stem;
    wanted.share = kMisspeltShare;
    return true;
  }

  std::vector<Passage> scored(const Question& question, const std::vector<std::size_t>& numbers,
                              std::size_t limit) const {
    std::vector<std::pair<double, std::size_t>> ranked;
    for (const std::size_t number : numbers)
      ranked.emplace_back(std::round(1000 * covered(question, entries_[number]) / question.weight) / 1000,
                          number);
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& left, const auto& right) { return left.first > right.first; });
    std::vector<Passage> passages;
    for (const auto& [score, number] : ranked) {
      if (passages.size() == limit) break;
      passages.push_back(entries_[number].indexed.passage);
      passages.back().score = score;
    }
    return passages;
  }

  std::vector<StemRow> rows_;  // until the tables are made
  std::vector<Entry> entries_;
  std::map<std::string, LanguageTerms, std::less<>> languages_;
  std::unique_ptr<StemTables> tables_;
};

}  // namespace

Result<std::shared_ptr<const Knowledge>> make_page_index(std::vector<IndexedPassage> passages) {
  const auto index = std::make_shared<PageIndex>(std::move(passages));
  if (auto built = index->build(); !built) return built.error();
  return std::shared_ptr<const Knowledge>(index);
}

}  // namespace parley::intents
