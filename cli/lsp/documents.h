// The documents that the client has open: their text as it is being typed.
//
// Thread rule: one thread.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "engine/message.h"

namespace parley::lsp {

struct Document {
  std::string uri;  // as the client wrote it: answers use the same
  std::string text;
  Json version;  // as the client counts
};

class Documents {
 public:
  /// The three take the params of textDocument/didOpen, didChange and didClose. The path that has changed;
  /// nullopt when the document is no file, or was not open.
  std::optional<std::filesystem::path> open(const Json& params);
  std::optional<std::filesystem::path> change(const Json& params);
  std::optional<std::filesystem::path> close(const Json& params);

  /// Null: not open.
  const Document* find(const std::filesystem::path& path) const;
  /// By path.
  const std::map<std::filesystem::path, Document>& all() const { return documents_; }

 private:
  std::map<std::filesystem::path, Document> documents_;
};

}  // namespace parley::lsp
