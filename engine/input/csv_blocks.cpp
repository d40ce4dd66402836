#include "engine/input/csv_blocks.h"

#include "engine/input/gb18030.h"
#include "engine/input/gb18030_ranges.h"
#include "engine/input/structure.h"
#include "engine/input/utf8_simd.h"

#include <algorithm>
#include <cstring>
#include <fmt/core.h>

namespace appraise {

namespace {

constexpr std::size_t kNone = Structure::kNone;
constexpr std::size_t kTail = 4096;                   // read at once behind the part, where only its last row is wanted
constexpr std::uint64_t kRowBytesAtMost = 1ull << 31; // positions in a block have 32 bits

// A file's text, buffer after buffer; what is not used up stands before what is read next.
class Buffer {
public:
  // Reads up to `count` bytes behind `held`; false when the source is at its end.
  bool fill(const ByteSource& source, std::uint64_t offset, std::size_t count) {
    if (room_ < size_ || capacity_ < count) grow(count);
    char* const to = memory_.get() + room_;
    if (size_ > 0) std::memmove(to - size_, text_, size_);
    text_ = to - size_;
    const std::size_t got = source.read(offset + size_, to, count);
    std::memset(to + got, ' ', CellBlock::kPadding); // neither a line end nor a NUL
    size_ += got;
    return got == count;
  }
  void use_up(std::size_t count) {
    text_ += count;
    size_ -= count;
  }
  const char* data() const { return text_; }
  std::size_t size() const { return size_; }
  std::string_view text() const { return {text_, size_}; }

private:
  void grow(std::size_t count) {
    room_ = std::max({room_, size_, std::size_t{16} << 10});
    capacity_ = std::max(capacity_, count);
    std::unique_ptr<char[]> larger(new char[room_ + capacity_ + CellBlock::kPadding]);
    if (size_ > 0) std::memcpy(larger.get(), text_, size_);
    memory_ = std::move(larger);
    text_ = memory_.get();
  }

  std::unique_ptr<char[]> memory_;
  char* text_ = nullptr;
  std::size_t size_ = 0;
  std::size_t room_ = 0;     // before the place that is read to
  std::size_t capacity_ = 0; // of that place
};

// The first fault of a text: the one whose byte comes first, so that it does not depend on how the text is cut.
struct Stop {
  std::size_t at = kNone;
  const char* rule = nullptr;
  void consider(std::size_t where, const char* what) {
    if (where >= at) return;
    at = where;
    rule = what;
  }
};

// Where a byte of a row stands; lines count from the row's own.
struct RowPlace {
  std::int64_t column = 1;
  std::int64_t lines = 0;      // before the byte
  std::int64_t cell_lines = 0; // before its cell
  std::size_t cell = 0;        // where that begins
};

RowPlace place_in_row(std::string_view text, const TextForm& form, std::size_t row, std::size_t at) {
  const bool by_characters = part_of_characters(form.separator, form.bytes);
  RowPlace place;
  place.cell = row;
  bool quoted = false;
  for (std::size_t i = row; i < at; ++i) {
    const char c = text[i];
    if (c == '"' && (quoted || i == place.cell)) {
      quoted = !quoted;
      if (!quoted && i + 1 < at && text[i + 1] == '"') { // a doubled one
        quoted = true;
        ++i;
      }
    } else if (quoted && (c == '\n' || c == '\r')) {
      if (c == '\n' || i + 1 >= text.size() || text[i + 1] != '\n') ++place.lines;
    } else if (!quoted && c == form.separator) {
      ++place.column;
      place.cell = i + 1;
      place.cell_lines = place.lines;
    } else if (by_characters) {
      i += gb18030::step(text.substr(i)) - 1;
    }
  }
  return place;
}

// Whether these bytes are but the beginning of a character.
bool is_cut_off(std::string_view bytes, Encoding encoding) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  if (encoding == Encoding::utf8) {
    const std::size_t length = at(0) > 0xF4 ? 0 : at(0) >= 0xF0 ? 4 : at(0) >= 0xE0 ? 3 : at(0) >= 0xC2 ? 2 : 0;
    return bytes.size() < length &&
           std::all_of(bytes.begin() + 1, bytes.end(), [](char c) { return (c & 0xC0) == 0x80; });
  }
  if (!gb18030::is_lead(at(0)) || bytes.size() > 3) return false;
  return (bytes.size() < 2 || gb18030::is_digit(at(1))) && (bytes.size() < 3 || gb18030::is_lead(at(2)));
}

} // namespace

struct CsvBlocks::State {
  const ByteSource& source;
  const TextForm form;
  const FilePart part;
  const ReadLimits limits;
  const std::size_t step;

  Buffer buffer;
  std::uint64_t offset; // of the buffer's text in the source
  std::int64_t line = 1;
  bool done = false;
  std::optional<ReadFault> waiting; // told once the rows before it are given
  std::optional<ReadFault> fault;

  State(const ByteSource& source_, const TextForm& form_, FilePart part_, const ReadLimits& limits_, std::size_t step_)
      : source(source_), form(form_), part(part_), limits(limits_), step(std::max<std::size_t>(step_, 1)),
        offset(part_.from) {}

  bool next(CellBlock& block);
  std::size_t count_to_read(bool again) const;
  Stop first_stop(const CellBlock& block, const Structure& found, bool last) const;
  void check_limits(const CellBlock& block, const Structure& found, std::size_t seen, Stop& stop) const;
  ReadFault describe(const Stop& stop, std::size_t row, std::int64_t row_line) const;
};

// `again`: what there is holds no whole row. It is doubled then, so that long rows cost no more than their length.
std::size_t CsvBlocks::State::count_to_read(bool again) const {
  const std::uint64_t at = offset + buffer.size();
  std::size_t count =
      at >= part.to ? std::min(step, kTail) : static_cast<std::size_t>(std::min<std::uint64_t>(step, part.to - at));
  if (!again) return count;
  count = std::max(count, buffer.size());
  const std::uint64_t enough = std::min(limits.row_bytes, kRowBytesAtMost) + 4;
  return buffer.size() < enough ? std::min(count, static_cast<std::size_t>(enough - buffer.size())) : 4;
}

void CsvBlocks::State::check_limits(const CellBlock& block, const Structure& found, std::size_t seen,
                                    Stop& stop) const {
  const std::uint64_t row_bytes = std::min(limits.row_bytes, kRowBytesAtMost);
  const bool small = seen <= std::min(limits.cell_bytes, row_bytes);
  std::uint32_t widest = static_cast<std::uint32_t>(block.ends.size()) - block.first[found.rows]; // the unfinished row
  for (const std::uint32_t *first = block.first.data(), *last = first + found.rows; first < last; ++first)
    widest = std::max(widest, first[1] - first[0]);
  if (small && widest < limits.columns) return;
  for (std::size_t row = 0; row <= found.rows; ++row) {
    Stop first;
    const bool whole = row < found.rows;
    const std::size_t begin = block.starts[row];
    const std::size_t cells_end = whole ? block.first[row + 1] : block.ends.size();
    const std::size_t cells = cells_end - block.first[row] + (whole ? 0 : 1);
    const std::size_t end = whole ? block.ends[cells_end - 1] : std::max(seen, begin);
    const std::size_t size = end - begin;
    if (size <= limits.cell_bytes && size <= row_bytes && cells <= limits.columns) continue;
    if (size > row_bytes) first.consider(begin + static_cast<std::size_t>(row_bytes), "limit-row");
    if (cells > limits.columns && limits.columns > 0) {
      first.consider(block.ends[block.first[row] + static_cast<std::size_t>(limits.columns) - 1], "limit-columns");
    }
    std::size_t cell = begin;
    for (std::size_t i = block.first[row]; i <= cells_end; ++i) {
      const std::size_t cell_end = i < cells_end ? block.ends[i] : end;
      if (cell_end > cell && cell_end - cell > limits.cell_bytes) {
        first.consider(cell + static_cast<std::size_t>(limits.cell_bytes), "limit-cell");
        break;
      }
      cell = cell_end + 1;
    }
    if (first.rule == nullptr) continue;
    stop.consider(first.at, first.rule);
    return;
  }
}

Stop CsvBlocks::State::first_stop(const CellBlock& block, const Structure& found, bool last) const {
  const std::string_view text = buffer.text();
  Stop stop;
  std::size_t certain = kNone; // from here on more bytes may change what is seen
  const std::size_t invalid = form.bytes == Encoding::utf8 ? invalid_utf8_simd(text) : invalid_gb18030(text);
  if (invalid != std::string_view::npos) {
    if (!last && is_cut_off(text.substr(invalid), form.bytes)) {
      certain = invalid;
    } else {
      stop.consider(invalid, "bytes-contradict");
    }
  }
  if (found.nul) {
    const std::size_t nul = text.find('\0');
    if (nul != std::string_view::npos) stop.consider(nul, "nul-byte");
  }
  if (found.misplaced != kNone) stop.consider(found.misplaced, "quote-misplaced");
  // CR at the end may be half of a line end, which belongs to no cell.
  const std::size_t seen = text.size() - (!last && text.ends_with('\r') ? 1 : 0);
  check_limits(block, found, seen, stop);
  if (last && found.open) stop.consider(text.size(), "quote-unterminated");
  return stop.at < certain ? stop : Stop();
}

ReadFault CsvBlocks::State::describe(const Stop& stop, std::size_t row, std::int64_t row_line) const {
  const std::string_view text = buffer.text();
  const RowPlace place = place_in_row(text, form, row, std::min(stop.at, text.size()));
  ReadFault result{.rule = stop.rule,
                   .line = row_line,
                   .column = place.column,
                   .byte = static_cast<std::int64_t>(offset + stop.at),
                   .found = {},
                   .expected = {}};
  const auto limit = [&](std::uint64_t value) {
    result.found = std::to_string(value + 1); // at least: what is behind is not looked at
    result.expected = std::to_string(value);
  };
  if (result.rule == "bytes-contradict") {
    result.line = row_line + place.lines;
    unsigned char bytes[4] = {};
    const std::size_t count = source.read(offset + stop.at, reinterpret_cast<char*>(bytes), 4);
    for (std::size_t i = 0; i < count; ++i)
      result.found += fmt::format("{}{:02X}", i == 0 ? "" : " ", bytes[i]);
    result.expected = form.bytes == Encoding::utf8 ? "UTF-8" : "GB18030";
  } else if (result.rule == "quote-misplaced") {
    result.line = row_line + place.cell_lines;
  } else if (result.rule == "quote-unterminated") {
    result.line = row_line + place.cell_lines;
    result.byte = static_cast<std::int64_t>(offset + place.cell);
  } else if (result.rule == "limit-cell") {
    result.line = row_line + place.cell_lines;
    limit(limits.cell_bytes);
  } else if (result.rule == "limit-row") {
    result.column = 0;
    limit(std::min(limits.row_bytes, kRowBytesAtMost));
  } else if (result.rule == "limit-columns") {
    ++result.column;
    limit(limits.columns);
  }
  return result;
}

bool CsvBlocks::State::next(CellBlock& block) {
  bool again = false;
  while (!done) {
    const bool last = !buffer.fill(source, offset, count_to_read(again));
    const Structure found = index_cells(buffer.text(), form.bytes, form.separator, last, block);
    const Stop stop = first_stop(block, found, last);

    std::size_t rows = found.rows;
    while (stop.rule != nullptr && rows > 0 && block.ends[block.first[rows] - 1] >= stop.at)
      --rows;
    const std::uint64_t mine = part.to > offset ? part.to - offset : 0;
    const auto behind =
        std::lower_bound(block.starts.begin(), block.starts.begin() + static_cast<std::ptrdiff_t>(rows), mine);
    rows = static_cast<std::size_t>(behind - block.starts.begin());
    const std::size_t next_row = block.starts[rows];

    while (!block.jumps.empty() && block.jumps.back().first > rows)
      block.jumps.pop_back();
    const std::int64_t more = block.jumps.empty() ? 0 : block.jumps.back().second;
    const std::int64_t next_line = line + static_cast<std::int64_t>(rows) + more;
    const bool stopped = next_row < mine && stop.rule != nullptr;
    if (stopped) waiting = describe(stop, next_row, next_line);
    done = next_row >= mine || stopped || last;
    if (rows == 0) {
      again = true;
      continue;
    }
    block.text = {buffer.data(), next_row};
    block.encoding = form.bytes;
    block.ends.resize(block.first[rows]);
    block.starts.resize(rows);
    block.first.resize(rows + 1);
    block.first_line = line;
    block.marks.clear();
    block.hidden.clear();
    line = next_line;
    offset += next_row;
    buffer.use_up(next_row);
    return true;
  }
  fault = waiting;
  block.clear();
  return false;
}

CsvBlocks::CsvBlocks(const ByteSource& source, const TextForm& form, FilePart part, const ReadLimits& limits,
                     std::size_t buffer_bytes)
    : state_(std::make_unique<State>(source, form, part, limits, buffer_bytes)) {}

CsvBlocks::~CsvBlocks() = default;

bool CsvBlocks::next(CellBlock& block) {
  return state_->next(block);
}

const ReadFault* CsvBlocks::fault() const {
  return state_->fault ? &*state_->fault : nullptr;
}

std::uint64_t CsvBlocks::end() const {
  return state_->offset;
}

std::int64_t CsvBlocks::lines() const {
  return state_->line - 1;
}

} // namespace appraise
