#include "engine/input/identity.h"

#include "engine/hash.h"
#include "engine/input/reader.h"
#include "engine/input/unicode.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/core.h>
#include <numeric>

namespace appraise {

namespace {

constexpr char kBetween = '\x1f'; // stands in no cell: control characters are no part of a number

// The value of a field in a form that is equal where the values are.
void append_comparable(const RecordType& type, const Batch& batch, std::size_t field, std::size_t row,
                       std::string& to) {
  if (type.fields[field].type == FieldType::text) {
    append_identity_text(batch.text(field, row), to);
    return;
  }
  const std::int64_t value = batch.value(field, row);
  if (value == kMissing) return;
  std::array<char, 24> digits;
  to.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

std::string comparable(const RecordType& type, const Batch& batch, std::size_t field, std::size_t row) {
  std::string result;
  append_comparable(type, batch, field, row, result);
  return result;
}

// The first date that is there, whose year counts.
std::optional<Date> dated(const KeyPart& part, const Batch& batch, std::size_t row) {
  for (const std::size_t field : part.fields) {
    const std::int64_t value = batch.value(field, row);
    if (value != kMissing) return Date{static_cast<std::int32_t>(value)};
  }
  return std::nullopt;
}

// The same of a whole batch: the years, kMissing where there is no date. Most dates are of the year of the one before.
void years_of(const KeyPart& part, const Batch& batch, std::vector<std::int64_t>& years) {
  std::vector<const std::int64_t*> columns;
  for (const std::size_t field : part.fields)
    columns.push_back(batch.columns[field].values.data());
  std::int64_t year = 0;
  std::int64_t from = 0; // days of the year; none at first
  std::int64_t to = 0;
  for (std::size_t row = 0; row < years.size(); ++row) {
    std::int64_t day = kMissing;
    for (const std::int64_t* const dates : columns) {
      if (day == kMissing) day = dates[row];
    }
    if (day != kMissing && (day < from || day >= to)) {
      year = Date{static_cast<std::int32_t>(day)}.year();
      from = Date::of(static_cast<int>(year), 1, 1)->days;
      to = Date::of(static_cast<int>(year) + 1, 1, 1)->days;
    }
    years[row] = day == kMissing ? kMissing : year;
  }
}

void append_part(const RecordType& type, const KeyPart& part, const Batch& batch, std::size_t row, std::string& to) {
  if (!part.year) {
    append_comparable(type, batch, part.fields.front(), row, to);
    return;
  }
  if (const auto date = dated(part, batch, row)) to += std::to_string(date->year());
}

// A part without which a record cannot be told from others.
bool needed(const RecordType& type, const KeyPart& part) {
  return part.year || type.fields[part.fields.front()].required;
}

void leave_out(Table& table, const RowRef& ref, const char* rule, std::string found, std::string expected,
               Problems& problems) {
  leave_out(table, ref);
  problems.push_back({.rule = rule,
                      .place = place_of(table, ref),
                      .found = std::move(found),
                      .expected = std::move(expected),
                      .key = number_of(table, ref)});
}

// Side rows whose record is counted nowhere.
void leave_out_with_records(Table& side, const Table& main, Problems& problems) {
  for (std::uint32_t b = 0; b < side.batches.size(); ++b) {
    const Batch& batch = side.batches[b];
    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      const RowRef record = batch.via[row];
      if (batch.alive[row] == 0 || !record.exists() || main.batches[record.batch].alive[record.row] != 0) continue;
      const Place place = place_of(main, record);
      leave_out(side, {b, row}, "record-uncounted", number_of(side, {b, row}),
                fmt::format("{}:{}", place.file, place.row), problems);
    }
  }
}

// Rows by reporting date; within a date as they were read, which is by input, file name and line.
std::vector<std::uint32_t> batches_by_date(const Table& table) {
  std::vector<std::uint32_t> order(table.batches.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return table.sources[table.batches[a].source].reporting_date <
           table.sources[table.batches[b].source].reporting_date;
  });
  return order;
}

// The part of the key that is the record's own number.
std::optional<std::size_t> number_part(const RecordType& type) {
  const auto number = number_field(type);
  for (std::size_t i = 0; i < type.key.size(); ++i) {
    if (number && !type.key[i].year && type.key[i].fields.front() == *number) return i;
  }
  return std::nullopt;
}

// Which field of a side type gives each part of the main type's key: of the same name, or of the same name behind the
// prefix of via_field ("case_" in "case_no"); the year by "case_year".
std::vector<std::optional<std::size_t>> side_fields(const RecordType& side, const RecordType& main) {
  const std::string prefix = side.via_field.substr(0, side.via_field.find('_') + 1);
  const auto number = number_part(main);
  std::vector<std::optional<std::size_t>> result;
  for (std::size_t i = 0; i < main.key.size(); ++i) {
    if (number && i == *number) {
      result.push_back(side.field(side.via_field));
      continue;
    }
    const std::string name = main.key[i].year ? "year" : main.fields[main.key[i].fields.front()].id;
    const auto prefixed = side.field(prefix + name);
    result.push_back(prefixed ? prefixed : side.field(name));
  }
  return result;
}

} // namespace

Place place_of(const Table& table, const RowRef& ref) {
  const Batch& batch = table.batches[ref.batch];
  const Source& source = table.sources[batch.source];
  return {.file = source.file, .sheet = source.sheet, .row = batch.lines[ref.row]};
}

std::string number_of(const Table& table, const RowRef& ref) {
  const auto field = number_field(*table.type);
  if (!field) return {};
  const Batch& batch = table.batches[ref.batch];
  return table.type->fields[*field].type == FieldType::text ? std::string(batch.text(*field, ref.row))
                                                            : comparable(*table.type, batch, *field, ref.row);
}

bool append_key_part(const RecordType& type, const KeyPart& part, const Batch& batch, std::size_t row,
                     std::string& key) {
  const std::size_t before = key.size();
  append_part(type, part, batch, row, key);
  const bool there = key.size() > before;
  key += kBetween;
  return there;
}

bool key_of(const RecordType& type, const Batch& batch, std::size_t row, std::string& key) {
  key.clear();
  bool complete = true;
  for (const KeyPart& part : type.key) {
    const bool there = append_key_part(type, part, batch, row, key);
    complete = complete && (there || !needed(type, part));
  }
  return complete;
}

void key_hashes(const RecordType& type, const Batch& batch, KeyHashes& result) {
  result.hashes.assign(batch.rows(), 0x9E3779B97F4A7C15u);
  result.complete.assign(batch.rows(), 1);
  std::string normalised;
  for (const KeyPart& part : type.key) {
    const unsigned without = needed(type, part) ? 0 : 1; // complete all the same
    const auto each = [&](auto hash_of) {                // hash_of(row, hash): false where the row has no such part
      std::uint64_t* const hashes = result.hashes.data();
      std::uint8_t* const complete = result.complete.data();
      for (std::size_t row = 0, rows = batch.rows(); row < rows; ++row) {
        std::uint64_t hash = 0;
        const bool there = hash_of(row, hash);
        complete[row] = static_cast<std::uint8_t>(complete[row] & (there ? 1u : without));
        hashes[row] = mixed(hashes[row] ^ hash, 0xE7037ED1A0B428DBu);
      }
    };
    const std::size_t field = part.fields.front();
    if (part.year) {
      std::vector<std::int64_t> years(batch.rows());
      years_of(part, batch, years);
      each([years = years.data()](std::size_t row, std::uint64_t& hash) {
        hash = years[row] == kMissing ? 0 : static_cast<std::uint64_t>(years[row]);
        return years[row] != kMissing;
      });
    } else if (type.fields[field].type == FieldType::text) {
      const TextColumn& texts = batch.columns[field].texts;
      if (is_identity_text(texts.all())) { // as nearly always
        each([begin = std::uint32_t{0}, text = texts.all().data(), end = texts.ends()](std::size_t row,
                                                                                       std::uint64_t& hash) mutable {
          const std::size_t size = end[row] - begin;
          hash = padded_text_hash(text + begin, size);
          begin = end[row];
          return size > 0;
        });
      } else {
        each([&](std::size_t row, std::uint64_t& hash) {
          normalised.clear();
          append_identity_text(texts[row], normalised);
          hash = text_hash(normalised);
          return !normalised.empty();
        });
      }
    } else {
      each([values = batch.columns[field].values.data()](std::size_t row, std::uint64_t& hash) {
        hash = static_cast<std::uint64_t>(values[row]);
        return values[row] != kMissing;
      });
    }
  }
}

std::string missing_key_part(const RecordType& type, const Batch& batch, std::size_t row) {
  std::string key;
  for (const KeyPart& part : type.key) {
    if (append_key_part(type, part, batch, row, key) || !needed(type, part)) continue;
    std::string titles;
    for (const std::size_t field : part.fields) {
      titles += titles.empty() ? "" : " | ";
      titles += type.fields[field].title;
    }
    return titles;
  }
  return {};
}

Problem duplicate_of(const Place& place, const std::string& number, const std::string& unit, const Place& first,
                     const std::string& first_number) {
  Problem problem;
  problem.rule = number == first_number ? "duplicate-key" : "duplicate-key-similar";
  problem.place = place;
  problem.found = unit.empty() ? number : fmt::format("{}, {}", number, unit);
  problem.expected = fmt::format("{}:{} {}", first.file, first.row, first_number);
  problem.key = number;
  return problem;
}

void leave_out(Table& table, const RowRef& ref) {
  Batch& batch = table.batches[ref.batch];
  if (batch.alive[ref.row] != 0) ++table.sources[batch.source].uncounted;
  batch.alive[ref.row] = 0;
}

void leave_out_with_records(Records& records, Problems& problems) {
  for (auto& [id, side] : records.tables) {
    if (!side.type->via.empty()) leave_out_with_records(side, records.tables.at(side.type->via), problems);
  }
}

void RecordIndex::build(Table& table, const Roster& roster, Problems& problems) {
  const RecordType& type = *table.type;
  if (type.key.empty()) return;
  const auto number = number_part(type);
  std::unordered_map<std::string, std::size_t> by_key;
  for (const std::uint32_t b : batches_by_date(table)) {
    Batch& batch = table.batches[b];
    const Date date = table.sources[batch.source].reporting_date;
    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      Entry entry{.parts = {}, .row = {b, row}};
      std::string key;
      bool complete = true;
      for (const KeyPart& part : type.key) {
        append_part(type, part, batch, row, entry.parts.emplace_back());
        key += entry.parts.back();
        key += kBetween;
        complete = complete && (!entry.parts.back().empty() || !needed(type, part));
      }
      if (!complete) {
        // Of a row that is counted nowhere its own problem says why.
        if (batch.alive[row] != 0)
          leave_out(table, entry.row, "key-incomplete", {}, missing_key_part(type, batch, row), problems);
        continue;
      }
      const auto [known, fresh] = by_key.emplace(std::move(key), entries_.size());
      if (fresh) {
        if (number) by_number_[entry.parts[*number]].push_back(entries_.size());
        entries_.push_back(std::move(entry));
        continue;
      }
      const RowRef earlier = entries_[known->second].row;
      Batch& earlier_batch = table.batches[earlier.batch];
      Source& earlier_source = table.sources[earlier_batch.source];
      if (earlier_source.reporting_date < date) {
        if (earlier_batch.alive[earlier.row] != 0) ++earlier_source.replaced;
        earlier_batch.alive[earlier.row] = 0;
        entries_[known->second].row = entry.row;
        continue;
      }
      const std::string unit = batch.units[row] >= 0 ? roster[batch.units[row]].name : "";
      problems.push_back(duplicate_of(place_of(table, entry.row), number_of(table, entry.row), unit,
                                      place_of(table, earlier), number_of(table, earlier)));
      leave_out(table, entry.row);
    }
  }
}

void RecordIndex::attach(Table& side, const Table& main, Problems& problems) const {
  const std::vector<std::optional<std::size_t>> fields = side_fields(*side.type, *main.type);
  const auto number = number_part(*main.type);
  if (!number) return;
  for (std::uint32_t b = 0; b < side.batches.size(); ++b) {
    Batch& batch = side.batches[b];
    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      if (batch.alive[row] == 0) continue;
      std::vector<std::string> wanted;
      wanted.reserve(fields.size());
      for (const auto& field : fields)
        wanted.push_back(field ? comparable(*side.type, batch, *field, row) : "");
      const auto same_number = by_number_.find(wanted[*number]);
      std::vector<std::size_t> fitting;
      if (same_number != by_number_.end()) {
        for (const std::size_t entry : same_number->second) {
          bool fits = true;
          for (std::size_t i = 0; i < wanted.size(); ++i) {
            fits = fits && (wanted[i].empty() || wanted[i] == entries_[entry].parts[i]);
          }
          if (fits) fitting.push_back(entry);
        }
      }
      const RowRef ref{b, row};
      if (fitting.empty()) {
        leave_out(side, ref, "record-unknown", number_of(side, ref), {}, problems);
        continue;
      }
      if (fitting.size() > 1) {
        std::string list;
        for (std::size_t i = 0; i < fitting.size() && i < 3; ++i) {
          const Place place = place_of(main, entries_[fitting[i]].row);
          list += fmt::format("{}{}:{}", i == 0 ? "" : ", ", place.file, place.row);
        }
        if (fitting.size() > 3) list += fmt::format(" … ({})", fitting.size());
        leave_out(side, ref, "record-ambiguous", number_of(side, ref), list, problems);
        continue;
      }
      const RowRef record = entries_[fitting.front()].row;
      batch.via[row] = record;
      batch.units[row] = main.batches[record.batch].units[record.row];
    }
  }
  leave_out_with_records(side, main, problems);
}

} // namespace appraise
