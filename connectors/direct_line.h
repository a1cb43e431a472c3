// Direct Line 3.0 over HTTP: tokens, conversations, activities. The stream is in direct_line_stream.h;
// docs/protocol.md says what is as in Microsoft's service and what is ours.
//
// A conversation that a valid token names always exists: whoever uses it first makes it. So a client that
// comes back after the ledger was lost or the conversation erased finds an empty one instead of an error it
// would never recover from.
//
// Any thread; answers come on a thread of the engine or at once.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connectors/http_message.h"
#include "connectors/reception.h"
#include "connectors/server_context.h"

namespace parley::connectors {

class DirectLine {
 public:
  explicit DirectLine(std::shared_ptr<ServerContext> context) : context_(std::move(context)) {}

  /// `path`: the segments behind /{channel}/v3/directline.
  void handle(const Reception& reception, const std::vector<std::string>& path, HttpRequest request,
              Respond respond) const;

  /// What can be answered before the body has come: uploads are refused.
  static std::optional<HttpResponse> refuse_early(const std::string& method,
                                                  const std::vector<std::string>& path);

 private:
  struct Call;   // one request on its way
  struct Route;  // what it may ask for
  using CallPtr = std::shared_ptr<const Call>;

  static const Route* find_route(const std::string& method, const std::vector<std::string>& path);
  void generate_token(const CallPtr& call, const std::string&) const;
  void refresh_token(const CallPtr& call, const std::string&) const;
  void start_conversation(const CallPtr& call, const std::string&) const;
  void resume_conversation(const CallPtr& call, const std::string& id) const;
  void read_activities(const CallPtr& call, const std::string& id) const;
  void post_activity(const CallPtr& call, const std::string& id) const;

  std::optional<Grant> authorise(const CallPtr& call, const std::string& conversation) const;
  std::optional<Json> body_of(const CallPtr& call) const;
  void open(const CallPtr& call, const Grant& grant, const std::string& language, Sequence after) const;
  void reopen(const CallPtr& call, const Grant& grant, Sequence after, const Refusal& shut) const;
  void tell_opened(const Call& call, const Grant& grant, bool created, Sequence after) const;
  void submit(const CallPtr& call, const Grant& grant, Inbound inbound, bool may_open) const;
  void read(const CallPtr& call, const Grant& grant, Sequence after, bool may_open) const;
  std::string stream_url(const Call& call, const Grant& grant, Sequence after) const;

  std::shared_ptr<ServerContext> context_;
};

/// The `watermark` of a request's query; nullopt: not one of ours. Omitted and empty mean "from the
/// beginning": after a reload of the page people expect to see what was said.
std::optional<Sequence> watermark_of(const HttpRequest& request);

}  // namespace parley::connectors
