// ./dev bench: what one machine does in one run, each figure beside its yardstick or its budget.

#include <cstring>
#include <exception>
#include <iostream>
#include <vector>

#include "bench/echo_server.h"
#include "bench/idle_connections.h"
#include "bench/parts.h"

namespace {

using namespace parley::bench;
namespace fs = std::filesystem;

struct Part {
  const char* name;
  void (*measure)(const Bench& bench);
};

constexpr Part kParts[] = {
    {"turns", measure_turns},     {"idle", measure_idle},         {"active", measure_active},
    {"history", measure_history}, {"leak", measure_leak},         {"peers", measure_peers},
    {"start", measure_start},     {"searches", measure_searches}, {"dialogue", measure_dialogue},
};

constexpr auto kUsage = R"(usage: parley_bench PARLEY_BINARY SOURCE_FOLDER [OPTION]... [PART]...
  --plots FOLDER   draw the figures, too
  --peers FOLDER   where npm has installed the peers
  --scale SHARE    of all counts, 0.01 for a try
)";

struct Order {
  Bench bench;
  fs::path plots;
  std::vector<const Part*> parts;  // empty: all
};

const Part* part_named(const std::string& name) {
  for (const Part& part : kParts)
    if (name == part.name) return &part;
  std::string names;
  for (const Part& part : kParts)
    names += std::string(" ") + part.name;
  throw std::invalid_argument("no part is called " + name + "; there are" + names);
}

Order read_order(const std::vector<std::string>& words) {
  if (words.size() < 2) throw std::invalid_argument("which binary, and where is the source?");
  Order order{{words[0],
               fs::absolute(words[1]).lexically_normal(),
               fs::read_symlink("/proc/self/exe"),
               {},
               1,
               nullptr},
              {},
              {}};
  for (std::size_t i = 2; i < words.size(); ++i) {
    const bool option = words[i].starts_with("--");
    if (option && i + 1 == words.size()) throw std::invalid_argument(words[i] + " needs a value");
    if (words[i] == "--plots")
      order.plots = words[++i];
    else if (words[i] == "--peers")
      order.bench.peers = fs::absolute(words[++i]);
    else if (words[i] == "--scale")
      order.bench.scale = std::stod(words[++i]);
    else if (option)
      throw std::invalid_argument("unknown option " + words[i]);
    else
      order.parts.push_back(part_named(words[i]));
  }
  return order;
}

// This program as a child of itself.
int run_as_child(const std::vector<std::string>& words) {
  if (words[0] == "--echo") return serve_echo();
  return hold_idle_connections(static_cast<std::uint16_t>(std::stoul(words.at(1))), words.at(2), words.at(3),
                               std::stoi(words.at(4)));
}

// One part that fails does not keep the others from being measured.
int run(Order order) {
  Report report(order.plots);
  order.bench.report = &report;
  if (order.parts.empty())
    for (const Part& part : kParts)
      order.parts.push_back(&part);
  int failed = 0;
  for (const Part* part : order.parts)
    try {
      part->measure(order.bench);
    } catch (const std::exception& problem) {
      report.row(part->name, "FAILED", problem.what());
      failed = 1;
    }
  return failed;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  try {
    if (!words.empty() && (words[0] == "--echo" || words[0] == "--idle-clients")) return run_as_child(words);
    return run(read_order(words));
  } catch (const std::exception& problem) {
    std::cerr << "bench: " << problem.what() << '\n' << kUsage;
    return 2;
  }
}
