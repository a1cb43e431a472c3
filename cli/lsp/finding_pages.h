// Where a finding's code is explained: its row in docs/findings.md, as an editor opens it.
//
// Looked for above the binary, as it lies in a build folder or an installation. Immutable; any thread.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace parley::lsp {

class FindingPages {
 public:
  /// Of this installation; knows nothing where the page is not there.
  static FindingPages of_this_program();
  explicit FindingPages(const std::filesystem::path& page);

  /// file:///.../docs/findings.md#L31; "" for a code that the page does not have.
  std::string address_of(const std::string& code) const;

 private:
  std::map<std::string, std::string> addresses_;
};

}  // namespace parley::lsp
