// What of a maturity model (config/maturity_model.h) flows and steps need: a level, and features, as the
// verbs of steps tell.
//
// A step with a `level` of its own is looked at when its turn comes, with the steps in its branches; all
// other steps count for their flow, which does not start without what they need. One thread for note_needs(),
// any for the rest.
#pragma once

#include <map>
#include <set>
#include <string>

#include "conversations/flows/flow.h"
#include "engine/service_catalog.h"

namespace parley::conversations {

/// Fills Step::feature and Flow::needs of a program that is otherwise complete.
void note_needs(Program& program, const ServiceCatalog& services);

/// Feature -> the steps' lines. Of the flow's own steps, not of flows that it runs, nor of those behind a
/// level of their own.
std::map<std::string, std::set<int>> features_of(const Flow& flow);

/// The flow itself and all that it runs, directly or not; not those run by steps behind a level of their own.
std::set<std::string> flows_run_by(const Program& program, const std::string& flow);

}  // namespace parley::conversations
