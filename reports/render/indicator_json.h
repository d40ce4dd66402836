// What `indicators --json` prints: an indicator as it is declared, its conditions in words and as SQL.
//
//   {"id","family","title","unit","definition","of","scope","measure","where","that","value","aggregate","probability",
//   "by","numerator","denominator","expression","per","better","date_basis","min_denominator","in_force","tasks",
//   "references","file"}. where, that and value are {"text","words","parameters":[{"id","title","unit",
//   "values":[{"from","value","reference"}]}],"sql":{"postgresql","clickhouse","sqlite"}}, aggregate is what the rows'
//   SQL asks for, by dialect. `show` adds "examples":[{"name","text"}], the text being TOML with its comments. What an
//   indicator does not have is null; exact numbers are texts.
#pragma once

#include "engine/indicator.h"
#include "engine/worked_examples.h"

#include <string>
#include <vector>

namespace appraise {

std::string indicator_json(const Indicator& indicator, const std::vector<WorkedExample>& examples);
std::string indicators_json(const std::vector<Indicator>& indicators); // an array of them

} // namespace appraise
