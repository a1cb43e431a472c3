// A small bot to begin with: its files are those of cli/new_bot, or of cli/new_bot_minimal, with the name put
// in; lines marked @nl are for a bot that speaks Dutch. Every language that the built-in flows are translated
// into is there.

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <string_view>

#include "cli/terminal.h"
#include "cli/verbs.h"
#include "config/diagnostic.h"
#include "intents/suggestions/acceptance.h"

namespace parley {

/// The content of cli/new_bot, by path: embedded by CMake.
const std::map<std::string_view, std::string_view>& new_bot_files();
/// The same of cli/new_bot_minimal.
const std::map<std::string_view, std::string_view>& new_minimal_bot_files();

}  // namespace parley

namespace parley::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMarkSize = 4;  // "@nl "

struct Options {
  std::string folder;
  std::vector<std::string> languages{"en"};
  bool minimal = false;
};

/// As bot.yaml wants it.
bool is_bot_name(const std::string& name) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !name.empty() && name[0] >= 'a' && name[0] <= 'z' && std::all_of(name.begin(), name.end(), plain);
}

std::string replaced(std::string text, std::string_view from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

bool contains(const std::vector<std::string>& languages, std::string_view language) {
  return std::find(languages.begin(), languages.end(), language) != languages.end();
}

std::string for_languages(std::string_view content, const std::vector<std::string>& languages) {
  std::string text;
  while (!content.empty()) {
    const std::size_t end = std::min(content.find('\n'), content.size() - 1) + 1;
    std::string_view line = content.substr(0, end);
    content.remove_prefix(end);
    const bool marked = line.starts_with('@');
    if (marked && !contains(languages, line.substr(1, kMarkSize - 2))) continue;
    if (marked) line.remove_prefix(kMarkSize);
    text += line;
  }
  return text;
}

/// That the files are written in: English, and the languages that there is a file of translations for.
std::vector<std::string> known_languages() {
  std::vector<std::string> languages{"en"};
  for (const auto& [path, content] : new_bot_files())
    if (path.ends_with(".po")) languages.push_back(fs::path(path).stem());
  return languages;
}

std::string languages_text(const std::vector<std::string>& languages) {
  std::string text;
  for (const std::string& language : languages)
    text += (text.empty() ? "" : ", ") + language;
  return text;
}

std::string language_problem(const std::vector<std::string>& languages) {
  for (const std::string& language : languages) {
    if (!contains(known_languages(), language))
      return "a new bot speaks " + languages_text(known_languages()) + "; what it takes to add '" + language +
             "' is in docs/languages.md";
    if (std::count(languages.begin(), languages.end(), language) > 1)
      return "'" + language + "' is listed twice";
  }
  if (languages.empty() || languages.front() != "en")
    return "the texts of a new bot are written in English: begin --languages with en";
  return "";
}

void print_next_steps(const std::string& folder, bool minimal) {
  std::cout << "Made the bot " << folder << ". Next:\n"
            << "  parley check " << folder << "   finds every mistake in its files\n"
            << "  parley test " << folder << "    plays the conversations in tests/\n"
            << "  parley chat " << folder
            << "    talks to it; try: " << (minimal ? "when are you open\n" : "book a room for tomorrow\n")
            << "Read its files in this order: bot.yaml, intents, "
            << (minimal ? "flows, tests.\n" : "vocabulary, flows, services.yaml, tests.\n");
}

int make_new(const Options& options) {
  const fs::path folder = fs::path(options.folder).lexically_normal();
  const std::string name = (folder.has_filename() ? folder : folder.parent_path()).filename().string();
  if (!is_bot_name(name))
    return wrong_use("'" + name +
                     "' is no name of a bot: use lower-case letters, digits, - and _, and "
                     "begin with a letter");
  if (const std::string problem = language_problem(options.languages); !problem.empty())
    return wrong_use(problem);
  if (fs::exists(fs::symlink_status(folder)))
    return failed(folder.string() + " is there already: choose another name, or remove it first");
  for (const auto& [path, content] : options.minimal ? new_minimal_bot_files() : new_bot_files()) {
    if (path.ends_with(".po") && !contains(options.languages, fs::path(path).stem().string())) continue;
    std::string text = replaced(for_languages(content, options.languages), "@NAME@", name);
    text = replaced(std::move(text), "@LANGUAGES@", languages_text(options.languages));
    const auto written = intents::write_whole(folder / path, text, false);
    if (!written) return failed(written.error().message);
  }
  print_next_steps(options.folder, options.minimal);
  return kExitDone;
}

}  // namespace

void add_new(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("new", "Make a small bot to begin with");
  verb->add_option("NAME", options->folder,
                   "Its folder, which must not be there yet; the last part is its name")
      ->required();
  verb->add_option("--languages", options->languages, "What it speaks, English first: en,de,nl")
      ->delimiter(',')
      ->capture_default_str();
  verb->add_flag("--minimal", options->minimal, "Only one intent, one flow and a test: a bot to fill");
  verb->footer(
      "Example: parley new bots/rooms --languages en,nl\n"
      "The bot books meeting rooms, explains itself in comments, and passes check and test as it is.");
  verb->callback([options, &exit_code] { exit_code = make_new(*options); });
}

}  // namespace parley::cli
