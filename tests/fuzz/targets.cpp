#include "tests/fuzz/targets.h"

#include "engine/input/csv_blocks.h"
#include "engine/input/gb18030.h"
#include "engine/input/heads.h"
#include "engine/input/utf8_lines.h"
#include "engine/input/xlsx.h"
#include "tests/fuzz/blocks.h"
#include "tests/fuzz/workbook.h"

#include <algorithm>
#include <array>
#include <iconv.h>

namespace appraise::fuzz {

namespace {

// Small, so that a fuzzer reaches them and memory stays bounded.
ReadLimits small_limits() {
  ReadLimits limits;
  limits.cell_bytes = 1 << 12;
  limits.row_bytes = 1 << 14;
  limits.columns = 512;
  limits.inflated_bytes = 8 << 20;
  limits.entry_bytes = 4 << 20;
  limits.entries = 100;
  limits.sheets = 20;
  limits.shared_string_bytes = 1 << 20;
  return limits;
}

// By UTF-8, and again by GB18030 where the bytes contradict, as OpenTable does.
Reading read_csv(const ByteSource& source, std::size_t buffer) {
  TextForm form = text_form(source, "");
  const auto read = [&] {
    CsvBlocks blocks(source, form, {form.first_byte, source.size()}, small_limits(), buffer);
    return read_all(blocks);
  };
  Reading result = read();
  if (result.fault && result.fault->rule == "bytes-contradict" && form.encoding == "UTF-8") {
    form = text_form(source, "GB18030");
    result = read();
  }
  return result;
}

// In parts that begin where rows likely begin, each proved by the end of the one before.
Reading read_parts(const ByteSource& source, const TextForm& form, std::uint64_t part_bytes) {
  Reading result;
  std::uint64_t at = form.first_byte;
  std::int64_t lines = 0;
  while (at < source.size() && !result.fault) {
    const std::uint64_t to = std::min(source.size(), at + part_bytes);
    CsvBlocks blocks(source, form, {at, to}, small_limits(), 64);
    Reading part = read_all(blocks);
    for (std::size_t row = 0; row < part.rows.size(); ++row) {
      result.rows.push_back(std::move(part.rows[row]));
      result.lines.push_back(part.lines[row] + lines);
    }
    if (part.fault) {
      part.fault->line += lines;
      result.fault = part.fault;
      break;
    }
    must(blocks.end() > at && blocks.end() >= to, "a part ends behind where it was to end");
    lines += blocks.lines();
    at = blocks.end();
  }
  return result;
}

std::optional<std::string> from_gb18030_by_iconv(std::string_view bytes) {
  static const iconv_t handle = iconv_open("UTF-8", "GB18030");
  iconv(handle, nullptr, nullptr, nullptr, nullptr);
  std::string text(bytes.size() * 3 + 16, '\0');
  char* in = const_cast<char*>(bytes.data());
  char* out = text.data();
  std::size_t in_left = bytes.size();
  std::size_t out_left = text.size();
  if (iconv(handle, &in, &in_left, &out, &out_left) == static_cast<std::size_t>(-1)) return std::nullopt;
  text.resize(text.size() - out_left);
  return text;
}

const RecordType& head_type() {
  static const RecordTypes types = [] {
    Problems problems;
    RecordTypes loaded = RecordTypes::load(R"(
[cases]
title = "案件"
unit = "unit"
key = ["unit", "year of docketed_date", "case_no"]
fields = [
  { id = "case_no", title = "案号", type = "text", required = true, meaning = "m" },
  { id = "unit", title = "办理单位", type = "unit", required = true, meaning = "m" },
  { id = "docketed_date", title = "立案日期", type = "date", required = true, meaning = "m" },
  { id = "closed_date", title = "结案日期", type = "date", meaning = "m" },
  { id = "penalty", title = "罚款金额（元）", type = "money", meaning = "m" },
]
)",
                                           "fields.toml", problems);
    must(problems.empty(), "the record type of the fuzzer");
    return loaded;
  }();
  return *types.find("cases");
}

} // namespace

void csv(std::string_view bytes) {
  if (bytes.empty()) return;
  const std::size_t buffer = 1 + static_cast<unsigned char>(bytes.front());
  const std::string_view text = bytes.substr(1);
  if (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF") return; // UTF-16: see encoding()
  const auto source = memory_source(text);
  const TextForm form = text_form(*source, "");
  const Reading small = read_csv(*source, buffer);
  must(small == read_csv(*source, std::size_t{256} << 10), "the size of the buffer makes no difference");
  if (!small.fault) {
    TextForm found = form;
    CsvBlocks again(*source, form, {form.first_byte, source->size()}, small_limits());
    if (read_all(again).fault) found = text_form(*source, "GB18030");
    must(small == read_parts(*source, found, 1 + buffer * 3), "parts make no difference");
  }
}

void xlsx(std::string_view bytes) {
  std::string made;
  if (bytes.substr(0, 2) != "PK" && bytes.substr(0, 2) != "\xD0\xCF") {
    // Parts of a workbook, a byte 0xFF between them: sheet, strings, styles, book.
    std::array<std::string_view, 4> parts;
    for (std::string_view& part : parts) {
      part = bytes.substr(0, bytes.find('\xFF'));
      bytes.remove_prefix(std::min(bytes.size(), part.size() + 1));
    }
    made = workbook_of(parts[0], parts[1], parts[2], parts[3]);
    bytes = made;
  }
  const auto source = memory_source(bytes);
  if (file_kind(*source) == FileKind::text) return;
  const XlsxFile file(*source, small_limits());
  if (file.fault() != nullptr) {
    must(!file.fault()->rule.empty(), "a fault has a name");
    return;
  }
  must(!file.sheets().empty(), "a workbook has a sheet");
  for (std::size_t i = 0; i < file.sheets().size(); ++i) {
    const auto rows = file.open(i);
    const Reading first = read_all(*rows);
    if (!first.fault) {
      const auto again = file.open(i);
      must(first == read_all(*again), "a sheet can be read twice");
    }
  }
}

void encoding(std::string_view bytes) {
  const std::size_t bad = invalid_gb18030(bytes);
  const auto expected = from_gb18030_by_iconv(bytes);
  must((bad == std::string_view::npos) == expected.has_value(), "GB18030 is valid where the C library takes it");
  if (expected) {
    std::string text;
    append_gb18030(bytes, text);
    must(text == *expected, "GB18030 is what the C library makes of it");
  } else {
    must(bad < bytes.size() && invalid_gb18030(bytes.substr(0, bad)) == std::string_view::npos,
         "the first byte that is refused");
  }
  Utf8Lines whole;
  whole.add(bytes);
  whole.finish();
  Utf8Lines bytewise;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    if (!bytewise.add(bytes.substr(i, 1))) break;
  bytewise.finish();
  must(whole.first() == bytewise.first(), "lines of UTF-8 however they are cut");
  must(holds_utf8_line(bytes) == (whole.first() != Utf8Lines::npos), "lines of UTF-8, told fast");
  const auto source = memory_source(bytes);
  for (const bool big_endian : {false, true}) {
    try {
      const auto text = utf16_source(*source, big_endian);
      std::string all;
      std::string chunk(7, '\0');
      while (const std::size_t got = text->read(all.size(), chunk.data(), chunk.size()))
        all.append(chunk, 0, got);
      must(invalid_utf8(all) == std::string_view::npos, "UTF-16 becomes UTF-8");
    } catch (const Error& error) {
      must(!error.problems().empty() && error.problems().front().rule == "bytes-broken", "UTF-16 is broken");
    }
  }
}

void headers(std::string_view bytes) {
  if (invalid_utf8(bytes) != std::string_view::npos) return;
  const auto source = memory_source(bytes);
  const TextForm form = text_form(*source, "UTF-8");
  CsvBlocks blocks(*source, form, {form.first_byte, source->size()}, small_limits());
  const Reading reading = read_all(blocks);
  if (reading.fault) return;
  std::vector<CsvRow> first;
  for (std::size_t row = 0; row < reading.rows.size() && row < 10; ++row)
    first.push_back({reading.lines[row], reading.rows[row]});
  if (first.empty()) return;
  const RecordType& type = head_type();
  for (const char* kind : {"cases", "*"}) {
    Layout layout;
    layout.id = "fuzz";
    layout.type = kind;
    if (layout.type != "*") {
      layout.fields.emplace_back();
      layout.fields.back().field = "closed_date";
      layout.fields.back().heads = {"结案", "日期/结案", "结案日期"};
    }
    Problems problems;
    const Heads heads = find_heads(first, layout, type, "fuzz.csv", problems);
    must(heads.usable || !problems.empty(), "heads that cannot be used have a problem");
    if (!heads.usable) continue;
    must(heads.record < first.size() && heads.field.size() == heads.texts.size(), "heads stand in the first rows");
    for (const std::ptrdiff_t field : heads.field)
      must(field >= -1 && field < static_cast<std::ptrdiff_t>(type.fields.size()), "a head is a field of the type");
  }
}

} // namespace appraise::fuzz
