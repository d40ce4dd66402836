#include "tests/unit/report/sample_scorecard.h"

#include "engine/scoring/rule.h"
#include "tests/unit/sample.h"

#include <stdexcept>

namespace appraise::samples {

namespace {

class Sequence {
public:
  explicit Sequence(std::uint64_t seed) : state_(seed) {}
  std::int64_t below(std::int64_t limit) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::int64_t>((state_ >> 33U) % static_cast<std::uint64_t>(limit));
  }

private:
  std::uint64_t state_;
};

void no_problems(const Problems& problems) {
  if (!problems.empty()) throw std::runtime_error(problems.front().rule + " " + problems.front().found);
}

// The wanted indicators and what their ratios are made of.
std::vector<std::string> with_parts(const Catalogue& catalogue, std::vector<std::string> ids) {
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Indicator& indicator = *catalogue.find(ids[i]);
    for (const std::string& part : {indicator.numerator, indicator.denominator}) {
      if (!part.empty() && std::find(ids.begin(), ids.end(), part) == ids.end()) ids.push_back(part);
    }
  }
  return ids;
}

Value made(const Indicator& indicator, Sequence& sequence) {
  Value value;
  value.state = ValueState::value;
  value.numerator = Number(sequence.below(sequence.below(3) == 0 ? 900 : 60));
  if (indicator.measure == "share") {
    value.denominator = Number(sequence.below(60));
    value.numerator = Number(sequence.below(value.denominator.to_integer() + 1));
  } else if (indicator.measure == "mean") {
    value.denominator = Number(sequence.below(30));
    value.numerator = value.denominator * Number(60 + sequence.below(40)) + Number(sequence.below(9));
  } else if (indicator.measure == "sum" || indicator.measure == "quantile") {
    value.numerator += Number(sequence.below(100)) / Number(100);
  } else if (indicator.unit == "%") {
    value.numerator = value.numerator / Number(1000);
  }
  value.counted = 1;
  const bool of_rows = indicator.measure == "share" || indicator.measure == "mean";
  const bool counts = indicator.measure == "count" || indicator.measure == "distinct" || indicator.measure == "sum";
  if ((of_rows && value.denominator.is_zero()) || (counts && value.numerator.is_zero()))
    value.state = ValueState::empty;
  return value;
}

void fill(Sample& sample, const Catalogue& catalogue, Sequence& sequence) {
  Values& values = sample.values;
  for (std::int32_t unit = 0; unit < values.units; ++unit) {
    for (std::size_t i = 0; i < values.indicators.size(); ++i) {
      const Indicator& indicator = *catalogue.find(values.indicators[i]);
      for (std::size_t s = 0; s < values.slices.size(); ++s) {
        Value& value = values.at(unit, i, s);
        if (unit % 10 == 9) continue; // nothing to count
        value = made(indicator, sequence);
        if (indicator.measure != "measured") continue;
        value.source = ValueSource::measured;
        value.note = "统计年报";
        if (sequence.below(13) == 0) value = {ValueState::unavailable, Number(), Number(1), 0, 0, {}, value.source, ""};
      }
    }
    for (std::size_t i = 0; i < values.indicators.size(); ++i) {
      const Indicator& indicator = *catalogue.find(values.indicators[i]);
      for (std::size_t s = 0; s < values.slices.size() && indicator.measure == "ratio"; ++s) {
        const Value& above = values.at(unit, values.indicator(indicator.numerator), s);
        const Value& below = values.at(unit, values.indicator(indicator.denominator), s);
        Value& value = values.at(unit, i, s);
        value = Value{};
        if (above.state == ValueState::unavailable || below.state == ValueState::unavailable) {
          value.state = ValueState::unavailable;
        } else if (below.state == ValueState::value && !below.numerator.is_zero()) {
          value.state = ValueState::value;
          value.numerator = above.state == ValueState::value ? above.numerator / above.denominator : Number();
          value.denominator = below.numerator / below.denominator;
        }
      }
    }
  }
}

} // namespace

std::unique_ptr<Sample> sample_scorecard(const std::string& scheme, std::uint64_t seed) {
  auto sample = std::make_unique<Sample>();
  const Catalogue& catalogue = sample::catalogue();
  const bool published = scheme.rfind("published", 0) == 0;
  sample->roster =
      Roster::load(sample::slurp(published ? "fixtures/published/roster.csv" : "fixtures/demo-year/roster.csv"),
                   "roster.csv", sample->problems);
  const std::string file = "templates/schemes/" + scheme + ".toml";
  sample->scheme = Scheme::load(sample::slurp(file), file, catalogue, sample->problems);
  no_problems(sample->problems);

  sample->values.indicators = with_parts(catalogue, sample->scheme.indicators());
  sample->values.slices = sample->scheme.slices();
  sample->values.units = sample->roster.size();
  sample->values.resize();
  Sequence sequence(seed);
  fill(*sample, catalogue, sequence);

  sample->appraisal.title = sample->scheme.title;
  sample->appraisal.name = "sample";
  sample->appraisal.status = "初评";
  sample->appraisal.demo = true;
  sample->appraisal.period = sample->scheme.period;
  sample->card = score(sample->scheme, sample->roster, catalogue, sample->values, sample->problems);
  no_problems(sample->problems);
  return sample;
}

} // namespace appraise::samples
