#include "connectors/metrics.h"

#include <array>
#include <limits>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace parley::connectors {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;

/// Seconds: a turn from the request to its commit.
const Histogram::BucketBoundaries kTurnSeconds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                               0.1,    0.25,  0.5,    1,     2.5,  5,     10};

const char* name_of(ConnectionKind kind) {
  switch (kind) {
    case ConnectionKind::kHttp:
      return "http";
    case ConnectionKind::kDirectLine:
      return "directline";
    case ConnectionKind::kNative:
      return "native";
  }
  return "";
}

prometheus::ClientMetric metric_of(const CallFigure& figure) {
  prometheus::ClientMetric metric;
  metric.label = {{"bot", figure.bot},
                  {"service", figure.service},
                  {"operation", figure.operation},
                  {"outcome", figure.outcome}};
  metric.histogram.sample_count = figure.count;
  metric.histogram.sample_sum = figure.seconds;
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < figure.buckets.size(); ++i) {
    below += figure.buckets.at(i);
    const bool last = i == kCallSecondsBounds.size();
    metric.histogram.bucket.push_back(
        {below, last ? std::numeric_limits<double>::infinity() : kCallSecondsBounds.at(i)});
  }
  return metric;
}

prometheus::MetricFamily family_of(const std::vector<CallFigure>& calls) {
  prometheus::MetricFamily family{"parley_service_call_seconds",
                                  "Calls of services, from the request to the outcome",
                                  prometheus::MetricType::Histogram,
                                  {}};
  for (const CallFigure& figure : calls)
    family.metric.push_back(metric_of(figure));
  return family;
}

}  // namespace

class Metrics::Impl {
 public:
  prometheus::Registry registry;
  Family<Gauge>& connections = gauges("parley_connections", "Open connections by kind");
  Family<Counter>& closed = counters("parley_sockets_closed_total", "WebSockets that ended, by close code");
  Family<Counter>& requests = counters("parley_http_requests_total", "HTTP requests by status");
  Family<Counter>& turns = counters("parley_turns_total", "Turns by connector and how they ended");
  Family<Histogram>& turn_seconds = prometheus::BuildHistogram()
                                        .Name("parley_turn_seconds")
                                        .Help("From an activity's arrival to its commit")
                                        .Register(registry);
  Family<Counter>& sent = counters("parley_activities_sent_total", "Activities sent to sockets by connector");
  Family<Counter>& refusals = counters("parley_refusals_total", "What a limit refused, by limit");
  Family<Counter>& failures =
      counters("parley_authentication_failures_total", "Tokens, origins and people refused");
  Family<Counter>& ends = counters("parley_flow_ends_total", "Flows that ended, by channel, flow and reason");
  Family<Counter>& events = counters("parley_events_total", "Events from outside, by what became of them");
  Family<Gauge>& phases = gauges("parley_channel_phase", "1 for the phase in which a channel is");
  Family<Gauge>& below = gauges("parley_channel_below_level",
                                "1 while a channel's bot stands below the level at which it opens");
  Family<Gauge>& offered = gauges("parley_channel_level", "Up to which level a channel offers flows");
  Family<Gauge>& levels = gauges("parley_maturity_level", "The level of maturity of a bot, by axis");
  Family<Gauge>& states = gauges("parley_state", "1 while the server is in this state");
  std::array<Gauge*, 3> open{};
  std::array<Histogram*, 3> took{};

  Impl() {
    for (const auto kind : {ConnectionKind::kHttp, ConnectionKind::kDirectLine, ConnectionKind::kNative}) {
      open.at(static_cast<std::size_t>(kind)) = &connections.Add({{"kind", name_of(kind)}});
      if (kind != ConnectionKind::kHttp)
        took.at(static_cast<std::size_t>(kind)) =
            &turn_seconds.Add({{"connector", name_of(kind)}}, kTurnSeconds);
    }
  }

 private:
  Family<Counter>& counters(const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
  }
  Family<Gauge>& gauges(const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
  }
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::connection_opened(ConnectionKind kind) {
  impl_->open.at(static_cast<std::size_t>(kind))->Increment();
}
void Metrics::connection_closed(ConnectionKind kind) {
  impl_->open.at(static_cast<std::size_t>(kind))->Decrement();
}

void Metrics::socket_closed(int close_code) {
  const bool known = close_code == 0 || (close_code >= 1000 && close_code <= 1015) ||
                     (close_code >= 4400 && close_code < 4500);
  impl_->closed.Add({{"code", known ? std::to_string(close_code) : "other"}}).Increment();
}

void Metrics::request(int status) {
  impl_->requests.Add({{"status", std::to_string(status)}}).Increment();
}

void Metrics::turn(ConnectionKind connector, std::string_view result,
                   std::chrono::steady_clock::duration took) {
  impl_->turns.Add({{"connector", name_of(connector)}, {"result", std::string(result)}}).Increment();
  impl_->took.at(static_cast<std::size_t>(connector))->Observe(std::chrono::duration<double>(took).count());
}

void Metrics::activities_sent(ConnectionKind connector, std::size_t count) {
  impl_->sent.Add({{"connector", name_of(connector)}}).Increment(static_cast<double>(count));
}

void Metrics::refused(std::string_view limit) {
  impl_->refusals.Add({{"limit", std::string(limit)}}).Increment();
}

void Metrics::flow_ended(const std::string& channel, const std::string& flow, const std::string& reason) {
  impl_->ends.Add({{"channel", channel}, {"flow", flow}, {"reason", reason}}).Increment();
}

void Metrics::event(std::string_view result) {
  impl_->events.Add({{"result", std::string(result)}}).Increment();
}

void Metrics::authentication_failed(std::string_view channel, std::string_view reason) {
  impl_->failures.Add({{"channel", std::string(channel)}, {"reason", std::string(reason)}}).Increment();
}

void Metrics::channel_phase(const std::string& channel, const ChannelPhase& now) {
  for (const auto phase : {config::Phase::kClosed, config::Phase::kPreview, config::Phase::kOpen})
    impl_->phases.Add({{"channel", channel}, {"phase", std::string(config::name_of(phase))}})
        .Set(phase == now.phase ? 1 : 0);
  impl_->below.Add({{"channel", channel}}).Set(now.below ? 1 : 0);
  Gauge& offered = impl_->offered.Add({{"channel", channel}});
  now.level ? offered.Set(*now.level) : impl_->offered.Remove(&offered);
}

void Metrics::maturity_level(const std::string& bot, std::string_view axis, int level) {
  impl_->levels.Add({{"bot", bot}, {"axis", std::string(axis)}}).Set(level);
}

std::string Metrics::text(bool ready, bool draining, const std::vector<CallFigure>& calls) const {
  impl_->states.Add({{"state", "ready"}}).Set(ready ? 1 : 0);
  impl_->states.Add({{"state", "draining"}}).Set(draining ? 1 : 0);
  auto families = impl_->registry.Collect();
  if (!calls.empty()) families.push_back(family_of(calls));
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace parley::connectors
