#include "config/settings.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "config/channel_settings.h"
#include "config/yaml.h"

namespace parley::config {
namespace {

constexpr long long kThreadsMax = 64;
constexpr std::chrono::milliseconds kMeasureEveryLeast = std::chrono::seconds(1),
                                    kMeasureEveryMost = std::chrono::hours(24 * 31);

struct CountLimit {
  std::string_view name;
  LimitOverrides::Count LimitOverrides::*member;
  long long least, most;
};

struct SpanLimit {
  std::string_view name;
  LimitOverrides::Span LimitOverrides::*member;
};

constexpr CountLimit kCountLimits[] = {
    {"message_max_bytes", &LimitOverrides::message_max_bytes, 256, 16 << 20},
    {"json_max_depth", &LimitOverrides::json_max_depth, 4, 256},
    {"activity_id_max_bytes", &LimitOverrides::activity_id_max_bytes, 16, 1024},
    {"header_max_bytes", &LimitOverrides::header_max_bytes, 512, 1 << 20},
    {"connections_max", &LimitOverrides::connections_max, 1, 1'000'000},
    {"connections_per_address_max", &LimitOverrides::connections_per_address_max, 1, 1'000'000},
    {"messages_per_minute_max", &LimitOverrides::messages_per_minute_max, 1, 1'000'000},
    {"messages_per_minute_per_address_max", &LimitOverrides::messages_per_minute_per_address_max, 1,
     10'000'000},
    {"conversations_per_minute_per_address_max", &LimitOverrides::conversations_per_minute_per_address_max, 1,
     10'000'000},
    {"control_frames_per_minute_max", &LimitOverrides::control_frames_per_minute_max, 1, 1'000'000},
    {"frames_per_message_max", &LimitOverrides::frames_per_message_max, 1, 1'000'000},
    {"write_queue_max_bytes", &LimitOverrides::write_queue_max_bytes, 1024, 1 << 30},
};

constexpr SpanLimit kSpanLimits[] = {
    {"handshake_timeout", &LimitOverrides::handshake_timeout},
    {"idle_timeout", &LimitOverrides::idle_timeout},
    {"ping_interval", &LimitOverrides::ping_interval},
    {"hello_timeout", &LimitOverrides::hello_timeout},
    {"message_timeout", &LimitOverrides::message_timeout},
    {"close_timeout", &LimitOverrides::close_timeout},
    {"drain_timeout", &LimitOverrides::drain_timeout},
    {"token_lifetime", &LimitOverrides::token_lifetime},
    {"stream_ticket_lifetime", &LimitOverrides::stream_ticket_lifetime},
    {"visitor_lifetime", &LimitOverrides::visitor_lifetime},
};

template <typename Limit, std::size_t kSize>
const Limit* find_limit(const Limit (&limits)[kSize], const std::string& name) {
  const auto* found =
      std::find_if(limits, limits + kSize, [&](const Limit& limit) { return limit.name == name; });
  return found == limits + kSize ? nullptr : found;
}

std::vector<std::string> limit_names() {
  std::vector<std::string> names;
  for (const CountLimit& limit : kCountLimits)
    names.emplace_back(limit.name);
  for (const SpanLimit& limit : kSpanLimits)
    names.emplace_back(limit.name);
  return names;
}

/// One reading of one file: where it stands, and what was read so far.
class Reader {
 public:
  explicit Reader(std::filesystem::path folder) : folder_(std::move(folder)) {
    settings_.data_folder = folder_ / settings_.data_folder;
    for (const char* reader :
         {"127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"})
      settings_.metrics_readers.push_back(*Network::parse(reader));
  }

  Settings read(const Node& root) {
    root.allow({"listen", "public_url", "io_threads", "shards", "data", "thorough", "bots", "channels",
                "maturity", "trusted_proxies", "metrics_readers", "events", "limits", "demo", "log"});
    read_listen(root.get("listen"));
    read_public_url(root.get("public_url"));
    read_threads(root.get("io_threads"), settings_.io_threads);
    read_threads(root.get("shards"), settings_.shards);
    if (const auto data = root.get("data").text()) settings_.data_folder = resolve(*data);
    if (const auto thorough = root.get("thorough").flag()) settings_.thorough = *thorough;
    read_bots(root.need("bots"));
    for (const Entry& entry : root.need("channels").entries())
      settings_.channels[entry.name] = read_channel(entry, folder_, settings_.bots);
    if (const Node maturity = root.get("maturity")) read_maturity(maturity);
    read_networks(root.get("trusted_proxies"), settings_.trusted_proxies);
    if (const Node readers = root.get("metrics_readers")) {
      settings_.metrics_readers.clear();
      read_networks(readers, settings_.metrics_readers);
    }
    if (const Node events = root.get("events")) read_events(events);
    if (const Node limits = root.get("limits"))
      for (const Entry& entry : limits.entries())
        read_limit(entry);
    if (const Node demo = root.get("demo")) read_demo(demo);
    if (const Node log = root.get("log")) read_log(log);
    return std::move(settings_);
  }

 private:
  std::filesystem::path resolve(const std::string& path) const { return (folder_ / path).lexically_normal(); }

  void read_listen(const Node& node) {
    const auto text = node.text();
    if (!text) return;
    const std::size_t colon = text->rfind(':');
    std::string address = text->substr(0, colon);
    if (address.size() > 2 && address.front() == '[' && address.back() == ']')
      address = address.substr(1, address.size() - 2);
    int port = -1;
    if (colon != std::string::npos)
      std::from_chars(text->data() + colon + 1, text->data() + text->size(), port);
    if (!parse_address(address) || port < 0 || port > 65'535) {
      node.error("listen", "'" + *text + "' is not an address and a port",
                 "write 127.0.0.1:8080, or 0.0.0.0:8080 for every network of this machine");
      return;
    }
    settings_.address = address;
    settings_.port = static_cast<std::uint16_t>(port);
  }

  void read_public_url(const Node& node) {
    const auto url = node.text();
    if (url && !is_origin(*url))
      node.error("origin", "'" + *url + "' is not the address of a server",
                 "write it without a path: https://chat.example.com");
    else
      settings_.public_url = url.value_or("");
  }

  void read_threads(const Node& node, int& into) {
    const auto count = node.integer();
    if (!count) return;
    if (*count < 1 || *count > kThreadsMax)
      node.error("range", "a number of threads from 1 to " + std::to_string(kThreadsMax) + " is expected");
    else
      into = static_cast<int>(*count);
  }

  void read_bots(const Node& node) {
    for (const Entry& entry : node.entries()) {
      const auto folder = entry.value.text();
      if (!folder) continue;
      settings_.bots[entry.name] = resolve(*folder);
      if (!std::filesystem::is_directory(settings_.bots[entry.name]))
        entry.value.error("no-such-folder", "there is no folder " + settings_.bots[entry.name].string());
    }
  }

  static void read_networks(const Node& node, std::vector<Network>& into) {
    for (const Node& item : node.items()) {
      const auto text = item.text();
      if (!text) continue;
      if (const auto network = Network::parse(*text))
        into.push_back(*network);
      else
        item.error("address", "'" + *text + "' is not an address or a range", "write 10.0.0.7 or 10.0.0.0/8");
    }
  }

  void read_maturity(const Node& node) {
    if (!node.is_map()) return static_cast<void>(node.entries());
    node.allow({"model", "every"});
    if (const auto model = node.get("model").text()) {
      settings_.maturity.model = resolve(*model);
      if (!std::filesystem::is_regular_file(settings_.maturity.model))
        node.get("model").error("no-such-file", "there is no file " + settings_.maturity.model.string());
    }
    const auto every = node.get("every").duration_ms();
    if (every && (*every < kMeasureEveryLeast.count() || *every > kMeasureEveryMost.count()))
      node.get("every").error("range", "a time from 1s to 31d is expected");
    else if (every)
      settings_.maturity.every = std::chrono::milliseconds(*every);
  }

  void read_events(const Node& node) {
    if (!node.is_map()) return static_cast<void>(node.entries());
    node.allow({"secret", "secret_env", "secret_file"});
    if (!node.get("secret") && !node.get("secret_env") && !node.get("secret_file"))
      node.error("missing-key", "events need a secret that the services show",
                 "write secret_env or secret_file");
    read_secret(node, folder_, settings_.events_secret);
  }

  void read_limit(const Entry& entry) {
    if (const CountLimit* limit = find_limit(kCountLimits, entry.name)) {
      const auto count = entry.value.integer();
      if (count && (*count < limit->least || *count > limit->most))
        entry.value.error("range", "a number from " + std::to_string(limit->least) + " to " +
                                       std::to_string(limit->most) + " is expected");
      else if (count)
        settings_.limits.*(limit->member) = static_cast<std::size_t>(*count);
    } else if (const SpanLimit* span = find_limit(kSpanLimits, entry.name)) {
      if (const auto duration = entry.value.duration_ms())
        settings_.limits.*(span->member) = std::chrono::milliseconds(*duration);
    } else {
      entry.key.error("unknown-key", "'" + entry.name + "' is not a limit",
                      near_names_hint(entry.name, limit_names()));
    }
  }

  void read_demo(const Node& node) {
    node.allow({"employees"});
    std::set<std::string> ids;
    for (const Node& item : node.need("employees").items()) {
      item.allow({"id", "name", "title", "roles"});
      Employee employee;
      employee.id = item.need("id").text().value_or("");
      employee.name = item.get("name").text().value_or(employee.id);
      employee.title = item.get("title").text().value_or("");
      for (const Node& role : item.get("roles").items())
        employee.roles.push_back(role.text().value_or(""));
      if (!employee.id.empty() && !ids.insert(employee.id).second)
        item.error("duplicate", "'" + employee.id + "' is listed twice");
      settings_.demo_employees.push_back(std::move(employee));
    }
  }

  void read_log(const Node& node) {
    node.allow({"level"});
    const auto level = node.get("level").text();
    if (!level) return;
    if (*level != "debug" && *level != "info" && *level != "warn" && *level != "error")
      node.get("level").error("level", "'" + *level + "' is not a level", "write debug, info, warn or error");
    else
      settings_.log_level = *level;
  }

  std::filesystem::path folder_;
  Settings settings_;
};

Settings read(const YamlFile& file, const std::filesystem::path& folder) {
  return file.documents().empty() ? Settings{} : Reader(folder).read(file.documents().front());
}

}  // namespace

Settings read_settings(const std::filesystem::path& path, Findings& findings) {
  const YamlFile file(path, path.string(), findings);
  return read(file, path.parent_path());
}

Settings read_settings(std::string text, const std::filesystem::path& folder, Findings& findings) {
  const YamlFile file(std::move(text), "parley.yaml", findings);
  return read(file, folder);
}

}  // namespace parley::config
