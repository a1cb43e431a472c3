// A file as memory: read when touched, shared by all processes that map it.
//
// The bytes begin at the start of a page. The file must not be cut while it is mapped: replace it under its
// name instead, as write_model_file() does.
//
// Errors: kNotFound: not there or can't be read. Thread rule: immutable; any thread. Lifetime: the bytes live
// as long as a copy of `owner`.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "engine/result.h"

namespace parley::intents {

struct MappedFile {
  std::string_view bytes;
  std::shared_ptr<const void> owner;
};

Result<MappedFile> map_file(const std::filesystem::path& path);

}  // namespace parley::intents
