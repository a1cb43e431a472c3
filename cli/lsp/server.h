// The language server: one client on one pair of streams, from initialize to exit.
//
// Requests are answered in the order in which they arrive. Documents are checked when the client has been
// quiet for kCheckAfter, each bot as a whole, and what is wrong in any of its files is published; a bot is
// looked at as soon as one of its files is open. Nothing is ever trained.
//
// Source: LSP 3.17, https://microsoft.github.io/language-server-protocol/. Thread rule: one thread.
#pragma once

#include <chrono>
#include <iosfwd>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "cli/lsp/answers.h"
#include "cli/lsp/documents.h"
#include "cli/lsp/finding_pages.h"
#include "cli/lsp/inbox.h"
#include "config/file_content.h"

namespace parley::lsp {

inline constexpr std::chrono::milliseconds kCheckAfter{60};

class Server {
 public:
  /// `in` must live as long as the process.
  Server(std::istream& in, std::ostream& out);

  /// Until exit or the end of `in`. The exit code: 0 when the client had asked for shutdown first, or else 1.
  int run();

 private:
  enum class State { kNew, kReady, kShutDown };
  struct Bot {
    explicit Bot(std::filesystem::path folder) : view(std::move(folder)) {}
    BotView view;
    bool known = false;                         // it was checked at least once
    bool checked = false;                       // what is published is what the files say now
    std::set<std::filesystem::path> published;  // files with diagnostics
  };
  using Handler = Json (Server::*)(const Json& params);
  static const std::map<std::string, Handler>& requests();
  static const std::map<std::string, Handler>& notifications();

  void take(const RpcMessage& message);
  void answer(const RpcMessage& request);
  void notice(const RpcMessage& notification);
  void refuse(const Json& id, RpcError code, std::string why);
  void send(const std::string& message);

  Json initialize(const Json& params);
  Json initialized(const Json& params);
  Json shutdown(const Json& params);
  Json did_open(const Json& params);
  Json did_change(const Json& params);
  Json did_close(const Json& params);
  Json did_change_files(const Json& params);
  Json find_definition(const Json& params);
  Json find_references(const Json& params);
  Json tell_hover(const Json& params);
  Json complete(const Json& params);
  Json list_symbols(const Json& params);

  template <typename Answer>
  Json at_place(const Json& params, const Answer& answer);
  Bot* bot_of(const std::filesystem::path& path);
  void doubt_all();
  void check_doubtful();
  void check(Bot& bot);
  void publish(const std::filesystem::path& path, Json diagnostics);
  void drop_vanished_bots();
  config::UnsavedFiles::Contents unsaved() const;

  Inbox inbox_;
  std::ostream& out_;
  const FindingPages pages_ = FindingPages::of_this_program();
  State state_ = State::kNew;
  bool watches_files_ = false;  // the client can be asked to tell of changes on the disk
  Documents documents_;
  std::map<std::filesystem::path, std::unique_ptr<Bot>> bots_;  // by folder
};

}  // namespace parley::lsp
