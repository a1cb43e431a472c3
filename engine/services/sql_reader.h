// Reads the keys of an SQL service: `sqlite`, `seed`, and what its operations say.
//
// Every statement is prepared on an in-memory database made from the seed. The codes are those of
// catalog_reader.h.
//
// Thread rule: one thread. Lifetime: the folder's path and the file outlive it.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "config/yaml.h"
#include "engine/service_catalog.h"

namespace parley {

class SqlServiceReader {
 public:
  SqlServiceReader(const std::filesystem::path& folder, const config::YamlFile& file)
      : folder_(folder), file_(file) {}

  /// Fills `service`, whose name has been read, as far as the document is understood.
  void read(const config::Node& document, Service& service);

 private:
  const std::filesystem::path& folder_;
  const config::YamlFile& file_;
  std::map<std::string, std::string> files_;  // file name -> service
};

}  // namespace parley
