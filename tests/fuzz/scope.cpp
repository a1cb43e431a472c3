#include "tests/fuzz/scope.h"

#include "conversations/cel/time.h"

namespace parley::fuzz {

Scope::Scope() : bindings(cel::parse_instant("2026-03-03T07:30:00Z").value(), "Europe/Amsterdam") {
  declarations.add_date_functions();
  const std::pair<const char*, const char*> names[] = {{"start", "date"},
                                                       {"end", "date"},
                                                       {"moment", "timestamp"},
                                                       {"note", "text"},
                                                       {"amount", "number"},
                                                       {"count", "int"},
                                                       {"urgent", "bool"},
                                                       {"price", "money"},
                                                       {"pause", "duration"},
                                                       {"at", "time"},
                                                       {"anything", "dyn"},
                                                       {"user", "{id: text, name: text, roles: list<text>}"},
                                                       {"rows", "list<{title: text, left: int}>"},
                                                       {"missing", "text"}};
  for (const auto& [name, type] : names)
    declarations.add(name, cel::Type::parse(type).value());
  bindings.set_all({{"start", "2026-03-06"},
                    {"end", "2026-03-10"},
                    {"moment", "2026-03-06T10:00:00Z"},
                    {"note", "caf\u00E9"},
                    {"amount", 12.5},
                    {"count", 3},
                    {"urgent", false},
                    {"price", {{"amount", 9.5}, {"currency", "EUR"}}},
                    {"pause", "90m"},
                    {"at", "14:30"},
                    {"anything", {{"deep", {1, "two", nullptr}}}},
                    {"user", {{"id", "e1"}, {"name", "Anna"}, {"roles", {"employee"}}}},
                    {"rows", {{{"title", "Laptop"}, {"left", 0}}, {{"title", "Screen"}, {"left", 2}}}}},
                   declarations);
}

const Scope& scope() {
  static const Scope kScope;
  return kScope;
}

}  // namespace parley::fuzz
