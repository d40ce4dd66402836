// The compiled plan against the row-by-row evaluator: random records, random conditions, every measure, unit and slice.
#include "engine/measures/measure.h"
#include "engine/plan.h"
#include "engine/plan/program.h"
#include "engine/plan/worker.h"
#include "tests/unit/sample.h"

#include <gtest/gtest.h>
#include <random>

namespace appraise {
namespace {

using sample::slice;

const char* const kRoster = "code, level, parent_code\n1, country,\n11, province, 1\n111, city, 11\n112, city, 11\n"
                            "12, province, 1\n";

class Writer { // of conditions over cases
public:
  explicit Writer(std::mt19937& random) : random_(random) {}

  std::string truth(int depth) {
    if (depth > 0 && one_in(2)) {
      switch (random_() % 4) {
      case 0: return "(" + truth(depth - 1) + " and " + truth(depth - 1) + ")";
      case 1: return "(" + truth(depth - 1) + " or " + truth(depth - 1) + ")";
      case 2: return "not (" + truth(depth - 1) + ")";
      default: return "(" + truth(depth - 1) + ")" + any({" = ", " != "}) + "(" + truth(depth - 1) + ")";
      }
    }
    switch (random_() % 14) {
    case 0: return "cross_region";
    case 1: return "cross_region" + any({" = ", " != "}) + any({"yes", "no"});
    case 2: return date(1) + any({" in period", " in base", " not in period"});
    case 3: return date(1) + sign() + date(1);
    case 4: return number(2) + sign() + number(2);
    case 5: return number(1) + any({" in ", " not in "}) + "(1, 2.5, 7, 100, 1.234)";
    case 6: return "case_type" + any({" = ", " != "}) + any({"'infringement'", "'counterfeit'"});
    case 7: return "outcome" + any({" in ", " not in "}) + any({"('mediated', 'penalty')", "('mediated')"});
    case 8: return "respondent" + any({" = ", " != "}) + any({"'N1'", "requester", "'N 2'", "file_reviews.case_no"});
    case 9: return any({"respondent", "requester"}) + any({" in ", " not in "}) + any({"('N1', 'N3')", "('', 'N2')"});
    case 10:
      return any({"respondent", "closed_date", "outcome", "file_reviews.score", "penalty_amount", "cross_region",
                  "file_reviews.case_no"}) +
             any({" is missing", " is not missing"});
    case 11: return "file_reviews.score" + sign() + any({"80", "79.5", "penalty_amount"});
    case 12: return date(1) + any({" in ", " not in "}) + "(2016-01-01, 2016-02-03)";
    default: return "outcome is missing";
    }
  }

  std::string date(int depth) {
    if (depth > 0 && one_in(4)) {
      return "after(" + date(0) + ", " + any({"10", "-3", "1", "evidence_measures"}) + " " + any({"days", "months"}) +
             ")";
    }
    if (depth > 0 && one_in(8)) return "after(" + date(0) + ", 5 working days)";
    return any({"docketed_date", "closed_date", "requested_date", "2016-03-01", "period_start", "period_end"});
  }

  std::string number(int depth) {
    if (depth > 0 && one_in(2)) {
      switch (random_() % 7) {
      case 0: return "days(" + date(1) + ", " + date(1) + ")";
      case 1: return "working_days(" + date(0) + ", " + date(0) + ")";
      case 2: return "(" + number(depth - 1) + " + " + number(depth - 1) + ")";
      case 3: return "(" + number(depth - 1) + " - " + number(depth - 1) + ")";
      case 4: return number(depth - 1) + " * " + number(depth - 1);
      case 5: return "(" + number(depth - 1) + ") / " + any({"3", "0.5", "12"});
      default: return "-" + number(0);
      }
    }
    return any({"evidence_measures", "penalty_amount", "file_reviews.score", "7", "0.25", "12000000000"});
  }

private:
  bool one_in(unsigned n) { return random_() % n == 0; }
  std::string any(std::initializer_list<const char*> list) { return *(list.begin() + random_() % list.size()); }
  std::string sign() { return any({" = ", " != ", " < ", " <= ", " > ", " >= "}); }
  std::mt19937& random_;
};

sample::Pasted random_tables(std::mt19937& random, int rows, bool far) {
  const auto any = [&](std::initializer_list<const char*> list) {
    return std::string(*(list.begin() + random() % list.size()));
  };
  const auto day = [&] {
    if (random() % 6 == 0) return std::string();
    if (far && random() % 40 == 0) return std::string("1985-06-01"); // before the calendar
    return Date::of(2015, 1, 1)->add_days(random() % 800).text();
  };
  std::string cases = "case_no, unit, case_type, outcome, requested_date, docketed_date, closed_date, cross_region, "
                      "respondent, requester, evidence_measures, penalty_amount\n";
  std::string reviews = "case_no, review_year, reviewed_date, score\n";
  for (int i = 0; i < rows; ++i) {
    const std::string number = "C" + std::to_string(i);
    const std::string fine = random() % 5 == 0           ? ""
                             : far && random() % 20 == 0 ? "92233720368547.58"
                                                         : std::to_string(random() % 20) + any({"", ".5", ".25"});
    cases += number + ", " + any({"1", "11", "111", "112", "12", "111"}) + ", " + any({"infringement", "counterfeit"}) +
             ", " + any({"mediated", "penalty", "revoked", ""}) + ", " + day() + ", " + day() + ", " + day() + ", " +
             any({"yes", "no", ""}) + ", " + any({"N1", "N2", "N 2", "N3", "C1", "C2", ""}) + ", " +
             any({"N1", "N2", ""}) + ", " + any({"0", "1", "2", "7", ""}) + ", " + fine + "\n";
    for (int n = static_cast<int>(random() % 3); n > 0; --n)
      reviews += number + ", 2016, 2016-05-01, " + any({"80", "79.5", "100", "60"}) + "\n";
  }
  return {{"cases", cases}, {"file_reviews", reviews}};
}

std::string shown(const Value& value) {
  std::string text = std::to_string(static_cast<int>(value.state)) + " " + value.numerator.text() + "/" +
                     value.denominator.text() + " n" + std::to_string(value.counted) + " u" +
                     std::to_string(value.unknown);
  for (const auto& [field, rows] : value.left_out)
    text += " -" + field + std::to_string(rows);
  return text;
}

// Every value as text, or the rule that ended it.
template <typename Compute> std::vector<std::string> outcome(const PlanInput& input, const Compute& way) {
  Problems problems;
  try {
    std::vector<std::string> result;
    for (const Value& value : way(input, problems).cells)
      result.push_back(shown(value));
    return result;
  } catch (const Error& error) {
    return {error.problems().at(0).rule};
  }
}

class CompiledPlan : public testing::Test {
protected:
  // A random indicator that the loader accepts.
  static std::string declaration(Writer& writer, std::mt19937& random) {
    const char* const names[] = {"count",      "share",      "sum",         "mean",     "quantile",
                                 "distinct",   "minimum",    "maximum",     "variance", "evenness",
                                 "dispersion", "chi_square", "chi_square_p"};
    const std::string measure = names[random() % std::size(names)];
    std::string toml = "title = \"x\"\nunit = \"x\"\nbetter = \"none\"\nin_force = 2011-01-01\nreference = [\"x\"]\n"
                       "of = \"cases\"\nmeasure = \"" +
                       measure + "\"\n";
    toml += random() % 4 == 0 ? "scope = \"own\"\n" : "scope = \"with descendants\"\n";
    if (random() % 5 != 0) toml += "where = \"" + writer.truth(3) + "\"\n";
    if (measure == "share") toml += "that = \"" + writer.truth(2) + "\"\n";
    if (find_measure(measure)->needs_value() == MeasureValue::number) toml += "value = \"" + writer.number(2) + "\"\n";
    if (find_measure(measure)->needs_value() == MeasureValue::date) {
      toml += "value = \"" + writer.date(2) + "\"\n";
      if (random() % 2 == 0) toml += "by = \"day\"\n";
    }
    if (measure == "quantile") toml += "probability = 0.3\n";
    if (measure == "distinct") {
      const char* const fields[] = {"respondent", "outcome", "closed_date", "file_reviews.case_no", "penalty_amount"};
      toml += std::string("value = \"") + fields[random() % 5] + "\"\n";
    }
    return toml;
  }

  static Catalogue random_catalogue(std::mt19937& random, std::size_t count) {
    Writer writer(random);
    Catalogue all;
    while (all.indicators.size() < count) {
      Problems problems;
      const std::string id = "i" + std::to_string(all.indicators.size());
      Catalogue one = Catalogue::load({{"x/" + id + ".toml", declaration(writer, random)}}, sample::types(), problems);
      if (problems.empty()) all.indicators.push_back(std::move(one.indicators.at(0)));
    }
    return all;
  }

  static Records random_records(std::mt19937& random, const Roster& roster, std::size_t batch_rows, bool far) {
    Records records =
        sample::records_of(random_tables(random, static_cast<int>(random() % 400), far), roster, batch_rows);
    for (Batch& batch : records.tables.at("cases").batches) {
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        if (random() % 30 == 0) batch.alive[row] = 0;
        if (random() % 30 == 0) batch.units[row] = -1;
      }
    }
    return records;
  }

  static PlanInput input_of(const Records& records, const Roster& roster, const Catalogue& catalogue) {
    return {&sample::types(),
            &records,
            &roster,
            &sample::calendar(),
            &catalogue,
            catalogue.ids(),
            {slice("period", "2016-01-01", "2016-12-31"), slice("base1", "2015-01-01", "2015-12-31")},
            1};
  }

  static void compare(std::mt19937& random, bool far) {
    const Roster roster = sample::roster_of({}, {}, kRoster);
    const std::size_t batch_rows[] = {1, 63, 64, 65, 200, 4096};
    const Records records = random_records(random, roster, batch_rows[random() % 6], far);
    const Catalogue catalogue = random_catalogue(random, far ? 2 : 12);
    const PlanInput input = input_of(records, roster, catalogue);
    const auto compiled = outcome(input, compute);
    const auto plain = outcome(input, compute_row_by_row);
    ASSERT_EQ(compiled.size(), plain.size()) << compiled[0] << " " << plain[0];
    for (std::size_t i = 0; i < plain.size(); ++i) {
      const std::size_t indicator = i / 2 % catalogue.indicators.size();
      const Indicator& of = catalogue.indicators[indicator];
      ASSERT_EQ(compiled[i], plain[i]) << of.measure << "\nwhere " << (of.where ? of.where->text() : "") << "\nthat "
                                       << (of.that ? of.that->text() : "") << "\nvalue "
                                       << (of.value ? of.value->text() : "");
    }
    ended_ += plain.size() == 1 ? 1 : 0;
  }

  static inline int ended_ = 0;
};

TEST_F(CompiledPlan, EqualsTheRowByRowEvaluator) {
  std::mt19937 random(2016);
  for (int round = 0; round < 40 && !HasFatalFailure(); ++round)
    compare(random, false);
}

// What up to eight threads have gathered, merged in any order; and rows that were added and are taken back.
TEST_F(CompiledPlan, PartsAreMergedAndTakenBackExactly) {
  std::mt19937 random(2018);
  int compared = 0;
  for (int round = 0; round < 30; ++round) {
    const Roster roster = sample::roster_of({}, {}, kRoster);
    const Records records = random_records(random, roster, 1 + random() % 70, false);
    const Catalogue catalogue = random_catalogue(random, 12);
    const PlanInput input = input_of(records, roster, catalogue);
    if (outcome(input, compute).size() == 1) continue; // a number that does not fit
    ++compared;
    const Outline outline(input);
    const TypePlan plan(outline, outline.jobs().at(0), input);
    const auto units = static_cast<std::size_t>(roster.size());
    const auto figures = [&](Gathered& gathered) {
      Values values = outline.empty();
      finish(plan, gathered, roster, 1, values);
      std::vector<std::string> result;
      for (const Value& value : values.cells)
        result.push_back(shown(value));
      return result;
    };
    const std::vector<Batch>& batches = plan.table().batches;
    Worker alone(plan, units);
    for (const Batch& batch : batches)
      alone.take(batch);
    const auto whole = figures(alone.gathered());

    std::vector<std::unique_ptr<Worker>> workers;
    for (std::size_t i = 0; i < 1 + random() % 8; ++i)
      workers.push_back(std::make_unique<Worker>(plan, units));
    Worker again(plan, units);
    for (const Batch& batch : batches) {
      workers[random() % workers.size()]->take(batch);
      if (random() % 3 != 0) continue;
      workers[random() % workers.size()]->take(batch);
      again.take(batch);
    }
    std::shuffle(workers.begin(), workers.end(), random);
    for (std::size_t i = 1; i < workers.size(); ++i)
      workers[0]->gathered().merge(workers[i]->gathered());
    workers[0]->gathered().take_back(again.gathered());
    EXPECT_EQ(figures(workers[0]->gathered()), whole) << workers.size() << " workers";
  }
  EXPECT_GT(compared, 10);
}

// Numbers that do not fit and dates beyond the calendar: the same figures where they do not matter, the same end where
// they do.
TEST_F(CompiledPlan, OddRowsAreAskedOneByOne) {
  std::mt19937 random(2017);
  ended_ = 0;
  int rounds = 0; // what is drawn differs by compiler
  for (; (rounds < 60 || (ended_ <= 3 && rounds < 300)) && !HasFatalFailure(); ++rounds)
    compare(random, true);
  EXPECT_GT(ended_, 3);
  EXPECT_LT(ended_ * 3, rounds * 2);
}

TEST(Program, EqualPartsAreComputedOnce) {
  Problems problems;
  const RecordType& cases = *sample::types().find("cases");
  const auto parse = [&](const char* text) { return Condition::parse(text, cases, sample::types(), {}, problems); };
  const auto a = parse("closed_date in period and case_type = 'infringement'");
  const auto b = parse("case_type = 'infringement' and (closed_date in period)");
  const auto c = parse("not (case_type = 'infringement')");
  const Records records;
  const SideRows side_rows;
  Program program(records, side_rows, nullptr);
  RowContext context;
  context.period = slice("period", "2016-01-01", "2016-12-31");
  const Truths first = program.truth(*a, context);
  const std::size_t steps = program.steps();
  const Truths second = program.truth(*b, context);
  EXPECT_EQ(first.yes, second.yes);
  EXPECT_EQ(program.steps(), steps) << "the order of what is joined makes no step";
  context.period = slice("period", "2015-01-01", "2015-12-31");
  program.truth(*c, context);
  EXPECT_LE(program.steps(), steps + 2) << "the type is not compared again in another period";
}

} // namespace
} // namespace appraise
