#include "intents/evaluation/measures_json.h"

#include <nlohmann/json.hpp>

namespace parley::intents {
namespace {

using Json = nlohmann::json;

Json intents_json(const std::vector<IntentMeasures>& intents) {
  Json list = Json::array();
  for (const IntentMeasures& intent : intents)
    list.push_back({{"intent", intent.intent},
                    {"texts", intent.texts},
                    {"precision", intent.precision()},
                    {"recall", intent.recall()},
                    {"f1", intent.f1()}});
  return list;
}

Json bins_json(const Measures& measures) {
  Json list = Json::array();
  for (const CalibrationBin& bin : measures.bins)
    list.push_back(
        {{"count", bin.count}, {"mean_certainty", bin.mean_certainty}, {"share_right", bin.share_right}});
  return list;
}

Json scope_json(const Measures& measures) {
  Json list = Json::array();
  for (const ScopePoint& point : measures.scope_points)
    list.push_back(
        {{"oos_recall", point.oos_recall}, {"threshold", point.threshold}, {"accuracy", point.accuracy}});
  return list;
}

}  // namespace

Json to_json(const Acceptance& acceptance) {
  return {{"threshold", acceptance.threshold},
          {"right", acceptance.right},
          {"wrong", acceptance.wrong},
          {"rejected", acceptance.rejected},
          {"out_of_scope", acceptance.out_of_scope}};
}

Json to_json(const Measures& measures) {
  return {{"in_scope_texts", measures.in_scope_count},
          {"oos_texts", measures.out_of_scope_count},
          {"accuracy", measures.accuracy},
          {"macro_f1", measures.macro_f1},
          {"ece", measures.ece},
          {"oos_auroc", measures.oos_auroc ? Json(*measures.oos_auroc) : Json()},
          {"oos_recall", measures.oos_recall ? Json(*measures.oos_recall) : Json()},
          {"accuracy_at_oos_recall", scope_json(measures)},
          {"acceptance", to_json(measures.acceptance)},
          {"calibration", bins_json(measures)},
          {"intents", intents_json(measures.intents)}};
}

}  // namespace parley::intents
