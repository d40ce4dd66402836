// The figures of an appraisal by the compiled plan and row by row: exit 0 and their number where they are the same.
//
//   APPRAISE_HOME=FOLDER both_ways APPRAISAL BATCH_ROWS
#include "cli/pipeline.h"
#include "reports/build/run.h"

#include <cstdlib>
#include <fmt/core.h>

namespace appraise {
namespace {

std::string shown(const Value& value) {
  std::string text = fmt::format("{} {}/{} of {}, {} unknown", static_cast<int>(value.state), value.numerator.text(),
                                 value.denominator.text(), value.counted, value.unknown);
  for (const auto& [field, rows] : value.left_out)
    text += fmt::format(", {} without {}", rows, field);
  return text;
}

int compare(const PlanInput& input) {
  Problems problems;
  const Values compiled = compute(input, problems);
  const Values plain = compute_row_by_row(input, problems);
  std::size_t different = plain.cells.size() == compiled.cells.size() ? 0 : 1;
  for (std::size_t i = 0; i < plain.cells.size() && different < 5; ++i) {
    const std::string ours = shown(compiled.cells[i]);
    const std::string wanted = shown(plain.cells[i]);
    if (ours == wanted) continue;
    ++different;
    const std::string& id = plain.indicators[i / plain.slices.size() % plain.indicators.size()];
    fmt::print("{} of unit {}: plan {}, row by row {}\n", id, i / plain.slices.size() / plain.indicators.size(), ours,
               wanted);
  }
  fmt::print("{} figures\n", plain.cells.size());
  return different == 0 ? 0 : 1;
}

} // namespace
} // namespace appraise

int main(int, char** arguments) {
  using namespace appraise;
  try {
    cli::Session session;
    session.home = cli::find_home(arguments[0]);
    session.batch_rows = static_cast<std::size_t>(std::atoi(arguments[2]));
    cli::Case appraised;
    cli::open(session, arguments[1], appraised);
    cli::read(session, appraised);
    return compare(cli::plan_input(session, appraised));
  } catch (const Error& error) {
    fmt::print("{} {}\n", error.problems().at(0).rule, error.problems().at(0).found);
    return 2;
  }
}
