#include "intents/trainer.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "intents/calibration.h"
#include "intents/language_data.h"
#include "intents/linear_solver.h"
#include "intents/typos.h"

namespace parley::intents {
namespace {

constexpr std::size_t kFolds = 5;
// Above this many sentences n-grams that occur once are dropped, and one fold is enough.
constexpr std::size_t kLargeCorpus = 3'000;
// An everyday sentence with a larger share of words that the bot knows may be the bot's business.
constexpr double kKnownWordsMax = 0.7;

struct Example {
  std::string text;
  int intent = kNoColumn;  // kNoColumn: against all of them
  int language = 0;
  std::size_t number = 0;  // within its intent: decides the fold
};

/// What a held-out text is to the classifier that did not see it. Gibberish is a sentence read backwards.
enum Standing : std::size_t { kInScope, kNotForTheBot, kHiddenIntent, kGibberish };
constexpr std::size_t kStandings = 4;

std::vector<Example> corpus_examples(const Corpus& corpus, const std::vector<std::string>& intents) {
  std::vector<Example> examples;
  for (const Intent& intent : corpus.intents) {
    const auto found = std::find(intents.begin(), intents.end(), intent.name);
    const int column = found == intents.end() ? kNoColumn : static_cast<int>(found - intents.begin());
    std::size_t number = 0;
    for (const Sentence& sentence : intent.sentences) {
      const auto language = std::find(corpus.languages.begin(), corpus.languages.end(), sentence.language);
      examples.push_back(
          {sentence.text, column, static_cast<int>(language - corpus.languages.begin()), number++});
    }
  }
  return examples;
}

/// Everyday sentences of the bot's languages whose words are mostly not the bot's own.
void add_everyday_sentences(const Corpus& corpus, std::vector<Example>& examples) {
  std::set<std::string, std::less<>> known;
  for (const Example& example : examples) {
    const FoldedText text = fold(example.text);
    for (std::size_t i = 0; i < text.words.size(); ++i)
      known.emplace(text.word(i));
  }
  std::size_t number = 0;
  for (std::size_t language = 0; language < corpus.languages.size(); ++language)
    for (const std::string& sentence : language_data(corpus.languages[language]).everyday) {
      const FoldedText text = fold(sentence);
      std::size_t count = 0;
      for (std::size_t i = 0; i < text.words.size(); ++i)
        count += known.contains(text.word(i)) ? 1 : 0;
      if (static_cast<double>(count) > kKnownWordsMax * static_cast<double>(text.words.size())) continue;
      examples.push_back({sentence, kNoColumn, static_cast<int>(language), number++});
    }
}

/// Adds the misspelt copies.
std::vector<Example> with_copies(const std::vector<Example>& examples, std::size_t copies) {
  std::vector<Example> all = examples;
  for (std::size_t copy = 1; copy <= copies; ++copy)
    for (std::size_t i = 0; i < examples.size(); ++i) {
      Example misspelt = examples[i];
      misspelt.text = with_typos(misspelt.text, {}, copy * 1'000'003 + i);
      if (misspelt.text != examples[i].text) all.push_back(std::move(misspelt));
    }
  return all;
}

std::vector<FeatureKey> collect_keys(const std::vector<std::vector<Occurrence>>& texts,
                                     std::size_t count_min) {
  std::unordered_map<FeatureKey, std::size_t> counts;
  for (const auto& occurrences : texts)
    for (std::size_t i = 0; i < occurrences.size(); ++i)
      if (i == 0 || occurrences[i].key != occurrences[i - 1].key) ++counts[occurrences[i].key];
  std::vector<FeatureKey> keys;
  for (const auto& [key, count] : counts)
    if (count >= count_min) keys.push_back(key);
  std::sort(keys.begin(), keys.end());
  return keys;
}

/// Weights of all columns of `model` from solved groups of columns that stand side by side.
void join_columns(const std::vector<float>& left, std::size_t left_columns, const std::vector<float>& right,
                  std::size_t right_columns, ClassifierModel& model) {
  std::vector<float> weights;
  weights.reserve(left.size() + right.size());
  for (std::size_t f = 0; f < model.features(); ++f) {
    const auto add = [&](const std::vector<float>& from, std::size_t columns) {
      const auto begin = from.begin() + static_cast<std::ptrdiff_t>(f * columns);
      weights.insert(weights.end(), begin, begin + static_cast<std::ptrdiff_t>(columns));
    };
    add(left, left_columns);
    if (right_columns > 0) add(right, right_columns);
  }
  quantize(weights, model);
}

class Trainer {
 public:
  Trainer(const Corpus& corpus, const TrainingOptions& options, const std::function<void(double)>& progress)
      : options_(options), progress_(progress), languages_(corpus.languages) {
    for (const Intent& intent : corpus.intents)
      if (intent.name != kNoneIntent && !intent.sentences.empty()) intents_.push_back(intent.name);
    examples_ = corpus_examples(corpus, intents_);
    if (options.everyday_sentences) add_everyday_sentences(corpus, examples_);
    folds_ = examples_.size() > kLargeCorpus ? 1 : kFolds;
  }

  ClassifierModel train() {
    for (std::size_t fold = 0; fold < folds_; ++fold)
      hold_out(fold);
    ClassifierModel model = fit(examples_);
    Calibration& calibration = model.calibration;
    calibration.sharpness = fit_sharpness(held_intents_, calibration.sharpness);
    calibration.language_sharpness = fit_sharpness(held_languages_, calibration.language_sharpness);
    calibration.scope = fit_scope(balanced_scope(), calibration.scope);
    return model;
  }

 private:
  ClassifierModel fit(const std::vector<Example>& originals) {
    const std::vector<Example> examples = with_copies(originals, options_.typo_copies);
    std::vector<std::vector<Occurrence>> texts(examples.size());
    for (std::size_t i = 0; i < examples.size(); ++i)
      extract_features(fold(examples[i].text), texts[i]);
    ClassifierModel model;
    model.intents = intents_;
    model.languages = languages_;
    model.keys = collect_keys(texts, originals.size() > kLargeCorpus ? 2 : 1);
    const FeatureTable table(model.keys);
    Rows rows;
    rows.features = model.features();
    FeatureVector row;
    for (const auto& occurrences : texts) {
      weigh_features(occurrences, table, row);
      rows.add(row.values);
    }
    solve(examples, rows, model);
    return model;
  }

  void solve(const std::vector<Example>& examples, const Rows& rows, ClassifierModel& model) {
    SolverOptions options;
    options.threads = options_.threads;
    const std::vector<float> costs(rows.size(), 1.0F);
    std::vector<int> intents;
    std::vector<int> languages;
    for (const Example& example : examples) {
      intents.push_back(example.intent == kNoColumn ? static_cast<int>(model.none_column()) : example.intent);
      languages.push_back(example.language);
    }
    const std::size_t columns = model.none_column() + 1;
    const double begin = static_cast<double>(fits_++) / static_cast<double>(folds_ + 1);
    const auto report = [&](double share) {
      if (progress_) progress_(begin + share / static_cast<double>(folds_ + 1));
    };
    const auto intent_weights = solve_one_against_rest(rows, intents, columns, costs, options, report);
    const std::size_t language_columns = model.columns() - columns;
    std::vector<float> language_weights;
    if (language_columns > 0)
      language_weights = solve_one_against_rest(rows, languages, language_columns, costs, options);
    join_columns(intent_weights, columns, language_weights, language_columns, model);
  }

  bool is_hidden_intent(const Example& example, std::size_t fold) const {
    return example.intent != kNoColumn && intents_.size() > 2 &&
           static_cast<std::size_t>(example.intent) % kFolds == fold % std::min(kFolds, intents_.size());
  }

  /// Trains without one fold and notes how its sentences score.
  void hold_out(std::size_t fold) {
    std::vector<Example> kept;
    std::vector<const Example*> held;
    for (const Example& example : examples_) {
      if (example.number % kFolds == fold || is_hidden_intent(example, fold))
        held.push_back(&example);
      else
        kept.push_back(example);
    }
    const Classifier classifier(fit(kept));
    for (const Example* example : held) {
      const Standing standing = example->intent == kNoColumn       ? kNotForTheBot
                                : is_hidden_intent(*example, fold) ? kHiddenIntent
                                                                   : kInScope;
      note(classifier, *example, standing);
      if (example->number % kFolds == fold) note_gibberish(classifier, *example);
    }
  }

  void note(const Classifier& classifier, const Example& example, Standing standing) {
    const ClassifierModel& model = classifier.model();
    classifier.read(example.text, reading_);
    if (reading_.ranked.empty()) return;
    const auto begin = reading_.scores.begin();
    const auto intents_end = begin + static_cast<std::ptrdiff_t>(model.none_column());
    if (standing == kInScope)
      held_intents_.push_back({{begin, intents_end}, static_cast<std::size_t>(example.intent)});
    if (model.languages.size() > 1)
      held_languages_.push_back(
          {{intents_end + 1, reading_.scores.end()}, static_cast<std::size_t>(example.language)});
    signals_[standing].push_back(scope_signals(model, reading_));
  }

  void note_gibberish(const Classifier& classifier, const Example& example) {
    classifier.read(std::string(example.text.rbegin(), example.text.rend()), reading_);
    if (!reading_.ranked.empty()) signals_[kGibberish].push_back(scope_signals(classifier.model(), reading_));
  }

  /// The held-out texts, with each standing weighted to its share of what a bot hears: about one text in four
  /// is taken to be none of its business, and half of these sound like a neighbouring intent.
  std::vector<ScopeExample> balanced_scope() const {
    constexpr std::array<double, kStandings> kShares = {1.0, 0.15, 0.2, 0.05};
    const double total = std::max<double>(1, static_cast<double>(signals_[kInScope].size()));
    std::vector<ScopeExample> examples;
    for (std::size_t standing = 0; standing < kStandings; ++standing)
      for (const ScopeSignals& signals : signals_[standing])
        examples.push_back({signals, standing == kInScope,
                            kShares[standing] * total / static_cast<double>(signals_[standing].size())});
    return examples;
  }

  TrainingOptions options_;
  std::function<void(double)> progress_;
  std::vector<std::string> intents_;
  std::vector<std::string> languages_;
  std::vector<Example> examples_;
  std::size_t folds_ = kFolds;
  std::size_t fits_ = 0;
  Reading reading_;
  std::vector<HeldOut> held_intents_;
  std::vector<HeldOut> held_languages_;
  std::array<std::vector<ScopeSignals>, kStandings> signals_;
};

}  // namespace

ClassifierModel train_classifier(const Corpus& corpus, const TrainingOptions& options,
                                 const std::function<void(double)>& progress) {
  return Trainer(corpus, options, progress).train();
}

}  // namespace parley::intents
