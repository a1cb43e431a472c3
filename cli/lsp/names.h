// The names in a bot's files: where something gets its name, and where it is used.
//
// A name belongs to an owner where two of the kind may be called the same: a slot to its flow, an operation
// to its service, an argument to "service.operation", a value to its entity. The slot of an annotation in a
// sentence, [monday](date:start), belongs to whichever flow the sentence starts: its owner is "intent " and
// the intent's name. A slot that a test speaks of may be any flow's: no owner.
//
// Occurrences refer to their file, which must outlive them. Plain values.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/lsp/file_kind.h"
#include "cli/lsp/text_positions.h"
#include "config/yaml.h"

namespace parley::lsp {

enum class NameKind {
  kIntent,
  kEntity,  // of the vocabulary, or a built-in kind
  kValue,
  kFlow,
  kSlot,  // and whatever else an expression of the flow may read: parameters, results of calls
  kStep,
  kService,
  kOperation,
  kArgument,
  kDecision,
  kFunction,  // of CEL
};

struct Name {
  NameKind kind = NameKind::kIntent;
  std::string owner;
  std::string text;

  bool operator==(const Name&) const = default;
};

struct Occurrence {
  Name name;
  ByteRange range;  // in the file's text
  bool defines = false;
  std::string within;  // the flow, intent, entity, service or test in which it stands
  config::Node node;   // where it defines: what is defined; or else the scalar
};

/// One file as it was when it was last YAML.
struct AuthoredFile {
  FileKind kind = FileKind::kOther;
  std::shared_ptr<const config::YamlFile> yaml;
  std::vector<Occurrence> occurrences;
};

/// All names of a file, in no particular order.
AuthoredFile read_names(std::shared_ptr<const config::YamlFile> yaml, FileKind kind);

}  // namespace parley::lsp
