// Flows as pictures: of one flow, or of all flows and what they run.

#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>

#include "cli/graphviz.h"
#include "cli/load_bot.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "conversations/drawing/graph_formats.h"
#include "engine/storage/store.h"

namespace parley::cli {
namespace {

namespace fs = std::filesystem;
using conversations::Picture;

struct Options {
  std::string bot, flow, ledger, out, language;
  std::string format = "svg";
};

using Links = std::map<std::string, std::string>;

Result<std::string> drawn(const Picture& picture, const Options& options, const Links& links) {
  if (options.format == "mermaid") return to_mermaid(picture);
  const std::string dot = to_dot(picture, links);
  return options.format == "dot" ? dot : svg_of(dot);
}

Result<Done> write_file(const fs::path& path, const std::string& content) {
  std::ofstream file(path, std::ios::binary);
  file << content;
  if (file.flush()) return Done{};
  return Error{ErrorCode::kUnavailable, path.string() + " can't be written"};
}

std::string ending(const Options& options) {
  return options.format == "mermaid" ? ".mmd" : "." + options.format;
}

/// The overview and every flow, with links from one to the other.
Result<Done> draw_all(const conversations::Program& program, const Options& options,
                      const conversations::Traffic* traffic) {
  Links links;
  for (const auto& [name, flow] : program.flows)
    if (!flow.built_in) links[name] = name + ending(options);
  const auto draw = [&](const Picture& picture, const std::string& name) -> Result<Done> {
    const auto content = drawn(picture, options, links);
    if (!content) return content.error();
    return write_file(fs::path(options.out) / (name + ending(options)), *content);
  };
  if (const auto done = draw(overview_of(program, options.language, traffic), "overview"); !done) return done;
  for (const auto& [name, link] : links)
    if (const auto done = draw(picture_of(program.flows.at(name), program, options.language, traffic), name);
        !done)
      return done;
  std::cout << options.out << ": " << links.size() + 1 << " pictures, overview" << ending(options)
            << " leads to the others\n";
  return Done{};
}

Result<Done> draw(const conversations::Program& program, const Options& options,
                  const conversations::Traffic* traffic) {
  if (options.flow.empty() && !options.out.empty() &&
      (fs::is_directory(options.out) || options.out.ends_with('/'))) {
    std::error_code ignored;
    fs::create_directories(options.out, ignored);
    return draw_all(program, options, traffic);
  }
  const auto flow = program.flows.find(options.flow);
  const auto content =
      drawn(options.flow.empty() ? overview_of(program, options.language, traffic)
                                 : picture_of(flow->second, program, options.language, traffic),
            options, {});
  if (!content) return content.error();
  if (options.out.empty()) {
    std::cout << *content;
    return Done{};
  }
  const auto written = write_file(options.out, *content);
  if (written) std::cout << options.out << '\n';
  return written;
}

Result<std::optional<conversations::Traffic>> traffic_of(const Options& options, const std::string& bot) {
  if (options.ledger.empty()) return std::optional<conversations::Traffic>();
  const auto reader = open_sqlite_reader(options.ledger);
  if (!reader) return reader.error();
  auto traffic = conversations::read_traffic(**reader, bot);
  if (!traffic) return traffic.error();
  return std::optional<conversations::Traffic>(std::move(*traffic));
}

int graph(Options options) {
  const auto files = read_good_bot(options.bot);
  if (!files) return kExitFailed;
  const conversations::Program& program = *files->program;
  std::vector<std::string> names;
  for (const auto& [name, flow] : program.flows)
    names.push_back(name);
  if (!options.flow.empty() && !program.flows.contains(options.flow))
    return failed(with_near_names("there is no flow '" + options.flow + "'", options.flow, names));
  if (options.language.empty()) options.language = program.languages.front();
  const auto traffic = traffic_of(options, files->manifest.name);
  if (!traffic) return failed(traffic.error().message);
  const auto done = draw(program, options, *traffic ? &**traffic : nullptr);
  return done ? kExitDone : failed(done.error().message);
}

}  // namespace

void add_graph(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("graph", "Draw the flows of a bot, or one of them");
  verb->add_option("BOT", options->bot, "The bot's folder")->required()->check(CLI::ExistingDirectory);
  verb->add_option("--flow", options->flow, "This flow; without it, all flows and what they run");
  verb->add_option("--format", options->format, "svg (needs Graphviz), dot or mermaid")
      ->check(CLI::IsMember({"svg", "dot", "mermaid"}))
      ->capture_default_str();
  verb->add_option("--ledger", options->ledger, "Real traffic on the arrows: ledger.db of a server")
      ->check(CLI::ExistingFile);
  verb->add_option("--language", options->language, "Of the texts (default: the bot's first)");
  verb->add_option(
      "-o,--out", options->out,
      "A file; or a folder for all pictures, linked with one another (default: standard output)");
  verb->footer(
      "Example: parley graph bots/helpdesk --flow request_leave -o leave.svg\n"
      "Example: parley graph bots/helpdesk -o pictures/ --ledger data/ledger.db\n"
      "Example: parley graph bots/helpdesk --flow request_leave --format mermaid");
  verb->callback([options, &exit_code] { exit_code = graph(*options); });
}

}  // namespace parley::cli
