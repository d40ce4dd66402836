// Conditions compiled into steps over whole batches: each distinct part of all of them is computed once a batch.
//
//   A step fills a column of 64-bit integers (missing is kMissing, as in records) or a row of bits (row_words.h). What
//   is true is two rows of bits, `yes` and `unknown`; and, or and not are bit arithmetic on them. Equal steps are one
//   step, whoever asks for them: the words of two conditions, or of one condition in two periods, where they do not
//   name the period.
//
//   Program program(records, side_rows, calendar);
//   Truths open = program.truth(*indicator.where, context);
//   Workspace space;
//   program.run(table, batch, space);
//   use(space.bits(open.yes));
//
//   Odd rows have a number that does not fit or a date beyond the calendar. What is said of them does not count: the
//   row-by-row evaluator must be asked, which knows whether the number matters and says what is wrong with it.
#pragma once

#include "engine/predicate/condition_tree.h"
#include "engine/table.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace appraise {

enum class Bits : std::uint32_t {};    // a row of bits
enum class Scalars : std::uint32_t {}; // a column of integers

inline constexpr Bits kNone{0}; // no row
inline constexpr Bits kAll{1};  // every row; bits behind the last one too

struct Truths {
  Bits yes = kNone;
  Bits unknown = kNone;
};

// Rows that are unknown because this field is missing.
struct Blame {
  std::string field;
  Bits rows = kNone;
};

// One batch's columns and bits. It keeps its memory for the next batch; one per thread.
class Workspace {
public:
  const std::uint64_t* bits(Bits bits) const { return bits_[static_cast<std::size_t>(bits)].data(); }
  const std::int64_t* scalars(Scalars column) const { return scalars_[static_cast<std::size_t>(column)]; }
  const std::vector<std::uint64_t>& odd() const { return odd_; }

private:
  friend class Program;
  std::vector<std::vector<std::uint64_t>> bits_;
  std::vector<const std::int64_t*> scalars_; // into the batch, or into kept_
  std::vector<CellValues> kept_;
  std::vector<std::vector<RowRef>> links_;
  std::vector<std::uint64_t> odd_;
  std::size_t rows_ = 0;
};

class Program {
public:
  // All of them must outlive the program; `calendar` may be null where no condition counts working days.
  Program(const Records& records, const SideRows& side_rows, const WorkCalendar* calendar);

  Truths truth(const Condition& condition, const RowContext& context);
  Scalars number(const Condition& condition, const RowContext& context);
  // Rows of which the condition is unknown, told apart by the field that Condition::missing_field names.
  std::vector<Blame> blame(const Condition& condition, const RowContext& context, Bits rows);
  Bits missing(Scalars column);
  Bits missing_text(const Condition::Node& field);
  // Of a column of dates: the rows within the slice, and the days since its first.
  Bits within(Scalars dates, const Slice& slice);
  Scalars days_into(Scalars dates, const Slice& slice);

  Bits both(Bits left, Bits right);
  Bits either(Bits left, Bits right);
  Bits without(Bits left, Bits right); // left and not right

  std::size_t steps() const { return steps_.size(); }
  const std::set<std::string>& columns() const { return columns_; } // as conditions name them

  void run(const Table& table, const Batch& batch, Workspace& space) const;
  // The text of a field in a row, joined or own; empty where there is none.
  std::string_view text(const Condition::Node& field, const Table& table, const Batch& batch, std::size_t row) const;

private:
  using Node = Condition::Node;
  enum class Op {
    own,      // column of the batch
    joined,   // column `field` of the records that link `a` leads to
    constant, // x
    add,      // a·x + b·y
    multiply, // a·b
    scale,    // a·x
    working_days,
    after_days,
    after_months,
    after_working_days,
    from_truth, // bits a are yes, bits b unknown
    link,       // to the records that rows belong to, or to their one side record
    range,      // x <= a <= y
    set,        // a is in x
    less,       // a·x < b·y
    equal,      // a·x = b·y
    text_equal, // text a = text b
    text_in,    // text a in texts
    text_missing,
    conjunction,
    disjunction,
    difference,
  };
  struct Step {
    Op op = Op::own;
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    std::int64_t x = 0;
    std::int64_t y = 0;
    std::uint32_t to = 0;       // the column, the bits or the link that it fills
    const Node* left = nullptr; // fields and texts
    const Node* right = nullptr;
    std::vector<std::string> texts{}; // text_in
  };
  enum class Fills { scalars, bits, link };

  std::uint32_t make(Fills fills, const std::string& key, Step step);
  Scalars constant(std::int64_t value);
  Truths truth_of(const Node& node, const RowContext& context);
  Scalars scalar_of(const Node& node, const RowContext& context);
  Truths compare(const Node& node, const RowContext& context);
  Truths compare_texts(const Node& node, const RowContext& context);
  Truths in_list(const Node& node, const RowContext& context);
  Truths ranged(Scalars column, std::int64_t low, std::int64_t high);
  Truths known(Scalars left, Scalars right, Bits yes);
  Bits range(Scalars column, std::int64_t low, std::int64_t high);
  Bits missing_side(const Node& text);
  Bits missing_field(const Node& field, const RowContext& context);
  Truths inverse(Truths truths);
  std::uint32_t link(const Node& field);
  std::string text_key(const Node& node);
  void blame_of(const Node& node, const RowContext& context, Bits rows, std::vector<Blame>& result);

  struct Run;

  const Records& records_;
  const SideRows& side_rows_;
  const WorkCalendar* calendar_;
  std::vector<Step> steps_;
  std::map<std::string, std::uint32_t> made_;
  std::set<std::string> columns_;
  std::uint32_t scalar_count_ = 0;
  std::uint32_t bits_count_ = 2; // kNone, kAll
  std::uint32_t link_count_ = 0;
};

} // namespace appraise
