// Answers of services, as a test or a recording has them: in place of the services themselves.
//
// One thread; refers to the stubs and the services that it was made with.
#pragma once

#include <map>
#include <set>
#include <string>

#include "conversations/testing/test_file.h"
#include "engine/service_catalog.h"

namespace parley::conversations {

class CallStubs {
 public:
  CallStubs(const std::map<std::string, Stub>& stubs, const ServiceCatalog& services)
      : stubs_(stubs), services_(services) {}

  /// The answer of the call's stub; without one it fails as unavailable.
  CallOutcome answer(const CallRequest& call);

  /// Operations that were called and that have no stub.
  const std::set<std::string>& missing() const { return missing_; }

 private:
  const std::map<std::string, Stub>& stubs_;
  const ServiceCatalog& services_;
  std::map<std::string, std::size_t> used_;
  std::set<std::string> missing_;
};

}  // namespace parley::conversations
