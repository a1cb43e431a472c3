#include "conversations/cel/parser.h"

#include <algorithm>
#include <array>
#include <limits>

#include "conversations/cel/lexer.h"
#include "conversations/cel/macros.h"
#include "engine/limits.h"

namespace parley::cel {
namespace {

struct Operator {
  std::string_view symbol;
  std::string_view function;
  int level;  // a higher one binds tighter
};

constexpr int kTightest = 2;
constexpr std::array<Operator, 12> kOperators{{{"<", "_<_", 0},
                                               {"<=", "_<=_", 0},
                                               {">", "_>_", 0},
                                               {">=", "_>=_", 0},
                                               {"==", "_==_", 0},
                                               {"!=", "_!=_", 0},
                                               {"in", "@in", 0},
                                               {"+", "_+_", 1},
                                               {"-", "_-_", 1},
                                               {"*", "_*_", 2},
                                               {"/", "_/_", 2},
                                               {"%", "_%_", 2}}};

template <typename... Nodes>
std::size_t height_above(const Nodes&... children) {
  return 1 + std::max({std::size_t{0}, children->height...});
}

std::size_t height_above_all(const std::vector<NodePtr>& children) {
  std::size_t height = 0;
  for (const NodePtr& child : children)
    height = std::max(height, child->height);
  return height + 1;
}

// Recursive descent; every function gives null once a problem is found.
class Parser {
 public:
  Parser(std::vector<Token> tokens, std::vector<Problem>& problems)
      : tokens_(std::move(tokens)), problems_(problems) {}

  NodePtr all() {
    NodePtr node = expression();
    if (node && now().kind != TokenKind::kEnd) return unexpected("the end of the expression");
    return node;
  }

 private:
  NodePtr expression() {
    if (depth_ >= limits::kExpressionMaxDepth) return too_deep(now().offset);
    ++depth_;
    NodePtr node = choice();
    --depth_;
    return node;
  }

  NodePtr choice() {
    NodePtr condition = logic(false);
    if (!condition || !now().is("?")) return condition;
    const std::size_t offset = take().offset;
    NodePtr yes = logic(false);
    if (!yes || !need(":")) return nullptr;
    NodePtr no = expression();
    if (!no) return nullptr;
    const std::size_t height = height_above(condition, yes, no);
    return make(offset, height, Choice{std::move(condition), std::move(yes), std::move(no)});
  }

  NodePtr logic(bool all) {
    const auto operand = [&] { return all ? binary(0) : logic(true); };
    const std::size_t offset = now().offset;
    Logic form{all, {}};
    do {
      NodePtr node = operand();
      if (!node) return nullptr;
      form.operands.push_back(std::move(node));
    } while (accept(all ? "&&" : "||"));
    if (form.operands.size() == 1) return std::move(form.operands[0]);
    const std::size_t height = height_above_all(form.operands);
    return make(offset, height, std::move(form));
  }

  NodePtr binary(int level) {
    NodePtr left = level < kTightest ? binary(level + 1) : unary();
    while (left) {
      const auto found = std::find_if(kOperators.begin(), kOperators.end(), [&](const Operator& candidate) {
        return candidate.level == level && candidate.symbol == now().text &&
               now().kind != TokenKind::kLiteral && now().kind != TokenKind::kQuotedName;
      });
      if (found == kOperators.end()) return left;
      const std::size_t offset = take().offset;
      NodePtr right = level < kTightest ? binary(level + 1) : unary();
      if (!right) return nullptr;
      left = call(offset, std::string(found->function), false, pair(std::move(left), std::move(right)));
    }
    return nullptr;
  }

  // An even number of signs is applied as two, an odd one as one: the same value and the same type problems.
  NodePtr unary() {
    const std::size_t offset = now().offset;
    const std::string symbol = now().is("!") ? "!" : "-";
    std::size_t count = 0;
    while (accept(symbol))
      ++count;
    const Value& literal = now().value;
    const bool negative_literal = symbol == "-" && count > 0 && now().kind == TokenKind::kLiteral &&
                                  (literal.is(Kind::kInt) || literal.is(Kind::kDouble));
    if (negative_literal) negate_literal();
    if (negative_literal) --count;
    NodePtr node = member();
    for (std::size_t i = 0; node && i < (count == 0 ? 0 : 2 - count % 2); ++i) {
      std::vector<NodePtr> arguments;
      arguments.push_back(std::move(node));
      node = call(offset, symbol + "_", false, std::move(arguments));
    }
    return node;
  }

  void negate_literal() {
    Token& token = tokens_[index_];
    if (token.needs_minus)
      token.needs_minus = false;
    else if (token.value.is(Kind::kInt))
      token.value = Value::integer(-token.value.as_int());
    else
      token.value = Value::number(-token.value.as_double());
  }

  NodePtr member() {
    NodePtr node = primary();
    while (node) {
      const std::size_t offset = now().offset;
      if (accept("."))
        node = after_point(std::move(node), offset);
      else if (accept("["))
        node = index(std::move(node), offset);
      else if (now().is("{"))
        return fail(offset, "messages (Name{...}) are not part of this subset",
                    "write a map: {'field': value}");
      else
        return node;
    }
    return nullptr;
  }

  NodePtr index(NodePtr operand, std::size_t offset) {
    NodePtr position = expression();
    if (!position || !need("]")) return nullptr;
    return call(offset, "_[_]", false, pair(std::move(operand), std::move(position)));
  }

  NodePtr after_point(NodePtr operand, std::size_t offset) {
    const Token token = now();
    const bool is_name = token.kind == TokenKind::kName && token.text != "in" && token.text != "true" &&
                         token.text != "false" && token.text != "null";
    if (!is_name && token.kind != TokenKind::kQuotedName) return unexpected("a name behind the point");
    take();
    if (is_name && accept("(")) {
      std::vector<NodePtr> arguments;
      arguments.push_back(std::move(operand));
      if (!list_until(")", arguments)) return nullptr;
      return call_or_macro(token, true, std::move(arguments));
    }
    const std::size_t height = height_above(operand);
    return make(offset, height, Select{std::move(operand), std::string(token.text), false});
  }

  NodePtr primary() {
    const Token token = now();
    if (token.kind == TokenKind::kLiteral) return literal();
    if (accept("(")) {
      NodePtr node = expression();
      return node && need(")") ? std::move(node) : nullptr;
    }
    if (accept("[")) {
      ListForm form;
      if (!list_until("]", form.items)) return nullptr;
      const std::size_t height = height_above_all(form.items);
      return make(token.offset, height, std::move(form));
    }
    if (accept("{")) return map(token.offset);
    const bool absolute = accept(".");
    return name(absolute);
  }

  NodePtr literal() {
    const Token token = take();
    if (token.needs_minus) return fail(token.offset, "this number is too large for an int", "");
    return make(token.offset, 1, Constant{token.value});
  }

  NodePtr name(bool absolute) {
    const Token token = now();
    if (token.kind != TokenKind::kName) return unexpected("a value");
    take();
    const std::string text(token.text);
    if (text == "true" || text == "false")
      return make(token.offset, 1, Constant{Value::boolean(text == "true")});
    if (text == "null") return make(token.offset, 1, Constant{});
    if (is_reserved(text))
      return fail(token.offset, "'" + text + "' is a reserved word", "choose another name");
    if (!accept("(")) return make(token.offset, 1, Name{text, absolute});
    std::vector<NodePtr> arguments;
    if (!list_until(")", arguments)) return nullptr;
    return call_or_macro(token, false, std::move(arguments));
  }

  NodePtr map(std::size_t offset) {
    MapForm form;
    std::size_t height = 0;
    while (!accept("}")) {
      if (!form.entries.empty() && !need(",")) return nullptr;
      if (!form.entries.empty() && accept("}")) break;
      NodePtr key = expression();
      if (!key || !need(":")) return nullptr;
      NodePtr value = expression();
      if (!value) return nullptr;
      height = std::max({height, key->height, value->height});
      form.entries.emplace_back(std::move(key), std::move(value));
    }
    return make(offset, height + 1, std::move(form));
  }

  // Expressions with commas between them, up to and with `close`. A comma at the end is allowed, but not in
  // calls.
  bool list_until(std::string_view close, std::vector<NodePtr>& items) {
    for (bool first = true; !accept(close); first = false) {
      if (!first && !need(",")) return false;
      if (!first && close == "]" && accept(close)) return true;
      NodePtr item = expression();
      if (!item) return false;
      items.push_back(std::move(item));
    }
    return true;
  }

  NodePtr call_or_macro(const Token& token, bool receiver, std::vector<NodePtr> arguments) {
    const std::size_t written = arguments.size() - (receiver ? 1 : 0);
    if (!is_macro(token.text, receiver, written))
      return call(token.offset, std::string(token.text), receiver, std::move(arguments));
    auto expanded = expand_macro(token.text, std::move(arguments), token.offset);
    if (auto* problem = std::get_if<Problem>(&expanded))
      return fail(problem->offset, problem->message, problem->hint);
    Node& node = std::get<Node>(expanded);
    return make(node.offset, node.height, std::move(node.form));
  }

  NodePtr call(std::size_t offset, std::string function, bool receiver, std::vector<NodePtr> arguments) {
    const std::size_t height = height_above_all(arguments);
    return make(offset, height, Call{std::move(function), receiver, std::move(arguments), nullptr, nullptr});
  }

  static std::vector<NodePtr> pair(NodePtr first, NodePtr second) {
    std::vector<NodePtr> nodes;
    nodes.push_back(std::move(first));
    nodes.push_back(std::move(second));
    return nodes;
  }

  template <typename Form>
  NodePtr make(std::size_t offset, std::size_t height, Form form) {
    if (height > limits::kExpressionMaxDepth) return too_deep(offset);
    return std::make_unique<Node>(Node{offset, height, std::move(form)});
  }

  const Token& now() const { return tokens_[index_]; }
  const Token& take() { return tokens_[index_ + 1 < tokens_.size() ? index_++ : index_]; }
  bool accept(std::string_view symbol) {
    if (!now().is(symbol)) return false;
    take();
    return true;
  }
  bool need(std::string_view symbol) {
    if (accept(symbol)) return true;
    unexpected("'" + std::string(symbol) + "'");
    return false;
  }

  NodePtr unexpected(const std::string& wanted) {
    const bool end = now().kind == TokenKind::kEnd;
    const std::string found = end ? "the expression ends" : "found '" + std::string(now().text) + "'";
    return fail(now().offset, found + " where " + wanted + " was expected", "");
  }
  NodePtr too_deep(std::size_t offset) {
    return fail(offset, "this is nested more than " + std::to_string(limits::kExpressionMaxDepth) + " deep",
                "split the expression, for instance with `set` steps");
  }
  NodePtr fail(std::size_t offset, std::string message, std::string hint) {
    problems_.push_back({offset, std::move(message), std::move(hint)});
    return nullptr;
  }

  std::vector<Token> tokens_;
  std::vector<Problem>& problems_;
  std::size_t index_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace

NodePtr parse(std::string_view source, std::vector<Problem>& problems) {
  auto tokens = split_tokens(source, problems);
  if (!tokens) return nullptr;
  return Parser(std::move(*tokens), problems).all();
}

}  // namespace parley::cel
