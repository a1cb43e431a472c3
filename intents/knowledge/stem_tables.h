// The stems of passages in SQLite's full-text search (FTS5), a table for each language, in memory; finds the
// passages that have any of some stems, in the order of BM25 (Robertson and Zaragoza, "The Probabilistic
// Relevance Framework", 2009), in which a title and a heading weigh more than the text.
//
// Stems are made by terms.h, so the tables' own tokenizer has only to cut at blanks. How rare a word is
// differs between languages, hence the tables.
//
// The database is made once and written out as bytes, which every connection reads without locks
// (sqlite3_deserialize, read-only); there are as many connections as threads that ever searched at the same
// moment. Sources: https://www.sqlite.org/fts5.html, https://www.sqlite.org/c3ref/deserialize.html
//
// Thread rule: immutable after making; match from any number of threads.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/result.h"

namespace parley::intents {

struct StemRow {
  std::string language;              // lower-case letters
  std::string title, heading, body;  // stems with a blank between them
};

class StemTables {
 public:
  /// kUnavailable, with SQLite's reason, where its full-text search does not work.
  static Result<std::unique_ptr<StemTables>> make(const std::vector<StemRow>& rows);
  ~StemTables();

  /// Calls `use` with the number of each row that has one of `stems`, best first, until it returns false.
  void match(const std::string& language, const std::vector<std::string>& stems,
             const std::function<bool(std::size_t)>& use) const;

 private:
  class Reader;
  class ReaderPool;
  explicit StemTables(std::unique_ptr<ReaderPool> readers);

  std::unique_ptr<ReaderPool> readers_;  // null: no rows
};

}  // namespace parley::intents
