// The functions of expressions, as an author reads them: `text.contains(text) -> bool`.
//
// Pure functions; any thread.
#pragma once

#include <string>
#include <vector>

namespace parley::lsp {

/// In order of name; operators are none.
std::vector<std::string> function_names();
/// One line an overload; none for what is no function.
std::vector<std::string> signatures_of(const std::string& function);
/// Whether it is called on a value: x.contains(y).
bool is_method(const std::string& function);

}  // namespace parley::lsp
