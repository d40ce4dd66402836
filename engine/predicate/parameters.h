// The parameters that conditions may name (templates/parameters/indicators.toml): figures of law or of a plan that
// change while the indicator stays.
//
//   [id] title, unit (what a number counts; none of dates and texts), values = [{ from, value, reference }, …],
//   reviewed. A value is a number, a date or a text, all of one kind; it holds for periods that end on `from` or later,
//   until the next one. An id is no field of a record type and no word of the language. Problems: missing-key,
//   wrong-type, unknown-key, number-range, parameter-name, parameter-order.
//
//   types.parameters = load_parameters(text, "templates/parameters/indicators.toml", types, problems);
#pragma once

#include "engine/table.h"

#include <memory>
#include <string>
#include <vector>

namespace appraise {

std::vector<std::shared_ptr<const Parameter>> load_parameters(const std::string& text, const std::string& file,
                                                              const RecordTypes& types, Problems& problems);

} // namespace appraise
