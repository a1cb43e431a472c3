#include "cli/drill/copy_drills.h"

#include <fstream>
#include <iterator>
#include <limits>

#include "engine/message.h"
#include "engine/replay.h"
#include "engine/storage/ledger_backup.h"
#include "engine/storage/ledger_erase.h"

namespace parley::cli {
namespace {

namespace fs = std::filesystem;
using Violations = std::vector<std::string>;

constexpr std::size_t kConversationsMax = 1'000;  // of a drill
constexpr std::size_t kTextBytesMin = 8;          // a shorter one may stand in a file for other reasons
constexpr std::size_t kTextsSearched = 500;

bool same(const LedgerEvent& a, const LedgerEvent& b) {
  return a.sequence == b.sequence && a.at == b.at && a.kind == b.kind && a.client_id == b.client_id &&
         a.cause == b.cause && a.activity == b.activity && a.detail == b.detail;
}

Result<std::vector<LedgerEvent>> all_events(StoreReader& reader, const std::string& conversation) {
  return events_of(reader, conversation, std::numeric_limits<std::size_t>::max());
}

Result<Violations> compare(StoreReader& left, StoreReader& right) {
  const auto ids = left.conversations("", kConversationsMax);
  if (!ids) return ids.error();
  Violations violations;
  for (const std::string& id : *ids) {
    const auto was = all_events(left, id), is = all_events(right, id);
    if (!was) return was.error();
    if (!is) return is.error();
    if (!std::equal(was->begin(), was->end(), is->begin(), is->end(), same))
      violations.push_back(id + " is another one in the copy");
  }
  return violations;
}

/// What must not be found afterwards.
Result<std::vector<std::string>> traces_of(StoreReader& reader, const std::string& person_id) {
  const auto ids = reader.conversations("", kConversationsMax);
  if (!ids) return ids.error();
  std::vector<std::string> traces;
  for (const std::string& id : *ids) {
    const auto found = reader.find(id);
    if (!found) return found.error();
    if (!found->has_value() || (*found)->record.person.id != person_id) continue;
    traces.push_back(id);
    const auto events = all_events(reader, id);
    if (!events) return events.error();
    for (const LedgerEvent& event : *events) {
      const Json activity = Json::parse(event.activity, nullptr, false);
      const std::string text = activity.is_object() ? activity.value("text", "") : "";
      if (text.size() >= kTextBytesMin && traces.size() < kTextsSearched) traces.push_back(text);
    }
  }
  return traces;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Result<Violations> drill_restore(const fs::path& ledger) {
  const fs::path copy = ledger.string() + ".copy", restored = ledger.string() + ".restored";
  if (auto copied = back_up_ledger(ledger, copy); !copied) return Violations{copied.error().message};
  if (auto back = restore_ledger(copy, restored, {}); !back) return Violations{back.error().message};
  const auto left = open_sqlite_reader(ledger), right = open_sqlite_reader(restored);
  if (!left) return left.error();
  if (!right) return right.error();
  return compare(**left, **right);
}

Result<Violations> drill_erase(const fs::path& ledger, const std::string& person_id) {
  std::vector<std::string> traces;
  {
    const auto reader = open_sqlite_reader(ledger);
    if (!reader) return reader.error();
    auto found = traces_of(**reader, person_id);
    if (!found) return found.error();
    traces = std::move(*found);
  }
  const auto erased = erase_person(ledger, person_id, "");
  if (!erased) return Violations{erased.error().message};
  Violations violations;
  if (erased->conversations == 0) violations.push_back("nobody was erased");
  const std::string bytes = bytes_of(ledger) + bytes_of(ledger.string() + "-wal");
  for (const std::string& trace : traces)
    if (bytes.find(trace) != std::string::npos)
      violations.push_back("\"" + trace + "\" is still in the file");
  return violations;
}

}  // namespace parley::cli
