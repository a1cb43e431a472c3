// Why a bot said what it said, in one line: what was understood, the rule that was taken, the slots it set.
//
// It reads the ledger's event of a turn, so it shows what an operator would find there. Pure function; any
// thread.
#pragma once

#include <string>

#include "engine/storage/record.h"

namespace parley::cli {

/// "intents order 0.97, hours 0.02; entities product 'tent' = "tent"; rule start; path order/0 order/1; slots
/// product = "tent"". A part that is not there is left out. "" for an event that no turn begins with.
std::string why(const LedgerEvent& event);

}  // namespace parley::cli
