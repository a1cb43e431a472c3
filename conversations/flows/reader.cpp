#include "conversations/flows/reader.h"

#include <algorithm>

#include "conversations/flows/text_lengths.h"

namespace parley::conversations {

using config::Node;

struct FlowReader::Origin {
  const Node* node = nullptr;  // or
  const Place* place = nullptr;

  void report(config::Findings& findings, config::Severity severity, std::size_t offset, std::string code,
              std::string message, std::string hint) const {
    if (node && severity == config::Severity::kError)
      node->error_at(offset, std::move(code), std::move(message), std::move(hint));
    else if (node)
      node->warning(std::move(code), std::move(message), std::move(hint));
    else
      findings.add(finding_at(*place, severity, std::move(code), std::move(message), std::move(hint)));
  }
};

namespace {

bool is_name_part(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// The name as a word of its own, not as a field of something else; npos: none.
std::size_t find_name(const std::string& expression, const std::string& name, std::size_t from = 0) {
  for (std::size_t at = expression.find(name, from); at != std::string::npos;
       at = expression.find(name, at + 1)) {
    const bool begins = at == 0 || (!is_name_part(expression[at - 1]) && expression[at - 1] != '.');
    const std::size_t end = at + name.size();
    if (begins && (end == expression.size() || !is_name_part(expression[end]))) return at;
  }
  return std::string::npos;
}

std::string without_spaces(const std::string& text) {
  std::string result;
  std::copy_if(text.begin(), text.end(), std::back_inserter(result),
               [](char c) { return !std::isspace(static_cast<unsigned char>(c)); });
  return result;
}

// Whether the expression asks if the name has a value: then it knows that there may be none.
bool tests_for_null(const std::string& expression, const std::string& name) {
  const std::string text = without_spaces(expression);
  for (std::size_t at = find_name(text, name); at != std::string::npos; at = find_name(text, name, at + 1)) {
    const std::string_view after = std::string_view(text).substr(at + name.size());
    if (after.starts_with("==null") || after.starts_with("!=null")) return true;
    const std::string_view before = std::string_view(text).substr(0, at);
    if (before.ends_with("null==") || before.ends_with("null!=")) return true;
    if (before.ends_with("has_value(") && after.starts_with(")")) return true;
  }
  return false;
}

std::vector<std::string> sorted_without_spaces(std::vector<std::string> expressions) {
  for (std::string& expression : expressions)
    expression = without_spaces(expression);
  std::sort(expressions.begin(), expressions.end());
  expressions.erase(std::unique(expressions.begin(), expressions.end()), expressions.end());
  return expressions;
}

}  // namespace

FlowReader FlowReader::with(const cel::Declarations& scope) const {
  FlowReader reader = *this;
  reader.scope_ = &scope;
  return reader;
}

bool FlowReader::leads_somewhere(const std::string& intent) const {
  const std::vector<std::string>& intents = loading_->outline.intents;
  return std::find(intents.begin(), intents.end(), intent) != intents.end() ||
         loading_->flows.contains("pattern_" + intent);
}

ExpressionPtr FlowReader::expression(const Node& node) const {
  const auto source = node.text();
  if (!source) return nullptr;
  std::vector<cel::Problem> problems;
  ExpressionPtr expression = cel::Expression::compile(*source, *scope_, problems);
  for (cel::Problem& problem : problems)
    node.error_at(problem.offset, "expression", std::move(problem.message), std::move(problem.hint));
  if (expression) note(*source, expression->variables(), node, 0);
  return expression;
}

ExpressionPtr FlowReader::condition(const Node& node) const {
  ExpressionPtr condition = expression(node);
  if (!condition || condition->type().fits(cel::Kind::kBool)) return condition;
  node.error("condition-type", "a condition is true or false, but this is " + condition->type().to_string(),
             "compare it with something: x == ..., x != null");
  return nullptr;
}

ExpressionPtr FlowReader::value(const Node& node, const cel::Type& wanted, const std::string& what) const {
  ExpressionPtr value = expression(node);
  if (!value || value->type().fits(wanted)) return value;
  // A whole number may stand where any number may: `set: {price: 5}`.
  if (wanted.is(cel::Kind::kDouble) && value->type().is(cel::Kind::kInt)) return value;
  node.error("value-type",
             "'" + what + "' is " + wanted.to_string() + ", but this is " + value->type().to_string());
  return nullptr;
}

ExpressionPtr FlowReader::nothing() const {
  std::vector<cel::Problem> none;
  return cel::Expression::compile("null", *scope_, none);
}

void FlowReader::note(const std::string& expression, const std::vector<std::string>& variables,
                      const Node& node, std::size_t offset) const {
  if (!reads_) return;
  for (const std::string& name : variables) {
    const std::size_t at = find_name(expression, name);
    reads_->push_back(
        {name, node, offset + (at == std::string::npos ? 0 : at), tests_for_null(expression, name)});
  }
}

std::optional<MessageTemplate> FlowReader::message(const Node& node) const {
  return message_within(node, false);
}

std::optional<MessageTemplate> FlowReader::button(const Node& node) const {
  return message_within(node, true);
}

std::optional<MessageTemplate> FlowReader::message_within(const Node& node, bool button) const {
  const auto source = node.text();
  if (!source) return std::nullopt;
  if (source->find_first_not_of(" \t\r\n") == std::string::npos) {
    node.error("empty-text", "this text says nothing", "write something, or take the line away");
    return std::nullopt;
  }
  Origin origin;
  origin.node = &node;
  MessageTemplate message = compile(*source, origin);
  for (const TemplateArgument& argument : message.arguments(loading_->source_language()))
    note(argument.expression, argument.variables, node, argument.offset);
  check_cases(message, node);
  check_length(message, button, node);
  return message;
}

// A misspelt case is never taken: `other` would be said, about something else.
void FlowReader::check_cases(const MessageTemplate& message, const Node& node) const {
  const auto flow = loading_->flows.find(flow_);
  if (flow == loading_->flows.end()) return;
  for (const std::string& language : loading_->manifest.languages)
    for (const TemplateArgument& argument : message.arguments(language)) {
      const auto slot = flow->second.flow.slots.find(argument.expression);
      if (slot == flow->second.flow.slots.end()) continue;
      const auto values = loading_->outline.vocabulary.find(slot->second.type);
      if (values == loading_->outline.vocabulary.end() || values->second.empty()) continue;
      for (const std::string& name : argument.cases)
        if (name != "other" &&
            std::find(values->second.begin(), values->second.end(), name) == values->second.end())
          node.warning("unknown-case",
                       "'" + slot->second.type + "' has no value '" + name + "'" +
                           (language == loading_->source_language() ? "" : " (in '" + language + "')") +
                           ": this case is never said",
                       config::near_names_hint(name, values->second));
    }
}

void FlowReader::check_length(const MessageTemplate& message, bool button, const Node& node) const {
  const auto flow = loading_->flows.find(flow_);
  static const std::vector<std::string> kEverywhere;
  const auto& channels = flow == loading_->flows.end() ? kEverywhere : flow->second.flow.channels;
  for (const std::string& language : loading_->manifest.languages) {
    const auto problem = too_long(message.source(language), button, channels);
    if (!problem) continue;
    node.warning("text-too-long",
                 "this has " + std::to_string(problem->chars) + " characters in '" + language + "', " +
                     (problem->channel.empty() ? "any channel" : "'" + problem->channel + "'") + " takes " +
                     std::to_string(problem->most) + (button ? " in a button" : " in a message"),
                 button ? "shorten it" : "shorten it, or say it in several steps");
    return;
  }
}

Text FlowReader::text(const Node& node) const {
  Text variants;
  if (node.is_list() && node.items().empty()) node.error("empty-text", "this list of texts is empty");
  const std::vector<Node> items = node.items();
  for (const Node& item : items)
    if (auto one = variant(item)) variants.push_back(std::move(*one));
  if (!items.empty() && std::all_of(items.begin(), items.end(),
                                    [](const Node& item) { return item.is_map() && item.get("if"); }))
    node.error("no-default-text",
               "each variant of this text has a condition: where none holds, nothing is said",
               "let the last variant be a text without a condition");
  return variants;
}

std::optional<Variant> FlowReader::variant(const Node& node) const {
  if (!node.is_map()) {
    auto text = message(node);
    return text ? std::optional<Variant>({std::move(*text), nullptr}) : std::nullopt;
  }
  if (!node.get("if") && !node.get("text")) {  // "- Sorry: no" is a map
    node.text();
    return std::nullopt;
  }
  node.allow({"if", "text"});
  const std::size_t before = reads_ ? reads_->size() : 0;
  const ExpressionPtr holds = condition(node.need("if"));
  auto text = message(node.need("text"));
  if (!holds || !text) return std::nullopt;
  // Where a slot is not filled, a condition over it does not hold, and the text is not said.
  const std::vector<std::string>& judged = holds->variables();
  for (std::size_t i = before; reads_ && i < reads_->size(); ++i)
    (*reads_)[i].unset_is_fine = std::find(judged.begin(), judged.end(), (*reads_)[i].name) != judged.end();
  if (const auto flow = loading_->flows.find(flow_); flow != loading_->flows.end())
    flow->second.text_conditions.emplace_back(node.get("if"), holds);
  return Variant{std::move(*text), holds};
}

MessageTemplate FlowReader::message_at(const std::string& source, const Place& place) const {
  Origin origin;
  origin.place = &place;
  return compile(source, origin);
}

MessageTemplate FlowReader::compile(const std::string& source, const Origin& origin) const {
  std::vector<TemplateProblem> problems;
  MessageTemplate message = MessageTemplate::compile(source, loading_->source_language(), *scope_, problems);
  for (TemplateProblem& problem : problems)
    origin.report(loading_->findings, config::Severity::kError, problem.offset,
                  problem.expression ? "expression" : "message", std::move(problem.message),
                  std::move(problem.hint));
  for (const LanguageTranslations& translations : loading_->translations) {
    if (problems.empty())
      translate(message, translations, origin);
    else
      mark_used(source, translations);
  }
  return message;
}

// Of a text that is wrong itself the translations are not stale.
void FlowReader::mark_used(const std::string& source, const LanguageTranslations& translations) const {
  for (const Catalogue& catalogue : translations.catalogues)
    if (const Translation* entry = catalogue.find(flow_, source)) loading_->used.insert(entry);
}

void FlowReader::translate(MessageTemplate& message, const LanguageTranslations& translations,
                           const Origin& origin) const {
  const std::string& language = translations.language;
  for (const Catalogue& catalogue : translations.catalogues) {
    const Translation* entry = catalogue.find(flow_, message.source());
    if (!entry) continue;
    loading_->used.insert(entry);
    std::vector<TemplateProblem> problems;
    message.translate(entry->text, language, *scope_, problems);
    const bool report = !problems.empty() && loading_->reported.insert(entry).second;
    for (TemplateProblem& problem : problems)
      if (report)
        loading_->findings.add(catalogue.finding(*entry, problem.offset, config::Severity::kError,
                                                 "translation", std::move(problem.message),
                                                 std::move(problem.hint)));
    if (!problems.empty()) return;
    if (sorted_without_spaces(message.expressions(language)) !=
            sorted_without_spaces(message.expressions(loading_->source_language())) &&
        loading_->reported.insert(entry).second)
      loading_->findings.add(catalogue.finding(*entry, 0, config::Severity::kError, "translation",
                                               "this translation has other arguments than its source text",
                                               "use the same {expressions}, in any order"));
    return;
  }
  std::vector<TemplateProblem> none;
  if (!has_words(message.source())) return message.translate(message.source(), language, *scope_, none);
  if (!translations.own_missing)
    origin.report(loading_->findings, config::Severity::kWarning, 0, "missing-translation",
                  "this text is not translated into '" + language + "'",
                  "add it to translations/" + language + ".po");
}

}  // namespace parley::conversations
