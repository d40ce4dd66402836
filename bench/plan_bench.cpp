// The stages of a plan, each by itself: the measures of bench/home over batches of 1,024 invented rows of 370 units, as
// bench/peers/measures runs them over a file.
#include "engine/hash.h"
#include "engine/input/duplicates.h"
#include "engine/plan/worker.h"
#include "engine/row_words.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <filesystem>
#include <fmt/core.h>
#include <fstream>
#include <iterator>
#include <random>
#include <stdexcept>

namespace appraise {
namespace {

constexpr std::size_t kRows = 1024;
constexpr std::size_t kBatches = 64; // of keys: as many as take turns before a bank begins anew

std::string slurp(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string roster_csv() {
  std::string csv = "code,name,level,parent_code\n900000,country,country,\n";
  for (int province = 1; province <= 10; ++province) {
    csv += fmt::format("9{0:02}000,p{0},province,900000\n", province);
    for (int city = 1; city <= 36; ++city)
      csv += fmt::format("9{0:02}{1:02}0,c{0}-{1},city,9{0:02}000\n", province, city);
  }
  return csv;
}

// All rows of one unit, or of units in turn by chance.
enum class Spread { one_unit, mixed };

Batch invented(const RecordType& type, std::size_t number, Spread spread) {
  std::mt19937 random(static_cast<std::uint32_t>(2016 + number));
  const auto below = [&](std::uint32_t count) { return static_cast<std::int64_t>(random() % count); };
  const auto often = [&](std::uint32_t percent) { return random() % 100 < percent; };
  Batch batch;
  batch.columns.resize(type.fields.size());
  for (std::size_t row = 0; row < kRows; ++row) {
    const auto unit = static_cast<std::int32_t>(spread == Spread::mixed ? 1 + below(370) : 17);
    const std::int64_t accepted = 16801 + below(366);
    const std::int64_t filed = often(92) ? accepted + below(8) : kMissing;
    const std::int64_t closed = filed != kMissing && often(85) ? filed + below(60) : kMissing;
    const auto set = [&](const char* id, std::int64_t value) {
      batch.columns[*type.field(id)].values.push_back(value);
    };
    batch.lines.push_back(static_cast<std::int64_t>(number * kRows + row + 2));
    batch.units.push_back(unit);
    batch.alive.push_back(1);
    batch.columns[*type.field("case_no")].texts.push_back(
        fmt::format("9{:05}-2016-ZL-{:09}", unit, number * kRows + row));
    batch.columns[*type.field("respondent")].texts.push_back(fmt::format("甲松竹梅科技有限公司{}", below(400'000)));
    set("unit", unit);
    set("case_type", below(3));
    set("channel", below(6));
    set("accepted_date", accepted);
    set("filed_date", filed);
    set("closed_date", closed);
    set("disposition", closed == kMissing ? kMissing : below(7));
    set("excluded_days", often(15) ? below(60) : 0);
    set("patent_type", below(3));
    set("amount", often(70) ? below(9'000'000) : kMissing);
    set("published_date", closed != kMissing && often(80) ? closed + below(28) : kMissing);
    set("transferred", often(6) ? 1 : 0);
    set("quality_score", often(88) ? 60 + below(41) : kMissing);
  }
  return batch;
}

// The plan of bench/home's measures.
class World {
public:
  World() {
    const std::filesystem::path home = std::filesystem::path(SOURCE_FOLDER) / "bench/home/indicators";
    types_ = RecordTypes::load(slurp(home / "fields.toml"), "fields.toml", problems_);
    roster = Roster::load(roster_csv(), "roster.csv", problems_);
    std::vector<std::pair<std::string, std::string>> files;
    for (const auto& file : std::filesystem::directory_iterator(home / "measures"))
      files.emplace_back("measures/" + file.path().filename().string(), slurp(file.path()));
    std::sort(files.begin(), files.end());
    catalogue_ = Catalogue::load(files, types_, problems_);
    if (!problems_.empty()) throw std::runtime_error(problems_[0].rule + " " + problems_[0].found);
    type = types_.find("bench_cases");
    type_with_key = types_.find("bench_cases_unique");
    records_.tables[type->id].type = type;
    input_.types = &types_;
    input_.records = &records_;
    input_.roster = &roster;
    input_.catalogue = &catalogue_;
    input_.indicators = catalogue_.ids();
    input_.slices = {{"period", *Date::of(2016, 1, 1), *Date::of(2016, 12, 31)}};
    outline = std::make_unique<Outline>(input_);
    plan = std::make_unique<TypePlan>(*outline, outline->jobs().at(0), input_);
    for (std::size_t i = 0; i < kBatches; ++i)
      mixed.push_back(invented(*type, i, Spread::mixed));
    one_unit = invented(*type, 0, Spread::one_unit);
  }
  const Batch& batch(Spread spread) const { return spread == Spread::mixed ? mixed[0] : one_unit; }

  const RecordType* type = nullptr;
  const RecordType* type_with_key = nullptr;
  Roster roster;
  std::unique_ptr<Outline> outline;
  std::unique_ptr<TypePlan> plan;
  std::vector<Batch> mixed;
  Batch one_unit;

private:
  Problems problems_;
  RecordTypes types_;
  Catalogue catalogue_;
  Records records_;
  PlanInput input_;
};

const World& world() {
  static const World made;
  return made;
}

void count_rows(benchmark::State& state, std::size_t rows) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(rows));
}

void program(benchmark::State& state) {
  const TypePlan& plan = *world().plan;
  Workspace space;
  for (auto _ : state) {
    plan.program().run(plan.table(), world().batch(Spread::mixed), space);
    benchmark::DoNotOptimize(space.odd().data());
  }
  count_rows(state, kRows);
}
BENCHMARK(program)->Name("plan/conditions of 27 measures");

void counters(benchmark::State& state, Spread spread) {
  const TypePlan& plan = *world().plan;
  const Batch& batch = world().batch(spread);
  Workspace space;
  plan.program().run(plan.table(), batch, space);
  std::vector<const std::uint64_t*> columns;
  for (const Bits bits : plan.counters())
    columns.push_back(space.bits(bits));
  const std::vector<std::uint64_t> live(words_for(kRows), ~std::uint64_t{0});
  Counters counted(world().outline->units(), columns.size());
  for (auto _ : state) {
    counted.add(columns, live.data(), batch.units.data(), kRows);
    benchmark::ClobberMemory();
  }
  count_rows(state, kRows);
}
BENCHMARK_CAPTURE(counters, mixed, Spread::mixed)->Name("plan/counters/units mixed");
BENCHMARK_CAPTURE(counters, one_unit, Spread::one_unit)->Name("plan/counters/one unit");

// The 64 batches go into a bank that begins anew each time, so that keys do not pile up.
void bank(benchmark::State& state, std::unique_ptr<Bank> (*make)(std::size_t), const char* field) {
  const std::size_t column = *world().type->field(field);
  const std::vector<std::uint64_t> all(words_for(kRows), ~std::uint64_t{0});
  std::vector<std::vector<std::int64_t>> keys(kBatches);
  std::vector<BankRows> rows;
  for (std::size_t i = 0; i < kBatches; ++i) {
    const Batch& batch = world().mixed[i];
    const Column& given = batch.columns[column];
    for (std::size_t row = 0; row < kRows; ++row)
      keys[i].push_back(given.values.empty() ? static_cast<std::int64_t>(text_hash(given.texts[row]))
                                             : given.values[row]);
    rows.push_back({all.data(), all.size(), batch.units.data(), keys[i].data()});
  }
  for (auto _ : state) {
    const std::unique_ptr<Bank> taken = make(world().outline->units());
    for (const BankRows& batch : rows)
      taken->add(batch);
    benchmark::DoNotOptimize(taken.get());
  }
  count_rows(state, kRows * kBatches);
}
BENCHMARK_CAPTURE(bank, sum, &sum_bank, "excluded_days")->Name("plan/64 batches into a bank/sums");
BENCHMARK_CAPTURE(bank, histogram, &histogram_bank, "excluded_days")->Name("plan/64 batches into a bank/histograms");
BENCHMARK_CAPTURE(bank, keys, &key_bank, "respondent")->Name("plan/64 batches into a bank/keys");

void hash_of_texts(benchmark::State& state) {
  const TextColumn& texts = world().mixed[0].columns[*world().type->field("respondent")].texts;
  std::vector<std::uint64_t> hashes(kRows);
  for (auto _ : state) {
    for (std::size_t row = 0; row < kRows; ++row)
      hashes[row] = text_hash(texts[row]);
    benchmark::DoNotOptimize(hashes.data());
  }
  count_rows(state, kRows);
}
BENCHMARK(hash_of_texts)->Name("plan/hashes of texts");

void hash_of_keys(benchmark::State& state) {
  KeyHashes hashes;
  for (auto _ : state) {
    key_hashes(*world().type_with_key, world().mixed[0], hashes);
    benchmark::DoNotOptimize(hashes.hashes.data());
  }
  count_rows(state, kRows);
}
BENCHMARK(hash_of_keys)->Name("plan/hashes of keys");

void suspects(benchmark::State& state) {
  Duplicates::Part part(*world().type_with_key, key_hashes);
  for (const Batch& batch : world().mixed)
    part.add(batch);
  Duplicates duplicates;
  duplicates.join(std::move(part));
  for (auto _ : state)
    benchmark::DoNotOptimize(duplicates.twice(1));
  count_rows(state, kRows * kBatches);
}
BENCHMARK(suspects)->Name("plan/rows that may stand twice of 64 batches");

// What was gathered of 64 batches becomes figures; the gathering is not timed.
void figures(benchmark::State& state) {
  const TypePlan& plan = *world().plan;
  for (auto _ : state) {
    state.PauseTiming();
    Worker worker(plan, world().outline->units());
    for (const Batch& batch : world().mixed)
      worker.take(batch);
    Values values = world().outline->empty();
    state.ResumeTiming();
    finish(plan, worker.gathered(), world().roster, 1, values);
    benchmark::DoNotOptimize(values.cells.data());
  }
}
BENCHMARK(figures)->Name("plan/figures of 371 units");

void roll_up(benchmark::State& state, std::unique_ptr<Bank> (*make)(std::size_t), const char* field) {
  const std::vector<std::uint64_t> all(words_for(kRows), ~std::uint64_t{0});
  const std::unique_ptr<Bank> own = make(world().outline->units());
  for (const Batch& batch : world().mixed)
    own->add({all.data(), all.size(), batch.units.data(), batch.columns[*world().type->field(field)].values.data()});
  for (auto _ : state)
    benchmark::DoNotOptimize(own->with_descendants(world().roster));
}
BENCHMARK_CAPTURE(roll_up, histogram, &histogram_bank, "excluded_days")->Name("plan/roll-up of histograms");
BENCHMARK_CAPTURE(roll_up, keys, &key_bank, "accepted_date")->Name("plan/roll-up of keys");

} // namespace
} // namespace appraise
