// The executor of every kind of service: looks at what the called one is, and hands the call on.
//
// Thread rule and lifetime: as of ServiceExecutor; the clock outlives it.
#pragma once

#include <filesystem>

#include "engine/services/http_services.h"
#include "engine/services/sql_services.h"

namespace parley {

class Services final : public ServiceExecutor {
 public:
  Services(std::filesystem::path data_folder, const Clock& clock)
      : sql_(std::move(data_folder)), http_(clock) {}

  void execute(ServiceCall call, Ended done) override {
    const auto& services = call.bot->services.services;
    const auto service = services.find(call.request.service);
    const bool http = service != services.end() && std::holds_alternative<HttpSource>(service->second.source);
    http ? http_.execute(std::move(call), std::move(done)) : sql_.execute(std::move(call), std::move(done));
  }

  // The slower one last: SQL is interrupted, requests may finish.
  void stop() override {
    sql_.stop();
    http_.stop();
  }

 private:
  SqlServices sql_;
  HttpServices http_;
};

}  // namespace parley
