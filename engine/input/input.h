// Bytes → Table. Exports become typed records, or located problems; nothing is dropped in silence.
//
//   read_bytes    the whole of a file: file-missing, file-unreadable
//   decode        BOM; else strict UTF-8; else strict GB18030: bytes-broken (line, column, byte offset),
//                 bytes-mixed (two encodings in one file), file-empty
//   split_csv     RFC 4180; CR, LF or CRLF; quoted newlines: quote-unterminated, quote-misplaced,
//                 row-ragged, nul-byte
//   match_heads   heads → fields of a layout, also after NFKC, trimming and removal of white space
//                 (heads.h): header-unknown, header-missing, header-duplicate, header-two-rows,
//                 comma-fullwidth, header-loose
//   read_records  the lot: types, categories, units (reader.h, cells.h); a row with a blocking problem is
//                 counted nowhere and listed: impossible-date, date-form, not-a-number, category-unknown,
//                 unit-unknown, value-missing …; then keys over all files of a type (identity.h):
//                 duplicate-key in one snapshot; a later snapshot replaces; side records find their record
//                 (record-unknown, record-ambiguous, record-uncounted)
#pragma once

#include "engine/appraisal.h"
#include "engine/input/number_form.h"
#include "engine/problem.h"
#include "engine/profile.h"
#include "engine/roster.h"
#include "engine/table.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace appraise {

std::string read_bytes(const std::string& path); // throws Error(input)

// The files below `folder` that a pattern names (* and ? within one part of the path), sorted by name.
std::vector<std::string> matching_files(const std::string& pattern, const std::string& folder);
// Fills Input::files of each input; a pattern that names no file is a problem file-missing.
void resolve_files(Appraisal& appraisal, const std::string& folder, Problems& problems);

struct Decoded {
  std::string text;     // UTF-8, without BOM
  std::string encoding; // "UTF-8", "UTF-8 BOM", "GB18030", "UTF-16LE", "UTF-16BE"
};
// nullopt with a problem when the bytes are none of them.
std::optional<Decoded> decode(const std::string& bytes, const std::string& file, Problems& problems);

struct CsvRow {
  std::int64_t line = 0; // of its first character
  std::vector<std::string> fields;
};
std::vector<CsvRow> split_csv(const std::string& text, const std::string& file, Problems& problems);

struct LayoutField {
  std::string field;
  std::vector<std::string> heads; // accepted heads, the title of the field among them
  // Value in the export → category id, a unit's code or name, or the text that is meant. Of a text the spelling must be
  // the whole cell.
  std::map<std::string, std::string> spellings;
  std::optional<NumberForm> form; // of a text that is a number with a check digit
  std::string always;             // the value of every record where the export has no such column; written as in a cell
};
struct Layout {
  std::string id;
  std::string type; // a record type, or "*": any, by the titles and ids of its fields alone
  std::vector<LayoutField> fields;
  std::vector<std::string> ignored; // heads that are known and not needed
  std::vector<std::string> missing; // cells that stand for "no value", such as "-"
  std::string file;
  const LayoutField* field(std::string_view id) const; // nullptr: nothing is said of it
  static Layout load(const std::string& text, const std::string& file, const RecordTypes& types, Problems& problems);
};

struct HeadMatch {
  std::string head; // as it stands in the file
  std::int64_t column = 0;
  std::string field;  // empty: unknown
  bool loose = false; // matched only after normalisation
  bool ignored = false;
  std::vector<std::string> nearest;
};
std::vector<HeadMatch> match_heads(const std::vector<std::string>& heads, const Layout& layout, const RecordType& type);

struct ReadOptions {
  std::size_t batch_rows = 1024;
  int threads = 1;
  Profile* profile = nullptr; // null: not asked for
};
// Every input of the appraisal file: tables with identity resolved, one for each record type (an empty one where
// nothing was handed in). `folder` is where the appraisal file stands. Throws Error(input) with all problems found
// until then when a file cannot be read as a table at all (missing, broken bytes, unknown or missing heads …).
Records read_records(const Appraisal& appraisal, const std::string& folder, const RecordTypes& types,
                     const std::map<std::string, Layout>& layouts, const Roster& roster, const ReadOptions& options,
                     Problems& problems);

// NFKC of the characters that exports confuse (full-width forms, ideographic space), without white space.
std::string normalised(std::string_view text);

} // namespace appraise
