#include "cli/lsp/names_inside.h"

#include <algorithm>
#include <array>

#include "conversations/cel/lexer.h"
#include "conversations/messages/pattern.h"

namespace parley::lsp {
namespace {

using cel::Token;
using cel::TokenKind;

bool is_word_of_cel(std::string_view text) {
  constexpr std::array<std::string_view, 4> kWords{"true", "false", "null", "in"};
  return std::find(kWords.begin(), kWords.end(), text) != kWords.end();
}

bool is_variable(const std::vector<Token>& tokens, std::size_t i) {
  return tokens[i].kind == TokenKind::kName && !is_word_of_cel(tokens[i].text) &&
         (i == 0 || !tokens[i - 1].is("."));
}

// x == 'a' and 'a' != x: the quotes are no part of the value.
void add_compared(const std::vector<Token>& tokens, std::size_t i, std::vector<InnerName>& names) {
  const Token& literal = tokens[i];
  if (literal.kind != TokenKind::kLiteral || !literal.value.is(cel::Kind::kString) || literal.text.size() < 2)
    return;
  const auto compares = [](const Token& token) { return token.is("==") || token.is("!="); };
  std::size_t variable = tokens.size();
  if (i >= 2 && compares(tokens[i - 1]))
    variable = i - 2;
  else if (i + 2 < tokens.size() && compares(tokens[i + 1]))
    variable = i + 2;
  if (variable == tokens.size() || !is_variable(tokens, variable)) return;
  names.push_back({InnerName::What::kValue,
                   literal.value.as_text(),
                   {literal.offset + 1, literal.offset + literal.text.size() - 1},
                   std::string(tokens[variable].text)});
}

// `kind` or `kind:slot`, which begins at `at`.
void add_annotation(std::string_view mark, std::size_t at, std::vector<InnerName>& names) {
  const auto add = [&](InnerName::What what, std::string_view part, std::size_t begin) {
    const std::size_t first = std::min(part.find_first_not_of(' '), part.size());
    part.remove_prefix(first);
    part = part.substr(0, part.find_last_not_of(' ') + 1);
    begin += first;
    if (!part.empty()) names.push_back({what, std::string(part), {begin, begin + part.size()}, ""});
  };
  const std::size_t colon = mark.find(':');
  add(InnerName::What::kKind, mark.substr(0, colon), at);
  if (colon != std::string_view::npos) add(InnerName::What::kSlot, mark.substr(colon + 1), at + colon + 1);
}

}  // namespace

std::vector<InnerName> names_in_expression(std::string_view expression) {
  std::vector<InnerName> names;
  std::vector<cel::Problem> problems;
  const auto tokens = cel::split_tokens(expression, problems);
  if (!tokens) return names;
  for (std::size_t i = 0; i < tokens->size(); ++i) {
    const Token& token = (*tokens)[i];
    add_compared(*tokens, i, names);
    if (token.kind != TokenKind::kName || is_word_of_cel(token.text)) continue;
    const ByteRange range{token.offset, token.offset + token.text.size()};
    const bool called = i + 1 < tokens->size() && (*tokens)[i + 1].is("(");
    if (called)
      names.push_back({InnerName::What::kFunction, std::string(token.text), range, ""});
    else if (is_variable(*tokens, i))
      names.push_back({InnerName::What::kVariable, std::string(token.text), range, ""});
  }
  return names;
}

std::vector<InnerName> names_in_text(std::string_view text) {
  std::vector<InnerName> names;
  std::vector<conversations::TemplateProblem> problems;
  for (const auto& argument : conversations::scan_message(text, problems).arguments)
    for (InnerName& name : names_in_expression(argument.expression)) {
      name.range.begin += argument.offset;
      name.range.end += argument.offset;
      names.push_back(std::move(name));
    }
  return names;
}

std::vector<InnerName> names_in_sentence(std::string_view sentence) {
  std::vector<InnerName> names;
  for (std::size_t at = sentence.find("]("); at != std::string_view::npos; at = sentence.find("](", at + 1)) {
    const std::size_t begin = at + 2, end = sentence.find(')', begin);
    if (end == std::string_view::npos) break;
    add_annotation(sentence.substr(begin, end - begin), begin, names);
  }
  return names;
}

}  // namespace parley::lsp
