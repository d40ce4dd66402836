// Records in typed columns, as a stream of batches, and the declarations (fields.toml) that give the columns their
// meaning.
//
//   A cell is one 64-bit integer, or a text: dates are days since 1970, money and numbers exact hundredths, a category
//   its position in the declared list, a flag 0 or 1, a unit its position in the roster. A missing cell is kMissing, a
//   missing text is empty. Nothing is ever filled in.
//
//   for (const Batch& batch : table.batches)
//     for (std::size_t row = 0; row < batch.rows(); ++row)
//       if (batch.alive[row]) use(batch.value(closed_date, row));
#pragma once

#include "engine/calendar.h"
#include "engine/problem.h"
#include "engine/settings.h"

#include <cstdint>
#include <cstring>
#include <limits>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace appraise {

inline constexpr std::int64_t kMissing = std::numeric_limits<std::int64_t>::min();

enum class FieldType { text, category, date, integer, number /* hundredths */, money /* hundredths */, flag, unit };

struct Category {
  std::string id;
  std::string title;
};

struct Field {
  std::string id;
  std::string title; // the head in an export, and the word in a sentence
  FieldType type = FieldType::text;
  std::vector<Category> categories;
  std::string meaning;
  std::string reference;
  bool required = false;   // a record without it cannot be counted
  bool derived = false;    // computed, never read
  bool identifier = false; // a number whose every digit tells: the texts of keys, and fields declared so
};

// One part of a record's key: a field, or the year of the first date that is not missing.
struct KeyPart {
  std::string text; // as written: "case_no", "year of docketed_date, requested_date"
  std::vector<std::size_t> fields;
  bool year = false;
};

// Rows of two units that mean the same thing: a dispute between the units, which claims.h settles for the time being.
struct Claim {
  std::vector<KeyPart> same;         // parts that are equal in both
  std::size_t first_by = 0;          // the date by which one of them was first
  std::optional<std::size_t> unless; // a category whose values say that another unit has its share: no dispute
  std::vector<std::int64_t> unless_values;
};

struct RecordType {
  std::string id;
  std::string title;
  std::string unit_field; // the field that names the unit; empty with `via`
  std::string via; // the record type through whose key a record of this one finds its unit; empty when it has its own
  std::string via_field; // the field that holds the number of that record
  std::vector<Field> fields;
  std::vector<KeyPart> key; // empty: records have no key of their own
  std::optional<Claim> claim;

  std::optional<std::size_t> field(std::string_view id) const;
};

// What a parameter is from a day on: a number, a date or a text.
struct ParameterValue {
  Date from;
  Number number;
  Date date;
  std::string text; // whichever it is
  std::string reference;
};

// A dated value that conditions name (predicate/parameters.h).
struct Parameter {
  std::string id;
  std::string title;
  std::string unit;
  Setting::Kind kind = Setting::Kind::none;
  std::vector<ParameterValue> values; // by `from`
  Place place;
};

// fields.toml: every record type, in the file's order; and what conditions may name beside fields.
struct RecordTypes {
  std::vector<RecordType> types;
  std::vector<std::shared_ptr<const Parameter>> parameters;
  const RecordType* find(std::string_view id) const;
  static RecordTypes load(const std::string& text, const std::string& file, Problems& problems);
};

// The texts of one column, end to end: a row costs its bytes and four more.
class TextColumn {
public:
  static constexpr std::size_t kAtOnce = 32;  // bytes that push_padded copies without looking at the size
  static constexpr std::size_t kPadding = 48; // bytes from the end of the last text that may be read

  std::size_t size() const { return ends_.size(); }
  std::size_t bytes() const { return used_; }
  std::string_view operator[](std::size_t row) const {
    const std::size_t begin = row == 0 ? 0 : ends_[row - 1];
    return std::string_view(bytes_).substr(begin, ends_[row] - begin);
  }
  std::string_view all() const { return std::string_view(bytes_).substr(0, used_); }
  const std::uint32_t* ends() const { return ends_.data(); } // in all(), of each text
  bool any_empty(std::size_t from, std::size_t to) const {   // of rows [from, to)
    std::uint32_t before = from == 0 ? 0 : ends_[from - 1];
    bool empty = false;
    for (const std::uint32_t *end = ends_.data() + from, *last = ends_.data() + to; end < last; before = *end++)
      empty |= *end == before;
    return empty;
  }
  void push_back(std::string_view text) {
    text.copy(begin(text.size()), text.size());
    end(text.size());
  }
  // Of a text behind whose beginning kAtOnce bytes can be read, whatever they are.
  void push_padded(std::string_view text) {
    if (text.empty() || text.size() > kAtOnce) return push_back(text);
    std::memcpy(begin(text.size()), text.data(), kAtOnce);
    end(text.size());
  }
  void push_byte(char byte) {
    *begin(1) = byte;
    end(1);
  }
  // A text that is written in place: room for so many bytes, and then its size.
  char* begin(std::size_t most) {
    if (bytes_.size() < used_ + most + kPadding) bytes_.resize((used_ + most + kPadding) * 3 / 2);
    return bytes_.data() + used_;
  }
  void end(std::size_t size) {
    used_ += size;
    ends_.push_back(static_cast<std::uint32_t>(used_));
  }
  void pop_back() {
    ends_.pop_back();
    used_ = ends_.empty() ? 0 : ends_.back();
  }
  // To more rows, with empty texts.
  void grow(std::size_t rows) {
    begin(0);
    ends_.resize(rows, static_cast<std::uint32_t>(used_));
  }
  void clear() {
    used_ = 0;
    ends_.clear();
  }

private:
  std::string bytes_; // the first used_ of them count
  std::size_t used_ = 0;
  std::vector<std::uint32_t> ends_;
};

// What resize() adds is not filled: whoever resizes writes it.
template <typename T> struct Unfilled : std::allocator<T> {
  template <typename U> struct rebind { using other = Unfilled<U>; };
  template <typename U> void construct(U* at) noexcept { ::new (static_cast<void*>(at)) U; }
  template <typename U, typename... Arguments> void construct(U* at, Arguments&&... arguments) {
    ::new (static_cast<void*>(at)) U(std::forward<Arguments>(arguments)...);
  }
};
using CellValues = std::vector<std::int64_t, Unfilled<std::int64_t>>;

struct Column {
  CellValues values; // every type but text
  TextColumn texts;  // text only
};

// A row of another table that this row belongs to.
struct RowRef {
  std::uint32_t batch = UINT32_MAX;
  std::uint32_t row = 0;
  bool exists() const { return batch != UINT32_MAX; }
};

struct Batch {
  std::uint32_t source = 0;        // index into RecordTable::sources
  std::vector<std::int64_t> lines; // physical row of each record in its file, counted from 1
  std::vector<Column> columns;     // one per field of the record type, derived ones included
  std::vector<std::int32_t> units; // roster index of each record (through `via` where the type says so)
  std::vector<std::uint8_t> alive; // 0: a later snapshot replaces it, or it cannot be counted
  std::vector<RowRef> via;         // the record that a side record belongs to

  std::size_t rows() const { return lines.size(); }
  std::int64_t value(std::size_t field, std::size_t row) const { return columns[field].values[row]; }
  std::string_view text(std::size_t field, std::size_t row) const { return columns[field].texts[row]; }
};

struct Source {
  std::string file; // as named in the appraisal file
  std::string sheet;
  std::string encoding; // as found
  Date reporting_date;
  std::string sha256;
  std::int64_t rows = 0;      // records read
  std::int64_t uncounted = 0; // records that cannot be counted; each has a blocking problem
  std::int64_t replaced = 0;  // records that a later snapshot replaces
};

struct Table {
  const RecordType* type = nullptr;
  std::vector<Source> sources;
  std::vector<Batch> batches;
};

// Everything that was read, by record type.
struct Records {
  std::map<std::string, Table> tables;
  const Table* find(const std::string& type) const;
};

} // namespace appraise
