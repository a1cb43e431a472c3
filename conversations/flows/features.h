// Which features of a maturity model (config/maturity_model.h) a flow uses, as its steps tell. Pure; any
// thread.
#pragma once

#include <map>
#include <set>
#include <string>

#include "conversations/flows/flow.h"
#include "engine/service_catalog.h"

namespace parley::conversations {

/// Feature -> the steps' lines. Of the flow's own steps, not of flows that it runs.
std::map<std::string, std::set<int>> features_of(const Flow& flow, const ServiceCatalog& services);

/// The flow itself and all that it runs, directly or not.
std::set<std::string> flows_run_by(const Program& program, const std::string& flow);

}  // namespace parley::conversations
