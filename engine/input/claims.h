// One record at two units: rows of different units that agree in what the type's `claim` names (fields.toml) are a
// dispute between the units, not a fault of a row. It is listed for decision, and until then counted at most once.
//
//   Rule first: the unit whose row has the earlier date (claim.first_by; no date stands last; on one day the unit whose
//   code is smaller) counts its rows. Rule none: nobody counts them. Every row set aside is a problem claimed-twice
//   that names the other row; its side records are set aside with it (record-uncounted). Several rows of one unit alone
//   are no dispute.
//   Parts are compared as text after making widths and brackets equal, never by hash alone. A row that lacks a text or
//   the year among them, or whose number has no digit (无, 不详), proves nothing and is compared with none; other parts
//   are equal when both lack them. Rows whose category claim.unless says that another unit has its share (joint work,
//   say) are left alone.
//
//   settle_claims(records, roster, ClaimRule::first, problems);   // after the rules over rows: a faulty row claims
//                                                                 // nothing
#pragma once

#include "engine/input/identity.h"
#include "engine/roster.h"
#include "engine/table.h"

#include <string>
#include <vector>

namespace appraise {

enum class ClaimRule { first, none };

// What a live row claims, comparable as text; false where it claims nothing.
bool claim_of(const RecordType& type, const Batch& batch, std::size_t row, std::string& key);

// text_hash of what each row of a batch claims.
void claim_hashes(const RecordType& type, const Batch& batch, KeyHashes& result);

struct ClaimRow {
  std::string claim;
  std::int32_t unit = -1;
  std::int64_t first_by = kMissing;
  std::string number;
  Place place;
};
// The rows that are not counted, by their position in `rows`, with a problem each, in the same order.
struct SetAside {
  std::vector<std::size_t> rows;
  Problems problems;
};
SetAside judge_claims(const std::vector<ClaimRow>& rows, const Roster& roster, ClaimRule rule);

// Over all files of every type.
void settle_claims(Records& records, const Roster& roster, ClaimRule rule, Problems& problems);

} // namespace appraise
