// The first pass over flows/*.yaml: what each flow is called, starts from, takes, gives back and remembers.
// Steps come later, when the names of all flows are known.
//
// Codes: bad-name, duplicate-flow, unknown-intent, unknown-type, unknown-pattern, range, and those of
// config/yaml.h. One thread.
#pragma once

#include "conversations/flows/loading.h"

namespace parley::conversations {

/// Adds the flow of one YAML document to loading.flows.
void read_flow_head(const config::Node& document, bool built_in, Loading& loading);

/// A maturity level, 1 to 5; `otherwise` where there is none.
int read_level(const config::Node& node, int otherwise);

/// Puts the names that the flow's expressions may read into its scope: needs the heads of all flows, for what
/// sub-flows give back.
void declare_scope(FlowSource& source, Loading& loading);

/// Whether a slot, parameter or result may have this type; reports `unknown-type`.
bool check_type(const config::Node& node, const std::string& type, bool slot, const Loading& loading);

}  // namespace parley::conversations
