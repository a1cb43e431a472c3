#include "conversations/flows/card_schema.h"

#include <algorithm>

namespace parley::conversations {
namespace {

using enum CardValue;
using Properties = std::vector<CardProperty>;

constexpr std::string_view kAlignments = "left|center|right", kVertical = "top|center|bottom",
                           kSpacings = "none|small|default|medium|large|extraLarge|padding",
                           kStyles = "default|emphasis|good@12|attention@12|warning@12|accent@12",
                           kColours = "default|dark|light|accent|good|warning|attention",
                           kTextSizes = "default|small|medium|large|extraLarge",
                           kPictureSizes = "auto|stretch|small|medium|large";

CardProperty required(CardProperty property) {
  property.required = true;
  return property;
}

Properties joined(std::initializer_list<Properties> lists) {
  Properties all;
  for (const Properties& list : lists)
    all.insert(all.end(), list.begin(), list.end());
  return all;
}

// --- what several types have ---

const Properties kOfAll{{"type"}, {"id"}, {"requires", kVersions, "", 12}, {"fallback", kAnything, "", 12}};

const Properties kOfElements = joined({kOfAll,
                                       {{"height", kWord, "auto|stretch", 11},
                                        {"separator", kFlag},
                                        {"spacing", kWord, kSpacings},
                                        {"isVisible", kFlag, "", 12},
                                        {"horizontalAlignment", kWord, kAlignments},
                                        {"lang", kText, "", 11}}});

const Properties kOfActions = joined({kOfAll,
                                      {{"title"},
                                       {"iconUrl", kAddress, "", 11},
                                       {"style", kWord, "default|positive|destructive", 12},
                                       {"tooltip", kText, "", 15},
                                       {"isEnabled", kFlag, "", 15},
                                       {"mode", kWord, "primary|secondary", 15}}});

const Properties kOfInputs = joined({kOfElements,
                                     {required({"id"}),
                                      {"label", kText, "", 13},
                                      {"isRequired", kFlag, "", 13},
                                      {"errorMessage", kText, "", 13}}});

const Properties kOfSurfaces{{"selectAction", kAction, "", 11},
                             {"style", kWord, kStyles},
                             {"verticalContentAlignment", kWord, kVertical, 11},
                             {"bleed", kFlag, "", 12},
                             {"backgroundImage", kPicture, "BackgroundImage", 12},
                             {"minHeight", kPixels, "", 12},
                             {"rtl", kFlag, "", 15}};

const Properties kOfText{
    required({"text"}),  {"color", kWord, kColours},  {"fontType", kWord, "default|monospace", 12},
    {"isSubtle", kFlag}, {"size", kWord, kTextSizes}, {"weight", kWord, "default|lighter|bolder"}};

const Properties kOfCells{{"style", kWord, kStyles, 15},
                          {"horizontalCellContentAlignment", kWord, kAlignments, 15},
                          {"verticalCellContentAlignment", kWord, kVertical, 15}};

const Properties kOfSubmits{{"data", kData}, {"associatedInputs", kWord, "auto|none", 13}};

CardType element(std::string_view name, CardVersion since, const Properties& own) {
  return {name, CardFamily::kElement, since, joined({kOfElements, own})};
}

CardType input(std::string_view name, const Properties& own) {
  return {name, CardFamily::kElement, kCardVersionMin, joined({kOfInputs, own})};
}

CardType action(std::string_view name, CardVersion since, const Properties& own) {
  return {name, CardFamily::kAction, since, joined({kOfActions, own})};
}

CardType part(std::string_view name, CardVersion since, const Properties& own) {
  return {name, CardFamily::kPart, since, joined({{{"type"}}, own})};
}

// --- the types ---

std::vector<CardType> elements() {
  return {
      element("TextBlock", 10,
              joined({kOfText,
                      {{"wrap", kFlag},
                       {"maxLines", kNumber},
                       {"style", kWord, "default|heading|columnHeader", 15}}})),
      element("RichTextBlock", 12, {required({"inlines", kRuns, "TextRun"})}),
      element("Image", 10,
              {required({"url", kAddress}),
               {"altText"},
               {"backgroundColor", kText, "", 11},
               {"size", kWord, kPictureSizes},
               {"style", kWord, "default|person"},
               {"width", kPixels, "", 11},
               {"height", kExtent, "auto|stretch", 11},
               {"selectAction", kAction, "", 11}}),
      element("ImageSet", 10, {required({"images", kParts, "Image"}), {"imageSize", kWord, kPictureSizes}}),
      element("Media", 11, {required({"sources", kParts, "MediaSource"}), {"poster", kAddress}, {"altText"}}),
      element("Container", 10, joined({kOfSurfaces, {required({"items", kElements})}})),
      element("ColumnSet", 10,
              {{"columns", kParts, "Column"},
               {"selectAction", kAction, "", 11},
               {"style", kWord, kStyles, 12},
               {"bleed", kFlag, "", 12},
               {"minHeight", kPixels, "", 12}}),
      element("FactSet", 10, {required({"facts", kParts, "Fact"})}),
      element("ActionSet", 12, {required({"actions", kActions})}),
      element("Table", 15,
              joined({{{"columns", kParts, "TableColumnDefinition"},
                       {"rows", kParts, "TableRow"},
                       {"firstRowAsHeader", kFlag},
                       {"firstRowAsHeaders", kFlag},
                       {"showGridLines", kFlag},
                       {"gridStyle", kWord, kStyles}},
                      kOfCells})),
      input("Input.Text", {{"value"},
                           {"placeholder"},
                           {"maxLength", kNumber},
                           {"isMultiline", kFlag},
                           {"style", kWord, "text|tel|url|email|password@15"},
                           {"inlineAction", kAction, "", 12},
                           {"regex", kText, "", 13}}),
      input("Input.Number", {{"value", kNumber}, {"placeholder"}, {"min", kNumber}, {"max", kNumber}}),
      input("Input.Date", {{"value", kDate}, {"placeholder"}, {"min", kDate}, {"max", kDate}}),
      input("Input.Time", {{"value", kTime}, {"placeholder"}, {"min", kTime}, {"max", kTime}}),
      input("Input.Toggle",
            {required({"title"}), {"value"}, {"valueOn"}, {"valueOff"}, {"wrap", kFlag, "", 12}}),
      input("Input.ChoiceSet", {required({"choices", kParts, "Input.Choice"}),
                                {"value"},
                                {"placeholder"},
                                {"isMultiSelect", kFlag},
                                {"style", kWord, "compact|expanded|filtered@15"},
                                {"wrap", kFlag, "", 12}})};
}

std::vector<CardType> actions() {
  return {action("Action.OpenUrl", 10, {required({"url", kAddress})}),
          action("Action.Submit", 10, kOfSubmits),
          action("Action.ShowCard", 10, {required({"card", kPart, "AdaptiveCard"})}),
          action("Action.ToggleVisibility", 12, {required({"targetElements", kTargets, "TargetElement"})}),
          action("Action.Execute", 14, joined({kOfSubmits, {{"verb"}}}))};
}

std::vector<CardType> parts() {
  return {
      part("AdaptiveCard", 10,
           {{"version"},
            {"body", kElements},
            {"actions", kActions},
            {"selectAction", kAction, "", 11},
            {"fallbackText"},
            {"speak"},
            {"lang"},
            {"backgroundImage", kPicture, "BackgroundImage"},
            {"minHeight", kPixels, "", 12},
            {"verticalContentAlignment", kWord, kVertical, 11},
            {"rtl", kFlag, "", 15},
            {"refresh", kPart, "Refresh", 14},
            {"authentication", kPart, "Authentication", 14},
            {"$schema"},
            {"msteams", kAnything}}),
      part("Column", 10, joined({kOfElements, kOfSurfaces, {{"items", kElements}, {"width", kWidth}}})),
      part("Fact", 10, {required({"title"}), required({"value"})}),
      part("Input.Choice", 10, {required({"title"}), required({"value"})}),
      part("TextRun", 12,
           joined({kOfText,
                   {{"italic", kFlag},
                    {"strikethrough", kFlag},
                    {"highlight", kFlag},
                    {"underline", kFlag, "", 13},
                    {"selectAction", kAction}}})),
      part("MediaSource", 11, {required({"mimeType"}), required({"url", kAddress})}),
      part("BackgroundImage", 12,
           {required({"url", kAddress}),
            {"fillMode", kWord, "cover|repeatHorizontally|repeatVertically|repeat"},
            {"horizontalAlignment", kWord, kAlignments},
            {"verticalAlignment", kWord, kVertical}}),
      part("TargetElement", 12, {required({"elementId"}), {"isVisible", kFlag}}),
      part("TableColumnDefinition", 15,
           {{"width", kWidth},
            {"horizontalCellContentAlignment", kWord, kAlignments},
            {"verticalCellContentAlignment", kWord, kVertical}}),
      part("TableRow", 15, joined({kOfElements, kOfCells, {{"cells", kParts, "TableCell"}}})),
      part("TableCell", 15, joined({kOfElements, kOfSurfaces, {{"items", kElements}}})),
      part("Refresh", 14, {{"action", kAction}, {"userIds", kTexts}}),
      part("Authentication", 14,
           {{"text"},
            {"connectionName"},
            {"tokenExchangeResource", kPart, "TokenExchangeResource"},
            {"buttons", kParts, "AuthCardButton"}}),
      part("TokenExchangeResource", 14, {{"id"}, {"uri"}, {"providerId"}}),
      part("AuthCardButton", 14, {required({"type"}), required({"value"}), {"title"}, {"image", kAddress}})};
}

const std::vector<CardType>& all_types() {
  static const std::vector<CardType> kTypes = [] {
    std::vector<CardType> types = elements();
    for (const auto& more : {actions(), parts()})
      types.insert(types.end(), more.begin(), more.end());
    return types;
  }();
  return kTypes;
}

}  // namespace

const CardProperty* CardType::find(std::string_view property) const {
  // The last wins: a type's own rule stands behind the one for all elements.
  const auto found = std::find_if(properties.rbegin(), properties.rend(),
                                  [&](const CardProperty& one) { return one.name == property; });
  return found == properties.rend() ? nullptr : &*found;
}

const CardType* find_card_type(std::string_view name) {
  const auto found = std::find_if(all_types().begin(), all_types().end(),
                                  [&](const CardType& type) { return type.name == name; });
  return found == all_types().end() ? nullptr : &*found;
}

std::vector<std::string> card_types(CardFamily family) {
  std::vector<std::string> names;
  for (const CardType& type : all_types())
    if (type.family == family) names.emplace_back(type.name);
  return names;
}

}  // namespace parley::conversations
