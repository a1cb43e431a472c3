// The report for programs: the same keys as a table run, and lists for what has many parts.

#include <nlohmann/json.hpp>

#include "intents/evaluation/bot_report.h"
#include "intents/evaluation/measures_json.h"

namespace parley::intents {
namespace {

using Json = nlohmann::json;

Json to_json(const LabelledText& text) {
  return {{"text", text.text}, {"intent", text.intent}, {"place", text.place}};
}

template <typename Item, typename Convert>
Json list_of(const std::vector<Item>& items, const Convert& convert) {
  Json list = Json::array();
  for (const Item& item : items)
    list.push_back(convert(item));
  return list;
}

Json side(const std::vector<ConfusedSentence>& sentences) {
  return list_of(sentences, [](const ConfusedSentence& confused) {
    return Json{{"sentence", to_json(confused.sentence)},
                {"certainty", confused.certainty},
                {"like", confused.like.text.empty() ? Json() : to_json(confused.like)}};
  });
}

Json pairs(const std::vector<LikePair>& list, bool strays) {
  return list_of(list, [&](const LikePair& pair) {
    Json json{{"sentence", to_json(pair.sentence)},
              {"other", to_json(pair.other)},
              {"similarity", pair.similarity}};
    if (strays) json["own_similarity"] = pair.own_similarity;
    return json;
  });
}

Json to_json(const AcceptancePoint& point) {
  return {{"threshold", point.threshold},
          {"false_accepts", point.false_accepts},
          {"false_rejects", point.false_rejects}};
}

Json to_json(const AcceptanceCurve& curve) {
  return {{"cost", curve.cost},
          {"best", to_json(curve.best)},
          {"shipped", to_json(curve.shipped)},
          {"points", list_of(curve.points, [](const auto& point) { return to_json(point); })}};
}

}  // namespace

Json to_json(const BotReport& report) {
  Json json = to_json(report.measures);
  json["bot"] = report.bot;
  json["configuration"] = report.configuration;
  json["folds"] = report.folds;
  json["held_out"] = report.held_out ? to_json(*report.held_out) : Json();
  json["threshold"] = to_json(report.acceptance);
  json["confusions"] = list_of(report.confusions, [](const Confusion& pair) {
    return Json{{"left", pair.left},
                {"right", pair.right},
                {"left_as_right", side(pair.left_as_right)},
                {"right_as_left", side(pair.right_as_left)}};
  });
  json["typos"] = list_of(report.typos, [](const TypoPoint& point) {
    return Json{{"share_of_words", point.share}, {"accuracy", point.accuracy}};
  });
  json["learning_curve"] = list_of(report.learning, [](const LearningPoint& point) {
    return Json{{"sentences_per_intent", point.sentences_per_intent}, {"accuracy", point.accuracy}};
  });
  json["accuracy_with_twice_the_sentences"] = report.accuracy_with_twice;
  json["duplicates"] = pairs(report.duplicates, false);
  json["nearer_to_another_intent"] = pairs(report.strays, true);
  return json;
}

}  // namespace parley::intents
