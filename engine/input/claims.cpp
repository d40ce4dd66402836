#include "engine/input/claims.h"

#include "engine/hash.h"
#include "engine/input/duplicates.h"

#include <algorithm>
#include <fmt/core.h>
#include <tuple>
#include <unordered_map>

namespace appraise {

namespace {

bool settle(Table& table, const Roster& roster, ClaimRule rule, Problems& problems) {
  const RecordType& type = *table.type;
  Duplicates claims;
  Duplicates::Part part(type, claim_hashes);
  for (const Batch& batch : table.batches)
    part.add(batch);
  claims.join(std::move(part));
  const std::vector<std::uint64_t> twice = claims.twice(1);
  if (twice.empty()) return false;
  Duplicates::Suspects suspects(type, claim_hashes, twice);
  std::vector<RowRef> refs;
  std::vector<ClaimRow> rows;
  for (std::uint32_t b = 0; b < table.batches.size(); ++b) {
    const Batch& batch = table.batches[b];
    for (const std::uint32_t r : suspects.of(batch)) {
      const RowRef ref = refs.emplace_back(RowRef{b, r});
      ClaimRow& row = rows.emplace_back();
      claim_of(type, batch, r, row.claim);
      row.unit = batch.units[r];
      row.first_by = batch.value(type.claim->first_by, r);
      row.number = number_of(table, ref);
      row.place = place_of(table, ref);
    }
  }
  SetAside set_aside = judge_claims(rows, roster, rule);
  for (const std::size_t i : set_aside.rows)
    leave_out(table, refs[i]);
  std::move(set_aside.problems.begin(), set_aside.problems.end(), std::back_inserter(problems));
  return !set_aside.rows.empty();
}

} // namespace

bool claim_of(const RecordType& type, const Batch& batch, std::size_t row, std::string& key) {
  key.clear();
  if (!type.claim || batch.alive[row] == 0 || batch.units[row] < 0) return false;
  if (type.claim->unless) {
    const std::vector<std::int64_t>& values = type.claim->unless_values;
    if (std::find(values.begin(), values.end(), batch.value(*type.claim->unless, row)) != values.end()) return false;
  }
  for (const KeyPart& part : type.claim->same) {
    const Field& field = type.fields[part.fields.front()];
    const std::size_t before = key.size();
    const bool there = append_key_part(type, part, batch, row, key);
    if (!there && (part.year || field.type == FieldType::text)) return false;
    if (field.identifier && key.find_first_of("0123456789", before) == std::string::npos) return false;
  }
  return true;
}

void claim_hashes(const RecordType& type, const Batch& batch, KeyHashes& result) {
  result.hashes.assign(batch.rows(), 0);
  result.complete.assign(batch.rows(), 0);
  std::string claim;
  for (std::size_t row = 0; row < batch.rows(); ++row) {
    if (!claim_of(type, batch, row, claim)) continue;
    result.complete[row] = 1;
    result.hashes[row] = text_hash(claim);
  }
}

SetAside judge_claims(const std::vector<ClaimRow>& rows, const Roster& roster, ClaimRule rule) {
  constexpr std::size_t kNone = SIZE_MAX;
  struct Claimants {
    std::size_t first = kNone;
    std::size_t other = kNone; // the first row of another unit than that of `first`
  };
  const auto order = [&](const ClaimRow& row) {
    return std::tuple(row.first_by == kMissing, row.first_by, std::string_view(roster[row.unit].code));
  };
  std::unordered_map<std::string_view, Claimants> by_claim;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::size_t& first = by_claim[rows[i].claim].first;
    if (first == kNone || order(rows[i]) < order(rows[first])) first = i;
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Claimants& claimants = by_claim[rows[i].claim];
    if (claimants.other == kNone && rows[i].unit != rows[claimants.first].unit) claimants.other = i;
  }
  SetAside result;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Claimants& claimants = by_claim[rows[i].claim];
    const bool of_the_first = rows[i].unit == rows[claimants.first].unit;
    if (claimants.other == kNone || (of_the_first && rule == ClaimRule::first)) continue;
    const ClaimRow& against = rows[of_the_first ? claimants.other : claimants.first];
    result.rows.push_back(i);
    result.problems.push_back({.rule = "claimed-twice",
                               .place = rows[i].place,
                               .found = fmt::format("{}, {}", rows[i].number, roster[rows[i].unit].name),
                               .expected = fmt::format("{}:{} {}, {}", against.place.file, against.place.row,
                                                       against.number, roster[against.unit].name),
                               .key = rows[i].number});
  }
  return result;
}

void settle_claims(Records& records, const Roster& roster, ClaimRule rule, Problems& problems) {
  bool left_out = false;
  for (auto& [id, table] : records.tables) {
    if (table.type->claim) left_out = settle(table, roster, rule, problems) || left_out;
  }
  if (left_out) leave_out_with_records(records, problems);
}

} // namespace appraise
