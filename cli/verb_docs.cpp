// The conversations of a bot as a page to read, print and sign.

#include <filesystem>
#include <fstream>
#include <iostream>

#include "cli/graphviz.h"
#include "cli/load_bot.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "conversations/drawing/graph_formats.h"
#include "conversations/sign_off/sign_off_page.h"

namespace parley::cli {
namespace {

constexpr std::size_t kSentencesShown = 3;  // of an intent in one language

struct Options {
  std::string bot, out;
};

std::map<std::string, std::map<std::string, std::vector<std::string>>> some_sentences(
    const intents::Corpus& corpus) {
  std::map<std::string, std::map<std::string, std::vector<std::string>>> some;
  for (const intents::Intent& intent : corpus.intents)
    for (const intents::Sentence& sentence : intent.sentences) {
      std::vector<std::string>& texts = some[intent.name][sentence.language];
      if (texts.size() < kSentencesShown) texts.push_back(sentence.text);
    }
  return some;
}

/// Draws as long as Graphviz does; says once when it does not.
class Drawer {
 public:
  explicit Drawer(const conversations::Program& program) : program_(program) {}

  std::string draw(const conversations::Flow& flow) {
    if (missing_) return "";
    const auto svg = svg_of(to_dot(picture_of(flow, program_, program_.languages.front(), nullptr)));
    if (svg) return inline_svg(*svg);
    missing_ = true;
    std::cerr << "parley: the page has no pictures: " << svg.error().message << '\n';
    return "";
  }

 private:
  const conversations::Program& program_;
  bool missing_ = false;
};

int write(const Options& options) {
  const auto files = read_good_bot(options.bot);
  if (!files) return kExitFailed;
  Drawer drawer(*files->program);
  const std::string page = conversations::sign_off_page(
      {*files->program, files->services,
       files->manifest.title.empty() ? files->manifest.name : files->manifest.title, files->version,
       some_sentences(files->corpus), [&](const conversations::Flow& flow) { return drawer.draw(flow); }});
  const std::filesystem::path path = std::filesystem::path(options.out) / "index.html";
  std::error_code ignored;
  std::filesystem::create_directories(options.out, ignored);
  std::ofstream file(path, std::ios::binary);
  file << page;
  if (!file.flush()) return failed(path.string() + " can't be written");
  std::cout << path.string() << '\n';
  return kExitDone;
}

}  // namespace

void add_docs(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("docs", "Write the conversations as a page to read, print and sign");
  verb->add_option("BOT", options->bot, "The bot's folder")->required()->check(CLI::ExistingDirectory);
  verb->add_option("-o,--out", options->out, "The folder that gets index.html")->required();
  verb->footer("Example: parley docs bots/helpdesk -o helpdesk-pages\nPictures need Graphviz's program dot.");
  verb->callback([options, &exit_code] { exit_code = write(*options); });
}

}  // namespace parley::cli
