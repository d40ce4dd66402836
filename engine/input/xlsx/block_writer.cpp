#include "engine/input/xlsx/block_writer.h"

#include <algorithm>
#include <cstring>

namespace appraise::xlsx {

namespace {

constexpr std::int64_t kLastRow = 1'048'576;
constexpr std::int64_t kLastColumn = 16384;

} // namespace

BlockWriter::BlockWriter(std::string part, const ReadLimits& limits)
    : part_(std::move(part)), limits_(limits),
      columns_(static_cast<std::int64_t>(std::min<std::uint64_t>(limits.columns, kLastColumn))) {
  more_text(kBlockText);
  more_cells(kBlockCells);
}

bool BlockWriter::fail(const char* rule, std::int64_t column, std::uint64_t limit) {
  if (!fault_)
    fault_ = ReadFault{.rule = rule,
                       .line = line_,
                       .column = column + 1,
                       .found = part_,
                       .expected = limit == 0 ? "" : std::to_string(limit)};
  return false;
}

void BlockWriter::more_text(std::size_t room) {
  const std::size_t used = out_ == nullptr ? 0 : static_cast<std::size_t>(out_ - arena_.get());
  capacity_ = std::max(capacity_ * 2, used + room + 1024);
  auto larger = std::make_unique_for_overwrite<char[]>(capacity_ + CellBlock::kPadding);
  if (used > 0) std::memcpy(larger.get(), arena_.get(), used);
  arena_ = std::move(larger);
  out_ = arena_.get() + used;
  limit_ = arena_.get() + capacity_;
}

void BlockWriter::more_cells(std::size_t count) {
  cells_capacity_ = std::max(cells_capacity_ * 2, cells_ + count);
  auto larger = std::make_unique_for_overwrite<std::uint32_t[]>(cells_capacity_);
  if (cells_ > 0) std::copy_n(ends_.get(), cells_, larger.get());
  ends_ = std::move(larger);
}

void BlockWriter::begin(CellBlock& block) {
  block_ = &block;
  block.clear();
  block.encoding = Encoding::utf8;
  block.quotes = false;
  block.sparse = true;
  block.first_line = 1;
  out_ = arena_.get();
  cells_ = 0;
  starts_.clear();
  first_.clear();
  marks_.clear();
  more_lines_ = 0;
}

void BlockWriter::finish() {
  if (row_open_) { // a fault came in the midst of it
    out_ = arena_.get() + row_start_;
    cells_ = row_first_;
    marks_.resize(row_marks_);
  }
  const auto used = static_cast<std::size_t>(out_ - arena_.get());
  std::memset(out_, 0, CellBlock::kPadding);
  block_->text = {arena_.get(), used};
  block_->ends.assign(ends_.get(), ends_.get() + cells_);
  first_.push_back(static_cast<std::uint32_t>(cells_));
  block_->starts = starts_;
  block_->first = first_;
  block_->marks = marks_;
}

bool BlockWriter::begin_row(std::string_view number, bool hidden) {
  if (fault_) return false;
  std::int64_t line = line_ + 1;
  if (!number.empty()) {
    line = 0;
    for (const char c : number) {
      if (c < '0' || c > '9' || line > kLastRow) return fail("xlsx-broken", -1);
      line = line * 10 + (c - '0');
    }
  }
  if (line <= line_ || line > kLastRow) return fail("xlsx-broken", -1);
  line_ = line;
  hidden_ = hidden;
  row_start_ = out_ - arena_.get();
  row_first_ = cells_;
  row_marks_ = marks_.size();
  next_column_ = 0;
  last_column_ = -1;
  strays_.clear();
  stray_bytes_ = 0;
  row_open_ = true;
  return true;
}

std::int64_t BlockWriter::column_of(std::string_view reference) {
  std::int64_t column = last_column_ + 1;
  if (!reference.empty()) {
    column = 0;
    std::size_t at = 0;
    for (; at < reference.size() && column <= std::int64_t{26} * 26 * 27; ++at) {
      const char letter = static_cast<char>(reference[at] & ~0x20);
      if (letter < 'A' || letter > 'Z') break;
      column = column * 26 + std::int64_t{letter} - 'A' + 1;
    }
    std::int64_t row = 0;
    bool digits = at > 0 && at < reference.size();
    for (; at < reference.size() && digits; ++at) {
      digits = reference[at] >= '0' && reference[at] <= '9' && row <= kLastRow;
      row = row * 10 + (reference[at] - '0');
    }
    --column;
    if (!digits || row != line_) {
      fail("xlsx-broken", last_column_ + 1);
      return -1;
    }
  }
  return at_column(column) ? column : -1;
}

char* BlockWriter::open_cell(std::int64_t column, std::size_t room) {
  if (fault_) return nullptr;
  open_column_ = column;
  stray_open_ = column < next_column_;
  if (stray_open_) {
    stray_text_.resize(room + 1);
    return stray_text_.data();
  }
  const auto gap = static_cast<std::size_t>(column - next_column_);
  if (static_cast<std::size_t>(limit_ - out_) < room + gap + 2) more_text(room + gap + 2);
  if (cells_capacity_ - cells_ < gap + 1) more_cells(gap + 1);
  open_out_ = out_ - arena_.get();
  open_cells_ = cells_;
  for (std::size_t i = 0; i < gap; ++i) {
    ends_[cells_++] = static_cast<std::uint32_t>(out_ - arena_.get());
    *out_++ = kFiller;
  }
  return out_;
}

bool BlockWriter::close_cell(char* end) {
  return close(end, false, CellMark::Kind::formula);
}
bool BlockWriter::close_cell(char* end, CellMark::Kind kind) {
  return close(end, true, kind);
}

bool BlockWriter::close(char* end, bool marked, CellMark::Kind kind) {
  if (stray_open_) return close_stray(end, marked, kind);
  if (end == out_ && !marked) {
    out_ = arena_.get() + open_out_;
    cells_ = open_cells_;
    return true;
  }
  if (static_cast<std::uint64_t>(end - out_) > limits_.cell_bytes)
    return fail("limit-cell", open_column_, limits_.cell_bytes);
  ends_[cells_++] = static_cast<std::uint32_t>(end - arena_.get());
  *end = kFiller;
  out_ = end + 1;
  next_column_ = open_column_ + 1;
  if (marked)
    marks_.push_back({static_cast<std::uint32_t>(starts_.size()), static_cast<std::uint32_t>(open_column_), kind});
  if (static_cast<std::uint64_t>(out_ - arena_.get() - row_start_) > limits_.row_bytes)
    return fail("limit-row", open_column_, limits_.row_bytes);
  return true;
}

bool BlockWriter::close_stray(char* end, bool marked, CellMark::Kind kind) {
  stray_text_.resize(static_cast<std::size_t>(end - stray_text_.data()));
  if (stray_text_.empty() && !marked) return true;
  if (stray_text_.size() > limits_.cell_bytes) return fail("limit-cell", open_column_, limits_.cell_bytes);
  stray_bytes_ += stray_text_.size();
  if (stray_bytes_ > limits_.row_bytes) return fail("limit-row", open_column_, limits_.row_bytes);
  if (strays_.size() > static_cast<std::size_t>(kLastColumn)) return fail("xlsx-broken", open_column_);
  strays_.push_back({open_column_, stray_text_, marked, kind});
  return true;
}

// Lays the row out again with the strays at their places.
bool BlockWriter::merge_strays() {
  const std::string text(arena_.get() + row_start_, out_);
  const std::vector<std::uint32_t> ends(ends_.get() + row_first_, ends_.get() + cells_);
  const std::vector<CellMark> marks(marks_.begin() + static_cast<std::ptrdiff_t>(row_marks_), marks_.end());
  std::stable_sort(strays_.begin(), strays_.end(), [](const Stray& a, const Stray& b) { return a.column < b.column; });
  std::vector<Stray> strays;
  strays.swap(strays_);
  out_ = arena_.get() + row_start_;
  cells_ = row_first_;
  marks_.resize(row_marks_);
  next_column_ = 0;
  auto stray = strays.begin();
  auto mark = marks.begin();
  std::size_t begin = 0;
  for (std::size_t column = 0; column < ends.size(); ++column) {
    const std::size_t end = ends[column] - static_cast<std::size_t>(row_start_);
    std::string_view cell(text.data() + begin, end - begin);
    begin = end + 1;
    bool marked = mark != marks.end() && mark->column == column;
    CellMark::Kind kind = marked ? (mark++)->kind : CellMark::Kind::formula;
    if (stray != strays.end() && stray->column == static_cast<std::int64_t>(column)) {
      const bool twice = !cell.empty() || marked || (stray + 1 != strays.end() && (stray + 1)->column == stray->column);
      if (twice) return fail("xlsx-broken", stray->column);
      cell = stray->text;
      marked = stray->marked;
      kind = stray->kind;
      ++stray;
    }
    char* to = open_cell(static_cast<std::int64_t>(column), cell.size());
    if (to == nullptr) return false;
    if (!cell.empty()) std::memcpy(to, cell.data(), cell.size());
    if (!close(to + cell.size(), marked, kind)) return false;
  }
  return true;
}

bool BlockWriter::end_row() {
  if (fault_) return false;
  if (!strays_.empty() && !merge_strays()) return false;
  row_open_ = false;
  if (cells_ == row_first_) return true; // nothing in it: stepped over
  const auto row = static_cast<std::uint32_t>(starts_.size());
  if (row == 0) block_->first_line = line_;
  const std::int64_t more = line_ - block_->first_line - row;
  if (more != more_lines_) {
    block_->jumps.emplace_back(row, more);
    more_lines_ = more;
  }
  if (hidden_) block_->hidden.push_back(row);
  starts_.push_back(static_cast<std::uint32_t>(row_start_));
  first_.push_back(static_cast<std::uint32_t>(row_first_));
  return true;
}

} // namespace appraise::xlsx
