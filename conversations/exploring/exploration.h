// Walks every flow of a bot through the pure dialogue, and finds where a conversation breaks, gets nowhere,
// or never comes.
//
// For each flow, each state is met once (state_key.h), and from it everything is tried that a person and the
// services may do (situation.h). The findings, with the shortest conversation found for each:
//
//   error[crash]                    something goes wrong inside: an expression fails, a circle never ends
//   error[dead-end]                 no answer that was tried leads from here to an end of the flow
//   error[unanswerable-question]    every answer that was tried is refused
//   warning[missing-value]          something goes wrong when a reply of a service lacks one of its values
//   warning[not-reached]            a step, a branch or a text that nothing tried led to: perhaps only values
//                                   lead there that were not tried
//
// Nothing is proved: values are chosen (answers.h), states merged, and the walk of one flow is bounded by
// ExploreBounds. The same bot gives the same result, byte for byte. Thread rule: pure function; any thread.
#pragma once

#include <string>
#include <vector>

#include "config/diagnostic.h"
#include "conversations/exploring/situation.h"

namespace parley::conversations {

struct ExploreSubject {
  const Program& program;
  const Dialogue& dialogue;
  const ServiceCatalog& services;
  const Lexicon& lexicon;
};

struct ExploreBounds {
  std::size_t states_per_flow = 2'000;  // expanded
  std::size_t moves_per_conversation = 60;
};

struct Remark {
  config::Finding finding;
  std::string conversation;  // as a document of tests/*.yaml; empty: there is none to show
};

struct ExploredFlow {
  std::string flow;  // "": what is said while no flow is open
  std::size_t states = 0, turns = 0;
  bool cut_off = false;  // by a bound: what was not reached may be behind it
};

struct Exploration {
  std::vector<Remark> remarks;  // by place
  std::vector<ExploredFlow> flows;
  std::size_t steps = 0, reached = 0;  // of the flows that were looked at

  bool has_errors() const;
  bool has_warnings() const;
};

/// `only`: the one flow to look at; empty: all of the bot's own.
Exploration explore(const ExploreSubject& subject, const std::string& only = "",
                    const ExploreBounds& bounds = {});

/// The findings with their conversations, then what was walked.
std::string to_text(const Exploration& exploration);
Json to_json(const Exploration& exploration);

}  // namespace parley::conversations
