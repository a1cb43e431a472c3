#include "cli/lsp/server.h"

#include <algorithm>
#include <exception>
#include <ostream>

#include "cli/lsp/diagnostics.h"
#include "cli/lsp/file_address.h"
#include "cli/lsp/framing.h"

namespace parley::lsp {
namespace {

constexpr std::chrono::hours kLong{24};

Json capabilities() {
  constexpr int kIncremental = 2;
  return {{"positionEncoding", "utf-16"},
          {"textDocumentSync", {{"openClose", true}, {"change", kIncremental}, {"save", true}}},
          {"definitionProvider", true},
          {"referencesProvider", true},
          {"hoverProvider", true},
          {"documentSymbolProvider", true},
          {"completionProvider", {{"triggerCharacters", {".", "{", "(", ":", "["}}}}};
}

bool can_watch_files(const Json& params) {
  return params.value(Json::json_pointer("/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration"),
                      Json(false)) == Json(true);
}

}  // namespace

Server::Server(std::istream& in, std::ostream& out) : inbox_(in), out_(out) {}

const std::map<std::string, Server::Handler>& Server::requests() {
  static const std::map<std::string, Handler> kRequests{
      {"initialize", &Server::initialize},
      {"shutdown", &Server::shutdown},
      {"textDocument/definition", &Server::find_definition},
      {"textDocument/references", &Server::find_references},
      {"textDocument/hover", &Server::tell_hover},
      {"textDocument/completion", &Server::complete},
      {"textDocument/documentSymbol", &Server::list_symbols}};
  return kRequests;
}

const std::map<std::string, Server::Handler>& Server::notifications() {
  static const std::map<std::string, Handler> kNotifications{
      {"initialized", &Server::initialized},
      {"textDocument/didOpen", &Server::did_open},
      {"textDocument/didChange", &Server::did_change},
      {"textDocument/didClose", &Server::did_close},
      {"textDocument/didSave", &Server::did_change_files},
      {"workspace/didChangeWatchedFiles", &Server::did_change_files}};
  return kNotifications;
}

int Server::run() {
  for (;;) {
    const bool doubtful =
        std::any_of(bots_.begin(), bots_.end(), [](const auto& bot) { return !bot.second->checked; });
    const Arrival arrival = inbox_.next(doubtful ? kCheckAfter : std::chrono::milliseconds(kLong));
    switch (arrival.kind) {
      case Arrival::Kind::kNothing:
        check_doubtful();
        break;
      case Arrival::Kind::kProblem:
        send(error_message(arrival.problem));
        break;
      case Arrival::Kind::kCancelled:
        refuse(*arrival.message.id, RpcError::kRequestCancelled, "the request was cancelled");
        break;
      case Arrival::Kind::kEnd:
        return state_ == State::kShutDown ? 0 : 1;
      case Arrival::Kind::kMessage:
        if (arrival.message.method == "exit") return state_ == State::kShutDown ? 0 : 1;
        take(arrival.message);
        break;
    }
  }
}

void Server::take(const RpcMessage& message) {
  if (message.id)
    answer(message);
  else
    notice(message);
}

void Server::answer(const RpcMessage& request) {
  const Json& id = *request.id;
  if (state_ == State::kNew && request.method != "initialize")
    return refuse(id, RpcError::kServerNotInitialized, "the first request is initialize");
  if (state_ != State::kNew && request.method == "initialize")
    return refuse(id, RpcError::kInvalidRequest, "initialize comes once");
  if (state_ == State::kShutDown) return refuse(id, RpcError::kInvalidRequest, "the server is shut down");
  const auto handler = requests().find(request.method);
  if (handler == requests().end())
    return refuse(id, RpcError::kMethodNotFound, "there is no request '" + request.method + "'");
  try {
    send(result_message(id, (this->*handler->second)(request.params)));
  } catch (const Json::exception& problem) {
    refuse(id, RpcError::kInvalidParams, problem.what());
  } catch (const std::exception& problem) {
    refuse(id, RpcError::kInternalError, problem.what());
  }
}

// A notification has no answer, not even that it makes no sense.
void Server::notice(const RpcMessage& notification) {
  const auto handler = notifications().find(notification.method);
  if (state_ != State::kReady || handler == notifications().end()) return;
  try {
    (this->*handler->second)(notification.params);
  } catch (const std::exception&) {
    return;
  }
}

void Server::refuse(const Json& id, RpcError code, std::string why) {
  send(error_message({code, std::move(why), id}));
}

void Server::send(const std::string& message) {
  write_frame(out_, message);
}

Json Server::initialize(const Json& params) {
  state_ = State::kReady;
  watches_files_ = can_watch_files(params);
  return {{"capabilities", capabilities()}, {"serverInfo", {{"name", "parley"}}}};
}

// The answer to this is not waited for.
Json Server::initialized(const Json&) {
  if (!watches_files_) return {};
  const Json watchers = {{{"globPattern", "**/*.{yaml,po,csv,tsv,sql,md}"}}};
  send(Json{{"jsonrpc", "2.0"},
            {"id", "watch-files"},
            {"method", "client/registerCapability"},
            {"params",
             {{"registrations",
               {{{"id", "watch-files"},
                 {"method", "workspace/didChangeWatchedFiles"},
                 {"registerOptions", {{"watchers", watchers}}}}}}}}}
           .dump());
  return {};
}

Json Server::shutdown(const Json&) {
  state_ = State::kShutDown;
  return {};
}

Json Server::did_open(const Json& params) {
  if (const auto path = documents_.open(params)) doubt_all();
  return {};
}

Json Server::did_change(const Json& params) {
  if (const auto path = documents_.change(params)) doubt_all();
  return {};
}

Json Server::did_close(const Json& params) {
  if (const auto path = documents_.close(params)) doubt_all();
  return {};
}

Json Server::did_change_files(const Json&) {
  doubt_all();
  return {};
}

template <typename Answer>
Json Server::at_place(const Json& params, const Answer& answer) {
  const auto path = path_of(params.at("textDocument").at("uri").get_ref<const std::string&>());
  const Document* document = path ? documents_.find(*path) : nullptr;
  Bot* bot = document ? bot_of(*path) : nullptr;
  if (!bot) return Json();
  const Json& position = params.at("position");
  const ClientPosition wanted{position.at("line").get<std::size_t>(),
                              position.at("character").get<std::size_t>()};
  return answer(Place{bot->view, *path, document->text, TextPositions(document->text).byte(wanted)});
}

Json Server::find_definition(const Json& params) {
  return at_place(params, definition);
}

Json Server::find_references(const Json& params) {
  const bool with_definitions = params.value(Json::json_pointer("/context/includeDeclaration"), true);
  return at_place(params, [&](const Place& place) { return references(place, with_definitions); });
}

Json Server::tell_hover(const Json& params) {
  return at_place(params, hover);
}

Json Server::complete(const Json& params) {
  return at_place(params, completion);
}

Json Server::list_symbols(const Json& params) {
  const auto path = path_of(params.at("textDocument").at("uri").get_ref<const std::string&>());
  Bot* bot = path ? bot_of(*path) : nullptr;
  return bot ? document_symbols(bot->view, *path) : Json();
}

config::UnsavedFiles::Contents Server::unsaved() const {
  config::UnsavedFiles::Contents contents;
  for (const auto& [path, document] : documents_.all())
    contents.emplace(path, document.text);
  return contents;
}

// Its names are those of the text as it is now; null: the file belongs to no bot.
Server::Bot* Server::bot_of(const std::filesystem::path& path) {
  const auto contents = unsaved();
  const config::UnsavedFiles typed(contents);
  const std::filesystem::path folder = bot_folder_of(path);
  if (folder.empty()) return nullptr;
  const auto [found, added] = bots_.try_emplace(folder);
  if (added) found->second = std::make_unique<Bot>(folder);
  Bot& bot = *found->second;
  if (!bot.known)
    check(bot);
  else if (!bot.checked)
    bot.view.refresh();
  return &bot;
}

void Server::doubt_all() {
  const auto contents = unsaved();
  const config::UnsavedFiles typed(contents);
  for (const auto& [path, document] : documents_.all())
    if (const auto folder = bot_folder_of(path); !folder.empty() && !bots_.contains(folder))
      bots_.emplace(folder, std::make_unique<Bot>(folder));
  for (const auto& [folder, bot] : bots_)
    bot->checked = false;
}

void Server::check_doubtful() {
  const auto contents = unsaved();
  const config::UnsavedFiles typed(contents);
  drop_vanished_bots();
  for (const auto& [folder, bot] : bots_)
    if (!bot->checked) check(*bot);
}

// A bot without a bot.yaml is none, and nothing is wrong with none; nor is one looked at that has no file
// open.
void Server::drop_vanished_bots() {
  std::set<std::filesystem::path> used;
  for (const auto& [path, document] : documents_.all())
    used.insert(bot_folder_of(path));
  std::erase_if(bots_, [&](const auto& entry) {
    if (used.contains(entry.first)) return false;
    for (const auto& path : entry.second->published)
      publish(path, Json::array());
    return true;
  });
}

void Server::check(Bot& bot) {
  const config::Findings findings = bot.view.check();
  auto diagnostics = diagnostics_of(findings, bot.view, pages_);
  for (const auto& path : bot.published)
    diagnostics.try_emplace(path, Json::array());
  bot.published.clear();
  for (auto& [path, list] : diagnostics) {
    if (!list.empty()) bot.published.insert(path);
    publish(path, std::move(list));
  }
  bot.known = bot.checked = true;
}

void Server::publish(const std::filesystem::path& path, Json diagnostics) {
  const Document* document = documents_.find(path);
  Json params{{"uri", document ? document->uri : uri_of(path)}, {"diagnostics", std::move(diagnostics)}};
  if (document && document->version.is_number_integer()) params["version"] = document->version;
  send(notification("textDocument/publishDiagnostics", std::move(params)));
}

}  // namespace parley::lsp
