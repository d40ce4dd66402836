// The hot loops of reading CSV, each over 256 KiB, as they run: in the cache that a buffer of the file lies in.
#include "engine/input/csv_blocks.h"
#include "engine/input/gb18030.h"
#include "engine/input/plain_cells.h"
#include "engine/input/structure.h"
#include "engine/input/utf8_simd.h"

#include <benchmark/benchmark.h>
#include <string>

namespace appraise {
namespace {

constexpr std::size_t kBuffer = 256 << 10;

// Whole rows, close to a buffer of them, with room behind.
struct Sample {
  std::string text;
  std::size_t size = 0;
  explicit Sample(const std::string& row) {
    while (text.size() + row.size() <= kBuffer)
      text += row;
    size = text.size();
    text.resize(size + CellBlock::kPadding);
  }
  std::string_view view() const { return std::string_view(text).substr(0, size); }
};

const char* const kRow =
    "110100-2023-ZL-000000001,110100,侵权纠纷,现场提交,2023-04-05,2023-04-09,2023-06-30,调解结案,0,"
    "外观设计,5310.25,2023-07-12,0,87,甲市华鑫科技有限公司\n";
const char* const kQuotedRow =
    "\"110100-2023-ZL-000000001\",\"110100\",\"侵权纠纷\",\"现场提交\",\"2023-04-05\",\"0\",\"甲"
    "市华鑫\"\"科技\"\"有限公司\"\r\n";
const char* const kNarrowRow = "1,2,3\n";
const char* const kInchRow = "110100-2023-ZL-000000001,a 5\" screen,2023-04-05,2023-04-09,2023-06-30\n";
// 侵权纠纷 and 甲市 in GB18030, with a character of four bytes.
const char* const kGbRow =
    "110100-2023-ZL-000000001,110100,\xC7\xD6\xC8\xA8\xBE\xC0\xB7\xD7,2023-04-05,2023-04-09,\xBC\xD7"
    "\xCA\xD0\xC7\xD6\xC8\xA8\xBE\xC0\xB7\xD7\n";
const char* const kGbFourRow = "110100,\xC7\xD6\xC8\xA8\x95\x34\xB2\x35,2023-04-05\n";

void count_bytes(benchmark::State& state, std::size_t size) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(size));
}

void index(benchmark::State& state, const char* row) {
  const Sample sample(row);
  CellBlock block;
  for (auto _ : state)
    benchmark::DoNotOptimize(index_cells(sample.view(), Encoding::utf8, ',', true, block));
  count_bytes(state, sample.size);
}
BENCHMARK_CAPTURE(index, rows, kRow)->Name("read/index/15 cells");
BENCHMARK_CAPTURE(index, quoted, kQuotedRow)->Name("read/index/all in quotes");
BENCHMARK_CAPTURE(index, narrow, kNarrowRow)->Name("read/index/6 bytes a row");
BENCHMARK_CAPTURE(index, inch, kInchRow)->Name("read/index/a quote within each row");

void check_utf8(benchmark::State& state, const char* row) {
  const Sample sample(row);
  for (auto _ : state)
    benchmark::DoNotOptimize(invalid_utf8_simd(sample.view()));
  count_bytes(state, sample.size);
}
BENCHMARK_CAPTURE(check_utf8, rows, kRow)->Name("read/strict UTF-8/Chinese");
BENCHMARK_CAPTURE(check_utf8, narrow, kNarrowRow)->Name("read/strict UTF-8/ASCII");

void check_gb18030(benchmark::State& state, const char* row) {
  const Sample sample(row);
  for (auto _ : state)
    benchmark::DoNotOptimize(invalid_gb18030(sample.view()));
  count_bytes(state, sample.size);
}
BENCHMARK_CAPTURE(check_gb18030, rows, kGbRow)->Name("read/strict GB18030/Chinese");
BENCHMARK_CAPTURE(check_gb18030, four, kGbFourRow)->Name("read/strict GB18030/four bytes");

void decode_gb18030(benchmark::State& state) {
  const Sample sample(kGbRow);
  std::string text;
  for (auto _ : state) {
    text.clear();
    append_gb18030(sample.view(), text);
    benchmark::DoNotOptimize(text.data());
  }
  count_bytes(state, sample.size);
}
BENCHMARK(decode_gb18030)->Name("read/GB18030 to UTF-8");

// One column of the rows of a buffer, as it is read; items are cells.
template <typename Form> void column(benchmark::State& state, std::size_t at, const Form& form) {
  const Sample sample(kRow);
  CellBlock block;
  const Structure found = index_cells(sample.view(), Encoding::utf8, ',', true, block);
  const std::size_t width = block.first[1];
  const std::uint32_t* const ends = block.ends.data() + at;
  const CellColumn cells{.text = sample.text.data(),
                         .begins = ends - 1,
                         .begins_step = width,
                         .begins_add = 1,
                         .ends = ends,
                         .ends_step = width,
                         .rows = found.rows};
  std::vector<std::int64_t> out(cells.rows);
  std::vector<std::uint32_t> odd(cells.rows);
  for (auto _ : state)
    benchmark::DoNotOptimize(read_cells(cells, form, out.data(), odd.data()));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(cells.rows));
}
Dictionary some_cases() {
  Dictionary known;
  for (const char* spelling : {"侵权纠纷", "假冒专利", "其他纠纷", "infringement", "counterfeit", "other dispute"})
    known.add(spelling, 1);
  return known;
}
const Dictionary kCases = some_cases();
BENCHMARK_CAPTURE(column, dates, 4, PlainDate{24472})->Name("read/column/dates");
BENCHMARK_CAPTURE(column, integers, 13, PlainInteger())->Name("read/column/integers");
BENCHMARK_CAPTURE(column, hundredths, 10, PlainHundredths())->Name("read/column/hundredths");
BENCHMARK_CAPTURE(column, flags, 12, PlainFlag())->Name("read/column/flags");
BENCHMARK_CAPTURE(column, known, 2, KnownCell{kCases})->Name("read/column/categories");

// All of it: 16 MiB from memory through the reader.
void blocks(benchmark::State& state, const char* row, const char* encoding) {
  std::string text;
  for (const std::string one = row; text.size() < (16 << 20);)
    text += one;
  const auto source = memory_source(text);
  const TextForm form = text_form(*source, encoding);
  CellBlock block;
  for (auto _ : state) {
    CsvBlocks reader(*source, form, {form.first_byte, source->size()}, {});
    while (reader.next(block))
      benchmark::DoNotOptimize(block.ends.data());
  }
  count_bytes(state, text.size());
}
BENCHMARK_CAPTURE(blocks, utf8, kRow, "UTF-8")->Name("read/blocks/UTF-8");
BENCHMARK_CAPTURE(blocks, gb18030, kGbRow, "GB18030")->Name("read/blocks/GB18030");

} // namespace
} // namespace appraise
