// understanding.*: how well sentences are understood that the model has not seen.

#include <algorithm>
#include <cmath>

#include "cli/maturity/sources.h"
#include "cli/terminal.h"
#include "intents/evaluation/cross_validation.h"
#include "intents/evaluation/measures.h"

namespace parley::cli {
namespace {

/// The point of the typo curve that understanding.typo_loss is about.
constexpr double kTypoShare = 0.5;

std::size_t counted(double share, std::size_t of) {
  return static_cast<std::size_t>(std::lround(share * static_cast<double>(of)));
}

double typo_loss(const std::vector<intents::TypoPoint>& typos) {
  const auto with =
      std::find_if(typos.begin(), typos.end(), [](const auto& point) { return point.share >= kTypoShare; });
  return with == typos.end() ? 0 : std::max(0.0, typos.front().accuracy - with->accuracy);
}

std::vector<std::string> wrong_ones(const std::vector<intents::Prediction>& predictions, double accept) {
  std::vector<std::string> places;
  for (const intents::Prediction& prediction : predictions)
    if (prediction.probability() >= accept && !prediction.right())
      places.push_back(prediction.place + ": \"" + prediction.text + "\" is taken for " + prediction.best);
  return places;
}

}  // namespace

void measure_understanding(const BotFiles& files, Measures& measures) {
  if (!intents::can_be_divided(files.corpus))
    return measures.miss("understanding.", "no intent has two sentences: there is nothing to divide");
  const intents::CrossValidation run = [&] {
    ProgressLine line("evaluating " + files.manifest.name);
    return intents::cross_validate(files.corpus, {},
                                   [&](double done, std::string_view what) { line.update(done, what); });
  }();
  const double accept = files.manifest.accept;
  const intents::Measures found = intents::measure(run.predictions, accept);
  const std::size_t inside = found.in_scope_count, outside = found.out_of_scope_count;
  measures.set_share("understanding.accuracy", counted(found.accuracy, inside), inside);
  measures.set_share("understanding.wrong_answers", counted(found.acceptance.wrong, inside), inside,
                     wrong_ones(run.predictions, accept));
  measures.set_share("understanding.false_accepts", counted(found.acceptance.out_of_scope, outside), outside);
  if (outside == 0)
    measures.miss("understanding.false_accepts",
                  "the intent none has no sentences: add what the bot is not for");
  measures.set("understanding.calibration_error", found.ece);
  measures.set("understanding.typo_loss", typo_loss(run.typos));
}

}  // namespace parley::cli
