#include "engine/input/open_table.h"

#include "engine/input/gb18030.h"
#include "engine/input/unicode.h"
#include "engine/input/utf8_lines.h"

#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <utility>

namespace appraise {

namespace {

constexpr const char* kContradicts = "bytes-contradict"; // of csv_blocks.h: no word for users, who are told bytes-…

constexpr std::size_t kChunk = 1 << 16;
constexpr const char* kEncodings = "UTF-8 | GB18030 | UTF-16LE | UTF-16BE";

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// Nothing but white space: nobody's table.
bool blank(const ByteSource& source, std::uint64_t from) {
  std::array<char, kChunk> buffer;
  while (const std::size_t got = source.read(from, buffer.data(), buffer.size())) {
    const std::string_view bytes(buffer.data(), got);
    if (bytes.find_first_not_of(" \t\r\n") != std::string_view::npos) return false;
    from += got;
  }
  return true;
}

// Calls use(bytes) for all bytes of [from, to), until it gives false.
template <typename Use>
void each_chunk(const ByteSource& source, std::uint64_t from, std::uint64_t to, const Use& use) {
  std::array<char, kChunk> buffer;
  while (from < to) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(to - from, buffer.size()));
    const std::size_t got = source.read(from, buffer.data(), wanted);
    if (got == 0 || !use(std::string_view(buffer.data(), got))) return;
    from += got;
  }
}

// Where a byte stands as the user sees it; what stands in quotes separates nothing.
Place place_of_byte(const ByteSource& source, const TextForm& form, std::uint64_t byte) {
  Place place{.row = form.first_line, .column = 1, .byte = static_cast<std::int64_t>(byte)};
  bool quoted = false;
  bool at_start = true; // of a cell
  char before = '\0';
  each_chunk(source, form.first_byte, byte, [&](std::string_view bytes) {
    for (const char c : bytes) {
      if (quoted) {
        quoted = c != '"';
      } else if (c == '"' && (at_start || before == '"')) {
        quoted = true;
      } else if (c == form.separator) {
        ++place.column;
      }
      if (c == '\r' || (c == '\n' && before != '\r')) {
        ++place.row;
        if (!quoted) place.column = 1;
      }
      at_start = !quoted && (c == form.separator || c == '\r' || c == '\n');
      before = c;
    }
    return true;
  });
  return place;
}

// A text that is named as a workbook was renamed, or is the page that a server shows instead of the file.
const char* workbook_name(std::string_view path) {
  std::string end(path.substr(path.size() - std::min<std::size_t>(path.size(), 5)));
  for (char& c : end)
    c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return end == ".xlsx" ? ".xlsx" : end == ".xlsm" ? ".xlsm" : nullptr;
}

// Whether the line that holds the byte is valid GB18030; of an endless line the part around it.
bool gb18030_line(const ByteSource& source, std::uint64_t byte) {
  const std::uint64_t from = byte - std::min<std::uint64_t>(byte, kChunk);
  std::string around(2 * kChunk, '\0');
  around.resize(source.read(from, around.data(), around.size()));
  const auto at = static_cast<std::size_t>(byte - from);
  const std::size_t before = around.find_last_of("\r\n", at);
  const std::size_t start = before == std::string::npos ? 0 : before + 1;
  return invalid_gb18030(std::string_view(around).substr(start, around.find_first_of("\r\n", at) - start)) ==
         std::string_view::npos;
}

// Rows of a text, their lines counted from the top of the file.
class TextRows : public BlockReader {
public:
  TextRows(const OpenTable& table, const ReadLimits& limits)
      : table_(table), above_(table.form().first_line - 1),
        rows_(table.bytes(), table.form(), {table.form().first_byte, table.bytes().size()}, limits) {}

  bool next(CellBlock& block) override {
    if (fault_.rule.empty() && rows_.next(block)) {
      block.first_line += above_;
      if (!table_.mixed(block)) return true;
      fault_.rule = "bytes-mixed";
    } else if (rows_.fault() != nullptr) {
      fault_ = *rows_.fault();
      fault_.line += above_;
    }
    block.clear();
    return false;
  }
  const ReadFault* fault() const override { return fault_.rule.empty() ? nullptr : &fault_; }

private:
  const OpenTable& table_;
  std::int64_t above_;
  CsvBlocks rows_;
  ReadFault fault_;
};

} // namespace

std::string encoding_named(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (c != '-' && c != '_' && c != ' ') letters += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kNames = {{{"utf8", "UTF-8"},
                                                                                    {"gb18030", "GB18030"},
                                                                                    {"gbk", "GB18030"},
                                                                                    {"gb2312", "GB18030"},
                                                                                    {"cp936", "GB18030"},
                                                                                    {"936", "GB18030"},
                                                                                    {"utf16le", "UTF-16LE"},
                                                                                    {"utf16be", "UTF-16BE"}}};
  for (const auto& [known, told] : kNames) {
    if (letters == known) return std::string(told);
  }
  return {};
}

OpenTable::OpenTable(const std::string& path, std::string file, OpenOptions options)
    : name_(std::move(file)), options_(std::move(options)) {
  if (!options_.encoding.empty()) {
    const std::string told = encoding_named(options_.encoding);
    if (told.empty()) {
      throw Error(ExitCode::usage,
                  Problem{.rule = "encoding-unknown", .found = options_.encoding, .expected = kEncodings});
    }
    options_.encoding = told;
  }
  try {
    file_ = open_file(path);
    if (file_kind(*file_) != FileKind::text) {
      workbook_ = std::make_unique<XlsxFile>(*file_, options_.limits);
      if (workbook_->fault() == nullptr) return;
      Problems problems{problem_of(*workbook_->fault(), SIZE_MAX)};
      const ExitCode code = exit_code(problems);
      throw Error(code, std::move(problems));
    }
    if (const char* const end = workbook_name(path); end != nullptr && file_->size() > 0) {
      throw Error(ExitCode::input, Problem{.rule = "file-kind", .found = "CSV", .expected = end});
    }
    form_ = text_form(*file_, options_.encoding);
    if (starts_with(form_.encoding, "UTF-16")) {
      const std::string encoding = form_.encoding;
      const bool big_endian = encoding == "UTF-16BE";
      text_ = utf16_source(*file_, big_endian);
      form_ = text_form(*text_, "UTF-8");
      form_.encoding = encoding;
    }
    if (blank(bytes(), form_.first_byte)) throw Error(ExitCode::input, Problem{.rule = "file-empty"});
  } catch (const Error& error) {
    Problems problems = error.problems();
    for (Problem& problem : problems)
      problem.place.file = name_;
    throw Error(error.code(), std::move(problems));
  }
}

OpenTable::~OpenTable() = default;

const std::vector<XlsxSheet>& OpenTable::sheets() const {
  return workbook_ ? workbook_->sheets() : one_sheet_;
}

std::size_t OpenTable::sheet(const std::string& name) const {
  std::vector<std::string> names;
  for (const XlsxSheet& known : sheets()) {
    if (known.name == name && workbook()) return names.size();
    names.push_back(known.name);
  }
  std::vector<std::string> nearest;
  if (workbook()) nearest = nearest_names(name, names);
  std::string all;
  for (const std::string& known : names)
    all += (all.empty() ? "" : " | ") + known;
  throw Error(
      ExitCode::input,
      Problem{.rule = "sheet-unknown", .place = {.file = name_}, .found = name, .expected = all, .nearest = nearest});
}

const std::vector<std::string>& OpenTable::left_alone() const {
  static const std::vector<std::string> nothing;
  return workbook_ ? workbook_->left_alone() : nothing;
}

std::unique_ptr<BlockReader> OpenTable::open(std::size_t sheet) const {
  if (workbook_) return workbook_->open(sheet);
  return std::make_unique<TextRows>(*this, options_.limits);
}

bool OpenTable::read(std::size_t sheet, BlockSink& sink, Problems& problems) {
  try {
    while (true) {
      const std::unique_ptr<BlockReader> reader = open(sheet);
      CellBlock block;
      sink.begin();
      while (reader->next(block))
        sink.take(block);
      if (reader->fault() == nullptr) return true;
      if (!begin_again(*reader->fault(), sheet, problems)) return false;
    }
  } catch (const Error& error) {
    for (Problem problem : error.problems()) {
      problem.place.file = name_;
      problems.push_back(std::move(problem));
    }
    return false;
  }
}

std::vector<CsvRow> OpenTable::first_rows(std::size_t sheet, std::size_t count, Problems& problems) {
  while (true) {
    std::vector<CsvRow> rows;
    const std::unique_ptr<BlockReader> reader = open(sheet);
    CellBlock block;
    std::string copy;
    while (rows.size() < count && reader->next(block)) {
      for (std::size_t row = 0; row < block.rows() && rows.size() < count; ++row) {
        const std::size_t width = block.width(row);
        if (width == 0 || (width == 1 && block.raw(row, 0).empty())) continue;
        CsvRow& taken = rows.emplace_back();
        taken.line = block.line(row);
        for (std::size_t column = 0; column < width; ++column)
          taken.fields.emplace_back(plain(block, row, column, copy));
      }
    }
    if (rows.size() >= count || reader->fault() == nullptr) return rows;
    const std::size_t before = problems.size();
    if (begin_again(*reader->fault(), sheet, problems)) continue;
    if (!rows.empty() && problems.back().rule == reader->fault()->rule) {
      problems.resize(before); // behind the rows that there are: whoever reads on will meet it
      return rows;
    }
    return {};
  }
}

bool OpenTable::mixed(const CellBlock& block) const {
  return block.encoding == Encoding::gb18030 && options_.encoding.empty() && holds_utf8_line(block);
}

bool OpenTable::begin_again(const ReadFault& fault, std::size_t sheet, Problems& problems) {
  if (fault.rule == kContradicts || fault.rule == "bytes-mixed") return reread_as_gb18030(fault, problems);
  if (const auto bad = contradiction_behind(fault)) return reread_as_gb18030(*bad, problems);
  problems.push_back(problem_of(fault, sheet));
  return false;
}

// The encoding is decided as if over the whole file: a quote may only look misplaced because the bytes are read as what
// they are not. Limits are told at once, and what is behind them is not looked at.
std::optional<ReadFault> OpenTable::contradiction_behind(const ReadFault& fault) const {
  if (workbook_ || text_ || fault.byte < 0 || starts_with(fault.rule, "limit-")) return std::nullopt;
  const bool gb18030 = form_.bytes == Encoding::gb18030;
  const auto from = static_cast<std::uint64_t>(fault.byte); // of a quote or a NUL: no byte of a longer character
  std::string unsure;                                       // a character that the end of a chunk cuts
  std::uint64_t at = from;                                  // where `unsure` begins
  std::uint64_t bad = UINT64_MAX;
  const auto check = [&](std::string_view more, bool last) {
    unsure += more;
    const std::size_t refused = gb18030 ? invalid_gb18030(unsure) : invalid_utf8(unsure);
    const bool cut = !last && refused != std::string_view::npos && unsure.size() - refused < 4;
    if (refused != std::string_view::npos && !cut) bad = at + refused;
    const std::size_t sound = std::min(refused, unsure.size());
    at += sound;
    unsure.erase(0, sound);
    return bad == UINT64_MAX;
  };
  each_chunk(bytes(), from, bytes().size(), [&](std::string_view more) { return check(more, false); });
  if (bad != UINT64_MAX || !check({}, true)) {
    return ReadFault{.rule = kContradicts, .byte = static_cast<std::int64_t>(bad)};
  }
  if (gb18030 && options_.encoding.empty() && utf8_line(bytes().size()) != Utf8Lines::npos) {
    return ReadFault{.rule = "bytes-mixed", .byte = fault.byte};
  }
  return std::nullopt;
}

bool OpenTable::reread_as_gb18030(const ReadFault& fault, Problems& problems) {
  const auto byte = static_cast<std::uint64_t>(fault.byte);
  const auto refuse = [&](const char* rule, std::uint64_t at) {
    problems.push_back(refused(rule, at));
    return false;
  };
  if (form_.bytes == Encoding::utf8) {
    if (!options_.encoding.empty() || form_.encoding != "UTF-8") return refuse("bytes-broken", byte);
    // All before is valid UTF-8. With a line that can be nothing else the file is UTF-8, and this byte is out of place.
    if (utf8_line(byte) == Utf8Lines::npos) {
      form_.encoding = "GB18030";
      form_.bytes = Encoding::gb18030;
      return true;
    }
    form_.encoding.clear();
    return refuse(gb18030_line(bytes(), byte) ? "bytes-mixed" : "bytes-broken", byte);
  }
  if (!options_.encoding.empty()) return refuse("bytes-broken", byte);
  const std::uint64_t line = utf8_line(bytes().size());
  form_.encoding.clear();
  return line == Utf8Lines::npos ? refuse("bytes-broken", byte) : refuse("bytes-mixed", line);
}

// The first whole line before `to` that is surely UTF-8.
std::uint64_t OpenTable::utf8_line(std::uint64_t to) const {
  Utf8Lines lines;
  each_chunk(bytes(), 0, to, [&](std::string_view more) { return lines.add(more); });
  if (to >= bytes().size()) lines.finish();
  return lines.first();
}

Problem OpenTable::refused(const char* rule, std::uint64_t byte) const {
  Problem problem{.rule = rule, .place = place_of_byte(bytes(), form_, byte)};
  problem.place.file = name_;
  std::array<char, 4> there{};
  const std::size_t got = bytes().read(byte, there.data(), there.size());
  for (std::size_t i = 0; i < got; ++i) {
    problem.found +=
        fmt::format("{}{:02X}", i == 0 ? "" : " ", static_cast<unsigned>(static_cast<unsigned char>(there[i])));
  }
  problem.expected = options_.encoding.empty() ? "UTF-8 | GB18030 | UTF-16" : options_.encoding;
  return problem;
}

Problem OpenTable::problem_of(const ReadFault& fault, std::size_t sheet) const {
  Problem problem{.rule = fault.rule,
                  .place = {.file = name_, .row = fault.line, .column = fault.column, .byte = fault.byte},
                  .found = fault.found,
                  .expected = fault.expected};
  if (workbook_ && sheet < sheets().size()) problem.place.sheet = sheets()[sheet].name;
  return problem;
}

ExitCode OpenTable::exit_code(const Problems& problems) {
  const bool limit = std::any_of(problems.begin(), problems.end(),
                                 [](const Problem& problem) { return starts_with(problem.rule, "limit-"); });
  return limit ? ExitCode::limit : ExitCode::input;
}

} // namespace appraise
