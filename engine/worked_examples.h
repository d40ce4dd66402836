// The worked examples of a file as they stand in it: whoever reads one wants the hand calculation too, which is a
// comment.
//
//   [[example]] with a name each, in the file's order. An example goes to the line before the next [[example]]; what
//   stands above the first belongs to it. A file that is no TOML, or an example without a name, raises the problems of
//   settings.h and gives nothing for it.
//
//   for (const WorkedExample& example : worked_examples(text, "x.toml", problems)) show(example.name, example.text);
#pragma once

#include "engine/problem.h"

#include <string>
#include <vector>

namespace appraise {

struct WorkedExample {
  std::string name;
  std::string text; // lines of TOML, each with its end; none of them blank at the end
};

std::vector<WorkedExample> worked_examples(const std::string& text, const std::string& file, Problems& problems);

} // namespace appraise
