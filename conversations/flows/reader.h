// Reads the leaves of one flow: expressions and texts, each checked against the names in scope, each text in
// all languages.
//
// Codes: expression, condition-type, value-type, message, empty-text, no-default-text, text-too-long,
// missing-translation, translation.
// One thread; refers to the Loading and the scope it was made with.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "conversations/flows/loading.h"

namespace parley::conversations {

class FlowReader {
 public:
  /// `flow` is the msgctxt under which its translations are looked for first.
  FlowReader(Loading& loading, std::string flow, const cel::Declarations& scope)
      : loading_(&loading), flow_(std::move(flow)), scope_(&scope) {}

  const BotOutline& outline() const { return loading_->outline; }
  /// Whether an intent of this name exists, or a request that a built-in flow answers ("handoff").
  bool leads_somewhere(const std::string& intent) const;

  /// From now on readings of variables are noted in `reads`.
  void note_in(std::vector<Read>* reads) { reads_ = reads; }
  /// The same reader with other names in scope.
  FlowReader with(const cel::Declarations& scope) const;

  /// Null: absent or wrong (reported).
  ExpressionPtr expression(const config::Node& node) const;
  /// The same, of type bool.
  ExpressionPtr condition(const config::Node& node) const;
  /// The same, where `wanted` fits; `what` names the receiver in the report.
  ExpressionPtr value(const config::Node& node, const cel::Type& wanted, const std::string& what) const;

  /// The expression `null`.
  ExpressionPtr nothing() const;

  std::optional<MessageTemplate> message(const config::Node& node) const;
  /// The title of something to press.
  std::optional<MessageTemplate> button(const config::Node& node) const;
  /// One text, or a list of texts and of `{if: condition, text: ...}`.
  Text text(const config::Node& node) const;
  /// A text that is not at a node of its own: an intent's title. Problems are reported at `place`.
  MessageTemplate message_at(const std::string& source, const Place& place) const;

 private:
  struct Origin;  // where a source text stands
  std::optional<Variant> variant(const config::Node& node) const;
  std::optional<MessageTemplate> message_within(const config::Node& node, bool button) const;
  void check_cases(const MessageTemplate& message, const config::Node& node) const;
  void check_length(const MessageTemplate& message, bool button, const config::Node& node) const;
  MessageTemplate compile(const std::string& source, const Origin& origin) const;
  void translate(MessageTemplate& message, const LanguageTranslations& translations,
                 const Origin& origin) const;
  void mark_used(const std::string& source, const LanguageTranslations& translations) const;
  void note(const std::string& expression, const std::vector<std::string>& variables,
            const config::Node& node, std::size_t offset) const;

  Loading* loading_;
  std::string flow_;
  const cel::Declarations* scope_;
  std::vector<Read>* reads_ = nullptr;
};

}  // namespace parley::conversations
