#include "engine/services/catalog_reader.h"

#include "config/file_content.h"
#include "config/yaml.h"
#include "engine/services/http_reader.h"
#include "engine/services/service_reading.h"
#include "engine/services/sql_reader.h"

namespace parley {
namespace {

using config::Node;
namespace fs = std::filesystem;

class CatalogReader {
 public:
  CatalogReader(const fs::path& folder, const config::YamlFile& file) : sql_(folder, file), folder_(folder) {}

  ServiceCatalog read(const config::YamlFile& file) {
    for (const Node& document : file.documents())
      read_service(document);
    return std::move(catalog_);
  }

 private:
  void read_service(const Node& document) {
    Service service;
    service.name = read_service_name(document.need("service"));
    if (document.get("http"))
      read_http_service(document, folder_, service);
    else if (document.get("sqlite"))
      sql_.read(document, service);
    else
      document.error("missing-key", "a service needs 'sqlite' or 'http'",
                     "sqlite: hr.db, or http: https://tickets.example.org/api");
    if (!service.name.empty()) catalog_.services.emplace(service.name, std::move(service));
  }

  std::string read_service_name(const Node& node) {
    const std::string name = node.text().value_or("");
    if (name.empty() || !check_name(node, name)) return "";
    if (catalog_.services.contains(name))
      node.error("duplicate-service", "there is a service '" + name + "' already", "rename one of the two");
    return name;
  }

  ServiceCatalog catalog_;
  SqlServiceReader sql_;
  const fs::path& folder_;
};

}  // namespace

ServiceCatalog read_services(const fs::path& folder, config::Findings& findings) {
  const fs::path path = folder / "services.yaml";
  if (!config::file_exists(path)) return {};
  const config::YamlFile file(path, path.string(), findings);
  return CatalogReader(folder, file).read(file);
}

}  // namespace parley
