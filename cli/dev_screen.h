// What `parley dev` shows: the findings of the files as they are now, and which version is served.
//
// On a terminal the screen is cleared for each check, so that what it shows is what is wrong now, cut to the
// height of the window. Elsewhere it is one line after the other, nothing cut:
//
//   parley dev: chat at http://127.0.0.1:8090/web/chat.html?channel=helpdesk
//   flows/leave.yaml:12:9: error[unknown-slot]: ...
//   parley dev: 1 error, 0 warnings; version 3f2a77c09e1b22d4 goes on
//   parley dev: served version 91c0aa5e0d1f3b77 after 84 ms; same model
//
// Thread rule: any thread.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "config/diagnostic.h"

namespace parley::cli {

class DevScreen {
 public:
  DevScreen();

  /// Where the chat is; on a terminal it stays at the top.
  void chat_at(const std::string& address);
  /// What a check of the files has found.
  void checked(const config::Findings& findings);
  void training(const std::string& version);
  /// A version is served; `trained`: its sentences were new, so a model was trained for it.
  void served(const std::string& version, std::chrono::milliseconds after, bool trained);
  void failed(const std::string& why);

 private:
  void say(const std::string& line);
  std::size_t findings_that_fit() const;

  const bool on_terminal_, colour_;
  std::mutex mutex_;
  std::string address_, version_;
};

}  // namespace parley::cli
