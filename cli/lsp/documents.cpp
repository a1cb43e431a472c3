#include "cli/lsp/documents.h"

#include "cli/lsp/file_address.h"
#include "cli/lsp/text_positions.h"

namespace parley::lsp {
namespace {

ClientPosition position_of(const Json& json) {
  return {json.at("line").get<std::size_t>(), json.at("character").get<std::size_t>()};
}

// A change without a range is the whole text.
void apply(const Json& change, std::string& text) {
  const std::string& replacement = change.at("text").get_ref<const std::string&>();
  if (!change.contains("range")) {
    text = replacement;
    return;
  }
  const TextPositions positions(text);
  const std::size_t begin = positions.byte(position_of(change["range"].at("start")));
  const std::size_t end = positions.byte(position_of(change["range"].at("end")));
  if (end >= begin) text.replace(begin, end - begin, replacement);
}

const std::string& uri_in(const Json& params) {
  return params.at("textDocument").at("uri").get_ref<const std::string&>();
}

}  // namespace

std::optional<std::filesystem::path> Documents::open(const Json& params) {
  const Json& item = params.at("textDocument");
  const auto path = path_of(uri_in(params));
  if (path)
    documents_.insert_or_assign(
        *path, Document{uri_in(params), item.at("text").get<std::string>(), item.value("version", Json())});
  return path;
}

std::optional<std::filesystem::path> Documents::change(const Json& params) {
  const auto path = path_of(uri_in(params));
  const auto found = path ? documents_.find(*path) : documents_.end();
  if (found == documents_.end()) return std::nullopt;
  for (const Json& change : params.at("contentChanges"))
    apply(change, found->second.text);
  found->second.version = params.at("textDocument").value("version", Json());
  return path;
}

std::optional<std::filesystem::path> Documents::close(const Json& params) {
  const auto path = path_of(uri_in(params));
  if (!path || documents_.erase(*path) == 0) return std::nullopt;
  return path;
}

const Document* Documents::find(const std::filesystem::path& path) const {
  const auto found = documents_.find(path);
  return found == documents_.end() ? nullptr : &found->second;
}

}  // namespace parley::lsp
