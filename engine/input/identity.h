// Which rows are the same record, and which record a side row belongs to.
//
//   Keys are compared as text, never by hash alone, after making widths and brackets equal. Rows are taken in the order
//   of reporting date, input, file name and row: the second of two in one snapshot is a problem (duplicate-key, or
//   duplicate-key-similar where only the spelling differs) and is not counted; a row of a later snapshot replaces the
//   earlier. key-incomplete: a row without any of the dates that give its year cannot be told from others and is not
//   counted. A side row names its record by the parts of the key that it has; missing parts are filled only where
//   exactly one record fits: record-unknown, record-ambiguous, record-uncounted (the record itself cannot be counted).
#pragma once

#include "engine/roster.h"
#include "engine/table.h"

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace appraise {

// Where a row stands in its file, and its own number: for messages.
Place place_of(const Table& table, const RowRef& ref);
std::string number_of(const Table& table, const RowRef& ref);

// Appends one part of a key, comparable as text, and its end; false where the row has none.
bool append_key_part(const RecordType& type, const KeyPart& part, const Batch& batch, std::size_t row,
                     std::string& key);
// The key of a row, comparable as text; false where a part that every record needs is missing.
bool key_of(const RecordType& type, const Batch& batch, std::size_t row, std::string& key);
// key_of, or claim_of (claims.h).
using KeyOf = bool (*)(const RecordType&, const Batch&, std::size_t row, std::string& key);
// Hashes of what key_of gives for each row of a batch: rows of equal keys have equal ones. Built column by column, and
// without writing the keys.
struct KeyHashes {
  std::vector<std::uint64_t> hashes;
  std::vector<std::uint8_t> complete; // 0: key_of is false
};
void key_hashes(const RecordType& type, const Batch& batch, KeyHashes& result);
// The titles of the fields one of which would complete the row's key; empty when it is complete.
std::string missing_key_part(const RecordType& type, const Batch& batch, std::size_t row);
// The problem of a row that has been there before: duplicate-key, or duplicate-key-similar where only the spelling
// differs.
Problem duplicate_of(const Place& place, const std::string& number, const std::string& unit, const Place& first,
                     const std::string& first_number);

// The row stays in its batch and is counted nowhere.
void leave_out(Table& table, const RowRef& ref);
// Side rows whose record is counted nowhere are counted nowhere either: record-uncounted.
void leave_out_with_records(Records& records, Problems& problems);

// The records of one type by their own number, for side rows.
class RecordIndex {
public:
  struct Entry {
    std::vector<std::string> parts; // one per part of the key, comparable; empty where the row has none
    RowRef row;
  };
  // Resolves duplicates and replacements of the table itself; types without a key are left as they are.
  void build(Table& table, const Roster& roster, Problems& problems);
  // Gives each side row its record and unit.
  void attach(Table& side, const Table& main, Problems& problems) const;

private:
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_number_;
};

} // namespace appraise
