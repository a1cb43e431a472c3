#include "conversations/cel/expression.h"

#include "conversations/cel/compiler.h"
#include "conversations/cel/evaluator.h"
#include "conversations/cel/parser.h"

namespace parley::cel {
namespace {

class CompiledExpression final : public Expression {
 public:
  CompiledExpression(std::string_view source, NodePtr root, Checked checked)
      : source_(source), root_(std::move(root)), checked_(std::move(checked)) {}

  const Type& type() const override { return checked_.type; }
  Value evaluate(const Bindings& bindings) const override { return cel::evaluate(*root_, bindings); }
  const std::vector<std::string>& variables() const override { return checked_.variables; }
  const std::string& source() const override { return source_; }

 private:
  std::string source_;
  NodePtr root_;
  Checked checked_;
};

}  // namespace

std::shared_ptr<const Expression> compile(std::string_view source, const Declarations& declarations,
                                          Checking checking, std::vector<Problem>& problems) {
  const std::size_t before = problems.size();
  NodePtr root = parse(source, problems);
  if (!root) return nullptr;
  Checked checked = check(*root, declarations, checking, problems);
  if (problems.size() > before) return nullptr;
  return std::make_shared<CompiledExpression>(source, std::move(root), std::move(checked));
}

std::shared_ptr<const Expression> Expression::compile(std::string_view source,
                                                      const Declarations& declarations,
                                                      std::vector<Problem>& problems) {
  return cel::compile(source, declarations, Checking::kStrict, problems);
}

}  // namespace parley::cel
